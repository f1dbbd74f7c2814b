"""A line chart of yearly figures as SVG: this area in blue, the places beside it in grey dashes, no legend.

A missing figure breaks its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from sightline.web.components.chart_marks import (
    WHITE,
    Frame,
    Scale,
    axis_over,
    end_labels,
    grid,
    label,
    path,
    period_labels,
    picture,
    unbroken,
)

OWN_COLOUR, BESIDE_COLOUR = "#12436D", "#505a5f"
BESIDE_DASHES = ("8 4", "2 4", "12 4 2 4")

WIDE = Frame(760, 380, 60, 590, 24, 320, tick_labels=8, label_letters=19, label_size=16)
COMPACT = Frame(360, 300, 42, 256, 16, 256, tick_labels=3, label_letters=11, label_size=14)


@dataclass(frozen=True, slots=True)
class Line:
    """A named line: a value for each year of the chart, None where there is no figure."""

    name: str
    values: Sequence[Decimal | None]
    ending: str


def axis_note(lines: Sequence[Line], unit: str) -> str:
    """What to print under the chart when its axis does not start at nothing."""
    low = axis_over(_values(lines)).low
    return f"The axis starts at {low:g}{unit}." if low else ""


def line_chart(
    lines: Sequence[Line], years: Sequence[int], *, unit: str, labelled_by: str, frame: Frame = WIDE
) -> Markup:
    """The chart; `lines[0]` is this area. `labelled_by` names the ids of the title and the sentence."""
    scale = Scale(frame, len(years), axis_over(_values(lines)))
    marks = [grid(scale, unit), period_labels(scale, years)]
    marks += [_drawn(scale, line, position) for position, line in reversed(list(enumerate(lines)))]
    marks.append(_end_labels(scale, lines))
    return picture(frame, labelled_by, marks)


def _values(lines: Sequence[Line]) -> list[float]:
    return [float(value) for line in lines for value in line.values if value is not None]


def _drawn(scale: Scale, line: Line, position: int) -> Markup:
    """The unbroken runs of one line, with a dot for each of this area's years and for any year on its own."""
    own = position == 0
    colour = OWN_COLOUR if own else BESIDE_COLOUR
    marks = []
    for run in unbroken(line.values):
        places = [(scale.x(place), scale.y(float(value))) for place, value in run]
        if len(places) > 1:
            marks.append(path(places, colour, "3" if own else "2", "" if own else _dashes(position)))
        if own or len(places) == 1:
            marks += [_dot(place, colour) for place in places]
    return Markup("").join(marks)


def _dashes(position: int) -> str:
    return BESIDE_DASHES[(position - 1) % len(BESIDE_DASHES)]


def _dot(place: tuple[float, float], colour: str) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="4.5" fill="{}" stroke="{}" stroke-width="1.5"/>').format(
        *place, colour, WHITE
    )


def _end_labels(scale: Scale, lines: Sequence[Line]) -> Markup:
    labels = []
    for position, line in enumerate(lines):
        if runs := unbroken(line.values):
            place, value = runs[-1][-1]
            at = (scale.x(place), scale.y(float(value)))
            own = position == 0
            colour = OWN_COLOUR if own else BESIDE_COLOUR
            labels.append(label(f"{line.name} {line.ending}", at, colour, scale.frame, bold=own))
    return end_labels(scale, labels)
