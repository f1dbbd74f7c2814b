"""Published figures as they now stand: for each area, year and measure, what the newest file says.

Published figures are open to everybody, so nothing here asks who is reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sightline.datasets.areas import Area
from sightline.datasets.cells import Figure
from sightline.datasets.models import PublishedFigure, Revision
from sightline.datasets.published import DATASETS, population
from sightline.vocabulary.dataset import Dataset, State

ONE_DECIMAL = Decimal("0.1")
CHILDREN = "population_estimate"


@dataclass(frozen=True, slots=True)
class Source:
    """Which file a figure came from."""

    publisher: str
    period: str
    revision: int
    sha256: str
    loaded_at: datetime
    file_name: str


@dataclass(slots=True)
class AreaYear:
    """An area's figures for one year, by column name. `source` is the newest file that any of them came from.

    `labels` has the publisher's own words for the period of a measure for which it is not simply the year.
    """

    area: Area
    year: int
    source: Source
    figures: dict[str, Figure] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many for each 10,000 children: the figure, its count, the children, and why there is none if there is none.

    `source` is that of the count.
    """

    area: Area
    year: int
    value: Decimal | None
    state: State
    count: Decimal | None
    children: Decimal | None
    source: Source


def area_years(dataset: Dataset | str, codes: Sequence[str], measures: Sequence[str]) -> list[AreaYear]:
    """The figures of these areas, oldest year first. One query.

    `dataset` is a declared dataset or its key; `measures` are column names of it.
    """
    rows = (
        PublishedFigure.objects.filter(
            revision__superseded=False,
            revision__file__dataset=_key(dataset),
            area_code__in=codes,
            measure__in=measures,
        )
        .select_related("revision__file")
        .order_by("time_period", "area_code", "revision__loaded_at", "revision_id")
    )
    found: dict[tuple[str, int], AreaYear] = {}
    for row in rows:  # in order of loading, so that the newest file has the last word
        key = (row.area_code, row.time_period)
        if key not in found:
            found[key] = AreaYear(_area(row), row.time_period, _source(row.revision))
        elif found[key].source.sha256 != row.revision.sha256:
            found[key].source = _source(row.revision)
        found[key].figures[row.measure] = Figure(row.value, State(row.state))
        if row.period_label:
            found[key].labels[row.measure] = row.period_label
    return list(found.values())


def areas_held(dataset: Dataset | str, measure: str = "") -> list[Area]:
    """Every area with a current figure, of one measure if given, once each, by name. One query."""
    held = PublishedFigure.objects.filter(revision__superseded=False, revision__file__dataset=_key(dataset))
    if measure:
        held = held.filter(measure=measure)
    rows: Iterable[PublishedFigure] = held.order_by("area_code", "-time_period").distinct("area_code")
    return sorted((_area(row) for row in rows), key=lambda area: area.name)


def rates(dataset: Dataset | str, codes: Sequence[str], measure: str, *, per: int = 10_000) -> list[Rate]:
    """A count of each area and year for every `per` children, to one decimal, oldest year first. Two queries.

    The children are those of the middle of the year before: the Department for Education divides a year that ends on
    31 March 2025 by the population of 30 June 2024.
    """
    children = {
        (row.area.code, row.year): row.figures[CHILDREN].value for row in area_years(population, codes, [CHILDREN])
    }
    found = []
    for row in area_years(dataset, codes, [measure]):
        counted = row.figures[measure]
        living = children.get((row.area.code, row.year - 1))
        value = _rate(counted.value, living, per)
        state = State.GIVEN if value else State.NIL if value is not None else _why_none(counted)
        found.append(Rate(row.area, row.year, value, state, counted.value, living, row.source))
    return found


def _rate(counted: Decimal | None, children: Decimal | None, per: int) -> Decimal | None:
    if counted is None or not children:
        return None
    return (per * counted / children).quantize(ONE_DECIMAL, ROUND_HALF_UP)


def _why_none(counted: Figure) -> State:
    return State.NOT_AVAILABLE if counted.value is not None else counted.state


def _key(dataset: Dataset | str) -> str:
    return (DATASETS[dataset] if isinstance(dataset, str) else dataset).figures_key


def _area(row: PublishedFigure) -> Area:
    return Area(row.area_level, row.area_code, row.area_name, row.region_code)


def _source(revision: Revision) -> Source:
    return Source(
        publisher=revision.file.publisher,
        period=revision.file.period,
        revision=revision.number,
        sha256=revision.sha256,
        loaded_at=revision.loaded_at,
        file_name=revision.file_name,
    )
