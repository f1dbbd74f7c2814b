"""Pages and forms; nothing is decided here."""
