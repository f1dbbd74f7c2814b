"""What was found: readings of an indicator by period, a row of the scorecard, and how places compare.

Values are true values: they may be shown inside the secure group. Whatever leaves it goes through `suppression` first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from sightline.indicators.spc import Assurance, Chart, PointType
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Indicator

PeriodKind = Literal["month", "quarter", "year"]
PlaceKind = Literal["area", "neighbours", "region", "country"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, a quarter or a year of figures; `start` and `end` are its first and last day.

    key: "2026-09", "2026-Q3" (the calendar quarter) or "2025-26" (1 April to 31 March).
    label: how it reads inside a sentence, such as "September 2026" or "the year ending 31 March 2026".
    """

    start: date
    end: date
    key: str
    label: str
    kind: PeriodKind


@dataclass(frozen=True, slots=True)
class Reading:
    """One period's figure. `value` is None where there is none, and `state` says why.

    value: in the indicator's unit, to one decimal. numerator, denominator: the counts it comes from, None if not known.
    revision: of the source, counted from 1. source: what it was worked out from or who published it, in words.
    as_at: the last day that the source speaks for.
    """

    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    state: State
    revision: int
    source: str
    as_at: date


@dataclass(frozen=True, slots=True)
class MeasuredSeries:
    """An indicator's readings for one scope, oldest first; a period that nobody sent is a reading without a value.

    scope: whose figure it is, as it reads in a sentence ("Ardenvale", "Solihull", "the West Midlands").
    by and group: the key of the breakdown and which part this is; "" for all.
    invented: made from invented cases or an invented census, which is said wherever it is shown.
    target: in the indicator's unit, None where nobody has decided one. note: what a reader must know, "" if nothing.
    """

    indicator: Indicator
    scope: str
    invented: bool
    readings: tuple[Reading, ...]
    target: Decimal | None = None
    note: str = ""
    by: str = ""
    group: str = ""

    @property
    def latest(self) -> Reading | None:
        """The last period's reading, with or without a value; None before anything has been worked out."""
        return self.readings[-1] if self.readings else None

    @property
    def with_value(self) -> tuple[Reading, ...]:
        """The readings that a chart's rules may use."""
        return tuple(reading for reading in self.readings if reading.value is not None)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One measure of the scorecard: its newest figure and whether it is doing anything that chance would not.

    chart: None where there are too few points, or too few cases, for limits; its points are those of
    `series.with_value`, in that order, and each point's `period` is the reading's period key.
    words: the sentence about the newest figure, the same on the page, in JSON and in the chart's name.
    """

    number: int
    indicator: Indicator
    series: MeasuredSeries
    chart: Chart | None
    variation: PointType
    assurance: Assurance
    words: str

    @property
    def changed(self) -> bool:
        """Whether the newest figure is a signal."""
        return self.variation != "common_cause"


@dataclass(frozen=True, slots=True)
class Compared:
    """One place's figure in a comparison. A set of neighbours has the plain mean of those with a figure."""

    name: str
    kind: PlaceKind
    reading: Reading


@dataclass(frozen=True, slots=True)
class Published:
    """Published figures for one area: its newest year beside other places, then every year of each.

    rows: the area, its statistical neighbours, region, England, those that there are.
    neighbour_set: the set in words with its date, and `neighbours` its members' names; "" and empty where none is held.
    series: annual, in the order of `rows`; charts of them have trial limits and are marked so.
    """

    indicator: Indicator
    area_code: str
    period: Period
    rows: tuple[Compared, ...]
    neighbour_set: str
    neighbours: tuple[str, ...] = field(default_factory=tuple)
    series: tuple[MeasuredSeries, ...] = field(default_factory=tuple)
