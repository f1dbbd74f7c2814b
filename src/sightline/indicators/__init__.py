"""Figures, declared: one file a theme."""
