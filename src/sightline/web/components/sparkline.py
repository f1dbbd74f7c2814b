"""A small line of a measure's last values, beside words that say what it shows; on its own it claims nothing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sightline.web.components.chart_marks import unbroken
from sightline.web.components.spc_chart import VALUES, point_mark

WIDTH, HEIGHT, MARGIN = 130, 34, 8


def sparkline(values: Sequence[float | None], last_kind: str = "common") -> Markup:
    """The values in order, broken where one is missing; the last is marked with its point's shape.

    The drawing is hidden from screen readers: the words beside it are the finding.
    """
    held = [value for value in values if value is not None]
    if len(held) < 2:
        return Markup("")
    low, high = min(held), max(held)
    spread, step = (high - low) or 1.0, (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)

    def at(place: int, value: float) -> tuple[float, float]:
        share = (value - low) / spread if high > low else 0.5
        return round(MARGIN + step * place, 1), round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share, 1)

    marks = []
    for run in unbroken(values):
        places = [at(place, value) for place, value in run]
        if len(places) > 1:
            drawn = "L".join(f"{x} {y}" for x, y in places)
            marks.append(Markup('<path d="M{}" fill="none" stroke="{}" stroke-width="2"/>').format(drawn, VALUES))
        else:
            marks.append(Markup('<circle cx="{}" cy="{}" r="1.5" fill="{}"/>').format(*places[0], VALUES))
    if values[-1] is not None:
        marks.append(point_mark(last_kind, *at(len(values) - 1, values[-1])))
    return Markup(
        '<svg class="app-spark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
        'aria-hidden="true" focusable="false">{}</svg>'
    ).format(WIDTH, HEIGHT, WIDTH, HEIGHT, Markup("").join(marks))
