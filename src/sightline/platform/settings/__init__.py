"""Settings: what the environment says, Django's own settings, and statutory and local rules as dated data."""
