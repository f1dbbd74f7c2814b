"""A figure in plain words: the same sentence for the page, the chart's name and the printed copy."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from sightline.datasets.published import Area
from sightline.indicators.run import ONE_DECIMAL, Point, Series
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Indicator

MISSING_WORDS = {
    State.NOT_AVAILABLE: "Not available",
    State.NOT_APPLICABLE: "Not applicable",
    State.HIDDEN: "c (hidden, small number)",
    State.UNRELIABLE: "Not published (unreliable)",
    State.LOW: "Less than half of the smallest unit",
    State.BLANK: "Not provided",
}


def value_words(indicator: Indicator, point: Point) -> str:
    """The figure with its unit, or the words for why there is none."""
    if point.value is None:
        return MISSING_WORDS[point.state]
    return f"{_one_decimal(point.value)}{indicator.unit}"


def count_words(count: Decimal | None) -> str:
    """A count with thousands marked, or "Not available"."""
    return f"{count:,.0f}" if count is not None else MISSING_WORDS[State.NOT_AVAILABLE]


def place(area: Area) -> str:
    """The area's name as it reads inside a sentence: "the West Midlands", "Solihull"."""
    takes_the = area.level == "Regional" and ("London" not in area.name) and (" and " not in area.name)
    return f"the {area.name}" if takes_the else area.name


def sentence(indicator: Indicator, own: Series, others: Sequence[Series]) -> str:
    """What the figure was in the last year that anybody has one, and how it stands beside the others.

    It compares places within one year and claims nothing about change.
    """
    year = max(series.latest.year for series in (own, *others))
    point = point_in(own, year)
    period = indicator.period.format(when=year)
    if point is None or point.value is None:
        reason = f": {MISSING_WORDS[point.state].lower()}" if point else ""
        return f"For {period} there is no figure for {place(own.area)}{reason}."
    said = indicator.says.format(
        value=value_words(indicator, point), area=place(own.area), counts=_counts_in_brackets(point)
    )
    compared = [words for other in others if (words := _compared(indicator, point, other, year))]
    beside = f" That is {' and '.join(compared)}." if compared else ""
    return f"In {period}, {said}.{beside}"


def _compared(indicator: Indicator, own: Point, other: Series, year: int) -> str:
    point = point_in(other, year)
    if point is None or point.value is None or own.value is None:
        return ""
    ours, theirs = _one_decimal(own.value), _one_decimal(point.value)
    how = "the same as in" if ours == theirs else "higher than in" if ours > theirs else "lower than in"
    return f"{how} {place(other.area)} ({value_words(indicator, point)})"


def _counts_in_brackets(point: Point) -> str:
    if point.numerator is None or point.denominator is None:
        return ""
    return f" ({count_words(point.numerator)} of {count_words(point.denominator)})"


def point_in(series: Series, year: int) -> Point | None:
    """The series' point for a year, if it has one."""
    return next((point for point in series.points if point.year == year), None)


def _one_decimal(value: Decimal) -> Decimal:
    return value.quantize(ONE_DECIMAL, ROUND_HALF_UP)
