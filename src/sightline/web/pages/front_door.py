"""The front door's queue: which child is next, and is anything not yet taken?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from sightline.engine.perform import perform
from sightline.engine.refusals import NotAllowed, UnableToPerform
from sightline.people.actor import Actor
from sightline.people.models import Worker
from sightline.people.rota import workers_holding
from sightline.platform import calendar
from sightline.processes.front_door import queue
from sightline.processes.front_door.codes import Rag
from sightline.processes.front_door.contact import OFFICERS, Contact
from sightline.vocabulary.roles import Reach, role_named
from sightline.web import front_door_words as say
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.filters import Filter, Filters, page_of, page_words, pager
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.form_key import as_key, key_of
from sightline.web.navigation import PLACES

FRONT_DOOR_ROLES = next(place.roles for place in PLACES if place.key == "front-door")
STAGES = tuple((stage.key, stage.label) for stage in Contact.stages.values() if not stage.final)
NO_PRIORITY = "none"
FILTERS = (
    Filter("rag", "Priority", (*((code, str(label)) for code, label in Rag.choices), (NO_PRIORITY, "Not set")), True),
    Filter("stage", "Stage", STAGES),
    Filter("owner", "Owner", (("mine", "Mine"), ("not-taken", "Not yet taken"))),
    Filter("replies", "Replies", (("late", "An agency is late"),)),
    Filter("clock", "Clock", (("late", "Late"),)),
)
RULE = "late, then priority, then longest waiting"
_FAR = datetime.max.replace(tzinfo=UTC)
SORTS: dict[str, tuple[str, Callable[[queue.Waiting], Any]]] = {
    "priority": ("priority", lambda one: list(Rag).index(Rag(one.rag)) if one.rag else len(Rag)),
    "received": ("when it was received, longest waiting first", lambda one: one.received_at),
    "stage": ("stage", lambda one: [key for key, _ in STAGES].index(one.stage)),
    "due": ("when a decision is due", lambda one: one.due_at or _FAR),
}


class QueueFilters(Filters):
    """The filters, and the moment as at which the list was first drawn, so that its rows do not move."""

    def __init__(self, query: QueryDict, actor: Actor) -> None:
        super().__init__(query, FILTERS)
        self.actor = actor
        self.as_at = _moment(query.get("as-at", ""))
        if self.sort.lstrip("-") not in SORTS:
            self.sort = ""

    def address(self, *, without: tuple[str, str] | None = None, **changed: Any) -> str:
        found = super().address(without=without, **changed)
        as_at = changed.get("as_at", self.as_at)
        return f"{found}{'&' if len(found) > 1 else ''}as-at={int(as_at.timestamp())}" if as_at else found

    def keep(self, one: queue.Waiting, now: datetime) -> bool:
        """Does the contact pass every filter chosen?"""
        rags, owner = self.chosen("rag"), self.one("owner")
        mine = self.actor.worker is not None and one.taken and one.owner_id == self.actor.worker.pk
        return (
            (not rags or (one.rag or NO_PRIORITY) in rags)
            and self.one("stage") in ("", one.stage)
            and (owner != "mine" or mine)
            and (owner != "not-taken" or not one.taken)
            and (not self.one("replies") or bool(one.late_agencies))
            and (not self.one("clock") or one.late(now))
        )

    def in_order(self, contacts: list[queue.Waiting]) -> list[queue.Waiting]:
        """As a heading asks; by the rule where none does."""
        if not self.sort:
            return contacts
        return sorted(contacts, key=SORTS[self.sort.lstrip("-")][1], reverse=self.sort.startswith("-"))

    @property
    def order_words(self) -> str:
        """How the list is sorted, in words."""
        if not self.sort:
            return RULE
        said = SORTS[self.sort.lstrip("-")][0]
        return f"{said}, the other way round" if self.sort.startswith("-") else said


def _moment(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if text.isdecimal() and len(text) < 12 else None


def at_the_front_door(request: HttpRequest, what: str = "see the front door's queue") -> Actor:
    """Who asks. Raises NotForYou unless their role works there."""
    actor = actor_of(request)
    if actor is None or not any(held.role in FRONT_DOOR_ROLES for held in actor.roles):
        raise NotForYou(what, "It is for those who work at the front door.", "Ask a front-door manager.")
    return actor


@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """The queue, 25 contacts a page."""
    return _draw(request, at_the_front_door(request))


def _draw(request: HttpRequest, actor: Actor, *, fault: str = "", chosen: list[str] | None = None) -> HttpResponse:
    now, asked = calendar.now(), QueueFilters(request.GET, actor)
    everything = queue.waiting(actor, told=asked.one("stage") == Contact.referrer_told.key)
    contacts = [one for one in everything if asked.as_at is None or one.received_at <= asked.as_at]
    shown = asked.in_order([one for one in contacts if asked.keep(one, now)])
    page = page_of(shown, request.GET.get("page"))
    context = {
        **shell(request, "Front door", nav="front-door"),
        "now": now,
        "summary": say.summary([one for one in everything if one.stage != Contact.referrer_told.key], now),
        "fresh": _fresh(asked, len(everything) - len(contacts), now),
        "may_take": any(actor.holds(role.key) for role in OFFICERS) and any(not one.taken for one in everything),
        "key": uuid4(),
        "filters": asked,
        "order": asked.order_words,
        "columns": _columns(asked),
        "rows": _rows(actor, list(page.object_list)),
        "page": page,
        "page_words": page_words(page),
        "pager": pager(page, asked),
        "empty": _empty(actor, asked, len(everything)),
        "unowned": sum(not one.owner for one in everything),
        "can_allocate": _can_allocate(actor),
        "workers": _allocatable(actor) if _can_allocate(actor) else [],
        "fault": fault,
        "chosen": chosen or [],
    }
    if fault:
        context["page_problems"] = [{"text": fault, "href": "#contact-1" if chosen == [] else "#worker"}]
    return render(request, "pages/front_door.jinja", context)


def _fresh(asked: QueueFilters, new: int, now: datetime) -> dict[str, str]:
    """What has come since the list was drawn, and the address that looks again without moving a row."""
    if asked.as_at is None:
        said = f"As at {words.clock_time(now)}."
        return {"says": said, "href": asked.address(as_at=now), "link": "Check for new contacts"}
    since = words.clock_time(asked.as_at)
    if not new:
        said = f"Nothing new since {since}."
        return {"says": said, "href": asked.address(), "link": "Check for new contacts"}
    return {"says": f"{new:,} new since {since}.", "href": asked.address(as_at=None), "link": "Show new contacts"}


def _columns(asked: QueueFilters) -> list[dict[str, Any]]:
    return [
        asked.column("Priority", "priority"),
        asked.column("Received", "received"),
        {"text": "Children"},
        asked.column("Stage", "stage"),
        asked.column("Decision due", "due"),
        {"text": "Owner"},
    ]


def _rows(actor: Actor, shown: list[queue.Waiting]) -> list[dict[str, Any]]:
    cases = queue.in_full(actor, [one.id for one in shown])
    in_a_year = queue.contacts_in_a_year(actor, cases.values())
    return [say.row_of(cases[one.id], one, in_a_year[one.id]) for one in shown if one.id in cases]


def _empty(actor: Actor, asked: QueueFilters, waiting: int) -> str:
    if waiting:
        return f"No contacts match these filters. {waiting:,} are waiting."
    decided = queue.last_decided_at(actor)
    last = f" The last was decided at {words.clock_time(decided)} {words.day_name(decided)}." if decided else ""
    return f"No contacts are waiting.{last or ' ' + say.NOTHING_WAITS}"


def _can_allocate(actor: Actor) -> bool:
    return any(actor.holds(role.key) for role in Contact.allocate.by)


def _allocatable(actor: Actor) -> list[Worker]:
    if actor.partnership is None:
        return []
    here = [role.key for role in OFFICERS if role_named(role.key).reach is Reach.PARTNERSHIP]
    return workers_holding(actor.partnership, here, calendar.today())


@login_required
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent contact that nobody has taken; one taken meanwhile by somebody else is passed over."""
    actor = at_the_front_door(request, "take the next contact")
    key = key_of(request.POST)
    for one in queue.waiting(actor):
        if one.taken:
            continue
        try:
            done = perform(one.id, Contact.take.key, by=actor, answers={}, key=key)
        except NotAllowed as refused:
            if not any(actor.holds(role.key) for role in Contact.take.by):
                raise NotForYou("take a contact", refused.why) from refused
            continue
        at = words.clock_time(done.recorded_at)
        messages.success(request, f"You now own {done.case.reference}. Allocated at {at}.")
        return redirect(case_href(done.case_id) or reverse("front-door"))
    messages.info(request, "Every contact has been taken. New ones appear here as soon as they are sent.")
    return redirect("front-door")


