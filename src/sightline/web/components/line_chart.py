"""A line chart of yearly figures as SVG: this area in blue, the places beside it in grey dashes, no legend.

Colours, sizes and positions are presentation attributes, because the content security policy allows
no style attribute. A missing figure breaks its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor

from markupsafe import Markup

INK, WHITE, GRID = "#0b0c0c", "#ffffff", "#b1b4b6"
OWN_COLOUR, BESIDE_COLOUR = "#12436D", "#505a5f"
BESIDE_DASHES = ("8 4", "2 4", "12 4 2 4")
MOST_GRIDLINES = 6
LABEL_GAP = 18
MOVED = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """A named line: a value for each year of the chart, None where there is no figure."""

    name: str
    values: Sequence[Decimal | None]
    ending: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the drawing, in SVG units, and how many years are labelled."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    year_labels: int
    label_letters: int
    label_size: int


WIDE = Frame(760, 380, 60, 590, 24, 320, year_labels=8, label_letters=19, label_size=16)
COMPACT = Frame(360, 300, 42, 256, 16, 256, year_labels=3, label_letters=11, label_size=14)


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a year's position and a value into SVG units."""

    frame: Frame
    years: int
    low: float
    high: float
    step: float

    def x(self, position: int) -> float:
        span = max(self.years - 1, 1)
        return round(self.frame.left + (self.frame.right - self.frame.left) * position / span, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.frame.bottom - (self.frame.bottom - self.frame.top) * share, 1)

    @property
    def gridlines(self) -> list[float]:
        return [self.low + self.step * count for count in range(round((self.high - self.low) / self.step) + 1)]


def axis_note(lines: Sequence[Line], unit: str) -> str:
    """What to print under the chart when its axis does not start at nothing."""
    low, _, _ = _axis(lines)
    return f"The axis starts at {low:g}{unit}." if low else ""


def line_chart(
    lines: Sequence[Line], years: Sequence[int], *, unit: str, labelled_by: str, frame: Frame = WIDE
) -> Markup:
    """The chart; `lines[0]` is this area. `labelled_by` names the ids of the title and the sentence."""
    low, high, step = _axis(lines)
    scale = Scale(frame, len(years), low, high, step)
    marks = [_grid(scale, unit), _year_labels(scale, years)]
    marks += [_drawn(scale, line, position) for position, line in reversed(list(enumerate(lines)))]
    marks.append(_end_labels(scale, lines))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="{}" '
        'focusable="false" font-family="arial, sans-serif" font-size="16" fill="{}">{}</svg>'
    ).format(
        frame.width,
        frame.height,
        labelled_by,
        INK,
        Markup('<rect width="100%" height="100%" fill="{}"/><g aria-hidden="true">{}</g>').format(
            WHITE, Markup("").join(marks)
        ),
    )


def _axis(lines: Sequence[Line]) -> tuple[float, float, float]:
    """The lowest and highest value of the axis and the step between gridlines, in round numbers."""
    values = [float(value) for line in lines for value in line.values if value is not None] or [0.0, 1.0]
    spare = (max(values) - min(values)) * 0.05 or 1.0
    low, high = max(min(values) - spare, 0.0), max(values) + spare
    for step in (power * digit for power in (0.1, 1, 10, 100, 1_000, 10_000, 100_000) for digit in (1, 2, 5)):
        first, last = floor(low / step), ceil(high / step)
        if last - first < MOST_GRIDLINES:
            return first * step, last * step, step
    raise ValueError("A figure is too large to draw")


def _grid(scale: Scale, unit: str) -> Markup:
    frame = scale.frame
    return Markup("").join(
        Markup(
            '<path d="M{} {}H{}" stroke="{}" stroke-width="1"/>'
            '<text x="{}" y="{}" font-size="14" text-anchor="end">{}{}</text>'
        ).format(frame.left, scale.y(value), frame.right, GRID, frame.left - 8, scale.y(value) + 5, f"{value:g}", unit)
        for value in scale.gridlines
    )


