"""Section 11 as a file to take away: every answer of a return or of a cycle's returns, and the heat map."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from sightline.engine.models import Case
from sightline.outgoing.fragments import Outgoing, Recipient, Standing, plain_fragments, with_texts
from sightline.outgoing.gate import passed_or_kept_in
from sightline.outgoing.models import Export
from sightline.people.actor import Actor
from sightline.processes.assurance.export import COLUMNS, answer_rows
from sightline.processes.assurance.heat_map import heat_map
from sightline.processes.assurance.section_11_cycle import Section11Cycle
from sightline.web.leaving import Lines

ANSWERS, HEAT_MAP = "section-11", "section-11-heat-map"
HEAT_MAP_COLUMNS = ("agency", "standard", "scores", "score", "last_time", "movement")


def rows_of_answers(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """Every version of every answer of a return, or of each of a cycle's returns that this person sees."""
    returns = Case.visible_to(actor).filter(parent=case) if case.process == Section11Cycle.key else [case]
    return list(answer_rows(actor, [one.pk for one in returns]))


def named_in(rows: Iterable[dict[str, Any]]) -> int:
    """How many people are named as having answered."""
    return len({row["answered_by"] for row in rows if row["answered_by"]})


def answers_asked_at(export: Export) -> str:
    """Where the answers are asked for: at a return, or at a cycle."""
    of_cycle = export.case is not None and export.case.process == Section11Cycle.key
    return reverse("section-11-cycle-file" if of_cycle else "section-11-return-file", args=[export.source])


def heat_map_asked_at(export: Export) -> str:
    """Where the heat map is asked for."""
    return reverse("section-11-heat-map-file", args=[export.source])


def answers_asked_for(actor: Actor, export: Export) -> Lines:
    """The answers, as far as whoever asked sees them now. Raises Http404 where they no longer see the case."""
    case = _case(actor, export)
    rows = rows_of_answers(actor, case)
    return _lines(actor, export, COLUMNS, rows, f"section-11-{case.reference}", named_in(rows))


def heat_map_asked_for(actor: Actor, export: Export) -> Lines:
    """The heat map as rows: agency, standard, score now, score last time; the agencies' own scores and moderated."""
    case = _case(actor, export)
    rows = [
        {
            "agency": row.agency,
            "standard": f"{cell.standard.key} {cell.standard.title}",
            "scores": whose,
            "score": cell.words if cell.now is None else cell.now,
            "last_time": cell.last,
            "movement": cell.movement,
        }
        for whose in ("self", "moderated")
        for row in heat_map(actor, case, whose).rows
        for cell in row.cells
    ]
    return _lines(actor, export, HEAT_MAP_COLUMNS, rows, f"section-11-heat-map-{case.reference}", 0)


def _case(actor: Actor, export: Export) -> Case:
    case: Case | None = Case.visible_to(actor).filter(pk=export.source).first()
    if case is None:
        raise Http404
    return case


def _lines(
    actor: Actor, export: Export, columns: Sequence[str], rows: Iterable[dict[str, Any]], name: str, people: int
) -> Lines:
    lines = [["" if row.get(column) is None else str(row[column]) for column in columns] for row in rows]
    to = Recipient(Standing.STAFF, actor.name)
    fragments, ids = plain_fragments(lines, "Section 11 answers"), (export.source,)
    # The answers are about nobody, so no protected place of anybody has any business in them.
    everybody = export.partnership_id
    passed = passed_or_kept_in(Outgoing(export.kind, to, export.purpose, fragments, ids=ids, everybody_of=everybody))
    return Lines(passed, tuple(columns), with_texts(lines, str, iter(passed.texts)), [export.source], name, people)
