"""The register of statistical neighbours: which sets there are, from when each holds, and who is near whom.

A set is a publisher's. It comes by loading its file, and nobody changes it by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.datasets.areas import LOCAL, areas_by_code
from sightline.datasets.models import Neighbour, NeighbourSet
from sightline.vocabulary.register import Register


class NeighbourSets(Register):
    """Sets of statistical neighbours, each with the days from and to which it holds."""

    label = "Neighbour sets"
    one = "neighbour set"
    says = "Which areas are most like which, in each edition of the department's statistical neighbours."
    entry = NeighbourSet
    columns = {"edition": "Edition", "source": "Source"}
    listed = ("source",)
    identity, belongs_to = ("edition",), ""
    sources = ("Department for Education: statistical neighbours, from the model of 2007 and its later editions",)


@dataclass(frozen=True, slots=True)
class SetHeld:
    """One edition as it is held. `until` is the last day on which it holds, None for now on."""

    edition: str
    source: str
    since: date
    until: date | None
    file_name: str
    loaded_on: date
    loaded_by: str

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class NearArea:
    """An area's neighbour: rank 1 is the nearest; `closeness` is the publisher's own word."""

    rank: int
    name: str
    closeness: str


def sets_held() -> list[SetHeld]:
    """Every edition that is held, the newest first. Open to everybody who may see figures: they are published."""
    rows = NeighbourSet.objects.filter(revision__superseded=False).select_related("revision").order_by("-valid_from")
    return [
        SetHeld(
            row.edition,
            row.source,
            row.valid_from,
            row.valid_to,
            row.revision.file_name,
            row.revision.loaded_at.date(),
            row.revision.loaded_by,
        )
        for row in rows
    ]


def near(edition: str, area_code: str) -> list[NearArea]:
    """The neighbours of an area in one edition, the nearest first; none where the set has no such area."""
    rows = Neighbour.objects.filter(set__edition=edition, set__revision__superseded=False, area_code=area_code)
    known = areas_by_code()
    return [NearArea(row.rank, known[row.neighbour_code].name, row.closeness) for row in rows.order_by("rank")]


def areas_of(edition: str) -> list[tuple[str, str]]:
    """Code and name of each area that has neighbours in one edition, by name."""
    rows = Neighbour.objects.filter(set__edition=edition, set__revision__superseded=False)
    codes = set(rows.values_list("area_code", flat=True))
    found = [(code, area.name) for code, area in areas_by_code().items() if code in codes and area.level == LOCAL]
    return sorted(found, key=lambda pair: pair[1])
