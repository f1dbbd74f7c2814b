"""A measured series as its page shows it: two drawings, the notes under them, and the table that equals them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from sightline.indicators.definitions import defined
from sightline.indicators.judging import few_cases
from sightline.indicators.results import MeasuredSeries, Period, Reading
from sightline.indicators.spc import RUN, Chart, Point
from sightline.indicators.words import MISSING_WORDS, plain, signal_words
from sightline.vocabulary.dataset import State
from sightline.web.components import words
from sightline.web.components.signal_words import KINDS
from sightline.web.components.spc_chart import (
    COMPACT,
    MOST_LETTERS,
    WIDE,
    Drawing,
    Spot,
    restart_letter,
    spc_axis_note,
    spc_chart,
)

SETTINGS = (
    f"XmR, limits from all points between restarts, shift {RUN}, trend {RUN}, two of three on, outlier screening off."
)
TABLE_COLUMNS = ("Period", "Value", "Number", "Out of", "Average", "Lower limit", "Upper limit", "Signal", "Note")
NUMBERS_END = 7


def unit_beside(unit: str) -> str:
    """The unit where it is written against a number: a percentage sign is, anything longer goes to the heading."""
    return unit if len(unit.strip()) == 1 else ""


def value_words(reading: Reading, unit: str) -> str:
    """ "71%", "512", "Nil", or exactly why there is none."""
    if reading.value is None:
        return MISSING_WORDS[reading.state]
    if unit == "%" and _few(reading):
        return counts_words(reading)
    if reading.state is State.NIL:
        return "Nil"
    return f"{plain(reading.value)}{unit_beside(unit)}"


def _few(reading: Reading) -> bool:
    """Whether a percentage is out of so few that only its counts are said: "5 of 9"."""
    return (
        reading.numerator is not None
        and reading.denominator is not None
        and reading.denominator < defined("smallest_base")
    )


def value_and_unit(reading: Reading, unit: str) -> str:
    """The value with its whole unit: "71%", "512 per 10,000 children", or why there is none."""
    longer = f" {unit.strip()}" if reading.value is not None and unit.strip() and not unit_beside(unit) else ""
    return f"{value_words(reading, unit)}{longer}"


def counts_words(reading: Reading) -> str:
    """ "54 of 76"; empty where a count is not known."""
    if reading.numerator is None or reading.denominator is None:
        return ""
    return f"{reading.numerator:,.0f} of {reading.denominator:,.0f}"


def came_from(reading: Reading) -> str:
    """The source with its revision: "Cases of the front door, as recorded, revision 2"."""
    return reading.source if "revision" in reading.source else f"{reading.source}, revision {reading.revision}"


def period_tick(period: Period) -> str:
    """A period under the axis and in tables: "Apr 2025", "Q1 2025-26", "2025-26"."""
    start = period.start
    if period.kind == "month":
        return f"{words.MONTHS[start.month - 1][:3]} {start.year}"
    if period.kind == "quarter":
        return f"Q{(start.month - 4) % 12 // 3 + 1} {_financial_year(start)}"
    return period.key


def _financial_year(day: date) -> str:
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def drawing_of(series: MeasuredSeries, chart: Chart | None, *, annual: bool = False) -> Drawing:
    """The series and its limits, ready to be drawn. Every limit of an annual series is a trial limit."""
    points = _by_period(chart)
    unit = unit_beside(series.indicator.unit)
    spots = [_spot(reading, points.get(reading.period.key), annual) for reading in series.readings]
    return Drawing(
        spots,
        unit,
        target=None if series.target is None or series.indicator.better == "neither" else float(series.target),
        restarts=_restarts(series, points),
        dots=chart is None,
        ceiling=100 if unit == "%" else None,
    )


def _by_period(chart: Chart | None) -> dict[str, tuple[Point, bool]]:
    if chart is None:
        return {}
    return {point.period: (point, trial) for point, trial in zip(chart.points, chart.trial, strict=True)}


def _spot(reading: Reading, found: tuple[Point, bool] | None, annual: bool) -> Spot:
    tick = period_tick(reading.period)
    if reading.value is None:
        return Spot(tick, None, mark="c" if reading.state is State.HIDDEN else "")
    if found is None:
        return Spot(tick, float(reading.value))
    point, trial = found
    return Spot(
        *(tick, float(reading.value), point.mean, point.lower, point.upper),
        trial=trial or annual,
        kind=KINDS[point.point_type],
    )


def _restarts(series: MeasuredSeries, points: dict[str, tuple[Point, bool]]) -> tuple[int, ...]:
    """Positions where limits begin again: where a point's limits are not those of the point before."""
    held = [
        (place, points[reading.period.key][0])
        for place, reading in enumerate(series.readings)
        if reading.period.key in points
    ]
    return tuple(
        place
        for (_, before), (place, after) in pairwise(held)
        if (before.mean, before.lower, before.upper) != (after.mean, after.lower, after.upper)
    )


