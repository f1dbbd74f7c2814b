"""Every answer as rows of a file that any spreadsheet opens: nothing that an agency wrote is held only here."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sightline.engine.models import Case
from sightline.instruments.models import Answer, Moderation
from sightline.instruments.standing import instrument_of
from sightline.parts.models import Evidence
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.vocabulary.instrument import Instrument, Item, Standard

from .returning import agency_of
from .section_11_return_record import Section11ReturnRecord

COLUMNS = (
    *("agency", "partnership", "return", "questions", "standard", "item", "question", "scope", "version", "in_force"),
    *("self_score", "not_applicable_because", "how_it_makes_a_difference", "evidence", "answered_by", "answered_on"),
    *("came_from", "moderated_score", "moderated_because", "difference"),
)


def answer_rows(actor: Actor, case_ids: list[UUID]) -> Iterator[dict[str, Any]]:
    """One row for every version of every answer of these returns, as far as this person sees them; keys as COLUMNS."""
    cases = Case.visible_to(actor).filter(pk__in=case_ids).select_related("partnership", "answering")
    records = Section11ReturnRecord.visible_to(actor).in_bulk(case_ids)
    answers = _grouped(Answer.visible_to(actor).filter(case__in=case_ids).select_related("step__worker"))
    proof = _grouped(Evidence.visible_to(actor).filter(case__in=case_ids))
    scored = _grouped(Moderation.visible_to(actor).filter(case__in=case_ids).order_by("number"))
    for case in sorted(cases.prefetch_related("answering__names"), key=lambda one: agency_of(one).name):
        instrument = instrument_of(records[case.pk])
        newest = {row.item: row.version for row in answers[case.pk]}
        moderated = {row.answer_id: row for row in scored[case.pk]}
        for standard, item, row in _in_order(instrument, answers[case.pk]):
            said = [f"{one.dated_on:%Y-%m-%d} {one.says}" for one in proof[case.pk] if one.about == item.key]
            yield {
                "agency": agency_of(case).name,
                "partnership": case.partnership.name,
                "return": case.reference,
                "questions": instrument.name,
                "standard": f"{standard.key} {standard.title}",
                "item": item.key,
                "question": item.question,
                "scope": item.scope,
                "in_force": "yes" if newest[item.key] == row.version else "no",
                "evidence": "; ".join(said),
                **_answer(row),
                **_moderation(row, moderated.get(row.pk)),
            }


def _in_order(instrument: Instrument, answers: list[Answer]) -> Iterator[tuple[Standard, Item, Answer]]:
    """Answers in the order of the questions, each question's versions oldest first."""
    for standard in instrument.standards:
        for item in standard.items:
            for row in answers:
                if row.item == item.key:
                    yield standard, item, row


def _grouped(rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _answer(row: Answer) -> dict[str, Any]:
    came_from = f"{row.from_reference}, {row.from_partnership}, {row.from_on}" if row.from_reference else ""
    return {
        "version": row.version,
        "self_score": _score(row.score),
        "not_applicable_because": row.reason,
        "how_it_makes_a_difference": row.difference,
        "answered_by": str(row.step.worker or ""),
        "answered_on": calendar.local_date(row.step.at).isoformat(),
        "came_from": came_from,
    }


def _moderation(answer: Answer, row: Moderation | None) -> dict[str, Any]:
    if row is None:
        return {"moderated_score": "", "moderated_because": "", "difference": ""}
    both = answer.score is not None and row.score is not None
    return {
        "moderated_score": _score(row.score),
        "moderated_because": row.reason,
        "difference": f"{(row.score or 0) - (answer.score or 0):+d}" if both else "",
    }


def _score(score: int | None) -> str:
    return "not applicable" if score is None else str(score)
