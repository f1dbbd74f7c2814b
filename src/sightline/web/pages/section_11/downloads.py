"""Files to take away: every answer of a return or a cycle, and the heat map, as CSV. Each download is audited."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from sightline.datasets.spreadsheet import safe_cell
from sightline.instruments.standing import Standing
from sightline.platform import audit
from sightline.processes.assurance.export import COLUMNS, answer_rows
from sightline.processes.assurance.heat_map import heat_map
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.section_11.heat_map_page import chosen
from sightline.web.pages.section_11.opening import cycle_page_of, return_page

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that the file is UTF-8."""


@return_page
def return_file(request: HttpRequest, opened: Opened, standing: Standing) -> HttpResponse:
    """Every version of every answer of one return: for its agency and whoever governs."""
    rows = list(answer_rows(opened.actor, [opened.case.pk]))
    return _file(opened, f"section-11-{opened.case.reference}", COLUMNS, rows)


@cycle_page_of
def cycle_file(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The same for every return of a cycle that this person sees."""
    rows = list(answer_rows(opened.actor, [child.pk for child in opened.matter.children]))
    return _file(opened, f"section-11-{opened.case.reference}", COLUMNS, rows)


@cycle_page_of
def heat_map_file(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The heat map as rows: agency, standard, score now, score last time."""
    whose = chosen(request)
    found = heat_map(opened.actor, opened.case, whose)
    rows = [
        {
            "agency": row.agency,
            "standard": f"{cell.standard.key} {cell.standard.title}",
            "scores": whose,
            "score": cell.words if cell.now is None else cell.now,
            "last_time": "" if cell.last is None else cell.last,
            "movement": "" if cell.movement is None else cell.movement,
        }
        for row in found.rows
        for cell in row.cells
    ]
    columns = ("agency", "standard", "scores", "score", "last_time", "movement")
    return _file(opened, f"section-11-heat-map-{opened.case.reference}", columns, rows)


def _file(opened: Opened, name: str, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> HttpResponse:
    answer = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.DictWriter(answer, columns)
    writer.writeheader()
    count = 0
    for row in rows:
        count += 1
        writer.writerow({key: safe_cell(value) if isinstance(value, str) else value for key, value in row.items()})
    audit.record("download", subject="engine.Case", ids=[opened.case.pk], detail={"file": name, "rows": count})
    return answer
