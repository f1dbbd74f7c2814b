"""A group's meeting on its own page: agenda, decisions, who came, and the ways to the pack and the minutes."""

from typing import Any

from django.urls import reverse

from sightline.processes.governance.agenda_items import Decision
from sightline.processes.governance.group_meeting import GroupMeeting
from sightline.processes.governance.minutes import decision_in_words, quorum_in_words
from sightline.processes.governance.seating import quorum_expected, terms_for
from sightline.processes.governance.who_reads import items_not_shown, items_seen
from sightline.web.components import words
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.wording import when_words

from .base import Panel
from .meeting import calendar_links


def group_meeting_panels(opened: Opened) -> list[Panel]:
    """None for any other process."""
    if opened.case.process != GroupMeeting.key:
        return []
    return [_agenda(opened), _decisions(opened), _attendance(opened)]


def _agenda(opened: Opened) -> Panel:
    pk = opened.case.pk
    items, hidden = items_seen(opened.actor, pk), items_not_shown(opened.actor, pk)
    rows = [{"text": str(item), "href": reverse("meeting-item", args=[pk, item.position])} for item in items]
    links = [{"text": "The pack: what is asked, papers, your actions", "href": reverse("meeting-pack", args=[pk])}]
    meeting = opened.matter.meeting
    if meeting is not None and meeting.minutes:
        links.append({"text": "Read the minutes", "href": reverse("meeting-minutes", args=[pk])})
    empty = "No item is on the agenda yet."
    if hidden:
        empty = said = f"{words.plural(hidden, 'item')} not shown: you declared an interest."
        rows += [{"text": said, "href": ""}] if rows else []
    return Panel("agenda", "Agenda", "links", rows, empty, links=links)


def _decisions(opened: Opened) -> Panel:
    rows = Decision.visible_to(opened.actor).filter(case=opened.case).select_related("item")
    said = [decision_in_words(row) for row in rows]
    links = [{"text": "Decision register", "href": reverse("meetings-decisions")}]
    return Panel("decisions", "Decisions", "sentences", said, "No decision is recorded.", links=links)


def _attendance(opened: Opened) -> Panel:
    meeting = opened.matter.meeting
    held = meeting is not None and meeting.held_at is not None
    data: dict[str, Any] = {
        "sentence": quorum_in_words(opened.matter).split(" Rule:")[0] if held else quorum_expected(opened.matter),
        "quorate": bool(meeting and meeting.quorate),
        "source": terms_for(opened.matter).source,
        "when": _when(opened),
        "seats": [_seat(seat) for seat in opened.matter.seats_now],
        "earlier": [],
        "joining": "" if held else opened.record.joining,
    }
    links = calendar_links(opened)
    return Panel("meeting", "Who sits", "meeting", data if meeting else None, "Nobody is invited yet.", links=links)


def _when(opened: Opened) -> str:
    record = opened.record
    if record.held_at:
        return f"Held {when_words(record.held_at)}, chaired by {record.chaired_by}"
    return f"Planned for {when_words(record.planned_for)}"


def _seat(seat: Any) -> dict[str, Any]:
    came = {"here": "Attended"}.get(seat.presence) or seat.get_presence_display() or "No answer yet"
    return {
        "agency": seat.agency.name,
        "required": seat.required,
        "who": f"{seat.who or 'Not named'} ({seat.why.lower()})",
        "presence": f"{came}: {seat.deputy}" if seat.deputy else came,
        "said": seat.absence_reason or seat.wrote,
        "dissent": "",
    }
