"""How large may a file of rows be? A setting of its own, as the plain commands read it without pydantic or Django."""

import os

SETTING = "SIGHTLINE_LARGEST_FILE_MB"
LARGEST_FILE_MB = 500
"""Megabytes (of a million bytes) unless the environment says otherwise: a local choice, many times a full census."""


def largest_file_mb() -> int:
    """The setting, or its default. Raises ValueError, naming it, when it is not a whole number from 1."""
    text = os.environ.get(SETTING, "")
    if not text:
        return LARGEST_FILE_MB
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError(f"{SETTING} is not a whole number of megabytes, 1 or more. Correct it, or unset it.")
    return int(text)
