"""The family's copy of a strategy discussion, made of typed fragments.

What police said, who told us, and what health marked as sexual health stay out. A child's own words are not in it:
whether they are told, and by whom, is decided for each child.
"""

from dataclasses import replace
from typing import Any

from sightline.outgoing.fragments import Form, Fragment, Outgoing, Recipient, Sort, Standing, leaves
from sightline.outgoing.gate import Asked, Blocked, Passed, pass_out, would_pass
from sightline.outgoing.protected import one_reading
from sightline.platform import calendar

from .spoken import marked_of, sort_of_written, spoken

KIND = "family-copy"
NOBODY_READY = "No adult of the family may have it as it is. Read why under “The family’s copies”, or withhold it"


def family_of(matter: Any) -> list[Any]:
    """Adults of the matter whom a copy could go to: those whose record is known."""
    return [subject for subject in matter.subjects if not subject.is_child and subject.person_id]


def copy_for(matter: Any, subject: Any) -> Outgoing:
    """The copy for one member of the family, before the gate."""
    to = Recipient(Standing.FAMILY, str(subject), person_id=subject.person_id, send_to=subject.address)
    about = frozenset(s.person_id for s in matter.subjects if s.person_id)
    fragments = tuple(_with_sort(one, matter) for one in leaves(family_sections(matter), Fragment))
    return Outgoing(KIND, to, "the family's copy of the minutes", fragments, about, (matter.case.pk,))


def _with_sort(fragment: Fragment, matter: Any) -> Fragment:
    """Free text that says what health marked as sexual health is of that sort, whoever wrote it down."""
    plain = fragment.sort is Sort.OPEN and fragment.form is Form.TEXT
    return (
        replace(fragment, sort=Sort.SEXUAL_HEALTH) if plain and marked_of(matter).said_in(fragment.text) else fragment
    )


def verdict_on(matter: Any, subject: Any, *, agreed: str = "", leaving: bool = False) -> Passed | Asked | Blocked:
    """Whether this person's copy may leave; audited only where it is `leaving` now."""
    judge = pass_out if leaving else would_pass
    return judge(copy_for(matter, subject), agreed=agreed)


def family_sections(matter: Any) -> list[dict[str, Any]]:
    """Headed sections whose texts are fragments, each saying where it is put right."""
    record = matter.record
    known = [*_lines(matter), *_written(matter), *_free(record, "risk_analysis")]
    decided = [_said(record.get_decision_display(), "Decision"), *_free(record, "rationale")]
    tonight = [*_free(record, "safe_tonight", "medical_plan"), *_of_police(record)]
    children = [_child(child) for child in matter.subjects if child.is_child]
    return [
        _table("Who was there", ["Agency", "Person", "Took part"], [_seat(seat) for seat in matter.seats_now]),
        {"heading": "What we know", "paragraphs": known},
        _table("Each child", ["Child", "What we found"], children),
        {"heading": "Decision", "paragraphs": decided},
        {"heading": "Safe tonight", "paragraphs": tonight},
        _table("Actions", ["What", "Who", "By when"], [_action(action) for action in matter.actions]),
    ]


def nobody_may_have_it(matter: Any, answers: Any) -> dict[str, str]:
    """A copy is not recorded as sent while nobody in the family may have it."""
    sent = [row for row in answers.get("family_copy") or [] if row.get("decision") == "sent"]
    people = family_of(matter)
    if not sent or not people or matter.case._state.adding:
        return {}
    with one_reading():
        stopped = all(isinstance(verdict_on(matter, one), Blocked) for one in people)
    return {"family_copy-0-decision": NOBODY_READY} if stopped else {}


def _table(heading: str, head: list[str], rows: list[list[Fragment]]) -> dict[str, Any]:
    return {"heading": heading, "table": {"head": head, "rows": rows}}


def _said(text: str, where: str, sort: Sort = Sort.OPEN) -> Fragment:
    return Fragment(text or "", sort=sort, where=f"Strategy discussion, {where}")


def _free(record: Any, *names: str) -> list[Fragment]:
    """Free text as it was written, under the words of its question."""
    columns = record._meta
    said = [(str(columns.get_field(name).verbose_name), getattr(record, name)) for name in names]
    return [_said(text, f"“{question}”") for question, text in said if text]


def _of_police(record: Any) -> list[Fragment]:
    return [_said(record.interview_plan, "how the child is interviewed", Sort.POLICE)]


def _lines(matter: Any) -> list[Fragment]:
    """What each agency knows, a line each."""
    return [
        _said(line, "“What each agency knows”", sort) for line, sort in spoken(matter.record.information_shared, matter)
    ]


def _written(matter: Any) -> list[Fragment]:
    return [
        _said(
            f"{seat.agency.name}: {seat.wrote}",
            f"what {seat.agency.name} wrote",
            sort_of_written(seat.agency, matter),
        )
        for seat in matter.seats_now
        if seat.wrote
    ]


def _seat(seat: Any) -> list[Fragment]:
    cells = (seat.agency.name, seat.who, seat.get_presence_display() or "No answer")
    return [_said(text, "Who was there") for text in cells]


def _child(child: Any) -> list[Fragment]:
    about = frozenset({child.person_id} if child.person_id else ())
    name = Fragment(str(child), Form.NAME, about=about, where="Each child")
    return [name, _said(f"{child.get_disposition_display()}. {child.reason}".strip(" ."), "Each child")]


def _action(action: Any) -> list[Fragment]:
    due = Fragment(calendar.plain_date(action.due_on) if action.due_on else "", Form.DAY)
    return [_said(action.what, "Actions"), _said(f"{action.who}, {action.agency.name}", "Actions"), due]


def title_of(matter: Any) -> str:
    """What the copy is called."""
    held = matter.meeting.held_at or matter.meeting.called_at
    return f"Family’s copy: strategy discussion of {calendar.plain_date(held)}"