def drawn_chart(
    series: MeasuredSeries, chart: Chart | None, labelled_by: str, *, annual: bool = False
) -> dict[str, Any]:
    """The chart's title, wide and compact drawing, notes and settings, for `components/figures.jinja`."""
    drawing = drawing_of(series, chart, annual=annual)
    return {
        "title": _title(series),
        "wide": spc_chart(drawing, labelled_by=labelled_by, frame=WIDE),
        "compact": spc_chart(drawing, labelled_by=labelled_by, frame=COMPACT),
        "notes": [
            note for note in (*_limit_notes(series, chart, drawing, annual), *_reading_notes(series, drawing)) if note
        ],
        "settings": SETTINGS if chart else "",
    }


def _title(series: MeasuredSeries) -> str:
    first, last = series.readings[0].period, series.readings[-1].period
    unit = series.indicator.unit.strip()
    measured = "" if unit_beside(unit) or "10,000" in series.indicator.name else f", {unit}"
    return f"{series.indicator.name}{measured}, {series.scope}, {period_tick(first)} to {period_tick(last)}"


def _limit_notes(series: MeasuredSeries, chart: Chart | None, drawing: Drawing, annual: bool) -> list[str]:
    if chart is None:
        return [why_no_limits(series)]
    last = chart.points[-1]
    count = sum(point.mean == last.mean and point.upper == last.upper for point in chart.points)
    notes = [_restart_note(series, drawing, number) for number in range(min(len(drawing.restarts), MOST_LETTERS))]
    if annual:
        notes.append(f"Limits are provisional: these are yearly figures, and there are only {count}.")
    elif chart.trial[-1]:
        notes.append(f"Limits are provisional: only {words.plural(count, 'point')}.")
    return notes


def why_no_limits(series: MeasuredSeries) -> str:
    """Why a series has dots and no limits."""
    if few_cases(series):
        return "Too few cases for limits. Shown as dots."
    return "Too few points for limits yet. Shown as dots."


def _restart_note(series: MeasuredSeries, drawing: Drawing, number: int) -> str:
    place = drawing.restarts[-MOST_LETTERS:][number]
    return f"{restart_letter(number)}: limits restart in {series.readings[place].period.label}."


def _reading_notes(series: MeasuredSeries, drawing: Drawing) -> list[str]:
    missing = [reading for reading in series.readings if reading.value is None]
    gap = "A gap in the line is a period with no figure. The table says why." if missing else ""
    return [spc_axis_note(drawing), gap, series.note]


def table_of(series: MeasuredSeries, chart: Chart | None, *, annual: bool = False) -> dict[str, Any]:
    """The table under the chart, newest first: every raw limit, and each signal in words."""
    points, unit = _by_period(chart), series.indicator.unit
    rows = [_table_row(series, reading, points, annual) for reading in reversed(series.readings)]
    shown = unit_beside(unit) or unit.strip()
    return {
        "summary": f"Table of these figures ({words.plural(len(rows), 'period')})",
        "caption": f"{series.indicator.name}{f' ({shown})' if shown else ''}, newest first",
        "columns": [{"text": name, "number": 0 < place < NUMBERS_END} for place, name in enumerate(TABLE_COLUMNS)],
        "rows": rows,
        "numbers": NUMBERS_END,
    }


def _table_row(
    series: MeasuredSeries, reading: Reading, points: dict[str, tuple[Point, bool]], annual: bool
) -> list[str]:
    point, trial = points.get(reading.period.key, (None, False))
    unit = series.indicator.unit
    value = "0" if reading.state is State.NIL else value_words(reading, unit)
    limits = (
        [plain(limit) if limit is not None else "–" for limit in (point.mean, point.lower, point.upper)]
        if point
        else ["–"] * 3
    )
    counts = ["–" if count is None else f"{count:,.0f}" for count in (reading.numerator, reading.denominator)]
    signal = signal_words(point, series.indicator.better) if point else "–"
    return [
        period_tick(reading.period),
        value,
        *counts,
        *limits,
        signal,
        _note(reading, point is not None and (trial or annual)),
    ]


def _note(reading: Reading, trial: bool) -> str:
    notes = []
    if reading.revision > 1:
        notes.append(f"Corrected: revision {reading.revision}")
    if trial:
        notes.append("Provisional limits")
    return ". ".join(notes) or "–"
