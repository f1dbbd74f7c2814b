"""Is a series doing anything that chance would not? XmR charts by the rules of NHS "Making Data Count".

Follows NHSRplotthedots 0.2.0 (MIT), save that moving ranges are screened for outliers only when asked, as in the NHS's
own Excel tools, and that a constant series keeps limits of no width where that package would give none.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any, Final, Literal, NamedTuple

Improvement = Literal["increase", "decrease", "neutral"]
Reason = Literal["outside", "trend", "two_in_three", "shift"]
PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]
Assurance = Literal["consistently_pass", "consistently_fail", "hit_or_miss", "none"]

LIMIT_FACTOR: Final = 2.66
NEAR_FACTOR: Final = 2 * (LIMIT_FACTOR / 3)
SCREEN_FACTOR: Final = 3.267
RUN: Final = 7
"""Points in a shift or a trend."""
TRIAL_BELOW: Final = 13
"""A segment with fewer points has trial limits: each further point still moves them."""

_TYPES: Final[Mapping[str, tuple[PointType, PointType]]] = {
    "increase": ("special_cause_improvement", "special_cause_concern"),
    "decrease": ("special_cause_concern", "special_cause_improvement"),
    "neutral": ("special_cause_neutral_high", "special_cause_neutral_low"),
}


class Limits(NamedTuple):
    """A segment's centre line and limits, in the unit of the series; all but the mean are None for a single point."""

    mean: float
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None


class Point(NamedTuple):
    """One value with its segment's limits; `reasons` in the order in which they label the point."""

    period: str
    value: float
    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    outside: bool
    reasons: tuple[Reason, ...]
    point_type: PointType


class Chart(NamedTuple):
    """Every point of a series, what the last of them says, and whether a target can be relied on.

    trial: for each point, whether its limits are trial limits.
    """

    points: tuple[Point, ...]
    variation: PointType
    assurance: Assurance
    trial: tuple[bool, ...]

    def as_json(self) -> dict[str, Any]:
        """The chart as plain JSON types: points, variation, assurance."""
        points = [point._asdict() | {"reasons": list(point.reasons)} for point in self.points]
        return {"points": points, "variation": self.variation, "assurance": self.assurance}


def xmr(
    values: Sequence[float],
    periods: Sequence[str] | None = None,
    *,
    improvement: Improvement = "neutral",
    rebase: Sequence[int] = (),
    fix_after: int | None = None,
    screen_outliers: bool = False,
    target: float | None = None,
) -> Chart:
    """The chart of a series in date order, without gaps.

    rebase: positions (from 0) of the points that begin a new segment; rules and limits never reach across segments.
    fix_after: work mean and limits out from only so many points at the start of each segment.
    Raises ValueError for an empty series, periods of another number, or a position outside the series.
    """
    names = [str(position) for position in range(1, len(values) + 1)] if periods is None else periods
    _check(values, names, rebase, fix_after)
    points: list[Point] = []
    trial: list[bool] = []
    for start, end in _segments(len(values), rebase):
        part = values[start:end]
        limits = limits_of(part if fix_after is None else part[:fix_after], screen_outliers)
        points += _points(names[start:end], part, limits, _TYPES[improvement])
        trial += [len(part) < TRIAL_BELOW] * len(part)
    last = points[-1]
    return Chart(tuple(points), last.point_type, _assurance(last, improvement, target), tuple(trial))


def limits_of(values: Sequence[float], screen_outliers: bool = False) -> Limits:
    """Mean and limits of one baseline. With `screen_outliers`, moving ranges far above their mean are dropped once."""
    mean = _mean(values)
    ranges = [abs(later - earlier) for earlier, later in zip(values, values[1:], strict=False)]
    if not ranges:
        return Limits(mean)
    average = _mean(ranges)
    if screen_outliers:
        kept = [moved for moved in ranges if moved < SCREEN_FACTOR * average]
        average = _mean(kept) if kept else average
    far, near = LIMIT_FACTOR * average, NEAR_FACTOR * average
    return Limits(mean, mean - far, mean + far, mean - near, mean + near)


