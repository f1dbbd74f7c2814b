"""A meeting's pack: what am I asked to decide, and what did I promise last time? And each item with its paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.engine.models import Action
from sightline.parts.models import Evidence
from sightline.platform import calendar
from sightline.processes.governance.agenda_items import AgendaItem
from sightline.processes.governance.meeting_record import GroupMeetingRecord
from sightline.processes.governance.seating import quorum_expected
from sightline.processes.governance.who_reads import items_not_shown, items_seen, mark_read, papers_read
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.panels.evidence import evidence_words
from sightline.web.pages.cases.wording import when_words
from sightline.web.pages.meetings.groups import NAV
from sightline.web.pages.meetings.sittings import PROCESS, days_late, papers_due

BUTTONS = ("declare_interest", "say_coming", "add_items", "issue_agenda", "issue_papers", "record_sitting")
BEFORE = ("planned", "agenda_issued", "papers_issued")


def of_a_meeting(opened: Opened) -> None:
    """Raises Http404 where the case is no group's meeting."""
    if opened.case.process != PROCESS:
        raise Http404


@case_page
def pack(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The agenda by what is asked, with papers, the child's voice, one's own actions and whether it can be quorate."""
    of_a_meeting(opened)
    items, read = items_seen(opened.actor, opened.case.pk), papers_read(opened.actor, opened.case.pk)
    hidden = items_not_shown(opened.actor, opened.case.pk)
    brings = notes(opened, items)
    kinds = [(label, _rows(opened, items, read, brings, kind)) for kind, label in AgendaItem.Kind.choices]
    context = {
        **shell_of(request, opened, opened.case.title, back=reverse("meetings"), back_words="Back to groups"),
        "when": _when(opened),
        "papers": _papers_words(opened, items, read),
        "kinds": [(label, rows) for label, rows in kinds if rows],
        "hidden": hidden_words(hidden),
        "empty": "" if items or hidden else "No item is on the agenda yet.",
        "actions": actions_of(opened),
        "coming_label": "Who is coming" if opened.case.stage in BEFORE else "Who came",
        "coming": quorum_expected(opened.matter) if opened.case.stage in BEFORE else _quorum_held(opened),
        "buttons": [link(opened, step) for step in opened.steps() if step.key in BUTTONS],
    }
    return render(request, "meetings/pack.jinja", context)


def shell_of(request: HttpRequest, opened: Opened, heading: str, **given: Any) -> dict[str, Any]:
    """What surrounds every page of a meeting."""
    around = shell(request, heading, nav=NAV, reference=opened.case.reference, **given)
    return {**around, "opened": opened, "case_href": case_href(opened.case.pk)}


def _when(opened: Opened) -> str:
    record = opened.record
    if record.held_at:
        return f"Held {when_words(record.held_at)}"
    where = ", ".join(part for part in (record.get_mode_display(), record.venue, record.joining) if part)
    return f"{words.long_date(record.planned_for)} at {words.clock_time(record.planned_for)}" + (
        f". {where}" if where else ""
    )


def _papers_words(opened: Opened, items: list[AgendaItem], read: set[UUID]) -> str:
    clock, sent = papers_due(opened), [item for item in items if item.paper_sent_at]
    due = f"Papers due {words.plain_date(clock.due_at)} ({clock.limit}, local target)" if clock else ""
    count = f"you have read {sum(item.pk in read for item in sent)} of {words.plural(len(sent), 'paper')}"
    return f"{due} · {count}" if due else count[:1].upper() + count[1:]


def notes(opened: Opened, items: list[AgendaItem]) -> dict[UUID, str]:
    """What each item brings: its recommendation's stage and evidence, and how many figures, as at which day."""
    about = [item.about_id for item in items if item.about_id]
    evidence = list(Evidence.visible_to(opened.actor).filter(case_id__in=about)) if about else []
    return {item.pk: _note(item, [row for row in evidence if row.case_id == item.about_id]) for item in items}


def _note(item: AgendaItem, evidence: list[Evidence]) -> str:
    said = []
    if item.about:
        outcomes = sum(row.grade == Evidence.Grade.OUTCOME for row in evidence)
        pieces = words.plural(len(evidence), "piece") if evidence else "no piece"
        difference = f"{outcomes} of a difference for children" if outcomes else "none of a difference for children"
        stage = item.about.at_stage.label.lower()
        said.append(f"{item.about.declared.label} {item.about.reference}: {stage}; {pieces} of evidence, {difference}")
    if item.figures:
        said.append(f"{words.plural(len(item.figures), 'figure')}, as they stood when the item was entered")
    return ". ".join(said)


def _rows(
    opened: Opened, items: list[AgendaItem], read: set[UUID], brings: dict[UUID, str], kind: str
) -> list[dict[str, Any]]:
    return [
        {
            "title": str(item),
            "note": brings[item.pk],
            "href": item_href(item),
            "asks": item.asks_for,
            "paper": paper_words(opened, item),
            "read": "Read" if item.pk in read else "Not read" if item.paper_sent_at else "",
            "voice": item.voice or ("Not said yet" if kind == AgendaItem.Kind.DECISION else ""),
            "restricted": item.restricted,
        }
        for item in items
        if item.kind == kind
    ]


def item_href(item: AgendaItem) -> str:
    """The address of one item's page."""
    return reverse("meeting-item", args=[item.case_id, item.position])


def hidden_words(count: int) -> str:
    """ "1 item not shown: you declared an interest."; empty where nothing is kept from the reader."""
    return f"{words.plural(count, 'item')} not shown: you declared an interest." if count else ""


def paper_words(opened: Opened, item: AgendaItem) -> str:
    """When the paper was sent, and how late."""
    if item.paper_sent_at is None:
        return "No paper yet" if opened.case.stage in ("planned", "agenda_issued") else "No paper"
    clock = papers_due(opened)
    late = days_late(item.paper_sent_at, clock.due_at if clock else None)
    if late:
        return f"Sent {words.plural(late, 'day')} late by {item.paper_sent_by}"
    return f"Sent {words.short_date(item.paper_sent_at)}"


def actions_of(opened: Opened) -> dict[str, Any]:
    """Open actions of this group's meetings that are the reader's agency's, the latest due last."""
    group = GroupMeetingRecord.visible_to(opened.actor).filter(group=opened.record.group)
    agencies = {held.agency_id for held in opened.actor.roles if held.agency_id}
    rows = Action.visible_to(opened.actor).filter(
        case_id__in=[record.case_id for record in group], agency_id__in=agencies, done_at__isnull=True, dropped=""
    )
    found, today = list(rows.select_related("case").order_by("due_on", "position")), calendar.today()
    late = sum(action.due_on < today for action in found)
    return {
        "summary": f"{len(found)} open" + (f", {late} late" if late else ""),
        "rows": [_action(action, today) for action in found],
    }


def _action(action: Action, today: date) -> dict[str, Any]:
    late = (today - action.due_on).days
    return {
        "what": action.what,
        "who": action.who,
        "href": case_href(action.case_id),
        "due": words.short_date(action.due_on),
        "state": f"Late by {words.plural(late, 'day')}" if late > 0 else f"{words.plural(-late, 'day')} left",
        "tone": "late" if late > 0 else "",
    }


def _quorum_held(opened: Opened) -> str:
    meeting = opened.matter.meeting
    if meeting is None or meeting.quorate is None:
        return ""
    missing = " and ".join(meeting.missing)
    return "Quorate." if meeting.quorate else f"Not quorate: {missing}. Decisions are provisional until ratified."


@case_page
def item(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """One item: what is asked, the paper, figures as they stood, the recommendation it is about. Reading is noted."""
    of_a_meeting(opened)
    found = next((one for one in items_seen(opened.actor, opened.case.pk) if one.position == number), None)
    if found is None:
        raise Http404
    mark_read(found, opened.actor)
    pack_at = reverse("meeting-pack", args=[opened.case.pk])
    context = {
        **shell_of(request, opened, str(found), back=pack_at, back_words="Back to the pack"),
        "item": found,
        "paper": paper_words(opened, found),
        "about": _about(opened, found),
    }
    return render(request, "meetings/item.jinja", context)


def _about(opened: Opened, found: AgendaItem) -> dict[str, Any] | None:
    """The recommendation's state and evidence, as this person may see them."""
    case = found.about
    if case is None:
        return None
    rows = Evidence.visible_to(opened.actor).filter(case=case).order_by("-dated_on")
    return {
        "text": f"{case.declared.label} {case.reference}: {case.title}",
        "href": case_href(case.pk),
        "stage": case.at_stage.label,
        "open": case.open,
        "evidence": [evidence_words(row) for row in rows],
    }
