"""Published figures as they now stand: for each area and year, the newest revision that gives one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sightline.datasets.cells import Figure
from sightline.datasets.models import PublishedFigure, Revision
from sightline.datasets.published import Area
from sightline.vocabulary.dataset import Dataset, State


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
    """An area's figures for one year, by column name."""

    area: Area
    year: int
    source: Source
    figures: dict[str, Figure] = field(default_factory=dict)


def area_years(dataset: Dataset, codes: Sequence[str], measures: Sequence[str]) -> list[AreaYear]:
    """The figures of these areas, oldest year first. One query. Published figures are open to everybody."""
    rows = (
        PublishedFigure.objects.filter(
            revision__superseded=False,
            revision__file__dataset=dataset.figures_key,
            area_code__in=codes,
            measure__in=measures,
        )
        .select_related("revision__file")
        .order_by("time_period", "area_code", "revision__loaded_at", "revision_id")
    )
    found: dict[tuple[str, int], AreaYear] = {}
    for row in rows:  # in order of loading, so that the newest file has the last word
        key = (row.area_code, row.time_period)
        if key not in found or found[key].source.sha256 != row.revision.sha256:
            found[key] = AreaYear(_area(row), row.time_period, _source(row.revision))
        found[key].figures[row.measure] = Figure(row.value, State(row.state))
    return list(found.values())


def areas_held(dataset: Dataset) -> list[Area]:
    """Every area with a current figure, once each, by name. One query."""
    rows: Iterable[PublishedFigure] = (
        PublishedFigure.objects.filter(revision__superseded=False, revision__file__dataset=dataset.figures_key)
        .order_by("area_code", "-time_period")
        .distinct("area_code")
    )
    return sorted((_area(row) for row in rows), key=lambda area: area.name)


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
