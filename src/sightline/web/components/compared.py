"""Places side by side within one year, and every year of each: never a claim that anything has changed."""

from __future__ import annotations

from typing import Any

from sightline.indicators.results import Compared, MeasuredSeries, Published, Reading
from sightline.indicators.words import counts_words
from sightline.web.components import words
from sightline.web.components.figure_drawing import period_tick, unit_beside, value_and_unit, value_words

COUNTS = ("Number", "Out of")


def compared_table(found: Published) -> dict[str, Any]:
    """The newest year of every place: its figure and, where the place publishes them, its counts."""
    unit = found.indicator.unit
    rows = [
        [_place(one), value_words(one.reading, unit), *(_count(one.reading.numerator), _count(one.reading.denominator))]
        for one in found.rows
    ]
    return {"caption": _caption(found), "columns": _columns(("Place", _figure_head(unit), *COUNTS)), "rows": rows}


def _caption(found: Published) -> str:
    return f"{found.indicator.name}, {found.period.label}"


def _figure_head(unit: str) -> str:
    return "Figure" if unit_beside(unit) else f"Figure ({unit.strip()})"


def _columns(heads: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"text": head, "number": place > 0} for place, head in enumerate(heads)]


def _place(one: Compared) -> str:
    shown = one.name.removeprefix("the ")
    return f"{shown[:1].upper()}{shown[1:]}"


def _count(count: Any) -> str:
    return "–" if count is None else f"{count:,.0f}"


def similar_words(found: Published) -> str:
    """Which areas count as similar, and as at when; empty where no set is held."""
    if not found.neighbour_set:
        return ""
    return (
        f"Similar areas: {found.neighbour_set}. Their figure is the plain mean of those with one. "
        f"They are {words.joined(found.neighbours)}."
    )


def every_year(found: Published) -> dict[str, Any]:
    """Every year of each place, newest first; the area's own counts beside its figure."""
    keys = {reading.period.key: reading.period for series in found.series for reading in series.readings}
    by_place = [{reading.period.key: reading for reading in series.readings} for series in found.series]
    unit = found.indicator.unit
    rows = []
    for key in sorted(keys, reverse=True):
        own = by_place[0].get(key)
        counts = [_count(own.numerator), _count(own.denominator)] if own else ["–", "–"]
        cells = [_cell(readings.get(key), unit) for readings in by_place]
        rows.append([period_tick(keys[key]), cells[0], *counts, *cells[1:]])
    heads = [scope_words(series) for series in found.series]
    return {
        "caption": f"{found.indicator.name}, every year, newest first",
        "columns": _columns(("Year to 31 March", heads[0], *COUNTS, *heads[1:])),
        "rows": rows,
    }


def scope_words(series: MeasuredSeries) -> str:
    """Whose figure it is, at the head of a column or beside a line: "West Midlands"."""
    shown = series.scope.removeprefix("the ")
    return f"{shown[:1].upper()}{shown[1:]}"


def _cell(reading: Reading | None, unit: str) -> str:
    return "Not in the file" if reading is None else value_words(reading, unit)


def published_sentence(found: Published) -> str:
    """What the area's figure was in its newest year, and how it stands beside the others in that year."""
    own, unit = found.rows[0], found.indicator.unit
    if own.reading.value is None:
        reason = value_words(own.reading, unit)
        return f"For {found.period.label} there is no figure for {own.name}: {reason[:1].lower()}{reason[1:]}."
    said = found.indicator.says.format(
        value=value_and_unit(own.reading, unit), area=own.name, counts=counts_words(found.indicator, own.reading)
    )
    beside = words.joined(_beside(own, other, unit) for other in found.rows[1:] if other.reading.value is not None)
    return f"In {found.period.label}, {said}.{f' That is {beside}.' if beside else ''}"


def _beside(own: Compared, other: Compared, unit: str) -> str:
    ours, theirs = own.reading.value, other.reading.value
    assert ours is not None  # noqa: S101 - the caller asks only of places with a figure
    assert theirs is not None  # noqa: S101
    how = "the same as in" if ours == theirs else "higher than in" if ours > theirs else "lower than in"
    return f"{how} {other.name} ({value_and_unit(other.reading, unit)})"
