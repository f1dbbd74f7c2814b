"""The extract of published figures that ships with Sightline, so that the first page has something true to show."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightline.datasets.loading import Loaded, Origin, load
from sightline.datasets.models import Revision
from sightline.datasets.published import referrals, referrals_extract

EXTRACTS = Path(__file__).parent / "extracts"
REFERRALS = EXTRACTS / "referrals_2013_2025.csv"
LOADED_BY = "shipped with Sightline"


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the extract's own note says: its publisher, the first page's area, and the areas most like it."""

    publisher: str
    area: str
    neighbours: tuple[str, ...]


@cache
def shipped_extract() -> Shipped:
    """The note beside the extract."""
    note = tomllib.loads(REFERRALS.with_suffix(".toml").read_text(encoding="utf-8"))
    return Shipped(
        publisher=note["publisher"],
        area=note["example_area"],
        neighbours=tuple(note["statistical_neighbours"]["areas"]),
    )


def load_shipped_extract() -> Loaded | None:
    """Load the extract, unless somebody has since sent a fuller file or these contents were loaded before.

    Returns None when there was nothing to do.
    """
    held = Revision.objects.filter(file__dataset=referrals.key)
    if held.exclude(loaded_by=LOADED_BY).exists():
        return None
    loaded = load(REFERRALS, Origin(shipped_extract().publisher, LOADED_BY), dataset=referrals_extract)
    return None if loaded.already_held else loaded