def _mean(values: Sequence[float]) -> float:
    # The second pass takes out the rounding of the division, so that a point equal to the mean is found to be so.
    count = len(values)
    mean = fsum(values) / count
    return mean + fsum([value - mean for value in values]) / count


def _check(values: Sequence[float], periods: Sequence[str], rebase: Sequence[int], fix_after: int | None) -> None:
    if not values:
        raise ValueError("A series needs at least one point.")
    if len(periods) != len(values):
        raise ValueError(f"There are {len(values)} values but {len(periods)} periods.")
    if any(not 0 <= position < len(values) for position in rebase):
        raise ValueError(f"A new segment has to begin at a position from 0 to {len(values) - 1}.")
    if fix_after is not None and fix_after < 2:
        raise ValueError("Limits need at least 2 points to be fixed after.")


def _segments(count: int, rebase: Sequence[int]) -> Iterator[tuple[int, int]]:
    starts = sorted({0, *rebase})
    return zip(starts, [*starts[1:], count], strict=True)


def _points(
    periods: Sequence[str], values: Sequence[float], limits: Limits, types: tuple[PointType, PointType]
) -> list[Point]:
    mean, lower, upper, near_lower, near_upper = limits
    if lower is None or upper is None or near_lower is None or near_upper is None:
        return [Point(periods[0], values[0], *limits, False, (), "common_cause")]
    sides = [(value > mean) - (value < mean) for value in values]
    outside = [value > upper or value < lower for value in values]
    close = [not out and (value > near_upper or value < near_lower) for value, out in zip(values, outside, strict=True)]
    trend, shift, paired = _trends(values), _shifts(sides), _two_in_three(sides, close)
    high, low = types
    points = []
    for position, value in enumerate(values):
        reasons: tuple[Reason, ...] = ()
        if outside[position] or trend[position] or paired[position] or shift[position]:
            reasons = _reasons(outside[position], trend[position], paired[position], shift[position])
        way = trend[position] if reasons and reasons[0] == "trend" else sides[position]
        kind: PointType = "common_cause" if not reasons else high if way > 0 else low
        points.append(Point(periods[position], value, *limits, outside[position], reasons, kind))
    return points


def _reasons(outside: bool, trend: int, paired: bool, shift: bool) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if outside:
        found.append("outside")
    if trend:
        found.append("trend")
    if paired:
        found.append("two_in_three")
    if shift:
        found.append("shift")
    return tuple(found)


def _runs(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each stretch of equal signs as (first position, position after the last, sign)."""
    first = 0
    for position in range(1, len(signs) + 1):
        if position == len(signs) or signs[position] != signs[first]:
            yield first, position, signs[first]
            first = position


def _trends(values: Sequence[float]) -> list[int]:
    """For each point 1 in a rising trend, -1 in a falling one, else 0; the later one where a point is in two."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in zip(values, values[1:], strict=False)]
    marks = [0] * len(values)
    for first, after, way in _runs(steps):
        if way and after - first >= RUN - 1:
            marks[first : after + 1] = [way] * (after + 1 - first)
    return marks


def _shifts(sides: Sequence[int]) -> list[bool]:
    """Whether each point is in a run of points strictly on one side of the mean."""
    marks = [False] * len(sides)
    for first, after, side in _runs(sides):
        if side and after - first >= RUN:
            marks[first:after] = [True] * (after - first)
    return marks


def _two_in_three(sides: Sequence[int], close: Sequence[bool]) -> list[bool]:
    """Whether each point is near a limit, as another is within three points on that side of the mean."""
    marks = [False] * len(sides)
    if sum(close) < 2:
        return marks
    for first in range(len(sides) - 2):
        window = slice(first, first + 3)
        if sides[first] and sides[first] == sides[first + 1] == sides[first + 2] and sum(close[window]) >= 2:
            marks[window] = [was or near for was, near in zip(marks[window], close[window], strict=True)]
    return marks


def _assurance(last: Point, improvement: Improvement, target: float | None) -> Assurance:
    if target is None or improvement == "neutral" or last.upper is None or last.lower is None:
        return "none"
    if target > last.upper:
        return "consistently_fail" if improvement == "increase" else "consistently_pass"
    if target < last.lower:
        return "consistently_pass" if improvement == "increase" else "consistently_fail"
    return "hit_or_miss"
