"""Parts of one measure as small charts on one scale, each with its sentence and its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sightline.indicators.judging import chart_of
from sightline.indicators.results import MeasuredSeries
from sightline.indicators.spc import Chart
from sightline.indicators.words import signal_words
from sightline.web.components.figure_drawing import counts_words, drawing_of, table_of, value_and_unit
from sightline.web.components.spc_chart import SMALL, Drawing, spc_axis, spc_chart

MOST_PARTS = 12
ONE_SCALE = "All of these charts have the same scale."


def small_charts(key: str, named: str, parts: Sequence[MeasuredSeries]) -> dict[str, Any] | None:
    """The parts with most cases, of a breakdown that is called `named`; None where there are none to show."""
    held = [one for one in parts if one.with_value]
    if not held:
        return None
    shown = sorted(sorted(held, key=_cases, reverse=True)[:MOST_PARTS], key=lambda one: one.group)
    charts = [chart_of(part) for part in shown]
    drawings = [drawing_of(part, chart) for part, chart in zip(shown, charts, strict=True)]
    axis = spc_axis(drawings)
    drawn = zip(shown, charts, drawings, strict=True)
    left = len(held) - len(shown)
    more = f" They are the {MOST_PARTS} with most cases; {left:,} more are in the download." if left else ""
    return {
        "key": key,
        "title": f"Split by {named[:1].lower()}{named[1:]}",
        "says": f"{ONE_SCALE}{more}",
        "charts": [_one(f"{key}-{number}", *one, axis) for number, one in enumerate(drawn, start=1)],
    }


def _cases(part: MeasuredSeries) -> float:
    return float(sum(reading.denominator or reading.numerator or 0 for reading in part.readings))


def _one(place: str, part: MeasuredSeries, chart: Chart | None, drawing: Drawing, axis: Any) -> dict[str, Any]:
    labelled_by = f"{place}-title {place}-sentence"
    table = table_of(part, chart)
    return {
        "id": place,
        "title": part.group,
        "says": _says(part, chart),
        "drawing": spc_chart(drawing, labelled_by=labelled_by, frame=SMALL, axis=axis),
        "table": {
            **table,
            "summary": f"{table['summary'].removesuffix(')')}, {part.group})",
            "caption": f"{part.group}: {table['caption']}",
        },
    }


def _says(part: MeasuredSeries, chart: Chart | None) -> str:
    latest = part.with_value[-1]
    shown = value_and_unit(latest, part.indicator.unit)
    counts = counts_words(latest) if shown.endswith("%") else ""
    said = f"{shown}{f' ({counts})' if counts else ''} in {latest.period.label}."
    return f"{said} {signal_words(chart.points[-1], part.indicator.better)}." if chart else said
