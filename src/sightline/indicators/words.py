"""A figure in plain words: one sentence for the page, the scorecard, JSON, the printed copy and the chart's name."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sightline.indicators.definitions import defined
from sightline.indicators.judging import few_cases
from sightline.indicators.results import MeasuredSeries, Reading
from sightline.indicators.spc import RUN, Assurance, Chart, Point
from sightline.indicators.working_out import ONE_DECIMAL
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
NO_SIGNAL = "No signal: varying as it usually does"
ASSURANCE_WORDS: dict[Assurance, str] = {
    "consistently_pass": "It will keep meeting the target unless something changes",
    "consistently_fail": "It will keep missing the target unless something changes",
    "hit_or_miss": "It will sometimes meet the target and sometimes miss it",
    "none": "",
}
WHOLE_PERCENT = 100


def reading_words(reading: Reading, unit: str) -> str:
    """The figure with its unit, or the words for why there is none."""
    return MISSING_WORDS[reading.state] if reading.value is None else f"{plain(reading.value)}{unit}"


def plain(value: Decimal | float) -> str:
    """A number to one decimal, without a nought that says nothing: "71", "26.3", "1,204"."""
    rounded = Decimal(str(value)).quantize(ONE_DECIMAL, ROUND_HALF_UP)
    return f"{rounded:,.1f}".removesuffix(".0")


def sentence(series: MeasuredSeries, chart: Chart | None) -> str:
    """What the newest figure was, whether chance would do as much, and whether the target can be relied on.

    `chart` is that of the readings with a value (`judging.chart_of`), None where there is none.
    """
    latest, unit = series.latest, series.indicator.unit
    if latest is None:
        return f"There is no figure for {series.scope} yet."
    if latest.value is None:
        return f"For {latest.period.label} there is no figure: {MISSING_WORDS[latest.state].lower()}."
    said = [f"In {latest.period.label} it was {_figure(series.indicator, latest)}."]
    if chart is None:
        said.append(
            "There are too few cases for limits." if few_cases(series) else "There are too few periods for limits."
        )
        return " ".join(said)
    said.append(_finding(series, chart))
    if chart.assurance != "none" and series.target is not None:
        said.append(f"{ASSURANCE_WORDS[chart.assurance]} ({plain(series.target)}{_beside(unit)} target).")
    said.append(_caveat(latest, chart))
    return " ".join(filter(None, said))


def _figure(indicator: Indicator, reading: Reading) -> str:
    """The figure with its counts; a percentage out of very few is its counts alone: "3 of 4"."""
    top, bottom = reading.numerator, reading.denominator
    if not indicator.is_rate and top is not None and bottom is not None and bottom < defined("smallest_base"):
        return f"{top:,.0f} of {bottom:,.0f}"
    return f"{reading_words(reading, indicator.unit)}{counts_words(indicator, reading)}"


def signal_words(point: Point, better: str) -> str:
    """What a point is, in words: "Getting worse: lower than usual"; `better` is the indicator's."""
    if point.point_type == "common_cause":
        return NO_SIGNAL
    kind = {"special_cause_improvement": "Improving", "special_cause_concern": "Getting worse"}
    high = is_high(point, better)
    if point.reasons[0] == "trend":
        how = "rising" if high else "falling"
    else:
        how = "higher than usual" if high else "lower than usual"
    return f"{kind.get(point.point_type, 'Changed')}: {how}"


def is_high(point: Point, better: str) -> bool:
    """Whether a signal is above the average, or rising where it is a trend."""
    if point.point_type == "special_cause_improvement":
        return better == "higher"
    if point.point_type == "special_cause_concern":
        return better == "lower"
    return point.point_type == "special_cause_neutral_high"


def _finding(series: MeasuredSeries, chart: Chart) -> str:
    last, unit = chart.points[-1], series.indicator.unit
    if not last.reasons:
        return _as_usual(series, last)
    unit = _beside(unit)
    because = {
        "outside": _outside(series, last),
        "trend": f"it has {_way(series, last, 'risen', 'fallen')} {_steps(chart)} times in a row",
        "two_in_three": f"2 of the last 3 points are close to the {_way(series, last, 'upper', 'lower')} limit",
        "shift": (
            f"the last {_side_by_side(chart)} points are all {_way(series, last, 'above', 'below')} "
            f"the average of {plain(last.mean)}{unit}"
        ),
    }[last.reasons[0]]
    return f"{signal_words(last, series.indicator.better)}, because {because}."


def _as_usual(series: MeasuredSeries, last: Point) -> str:
    readings, unit = series.with_value, series.indicator.unit
    if last.lower is None or last.upper is None or len(readings) < 2:
        return f"{NO_SIGNAL}."
    unit = _beside(unit)
    before = readings[-2]
    between = f"{plain(_shown(last.lower, unit))}{unit} to {plain(_shown(last.upper, unit))}{unit}"
    change = f"the change from {reading_words(before, unit)} in {before.period.label} is not a signal"
    return f"It is within the usual range of {between}, so {change}."


def _outside(series: MeasuredSeries, last: Point) -> str:
    unit = _beside(series.indicator.unit)
    if last.upper is not None and last.value > last.upper:
        return f"this point is above the upper limit of {plain(last.upper)}{unit}"
    return f"this point is below the lower limit of {plain(last.lower or 0)}{unit}"


def _way(series: MeasuredSeries, point: Point, up: str, down: str) -> str:
    return up if is_high(point, series.indicator.better) else down


def _beside(unit: str) -> str:
    """The unit where it was said in full already: a percentage sign stays, anything longer goes."""
    return unit if len(unit) == 1 else ""


def _shown(limit: float, unit: str) -> float:
    """A limit as it is drawn: never below nothing or above all."""
    return min(max(limit, 0), WHOLE_PERCENT) if unit == "%" else max(limit, 0)


def _steps(chart: Chart) -> int:
    """How many steps in a row lead the same way to the last point."""
    values = [point.value for point in chart.points]
    way = values[-1] > values[-2]
    count = 0
    for later, earlier in zip(values[::-1], values[-2::-1], strict=False):
        if later == earlier or (later > earlier) != way:
            break
        count += 1
    return max(count, RUN - 1)


def _side_by_side(chart: Chart) -> int:
    """How many points at the end lie on the same side of the mean."""
    last = chart.points[-1]
    above = last.value > last.mean
    count = 0
    for point in reversed(chart.points):
        if point.mean != last.mean or point.value == last.mean or (point.value > last.mean) != above:
            break
        count += 1
    return count


def counts_words(indicator: Indicator, reading: Reading) -> str:
    """The counts in brackets behind a figure, with a space before them: " (54 of 76)"; "" where they are not known."""
    top, bottom = reading.numerator, reading.denominator
    if top is None or bottom is None:
        return ""
    if not indicator.is_rate:
        return f" ({top:,.0f} of {bottom:,.0f})"
    part_of_year = indicator.measure is not None and indicator.measure.flow and reading.period.kind != "year"
    annual = ", multiplied up to a year" if part_of_year else ""
    return f" ({top:,.0f} among {bottom:,.0f} children{annual})"


def _caveat(latest: Reading, chart: Chart) -> str:
    if chart.trial[-1]:
        return f"Limits are provisional: only {len(chart.points)} points."
    return f"Corrected since it was first worked out: revision {latest.revision}." if latest.revision > 1 else ""
