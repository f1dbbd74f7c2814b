"""The partnership's groups and their meetings."""
