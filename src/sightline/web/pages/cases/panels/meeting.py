"""The meeting, its quorum, what it agreed, and how far its record has gone."""

from datetime import date
from typing import Any

from sightline.engine.models import Meeting, Seat
from sightline.parts.ledger import ledger
from sightline.parts.meeting import taking_part
from sightline.platform import calendar
from sightline.web.components import words
from sightline.web.pages.cases.apart import spoken_apart
from sightline.web.pages.cases.calendar_entry import may_be_entered
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.shut_out import shut_out_of
from sightline.web.pages.cases.wording import when_words

from .base import Panel


def meeting_panel(opened: Opened) -> list[Panel]:
    """Seats at the latest sitting, with the quorum worked out. No panel for a process without meetings."""
    matter = opened.matter
    if matter.process.quorum is None:
        return []
    meeting = matter.meeting
    data = {
        "sentence": quorum_sentence(opened),
        "quorate": not _missing(opened),
        "source": matter.process.quorum.source,
        "when": _when(meeting),
        "seats": [_seat(opened, seat) for seat in matter.seats_now],
        "earlier": [_earlier(each) for each in matter.meetings[:-1]],
        "joining": opened.record.joining,
    }
    invited = {seat.agency_id: (opened.case, seat.agency) for seat in matter.seats_now if opened.case.open}
    shut = shut_out_of(opened, list(invited.values()), "this, and so cannot come")
    return [
        Panel(
            "meeting",
            "Meeting",
            "meeting",
            data if meeting else None,
            "No agency is invited yet.",
            links=[*shut.links, *calendar_links(opened), *_minutes(opened)],
            warning=shut.says,
        )
    ]


def _missing(opened: Opened) -> list[str]:
    quorum = opened.matter.process.quorum
    return quorum.missing(taking_part(opened.matter)) if quorum else []


def quorum_sentence(opened: Opened) -> str:
    """ "Quorate: social care, police and health are here or have written in.", or who is missing."""
    quorum, missing = opened.matter.process.quorum, _missing(opened)
    if quorum is None:
        return ""
    if not missing:
        return f"Quorate: {words.joined(quorum.required)} are here or have written in."
    meeting = opened.matter.meeting
    held = meeting is not None and meeting.held_at is not None
    verb = "did" if held else "has" if len(missing) == 1 else "have"
    rest = "not come and sent nothing in writing" if held else "not answered yet"
    return f"{'Not quorate' if held else 'Not yet quorate'}: {words.joined(missing)} {verb} {rest}."


def _when(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    if meeting.held_at:
        chair = f", chaired by {meeting.chair}" if meeting.chair else ""
        return f"Held {when_words(meeting.held_at)}{chair}"
    return f"Planned for {when_words(meeting.planned_for)}" if meeting.planned_for else "Not called yet"


def _seat(opened: Opened, seat: Seat) -> dict[str, Any]:
    return {
        "agency": seat.agency.name,
        "required": seat.required,
        "who": seat.who,
        "presence": seat.get_presence_display() or "No answer yet",
        "said": spoken_apart(opened, seat.wrote or seat.absence_reason, agency=seat.agency),
        "dissent": seat.dissent,
    }


def _earlier(meeting: Meeting) -> str:
    missing = f": {words.joined(meeting.missing)} did not come" if meeting.missing else ""
    when = meeting.planned_for or meeting.called_at
    return f"Meeting {meeting.number}, {words.plain_date(when)}, did not go ahead{missing}."


def calendar_links(opened: Opened) -> list[dict[str, str]]:
    """The way to a planned meeting's calendar entry; none where there is nothing to come to."""
    if not may_be_entered(opened):
        return []
    return [{"text": "Put it in your calendar", "href": opened.address("case-calendar-entry")}]


def _minutes(opened: Opened) -> list[dict[str, str]]:
    return [
        {
            "text": f"Read the minutes of {words.plain_date(meeting.held_at or meeting.called_at)}",
            "href": opened.address("case-minutes", meeting.number),
        }
        for meeting in opened.matter.meetings
        if meeting.minutes
    ]


def actions_panel(opened: Opened) -> list[Panel]:
    """What was agreed to be done, open ones first."""
    if opened.matter.process.quorum is None and not opened.matter.actions:
        return []
    today = calendar.today()
    rows = []
    for action in sorted(opened.matter.actions, key=lambda a: (bool(a.done_at or a.dropped), a.due_on)):
        ended = "Done" if action.done_at else "Dropped" if action.dropped else ""
        late = not ended and action.due_on < today
        rows.append(
            {
                "what": action.what,
                "who": f"{action.who}, {action.agency.name}",
                "due": words.short_date(action.due_on),
                "state": ended or _due_words(action.due_on, today),
                "late": late,
                "if_not": action.evidence or action.dropped or action.if_not,
            }
        )
    return [Panel("actions", "Actions", "actions", rows, "No action is agreed yet.", count=len(rows))]


def _due_words(due_on: date, today: date) -> str:
    if due_on == today:
        return "Due by end of today"
    days = words.plural(abs((due_on - today).days), "day")
    return f"{days} left" if due_on > today else f"Late by {days}"


def circulation_panel(opened: Opened) -> list[Panel]:
    """How many have the minutes, how many opened them, who is late."""
    sent = [meeting for meeting in opened.matter.meetings if meeting.minutes and opened.matter.circulation]
    if opened.matter.process.quorum is None and not sent:
        return []
    data = [circulation_words(opened, meeting) for meeting in sent]
    links = [
        {"text": "Who has the minutes", "href": opened.address("case-circulation", meeting.number)} for meeting in sent
    ]
    empty = "Nothing has been sent yet. Everybody invited is sent the minutes."
    return [Panel("circulation", "Circulation", "sentences", data, empty, side=True, links=links)]


def circulation_words(opened: Opened, meeting: Meeting) -> str:
    """ "7 recipients · 5 opened · 1 late"."""
    entries = ledger(opened.matter, meeting)
    said = [words.plural(len(entries), "recipient"), f"{sum(e.state == 'Opened' for e in entries)} opened"]
    late, lost = sum(e.late for e in entries), sum(e.state == "No contact route" for e in entries)
    said += [f"{late} late"] if late else []
    said += [f"{lost} with no contact route"] if lost else []
    return " · ".join(said)
