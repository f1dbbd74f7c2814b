"""What every chart is drawn with: where the plot lies, round numbers on its axis, gridlines, and words beside a line.

Colours, sizes and positions are presentation attributes, because the content security policy allows
no style attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from markupsafe import Markup

INK, WHITE, GRID = "#0b0c0c", "#ffffff", "#b1b4b6"
MOST_GRIDLINES = 6
LABEL_GAP = 18
MOVED = 4.0
LETTER_WIDTH = 0.55
"""How wide a letter of Arial is on average, as a share of its size."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the drawing, in SVG units, and how many periods are labelled."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    tick_labels: int
    label_letters: int
    label_size: int
    tick_size: int = 14
    labels_inside: bool = False
    average_only: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The lowest and highest value of an axis and the step between gridlines, in round numbers."""

    low: float
    high: float
    step: float

    @property
    def gridlines(self) -> list[float]:
        return [self.low + self.step * count for count in range(round((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a period's position and a value into SVG units."""

    frame: Frame
    periods: int
    axis: Axis

    def x(self, position: float) -> float:
        """Positions count from 0; halves lie between two periods. Never outside the plot."""
        span = max(self.periods - 1, 1)
        share = min(max(position / span, 0.0), 1.0)
        return round(self.frame.left + (self.frame.right - self.frame.left) * share, 1)

    def y(self, value: float) -> float:
        share = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return round(self.frame.bottom - (self.frame.bottom - self.frame.top) * share, 1)


def axis_over(values: Iterable[float]) -> Axis:
    """An axis that covers the values and 5 % more, from 0 where that is near."""
    held = list(values) or [0.0, 1.0]
    spare = (max(held) - min(held)) * 0.05 or 1.0
    low, high = max(min(held) - spare, 0.0), max(held) + spare
    for step in (power * digit for power in (0.1, 1, 10, 100, 1_000, 10_000, 100_000) for digit in (1, 2, 5)):
        first, last = floor(low / step), ceil(high / step)
        if last - first < MOST_GRIDLINES:
            return Axis(first * step, last * step, step)
    raise ValueError("A figure is too large to draw")


def picture(frame: Frame, labelled_by: str, marks: Iterable[Markup]) -> Markup:
    """The whole drawing. `labelled_by` names the ids of the title and the sentence; the marks say nothing aloud."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="{}" '
        'focusable="false" font-family="arial, sans-serif" font-size="16" fill="{}">'
        '<rect width="100%" height="100%" fill="{}"/><g aria-hidden="true">{}</g></svg>'
    ).format(frame.width, frame.height, labelled_by, INK, WHITE, Markup("").join(marks))


def grid(scale: Scale, unit: str) -> Markup:
    """Gridlines, each with its value."""
    frame = scale.frame
    return Markup("").join(
        Markup(
            '<path d="M{} {}H{}" stroke="{}" stroke-width="1"/>'
            '<text x="{}" y="{}" font-size="{}" text-anchor="end">{}{}</text>'
        ).format(
            *(frame.left, scale.y(value), frame.right, GRID),
            *(frame.left - 8, scale.y(value) + 5, frame.tick_size, f"{value:g}", unit),
        )
        for value in scale.axis.gridlines
    )


def period_labels(scale: Scale, names: Sequence[object]) -> Markup:
    """At most so many periods as fit, counted back from the last so that the last is always named."""
    frame = scale.frame
    widest = max((len(str(name)) for name in names), default=1) * LETTER_WIDTH * frame.tick_size
    fit = min(frame.tick_labels, max(int((frame.right - frame.left) / (widest + 8)), 1))
    stride = max(ceil(len(names) / fit), 1)
    shown = reversed(range(len(names) - 1, -1, -stride))
    return Markup("").join(
        Markup('<text x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>').format(
            min(scale.x(position), round(frame.width - widest / 2, 1)),
            frame.bottom + 24,
            frame.tick_size,
            names[position],
        )
        for position in shown
    )


def path(places: Sequence[tuple[float, float]], colour: str, width: str, dashes: str = "") -> Markup:
    """A line through the places."""
    drawn = "L".join(f"{x} {y}" for x, y in places)
    dashed = Markup(' stroke-dasharray="{}"').format(dashes) if dashes else ""
    return Markup('<path d="M{}" fill="none" stroke="{}" stroke-width="{}"{}/>').format(drawn, colour, width, dashed)


def unbroken[Value](values: Sequence[Value | None]) -> list[list[tuple[int, Value]]]:
    """The stretches of (position, value) between missing values."""
    runs: list[list[tuple[int, Value]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]


@dataclass(slots=True)
class Label:
    """The words at the end of a line: `at` is where the line ends, `top` where the words begin."""

    words: list[str]
    at: tuple[float, float]
    colour: str
    top: float
    bold: bool = False

    @property
    def height(self) -> int:
        return LABEL_GAP * len(self.words)


def label(text: str, at: tuple[float, float], colour: str, frame: Frame, *, bold: bool = False) -> Label:
    """Words for a line that ends `at`, wrapped to fit beside the plot and set in the middle of the line's height."""
    words = _wrapped(text, frame.label_letters)
    return Label(words, at, colour, at[1] - LABEL_GAP * len(words) / 2, bold)


def end_labels(scale: Scale, labels: list[Label]) -> Markup:
    """All labels right of the plot, moved apart, with a leader to each that was moved or whose line ends early."""
    _spread(labels, scale.frame)
    return Markup("").join(_beside_end(scale, one) for one in labels)


def _wrapped(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _spread(labels: list[Label], frame: Frame) -> None:
    """Move labels down until none overlaps, then all of a crowd up if the last would leave the drawing."""
    labels.sort(key=lambda one: one.top)
    for above, below in pairwise(labels):
        below.top = max(below.top, above.top + above.height)
    limit = float(frame.bottom)
    for one in reversed(labels):
        one.top = min(one.top, limit - one.height)
        limit = one.top


def _beside_end(scale: Scale, one: Label) -> Markup:
    left = scale.frame.right + 14
    x, y = one.at
    middle = one.top + one.height / 2
    leader = Markup("")
    if abs(middle - y) > MOVED or x < scale.frame.right:
        leader = Markup('<path d="M{} {}L{} {}" stroke="{}" stroke-width="1"/>').format(
            x + 6, y, left - 3, round(middle, 1), one.colour
        )
    return leader + label_words(one, left, scale.frame.label_size)


def label_words(one: Label, x: float, size: int, anchor: str = "start") -> Markup:
    """The label's words, a line of text each; `anchor` is the end of the words that stands at x."""
    return Markup("").join(
        Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" text-anchor="{}" fill="{}">{}</text>').format(
            *(x, round(one.top + LABEL_GAP * (place + 0.75), 1), size),
            *("bold" if one.bold else "normal", anchor, one.colour, words),
        )
        for place, words in enumerate(one.words)
    )
