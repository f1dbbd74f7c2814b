"""The icons beside what a chart found: a ring with a shape and a letter. The words always stand next to them."""

from __future__ import annotations

from markupsafe import Markup

from sightline.web.components.chart_marks import INK, WHITE
from sightline.web.components.spc_chart import COLOURS, point_mark

GREY, BLUE, ORANGE = COLOURS["common"], COLOURS["improving"], COLOURS["concern"]
ASSURANCE = {"consistently_pass": (BLUE, "P"), "consistently_fail": (ORANGE, "F"), "hit_or_miss": (GREY, "?")}


def variation_icon(kind: str, letter: str = "") -> Markup:
    """The ring for a point's kind (see `spc_chart.Spot`). `letter`: H or L, by the side of the mean or the trend."""
    if kind == "common":
        wave = Markup('<path d="M11 26q4.5-7 9 0t9 0t9 0" fill="none" stroke="{}" stroke-width="2.5"/>').format(INK)
        return _ring(GREY, wave)
    mark = Markup('<g transform="translate(24 36)">{}</g>').format(point_mark(kind, 0, 0))
    return _ring(COLOURS[kind], _letter(letter, 27) + mark)


def assurance_icon(assurance: str) -> Markup:
    """The ring for a target; nothing where there is no target."""
    if assurance not in ASSURANCE:
        return Markup("")
    colour, letter = ASSURANCE[assurance]
    return _ring(colour, _letter(letter, 32))


def _letter(letter: str, y: int) -> Markup:
    return Markup(
        '<text x="24" y="{}" font-size="22" font-weight="bold" text-anchor="middle" fill="{}">{}</text>'
    ).format(y, INK, letter)


def _ring(colour: str, inside: Markup) -> Markup:
    return Markup(
        '<svg class="app-signal__icon" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48" '
        'aria-hidden="true" focusable="false" font-family="arial, sans-serif">'
        '<circle cx="24" cy="24" r="22" fill="{}" stroke="{}" stroke-width="4"/>{}</svg>'
    ).format(WHITE, colour, inside)
