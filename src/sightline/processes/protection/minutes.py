"""Minutes made from the record: nothing is typed twice, and nothing said is left out."""

from typing import Any

from sightline.platform import calendar


def sections(matter: Any) -> list[dict[str, Any]]:
    """Headed sections, each with paragraphs or a table, in the order of the meeting."""
    return [
        {"heading": "Who was there", "table": _attendance(matter)},
        {"heading": "Quorum", "paragraphs": [quorum_in_words(matter)]},
        {"heading": "What we know", "paragraphs": _said(matter, "information_shared", "risk_analysis")},
        {"heading": "Each child", "table": _children(matter)},
        {
            "heading": "The child's voice",
            "paragraphs": _said(matter, "child_voice", "where_children_are", "seen_alone_by"),
        },
        {"heading": "Decision", "paragraphs": _decision(matter)},
        {"heading": "Safe tonight", "paragraphs": _said(matter, "safe_tonight", "medical_plan", "interview_plan")},
        {"heading": "Actions", "table": _actions(matter)},
    ]


def quorum_in_words(matter: Any) -> str:
    meeting = matter.meeting
    if not meeting.missing:
        return "Quorate: social care, police and health were there or wrote in."
    missing = " and ".join(meeting.missing)
    reason = matter.record.without_quorum
    return f"Not quorate: {missing} not there and nothing in writing." + (
        f" Went ahead because: {reason}" if reason else ""
    )


def _said(matter: Any, *names: str) -> list[str]:
    said = []
    for name in names:
        value = getattr(matter.record, name)
        if value:
            said.append(f"{matter.record._meta.get_field(name).verbose_name} {value}")
    return said or ["Nothing was recorded."]


def _attendance(matter: Any) -> dict[str, Any]:
    rows = [
        [s.agency.name, s.who or "", s.get_presence_display() or "No answer", s.wrote or s.absence_reason]
        for s in matter.seats_now
    ]
    return {"columns": ["Agency", "Person", "Took part", "Written input or reason"], "rows": rows}


def _children(matter: Any) -> dict[str, Any]:
    views = {(v.subject_id, v.seat_id): v.get_view_display() for v in matter.views}
    rows = []
    for child in matter.children_of_concern:
        said = [
            f"{seat.agency.name}: {views[(child.pk, seat.pk)].lower()}"
            for seat in matter.seats_now
            if (child.pk, seat.pk) in views
        ]
        rows.append([str(child), "; ".join(said) or "No view recorded"])
    for child in matter.subjects:
        if child.is_child and child.swept and child not in matter.children_of_concern:
            rows.append([str(child), f"{child.get_disposition_display()}. {child.reason}".strip()])
    return {"columns": ["Child", "Each agency's view of harm"], "rows": rows}


def _decision(matter: Any) -> list[str]:
    record = matter.record
    said = [record.get_decision_display() or "Not decided.", f"Why: {record.rationale}" if record.rationale else ""]
    said += [f"{s.agency.name} disagrees: {s.dissent}" for s in matter.seats_now if s.dissent]
    conference = [c for c in matter.clocks if c.key == "conference_in_time" and not c.ended]
    said += [f"Conference due by {calendar.plain_date(c.due_at)} ({c.limit}, {c.source})." for c in conference]
    return [sentence for sentence in said if sentence]


def _actions(matter: Any) -> dict[str, Any]:
    rows = [[a.what, f"{a.who}, {a.agency.name}", calendar.plain_date(a.due_on), a.if_not] for a in matter.actions]
    return {"columns": ["What", "Who", "By when", "If not"], "rows": rows}
