"""A process control chart as SVG: what is usual for a measure, and which points are not.

Every mark is told apart by shape as well as colour. Rules and limits are `indicators.spc`'s; only the drawing is cut
off at nothing and at 100 %, never the limits that the rules used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from sightline.web.components.chart_marks import (
    INK,
    LETTER_WIDTH,
    WHITE,
    Axis,
    Frame,
    Label,
    Scale,
    axis_over,
    end_labels,
    grid,
    label,
    label_words,
    path,
    period_labels,
    picture,
    unbroken,
)

VALUES, LIMITS, TARGET = "#505a5f", "#505a5f", "#801650"
LIMIT_DASHES, TRIAL_DASHES, TARGET_DASHES, RESTART_DASHES = "6 4", "2 4", "10 3 2 3", "1 4"
COLOURS = {
    "common": "#6b6b6b",
    "improving": "#1d70b8",
    "concern": "#b84a00",
    "high": "#54319f",
    "low": "#54319f",
}
MOST_LETTERS = 3

WIDE = Frame(760, 380, 60, 610, 24, 320, tick_labels=8, label_letters=17, label_size=16)
COMPACT = Frame(
    *(360, 300, 48, 344, 28, 256),
    tick_labels=4,
    label_letters=40,
    label_size=16,
    tick_size=16,
    labels_inside=True,
)
SMALL = Frame(
    *(360, 220, 48, 344, 24, 176),
    tick_labels=3,
    label_letters=40,
    label_size=16,
    tick_size=16,
    labels_inside=True,
    average_only=True,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One period. `value` is None where there is none; then `mark` ("c") may say why at the foot of the plot.

    kind: "common", "improving", "concern", "high" or "low": what the point is drawn as.
    lower and upper are None where there are too few points for limits.
    """

    period: str
    value: float | None
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    trial: bool = False
    kind: str = "common"
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, oldest period first.

    restarts: positions (from 0) whose period begins new limits, in order, lettered A, B, C.
    dots: there are too few cases for lines and limits. ceiling: 100 for a percentage.
    """

    spots: Sequence[Spot]
    unit: str = ""
    target: float | None = None
    restarts: Sequence[int] = field(default_factory=tuple)
    dots: bool = False
    ceiling: float | None = None

    def shown(self, limit: float) -> float:
        """A limit where it is drawn: never below nothing or above all."""
        above = max(limit, 0.0)
        return above if self.ceiling is None else min(above, self.ceiling)

    @property
    def heights(self) -> list[float]:
        """Everything that the axis has to cover."""
        found = [spot.value for spot in self.spots if spot.value is not None]
        if not self.dots:
            bounds = [bound for spot in self.spots for bound in (spot.lower, spot.mean, spot.upper)]
            found += [self.shown(bound) for bound in bounds if bound is not None]
        return found if self.target is None else [*found, self.target]


def spc_axis(drawings: Sequence[Drawing]) -> Axis:
    """One axis that several drawings may share."""
    axis = axis_over(height for drawing in drawings for height in drawing.heights)
    ceiling = next((drawing.ceiling for drawing in drawings), None)
    if ceiling is None or axis.high <= ceiling:
        return axis
    return Axis(axis.low, axis.low + axis.step * -(-(ceiling - axis.low) // axis.step), axis.step)


def spc_axis_note(drawing: Drawing) -> str:
    """What to print under the chart when its axis does not start at nothing."""
    low = spc_axis([drawing]).low
    return f"The axis starts at {low:g}{drawing.unit}." if low else ""


def spc_chart(drawing: Drawing, *, labelled_by: str, frame: Frame = WIDE, axis: Axis | None = None) -> Markup:
    """The chart. `labelled_by` names the ids of its title and its sentence; `axis` is shared by small multiples."""
    scale = Scale(frame, len(drawing.spots), axis or spc_axis([drawing]))
    marks = [grid(scale, drawing.unit), period_labels(scale, [spot.period for spot in drawing.spots])]
    if not drawing.dots:
        marks += [_limit_lines(scale, drawing), _target_line(scale, drawing), _restarts(scale, drawing)]
        marks += [_labels(scale, drawing), _value_lines(scale, drawing)]
    marks += [_point(scale, place, spot) for place, spot in enumerate(drawing.spots)]
    return picture(frame, labelled_by, marks)


def _segments(drawing: Drawing) -> Iterator[tuple[int, int]]:
    """First and last position of each stretch that shares its limits."""
    starts = sorted({0, *drawing.restarts})
    ends = [*(start - 1 for start in starts[1:]), len(drawing.spots) - 1]
    return zip(starts, ends, strict=True)


def _limit_lines(scale: Scale, drawing: Drawing) -> Markup:
    """Mean and limits of each segment, half a period out at either end so that a short segment is seen."""
    marks = []
    for first, last in _segments(drawing):
        held = next((spot for spot in reversed(drawing.spots[first : last + 1]) if spot.mean is not None), None)
        if held is None or held.mean is None:
            continue
        ends = scale.x(first - 0.5), scale.x(last + 0.5)
        marks.append(_across(ends, scale.y(drawing.shown(held.mean)), INK, "1.5"))
        dashes = TRIAL_DASHES if held.trial else LIMIT_DASHES
        for bound in (held.lower, held.upper):
            if bound is not None:
                marks.append(_across(ends, scale.y(drawing.shown(bound)), LIMITS, "1.5", dashes))
    return Markup("").join(marks)


def _across(ends: tuple[float, float], y: float, colour: str, width: str, dashes: str = "") -> Markup:
    return path([(ends[0], y), (ends[1], y)], colour, width, dashes)


def _target_line(scale: Scale, drawing: Drawing) -> Markup:
    if drawing.target is None:
        return Markup("")
    ends = float(scale.frame.left), float(scale.frame.right)
    return _across(ends, scale.y(drawing.target), TARGET, "2", TARGET_DASHES)


def _restarts(scale: Scale, drawing: Drawing) -> Markup:
    """A dotted upright where limits begin again, with its letter in a circle; the reason is listed under the chart."""
    marks = []
    for count, position in enumerate(drawing.restarts[-MOST_LETTERS:]):
        x, top = scale.x(position - 0.5), scale.frame.top - 10
        marks.append(path([(x, top + 10), (x, scale.frame.bottom)], INK, "1.5", RESTART_DASHES))
        marks.append(
            Markup(
                '<circle cx="{}" cy="{}" r="11" fill="{}" stroke="{}" stroke-width="1.5"/>'
                '<text x="{}" y="{}" font-size="14" text-anchor="middle">{}</text>'
            ).format(x, top + 1, WHITE, INK, x, top + 6, restart_letter(count))
        )
    return Markup("").join(marks)


def restart_letter(count: int) -> str:
    """A for the first restart drawn, then B, C."""
    return chr(ord("A") + count)


def _value_lines(scale: Scale, drawing: Drawing) -> Markup:
    """The values joined, broken at a missing period and where limits begin again."""
    marks = []
    for first, last in _segments(drawing):
        values = [spot.value for spot in drawing.spots[first : last + 1]]
        for run in unbroken(values):
            if len(run) > 1:
                marks.append(path([(scale.x(first + at), scale.y(value)) for at, value in run], VALUES, "2"))
    return Markup("").join(marks)


def _point(scale: Scale, place: int, spot: Spot) -> Markup:
    x = scale.x(place)
    if spot.value is None:
        if not spot.mark:
            return Markup("")
        return Markup('<text x="{}" y="{}" font-size="14" text-anchor="middle">{}</text>').format(
            x, scale.frame.bottom - 6, spot.mark
        )
    return point_mark(spot.kind, x, scale.y(spot.value))


def point_mark(kind: str, x: float, y: float) -> Markup:
    """A point at its place: circle, square (improving), diamond (concern), triangle up (high) or down (low)."""
    halo = Markup('fill="{}" stroke="{}" stroke-width="1.5"').format(COLOURS[kind], WHITE)
    if kind == "common":
        return Markup('<circle cx="{}" cy="{}" r="4.5" {}/>').format(x, y, halo)
    if kind == "improving":
        return Markup('<rect x="{}" y="{}" width="10" height="10" {}/>').format(x - 5, y - 5, halo)
    corners = {
        "concern": ((0, -6.5), (6.5, 0), (0, 6.5), (-6.5, 0)),
        "high": ((0, -7), (6, 5), (-6, 5)),
        "low": ((0, 7), (6, -5), (-6, -5)),
    }[kind]
    places = " ".join(f"{round(x + right, 1)},{round(y + down, 1)}" for right, down in corners)
    return Markup('<polygon points="{}" {}/>').format(places, halo)


def _labels(scale: Scale, drawing: Drawing) -> Markup:
    labels = [
        label(words, (scale.x(len(drawing.spots) - 0.5), scale.y(height)), colour, scale.frame)
        for words, height, colour in _named(drawing)
        if colour == INK or not scale.frame.average_only
    ]
    return _inside(scale, drawing, labels) if scale.frame.labels_inside else end_labels(scale, labels)


def _inside(scale: Scale, drawing: Drawing, labels: list[Label]) -> Markup:
    """Words above their lines in a narrow plot, each at the end where it meets fewer points."""
    frame = scale.frame
    sides: dict[str, list[Label]] = {"start": [], "end": []}
    for one in labels:
        one.top = one.at[1] - one.height - 1
        width = len(one.words[0]) * LETTER_WIDTH * frame.label_size
        at_start = _met(scale, drawing, one, (frame.left, frame.left + width))
        at_end = _met(scale, drawing, one, (frame.right - width, frame.right))
        sides["end" if drawing.restarts or at_end < at_start else "start"].append(one)
    drawn = []
    for anchor, found in sides.items():
        found.sort(key=lambda one: one.top, reverse=True)
        for lower, upper in pairwise(found):
            upper.top = min(upper.top, lower.top - upper.height)
        x = frame.right if anchor == "end" else frame.left + 4
        drawn += [label_words(one, x, frame.label_size, anchor) for one in found]
    return Markup('<g paint-order="stroke" stroke="{}" stroke-width="3" stroke-linejoin="round">{}</g>').format(
        WHITE, Markup("").join(drawn)
    )


def _met(scale: Scale, drawing: Drawing, one: Label, between: tuple[float, float]) -> int:
    """How many points lie under a label that is put between these two places."""
    places = [(scale.x(at), scale.y(spot.value)) for at, spot in enumerate(drawing.spots) if spot.value is not None]
    return sum(between[0] <= x <= between[1] and one.top - 6 <= y <= one.top + one.height + 6 for x, y in places)


def _named(drawing: Drawing) -> Iterator[tuple[str, float, str]]:
    """The lines to be named, as they stand in the last segment: words, height and colour."""
    if drawing.target is not None:
        yield f"Target {_number(drawing.target, drawing.unit)}", drawing.target, TARGET
    last = next((spot for spot in reversed(drawing.spots) if spot.mean is not None), None)
    if last is None or last.mean is None:
        return
    yield f"Average {_number(last.mean, drawing.unit)}", drawing.shown(last.mean), INK
    words = " provisional" if last.trial else ""
    for name, bound in (("Upper limit", last.upper), ("Lower limit", last.lower)):
        if bound is not None:
            shown = drawing.shown(bound)
            yield f"{name} {_number(shown, drawing.unit)}{words}", shown, LIMITS


def _number(value: float, unit: str) -> str:
    return f"{round(value, 1):g}{unit}"
