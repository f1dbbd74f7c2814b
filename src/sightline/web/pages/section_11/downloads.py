"""Files to take away: every answer of a return or a cycle, and the heat map, as CSV. Each download is audited."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from sightline.instruments.standing import Standing
from sightline.outgoing import fragments as outgoing
from sightline.outgoing.fragments import Outgoing, Recipient, plain_fragments, with_texts
from sightline.outgoing.gate import passed_or_kept_in
from sightline.outgoing.spreadsheet import CSV_TYPE, csv_file
from sightline.platform import audit
from sightline.processes.assurance.export import COLUMNS, answer_rows
from sightline.processes.assurance.heat_map import heat_map
from sightline.web.leaving import file_answer
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.section_11.heat_map_page import chosen
from sightline.web.pages.section_11.opening import cycle_page_of, return_page


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
    lines = [[row.get(column) for column in columns] for row in rows]
    to = Recipient(outgoing.Standing.STAFF, opened.actor.name)
    fragments = plain_fragments(lines, f"Answers of {opened.case.reference}")
    said = Outgoing("section-11", to, "to work with what was answered", fragments, ids=(opened.case.pk,))
    passed = passed_or_kept_in(said)
    whole = with_texts(lines, str, iter(passed.texts))
    audit.record("download", subject="engine.Case", ids=[opened.case.pk], detail={"file": name, "rows": len(lines)})
    return file_answer(passed, csv_file(columns, whole, marked=True), CSV_TYPE, f"{name}.csv")