@login_required
@require_POST
def allocate(request: HttpRequest) -> HttpResponse:
    """Give several contacts to one worker, each by its own recorded step."""
    actor = at_the_front_door(request, "allocate contacts")
    if not _can_allocate(actor):
        who = ", ".join(role.name.lower() for role in Contact.allocate.by)
        raise NotForYou("allocate contacts", "Your role does not include it.", f"It is done by: {who}.")
    chosen = [key for text in request.POST.getlist("contact") if (key := as_key(text))]
    worker = next((one for one in _allocatable(actor) if str(one.pk) == request.POST.get("worker")), None)
    if not chosen or worker is None:
        fault = "Select a contact to allocate" if not chosen else "Select a worker to allocate to"
        return _draw(request, actor, fault=fault, chosen=[str(key) for key in chosen])
    refused = _give(actor, chosen, worker)
    given = len(set(chosen)) - len(refused)
    if given:
        messages.success(request, f"{words.plural(given, 'contact')} allocated to {worker.display_name}.")
    for why in refused:
        messages.error(request, why)
    return redirect(f"{reverse('front-door')}?{request.GET.urlencode()}")


def _give(actor: Actor, chosen: list[UUID], worker: Worker) -> list[str]:
    refused = []
    contacts = {one.id: one for one in queue.waiting(actor)}
    for key in dict.fromkeys(chosen):
        if key not in contacts:
            refused.append("A contact that you chose has been decided and told. It was not allocated.")
            continue
        try:
            perform(key, Contact.allocate.key, by=actor, answers={"allocated_to": str(worker.pk)})
        except UnableToPerform as why:
            refused.append(f"{contacts[key].reference} was not allocated. {why}")
    return refused


urlpatterns = [
    path("front-door/", front_door, name="front-door"),
    path("front-door/take-next/", take_next, name="front-door-take-next"),
    path("front-door/allocate/", allocate, name="front-door-allocate"),
]
