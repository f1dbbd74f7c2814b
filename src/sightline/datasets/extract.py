"""The extract of published figures that ships with Sightline, so that the first page has something true to show."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightline.datasets.intake import Asked, Origin, Taken, load_file
from sightline.datasets.models import Revision
from sightline.datasets.neighbours.checking import check as check_neighbours
from sightline.datasets.neighbours.loading import DATASET as NEIGHBOUR_SETS
from sightline.datasets.published import DATASETS
from sightline.datasets.reading import digest

EXTRACTS = Path(__file__).parent / "extracts"
REFERRALS = EXTRACTS / "referrals_2013_2025.csv"
LOADED_BY = "Sightline itself"


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """One file of the extract, and the publication that its figures are facts from."""

    path: Path
    dataset: str
    publisher: str
    publication: str
    table: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the extract's own note says: the first page's area, the licence, and every file."""

    area: str
    licence: str
    attribution: str
    files: tuple[ShippedFile, ...]


@cache
def shipped_extract() -> Shipped:
    """The note beside the extract."""
    note = tomllib.loads((EXTRACTS / "extracts.toml").read_text(encoding="utf-8"))
    files = tuple(
        ShippedFile(EXTRACTS / each["file"], each["dataset"], each["publisher"], each["publication"], each["table"])
        for each in note["files"]
    )
    return Shipped(note["example_area"], note["licence"], note["attribution"], files)


def load_shipped_extract() -> list[Taken]:
    """Load each file of the extract, unless somebody has since sent a fuller file or its contents were loaded before.

    Returns what was loaded: nothing where there was nothing to do.
    """
    held = set(Revision.objects.filter(loaded_by=LOADED_BY).values_list("sha256", flat=True))
    loaded = []
    for each in shipped_extract().files:
        origin = Origin(each.publisher, LOADED_BY)
        if digest(each.path) not in held and not _sent_since(each):
            loaded.append(load_file(each.path, origin, Asked(dataset=each.dataset)))
    return loaded


def _sent_since(shipped: ShippedFile) -> bool:
    """Whether somebody has sent a file of the figures that this one is an extract of."""
    declared = DATASETS.get(shipped.dataset)
    key = declared.figures_key if declared else NEIGHBOUR_SETS
    sent = Revision.objects.filter(file__dataset=key).exclude(loaded_by=LOADED_BY)
    if declared is None:
        sent = sent.filter(file__period=check_neighbours(shipped.path, Asked()).period)
    return sent.exists()
