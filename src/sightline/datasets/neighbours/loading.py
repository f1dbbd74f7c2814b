"""Take a set of statistical neighbours in, and say from when to when each set holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import transaction

from sightline.datasets.holding import hold, receipts, record_load, refuse_changed, taken
from sightline.datasets.intake import Asked, Origin, Receipt, Taken
from sightline.datasets.models import Neighbour, NeighbourSet
from sightline.datasets.neighbours.checking import NeighboursOf, check
from sightline.datasets.neighbours.layouts import TITLES

DATASET = "neighbour_sets"
PUBLISHER = "Department for Education"
TITLE = "Statistical neighbours"


@transaction.atomic
def load_neighbours(path: Path, origin: Origin, asked: Asked) -> Taken:
    """Load a set as a new revision of its edition. Raises UnreadableFile or UnableToLoad; then nothing is saved."""
    checked = check(path, asked)
    revision, already_held = hold(checked, origin, DATASET, PUBLISHER)
    if not already_held:
        begins = date.fromisoformat(f"{checked.label}-01")
        new = NeighbourSet.objects.create(
            revision=revision, edition=checked.label, valid_from=begins, source=TITLES[str(checked.dataset)]
        )
        saving = _Saving(new, [])
        refuse_changed(checked, check(path, asked, keep=saving.add))
        Neighbour.objects.bulk_create(saving.waiting, batch_size=2_000)
        _date_the_sets()
        record_load(revision, checked)
    return taken(checked, revision, already_held, TITLE)


def neighbours_held(actor: Any) -> list[Receipt]:
    """Every revision of every set."""
    return receipts({DATASET: TITLE})


def _date_the_sets() -> None:
    """A set holds until the day before the next one does."""
    sets = list(NeighbourSet.objects.filter(revision__superseded=False).order_by("valid_from"))
    for earlier, later in pairwise(sets):
        earlier.valid_to = later.valid_from - timedelta(days=1)
    if sets:
        sets[-1].valid_to = None
    NeighbourSet.objects.bulk_update(sets, ["valid_to"])


@dataclass(slots=True)
class _Saving:
    set: NeighbourSet
    waiting: list[Neighbour]

    def add(self, row: NeighboursOf) -> None:
        self.waiting += [
            Neighbour(
                set=self.set,
                area_code=row.area.code,
                neighbour_code=near.area.code,
                rank=near.rank,
                closeness=near.closeness,
            )
            for near in row.near
        ]
