"""What is an area's figure held against? England, its region, and the areas most like it: never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from sightline.datasets.areas import NATIONAL, Area, areas_by_code, present_code
from sightline.datasets.cells import Figure
from sightline.datasets.figures import ONE_DECIMAL, area_years, rates
from sightline.datasets.models import Neighbour, NeighbourSet
from sightline.datasets.neighbours.checking import Near
from sightline.vocabulary.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The dated set that an area's neighbours come from, and the neighbours, the nearest first."""

    edition: str
    valid_from: date
    valid_to: date | None
    source: str
    near: tuple[Near, ...]

    @property
    def codes(self) -> list[str]:
        return [each.area.code for each in self.near]


@dataclass(frozen=True, slots=True)
class Comparators:
    """The places that an area is held against; None where there is none to be had."""

    area: Area
    england: Area
    region: Area | None
    neighbours: Neighbours | None

    @property
    def codes(self) -> list[str]:
        """The area's code and those of all its comparators."""
        beside = [self.region.code] if self.region else []
        return [self.area.code, self.england.code, *beside, *(self.neighbours.codes if self.neighbours else ())]


@dataclass(frozen=True, slots=True)
class Mean:
    """The plain mean of the neighbours that have a figure: `given` of `of` do. None where none does."""

    value: Decimal | None
    given: int
    of: int


@dataclass(frozen=True, slots=True)
class ComparedYear:
    """One year of a measure for an area and its comparators; None where a place is not in the file."""

    year: int
    own: Figure | None
    england: Figure | None
    region: Figure | None
    neighbours: Mean


def neighbours_of(code: str, on: date) -> Neighbours | None:
    """The neighbours of an area in the set that holds on a day; None before the first set. Two queries."""
    held = (
        NeighbourSet.objects.filter(revision__superseded=False, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("-valid_from")
        .first()
    )
    if held is None:
        return None
    rows = Neighbour.objects.filter(set=held, area_code=present_code(code)).order_by("rank")
    known = areas_by_code()
    near = tuple(Near(row.rank, known[row.neighbour_code], row.closeness) for row in rows)
    return Neighbours(held.edition, held.valid_from, held.valid_to, held.source, near) if near else None


def comparators(code: str, on: date) -> Comparators:
    """England, the region and the neighbours of an area on a day. Raises KeyError for a code that is no area."""
    known = areas_by_code()
    area = known[present_code(code)]
    england = next(each for each in known.values() if each.level == NATIONAL)
    region = known.get(area.region_code) if area.region_code != area.code else None
    return Comparators(area, england, region, neighbours_of(code, on))


def comparison(
    dataset: Dataset | str, code: str, measure: str, on: date, *, per: int | None = None
) -> list[ComparedYear]:
    """A measure for an area and its comparators on a day, oldest year first.

    With `per`, the measure is a count and each figure its rate for so many children. The neighbours' figure is the
    plain mean of those with a value, as the department's own tool works it out: neither weighed nor filled in.
    """
    beside = comparators(code, on)
    held: dict[tuple[str, int], Figure] = {}
    if per is None:
        for row in area_years(dataset, beside.codes, [measure]):
            held[row.area.code, row.year] = row.figures[measure]
    else:
        for rate in rates(dataset, beside.codes, measure, per=per):
            held[rate.area.code, rate.year] = Figure(rate.value, rate.state)
    near = beside.neighbours.codes if beside.neighbours else []
    return [
        ComparedYear(
            year,
            held.get((beside.area.code, year)),
            held.get((beside.england.code, year)),
            held.get((beside.region.code, year)) if beside.region else None,
            plain_mean(held.get((each, year)) for each in near),
        )
        for year in sorted({year for _, year in held})
    ]


def plain_mean(figures: Iterable[Figure | None]) -> Mean:
    """The mean of the figures that there are, to one decimal, each area counting the same."""
    asked = list(figures)
    values = [figure.value for figure in asked if figure is not None and figure.value is not None]
    if not values:
        return Mean(None, 0, len(asked))
    mean = sum(values, Decimal(0)) / len(values)
    return Mean(mean.quantize(ONE_DECIMAL, ROUND_HALF_UP), len(values), len(asked))
