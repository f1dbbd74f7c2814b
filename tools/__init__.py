"""What the Makefile runs: front-end files, and the project's own gates."""
