"""The `sightline` command: one module for each group of commands, imported only when asked for."""
