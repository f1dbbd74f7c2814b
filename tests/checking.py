"""A text written to a file and checked, and what the check said."""

from pathlib import Path

from sightline.datasets.faults import Checked
from sightline.datasets.intake import Asked, check_file


def check_text(folder: Path, text: str, asked: Asked | None = None) -> Checked:
    """What checking a file of this text in the folder finds."""
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return check_file(path, asked)


def messages(checked: Checked) -> list[str]:
    """The sentence of each fault."""
    return [fault.message for fault in checked.faults]
