"""What a command says when what it was to write cannot be written."""

from pathlib import Path


def cannot_be_written(path: Path, refused: OSError) -> str:
    """Which file or folder, why not, and what to do."""
    return f"{path} cannot be written to: {refused.strerror}. Choose another with --out."
