"""How agencies show that they keep children safe: cycles of self-assessment, and each agency's own return."""
