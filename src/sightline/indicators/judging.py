"""Is a stored series doing anything that chance would not, and can its target be relied on?"""

from __future__ import annotations

from collections.abc import Mapping

from sightline.indicators.definitions import defined
from sightline.indicators.results import MeasuredSeries
from sightline.indicators.spc import Chart, Improvement, xmr

IMPROVEMENT: Mapping[str, Improvement] = {"higher": "increase", "lower": "decrease", "neither": "neutral"}


def chart_of(series: MeasuredSeries) -> Chart | None:
    """The series' chart; None with too few points, or with so few cases that limits would mean nothing.

    Its points are the readings with a value, in order; a period without one is left out of the rules.
    """
    readings = series.with_value
    if len(readings) < defined("fewest_points") or few_cases(series):
        return None
    return xmr(
        [float(reading.value) for reading in readings if reading.value is not None],
        [reading.period.key for reading in readings],
        improvement=IMPROVEMENT[series.indicator.better],
        target=None if series.target is None else float(series.target),
    )


def few_cases(series: MeasuredSeries) -> bool:
    """Whether fewer cases a period, on average, than limits can bear: then a chart shows dots alone."""
    counts = [reading.numerator for reading in series.with_value if reading.numerator is not None]
    return bool(counts) and sum(counts) < defined("fewest_for_limits") * len(counts)
