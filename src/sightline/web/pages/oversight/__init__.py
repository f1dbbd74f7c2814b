"""How records are opened, and by whom: for whoever watches over it."""
