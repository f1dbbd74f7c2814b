"""The wallboard: are we coping, and who is holding us up? Read from four metres with visitors in the room.

No names, no ages, no schools: only counts, the ends of references, and disciplines instead of agencies.
"""

from collections import Counter
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.engine.models import Meeting, Seat
from sightline.people.actor import Actor
from sightline.people.rota import holding
from sightline.platform import calendar
from sightline.processes.front_door import queue
from sightline.vocabulary import roles
from sightline.vocabulary.meeting import discipline_of
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.front_door_words import longest_wait
from sightline.web.pages.front_door import at_the_front_door

EVERY_SECONDS = 60
NEXT_SHOWN = 6
STAFF = (
    ("Social workers", frozenset({roles.FRONT_DOOR_WORKER.key, roles.EMERGENCY_DUTY_WORKER.key}), ""),
    ("Contact officers", frozenset({roles.CONTACT_OFFICER.key}), ""),
    ("Managers", frozenset({roles.FRONT_DOOR_MANAGER.key}), ""),
    ("Police", frozenset({roles.AGENCY_DECISION_MAKER.key}), "police"),
    ("Health", frozenset({roles.AGENCY_DECISION_MAKER.key}), "health"),
)


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Six facts; drawn again every minute unless `paused` is in the address."""
    actor = at_the_front_door(request, "see the front door's board")
    now, paused = calendar.now(), "paused" in request.GET
    contacts = queue.waiting(actor)
    late = [one for one in contacts if one.late(now)]
    coming = sorted((one for one in contacts if one.due_at and not one.late(now)), key=lambda one: one.due_at or now)
    context = {
        **shell(request, "Front door board"),
        "now": now,
        "paused": paused,
        "waiting": len(contacts),
        "late": len(late),
        "not_taken": sum(not one.taken for one in contacts),
        "oldest": longest_wait(min(one.received_at for one in contacts), now) if contacts else "nobody waits",
        "next": [_next(one, now) for one in coming[:NEXT_SHOWN]],
        "replies": _replies(actor, now),
        "meetings": _meetings(actor, now),
        "staff": _staff(actor),
    }
    response = render(request, "pages/board.jinja", context)
    if not paused:
        # A header, not a tag in the page: the browser then waits the same minute and assistive software is not moved.
        response["Refresh"] = str(EVERY_SECONDS)
    return response


def tail(reference: str) -> str:
    """The end of a reference, enough for whoever works here: "C-7F3K2P" is "3K2P"."""
    return reference[-4:]


def _next(one: queue.Waiting, now: datetime) -> str:
    due_at = one.due_at or now
    day = words.day_name(due_at, calendar.local_date(now))
    at = words.clock_time(due_at) if calendar.local_date(due_at) == calendar.local_date(now) else day
    ends_with_day = calendar.end_of_day(calendar.local_date(due_at)) == due_at
    when = f"end of {day}" if ends_with_day else at
    return " ".join(part for part in (tail(one.reference), one.rag.capitalize(), when) if part)


def _replies(actor: Actor, now: datetime) -> list[str]:
    """ "Police 6 (2 late)": replies owed by discipline, so that no school is named."""
    owed, late = Counter[str](), Counter[str]()
    for _, _, kind, due_at in queue.open_replies(actor):
        discipline = discipline_of(kind or "")
        owed[discipline] += 1
        late[discipline] += bool(due_at and due_at < now)
    return [
        f"{name.capitalize()} {count}{f' ({late[name]} late)' if late[name] else ''}"
        for name, count in owed.most_common()
    ]


def _meetings(actor: Actor, now: datetime) -> list[str]:
    """ "10:30am held", "1pm police not confirmed", "3:15pm all confirmed": today's strategy discussions."""
    day = calendar.today()
    today = Meeting.visible_to(actor).filter(
        case__process="strategy-discussion",
        planned_for__gte=calendar.start_of_day(day),
        planned_for__lte=calendar.end_of_day(day),
    )
    meetings = list(today.order_by("planned_for").prefetch_related("seats"))
    return [
        f"{words.clock_time(one.planned_for)} {_state(one, list(one.seats.all()))}"
        for one in meetings
        if one.planned_for
    ]


def _state(meeting: Meeting, seats: list[Seat]) -> str:
    if meeting.held_at:
        return "held" if meeting.quorate else "held, not quorate"
    unsure = {seat.discipline for seat in seats if seat.required and not (seat.presence or seat.who or seat.worker_id)}
    return f"{words.joined(sorted(unsure))} not confirmed" if unsure else "all confirmed"


def _staff(actor: Actor) -> list[str]:
    """How many people hold each kind of role today; empty when nobody is entered."""
    if actor.partnership is None:
        return []
    held = holding(actor.partnership, {key for _, keys, _ in STAFF for key in keys}, calendar.today())
    counts = []
    for name, keys, discipline in STAFF:
        people = {
            one.worker_id
            for one in held
            if one.role in keys and (not discipline or (one.agency and discipline_of(one.agency.kind) == discipline))
        }
        if people:
            counts.append(f"{name} {len(people)}")
    return counts


urlpatterns = [path("front-door/board/", board, name="front-door-board")]
