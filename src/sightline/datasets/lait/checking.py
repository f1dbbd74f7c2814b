"""Which of the tool's two files is this, and what is wrong with it? Needs no database."""

from __future__ import annotations

from pathlib import Path

from sightline.datasets.faults import Checked
from sightline.datasets.intake import Asked
from sightline.datasets.lait import dictionary, store
from sightline.datasets.published import interactive_tool


def check(path: Path, asked: Asked) -> Checked:
    """Every fault of the file. Raises UnreadableFile."""
    return store.check(path, asked) if is_store(path, asked) else dictionary.check(path, asked)


def is_store(path: Path, asked: Asked) -> bool:
    """Whether it is the store of figures, and not the dictionary."""
    if asked.dataset:
        return asked.dataset == interactive_tool.key
    with path.open("rb") as opened:
        return opened.read(4) == b"PAR1"
