"""Work an indicator out: over any rows, and over the published figures of named areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sightline.datasets.figures import AreaYear, Source, area_years
from sightline.datasets.published import Area
from sightline.datasets.rounding import percent_agrees
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Indicator, Row, Total

ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Measured:
    """A result: `value` in the indicator's unit to one decimal; None where it cannot be worked out."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. `value` is the published figure; `worked_out` is ours, from the counts.

    `agrees` is None where there are not both to compare.
    """

    year: int
    value: Decimal | None
    state: State
    numerator: Decimal | None
    denominator: Decimal | None
    worked_out: Decimal | None
    agrees: bool | None
    source: Source


@dataclass(frozen=True, slots=True)
class Series:
    """An area's points, oldest first. A figure withheld is a point without a value; an unlisted year is absent."""

    area: Area
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point:
        return self.points[-1]


def measure(indicator: Indicator, rows: Iterable[Row]) -> Measured:
    """Work the indicator out over the rows of one period and one group."""
    held = list(rows)
    top, bottom = _total(indicator.numerator, held), _total(indicator.denominator, held)
    if top is None or not bottom:
        return Measured(None, top, bottom)
    value = (indicator.per * top / bottom).quantize(ONE_DECIMAL, ROUND_HALF_UP)
    return Measured(value, top, bottom)


def _total(wanted: Total, rows: Sequence[Row]) -> Decimal | None:
    cells = [row[wanted.of.name] for row in rows]
    if not cells or any(cell is None for cell in cells):
        return None
    return sum((Decimal(cell) for cell in cells if cell is not None), Decimal(0))


def published_series(indicator: Indicator, codes: Sequence[str]) -> list[Series]:
    """The published series of these areas, in the order asked for, leaving out areas without any figure."""
    fields = (indicator.numerator.of, indicator.denominator.of, indicator.published_as)
    rows = area_years(indicator.of, codes, [field.name for field in fields if field])
    series = []
    for code in codes:
        own = [row for row in rows if row.area.code == code]
        if own:
            points = tuple(_point(indicator, row) for row in own)
            series.append(Series(own[-1].area, points))
    return series


def _point(indicator: Indicator, row: AreaYear) -> Point:
    result = measure(indicator, [{name: figure.value for name, figure in row.figures.items()}])
    printed = row.figures[indicator.published_as.name] if indicator.published_as else None
    agrees = None
    if printed and printed.value is not None and result.numerator is not None and result.denominator is not None:
        agrees = percent_agrees(result.numerator, result.denominator, printed.value, row.area.level)
    return Point(
        year=row.year,
        value=printed.value if printed else result.value,
        state=printed.state if printed else _state(result),
        numerator=result.numerator,
        denominator=result.denominator,
        worked_out=result.value,
        agrees=agrees,
        source=row.source,
    )


def _state(result: Measured) -> State:
    if result.value is None:
        return State.NOT_AVAILABLE
    return State.GIVEN if result.value else State.NIL
