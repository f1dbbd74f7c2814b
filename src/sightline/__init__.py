"""Sightline: a Local Safeguarding Children Partnership's line of sight, from one child to the boardroom."""

__version__ = "0.1.0"