def _year_labels(scale: Scale, years: Sequence[int]) -> Markup:
    """At most so many years as fit, counted back from the last so that the last is always named."""
    stride = max(ceil(len(years) / scale.frame.year_labels), 1)
    shown = range(len(years) - 1, -1, -stride)
    return Markup("").join(
        Markup('<text x="{}" y="{}" font-size="14" text-anchor="middle">{}</text>').format(
            scale.x(position), scale.frame.bottom + 24, years[position]
        )
        for position in reversed(shown)
    )


def _drawn(scale: Scale, line: Line, position: int) -> Markup:
    """The unbroken runs of one line, with a dot for each of this area's years and for any year on its own."""
    own = position == 0
    colour = OWN_COLOUR if own else BESIDE_COLOUR
    marks = []
    for run in _runs(line.values):
        places = [(scale.x(place), scale.y(float(value))) for place, value in run]
        if len(places) > 1:
            marks.append(_path(places, colour, "3" if own else "2", "" if own else _dashes(position)))
        if own or len(places) == 1:
            marks += [_dot(place, colour) for place in places]
    return Markup("").join(marks)


def _dashes(position: int) -> str:
    return BESIDE_DASHES[(position - 1) % len(BESIDE_DASHES)]


def _runs(values: Sequence[Decimal | None]) -> list[list[tuple[int, Decimal]]]:
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]


def _path(places: Sequence[tuple[float, float]], colour: str, width: str, dashes: str) -> Markup:
    drawn = "L".join(f"{x} {y}" for x, y in places)
    dashed = Markup(' stroke-dasharray="{}"').format(dashes) if dashes else ""
    return Markup('<path d="M{}" fill="none" stroke="{}" stroke-width="{}"{}/>').format(drawn, colour, width, dashed)


def _dot(place: tuple[float, float], colour: str) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="4.5" fill="{}" stroke="{}" stroke-width="1.5"/>').format(
        *place, colour, WHITE
    )


@dataclass(slots=True)
class _Label:
    """The words at the end of a line: `at` is where the line ends, `top` where the words begin."""

    words: list[str]
    at: tuple[float, float]
    colour: str
    top: float

    @property
    def height(self) -> int:
        return LABEL_GAP * len(self.words)


def _end_labels(scale: Scale, lines: Sequence[Line]) -> Markup:
    labels = []
    for position, line in enumerate(lines):
        runs = _runs(line.values)
        if runs:
            place, value = runs[-1][-1]
            at = (scale.x(place), scale.y(float(value)))
            words = _wrapped(f"{line.name} {line.ending}", scale.frame.label_letters)
            top = at[1] - LABEL_GAP * len(words) / 2
            labels.append(_Label(words, at, OWN_COLOUR if position == 0 else BESIDE_COLOUR, top))
    _spread(labels, scale.frame)
    return Markup("").join(_beside_end(scale, label) for label in labels)


def _wrapped(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _spread(labels: list[_Label], frame: Frame) -> None:
    """Move labels down until none overlaps, then all of a crowd up if the last would leave the drawing."""
    labels.sort(key=lambda label: label.top)
    for above, below in pairwise(labels):
        below.top = max(below.top, above.top + above.height)
    limit = float(frame.bottom)
    for label in reversed(labels):
        label.top = min(label.top, limit - label.height)
        limit = label.top


def _beside_end(scale: Scale, label: _Label) -> Markup:
    left = scale.frame.right + 14
    x, y = label.at
    middle = label.top + label.height / 2
    leader = Markup("")
    if abs(middle - y) > MOVED or x < scale.frame.right:
        leader = Markup('<path d="M{} {}L{} {}" stroke="{}" stroke-width="1"/>').format(
            x + 6, y, left - 3, round(middle, 1), label.colour
        )
    return leader + _words(label, left, scale.frame.label_size)


def _words(label: _Label, left: float, size: int) -> Markup:
    weight = "bold" if label.colour == OWN_COLOUR else "normal"
    return Markup("").join(
        Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>').format(
            left, round(label.top + LABEL_GAP * (place + 0.75), 1), size, weight, label.colour, words
        )
        for place, words in enumerate(label.words)
    )
