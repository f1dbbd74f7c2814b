"""Minutes made from the record, in two readings: for members, and a public one without restricted items and names.

A section says whom it is for (`only`: "full" or "public"; absent: both) and from whom it is kept (`kept_from`: keys of
workers who have an interest in a restricted item).
"""

from typing import Any

from sightline.parts.kept import kept
from sightline.platform.calendar import plain_date

from .agenda import items_of
from .agenda_items import AgendaItem, Decision, Interest
from .deciding import decisions_of
from .seating import IN_ATTENDANCE, terms_for
from .terms import PARTNERS

FULL, PUBLIC = "full", "public"


def sections(matter: Any) -> list[dict[str, Any]]:
    """Headed sections, each with paragraphs or a table, in the order of the meeting."""
    return [
        {"heading": "Who was there", "only": FULL, "table": _attendance(matter)},
        {"heading": "Who was there", "only": PUBLIC, "table": _attendance_in_public(matter)},
        {"heading": "Quorum", "paragraphs": [quorum_in_words(matter)]},
        *(section for item in items_of(matter) for section in _item(matter, item)),
        {"heading": "Decisions", "only": PUBLIC, "paragraphs": _public_decisions(matter)},
        {"heading": "Actions", "only": FULL, "table": _actions(matter, named=True)},
        {"heading": "Actions", "only": PUBLIC, "table": _actions(matter, named=False)},
    ]


def quorum_in_words(matter: Any) -> str:
    """Whether the sitting was quorate, and by whose rule."""
    meeting, rule = matter.meeting, terms_for(matter).source
    if meeting.quorate:
        return f"Quorate. Rule: {rule}."
    missing = " and ".join(meeting.missing)
    return f"Not quorate: {missing}. Decisions are provisional until ratified. Rule: {rule}."


def _attendance(matter: Any) -> dict[str, Any]:
    rows = [[s.agency.name, s.who, s.why, _came(s), s.absence_reason or s.wrote] for s in matter.seats_now]
    return {"columns": ["Agency", "Person", "Seat", "Attendance", "Reason or note"], "rows": rows}


def _attendance_in_public(matter: Any) -> dict[str, Any]:
    rows = [[s.agency.name, s.why, s.get_presence_display() or "No answer"] for s in matter.seats_now]
    return {"columns": ["Agency", "Seat", "Attendance"], "rows": rows}


def _came(seat: Any) -> str:
    said = seat.get_presence_display() or "No answer"
    if seat.presence == "here":
        return "Attended, in attendance" if seat.discipline == IN_ATTENDANCE else "Attended"
    return f"{said}: {seat.deputy.display_name}" if seat.deputy else said


def _item(matter: Any, item: AgendaItem) -> list[dict[str, Any]]:
    """One item's sections: the public is not told of a restricted item, nor whose interest was declared."""
    interested = [one for one in kept(matter, Interest) if one.item_id == item.pk]
    members: dict[str, Any] = {"heading": str(item), "paragraphs": _said(matter, item, interested)}
    if item.restricted:
        return [{**members, "only": FULL, "kept_from": [str(one.worker_id) for one in interested]}]
    if not interested:
        return [members]
    return [{**members, "only": FULL}, {**members, "only": PUBLIC, "paragraphs": _said(matter, item, [])}]


def _said(matter: Any, item: AgendaItem, interested: list[Interest]) -> list[str]:
    said = [
        f"{item.get_kind_display()}. {item.get_outcome_display()}".strip() + ".",
        f"Interest declared: {', '.join(one.worker.display_name for one in interested)}." if interested else "",
        f"Paper: {item.paper_title}." if item.paper_title else "",
        _about(item),
        *(_figure(figure) for figure in item.figures),
        f"What children and families told us: {item.voice}" if item.voice else "",
        item.discussion,
        f"Challenge: {item.challenged_by} to {item.challenged}. {item.challenge}" if item.challenge else "",
        *(decision_in_words(one) for one in decisions_of(matter) if one.item_id == item.pk),
    ]
    return [sentence for sentence in said if sentence]


def _about(item: AgendaItem) -> str:
    about = item.about
    if about is None:
        return ""
    return f"About {about.declared.label.lower()} {about.reference}, {about.title}: {about.at_stage.label.lower()}."


def _figure(figure: dict[str, str]) -> str:
    return f"{figure['name']}, {figure['period']}: {figure['words']} ({figure['source']}; as at {figure['as_at']})"


def decision_in_words(decision: Decision) -> str:
    """One decision with its state, whose it is, who agreed and who did not."""
    agreed = ", ".join(PARTNERS[name] for name in decision.agreed)
    said = [
        f"Decision ({decision.get_state_display().lower()}): {decision.words.rstrip('.')}.",
        f"For the {decision.whose.lower()}.",
        f"Agreed: {agreed}." if agreed else "",
        f"Not agreed: {decision.dissent.rstrip('.')}." if decision.dissent else "",
        f"{decision.because}." if decision.because else "",
        f"Under: {decision.legal_basis}." if decision.legal_basis else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


def _public_decisions(matter: Any) -> list[str]:
    found = [decision_in_words(one) for one in decisions_of(matter) if not one.item.restricted]
    return found or ["No decision was taken."]


def _actions(matter: Any, *, named: bool) -> dict[str, Any]:
    rows = [
        [action.what, f"{action.who}, {action.agency.name}" if named else action.agency.name, plain_date(action.due_on)]
        for action in matter.actions
    ]
    return {"columns": ["What", "Who", "By when"], "rows": rows}
