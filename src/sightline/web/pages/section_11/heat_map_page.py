"""The heat map as a page: a table of numbers, each printed, with light tints behind them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.processes.assurance.heat_map import Cell, HeatMap, Whose, heat_map
from sightline.vocabulary.instrument import Standard
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.section_11.opening import address, around, cycle_page_of

WHOSE: dict[str, str] = {"self": "Agencies’ own scores", "moderated": "Moderated scores"}


def chosen(request: HttpRequest) -> Whose:
    """Whose scores the address asks for: the agencies' own unless it says moderated."""
    return "moderated" if request.GET.get("scores") == "moderated" else "self"


@cycle_page_of
def heat_map_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Agency by standard: this cycle's score, and last cycle's before it."""
    whose = chosen(request)
    found = heat_map(opened.actor, opened.case, whose)
    here = address(opened, "section-11-heat-map")
    context = {
        **around(
            request,
            opened,
            f"Heat map: {opened.case.title}",
            back=address(opened, "section-11-cycle"),
            back_words="Back to the cycle",
        ),
        "whose": whose,
        "switch": [{"text": text, "href": f"{here}?scores={key}", "here": key == whose} for key, text in WHOSE.items()],
        "says": _says(found),
        "standards": found.instrument.standards,
        "rows": [
            {
                "agency": row.agency,
                "href": reverse("section-11-return", args=[row.case_id]),
                "cells": _cells(row.cells),
            }
            for row in found.rows
        ],
        "totals": [_total(found, standard) for standard in found.instrument.standards],
        "scale": found.instrument.scale,
        "last": found.last,
        "file": address(opened, "section-11-heat-map-file"),
    }
    return render(request, "section_11/heat_map.jinja", context)


def _cells(cells: list[Cell]) -> list[dict[str, Any]]:
    """A cell for each standard; one across all of them where the same is said of every one."""
    said = {cell.words for cell in cells}
    if len(said) == 1 and all(cell.now is None for cell in cells):
        return [{"text": said.pop(), "now": None, "across": len(cells)}]
    return [_cell(cell) for cell in cells]


def _cell(cell: Cell) -> dict[str, Any]:
    moved = cell.movement
    change = "" if moved is None else "up" if moved > 0 else "down" if moved < 0 else "no change"
    return {"text": cell.text, "now": cell.now, "change": change, "label": f"{cell.standard.key} {cell.standard.short}"}


def _total(found: HeatMap, standard: Standard) -> str:
    scores = found.scored(standard)
    top = found.instrument.scale[-1].value
    return f"{sum(score == top for score in scores)} of {len(scores)}" if scores else "None yet"


def _says(found: HeatMap) -> str:
    """The sentence that says what the table shows: where most agencies are weakest."""
    low = {one: sum(score < 2 for score in found.scored(one)) for one in found.instrument.standards}
    weakest = max(low, key=lambda one: low[one], default=None)
    with_scores = sum(any(cell.now is not None for cell in row.cells) for row in found.rows)
    said = f"{with_scores} of {len(found.rows)} agencies have scores."
    if not with_scores:
        return said
    if weakest is None or not low[weakest]:
        return f"{said} No score is below 2."
    of = f"{low[weakest]} of {len(found.scored(weakest))}"
    return f"{said} Most scores below 2 are on {weakest.key} {weakest.title}: {of}."
