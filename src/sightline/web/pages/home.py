"""The page at /: for the public the partnership; for each role what it has to know first."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.access.told import unread_of
from sightline.people.actor import Actor
from sightline.people.models import Account
from sightline.platform import calendar
from sightline.processes.front_door import queue
from sightline.processes.front_door.contact import OFFICERS, Contact
from sightline.processes.front_door.series import EndOfDay, unallocated
from sightline.vocabulary import roles
from sightline.vocabulary.roles import Reach, role_named
from sightline.web import front_door_words as say
from sightline.web.case_links import case_href, first_address, step_href
from sightline.web.components import words
from sightline.web.components.shell import actor_of, note_work, shell
from sightline.web.errors import NotForYou
from sightline.web.pages.agency import agencies_of, agency_home
from sightline.web.pages.cases.starting import starts_without_contact
from sightline.web.pages.front_door import FRONT_DOOR_ROLES
from sightline.web.pages.oversight.sample import sample_line
from sightline.web.pages.oversight.start import GOVERNORS, waiting
from sightline.web.pages.partner_home import HUB, PARTNERS, hub_home, partner_home
from sightline.web.pages.partnership import front_page
from sightline.web.pages.worklist import row_of, summary
from sightline.web.work import Work, work_of

MANAGERS = {roles.FRONT_DOOR_MANAGER.key, roles.SERVICE_MANAGER.key, roles.DUTY_MANAGER.key}
SHOWN = 5


def home(request: HttpRequest) -> HttpResponse:
    """One page, made of the parts that the roles held call for."""
    actor = actor_of(request)
    if actor is None:
        return front_page(request)
    if actor.account.kind == Account.Kind.SERVICE:
        raise NotForYou("use Sightline's pages", "This account belongs to a service, not to a person.")
    held = {role.role for role in actor.roles}
    context: dict[str, Any] = {
        **shell(request, "Today", nav="home"),
        "now": calendar.now(),
        "roles": words.joined(sorted({role_named(key).name for key in held})),
        "starts": starts_without_contact(actor),
        "notices": _notices(actor),
        "figures": first_address("published-figures"),
        "holds_none": not held,
        "governs": bool(held) and all(role_named(key).reach is Reach.GOVERNANCE for key in held),
    }
    if held:
        found = work_of(actor)
        note_work(request, found.due_now)
        context["work"] = _work(found)
    if held & FRONT_DOOR_ROLES:
        context["front_door"] = _front_door(actor, manager=bool(held & MANAGERS))
    if agencies_of(actor):
        context["agency"] = agency_home(actor)
    if held & PARTNERS:
        context["partner"] = partner_home(actor)
    if held & HUB:
        context["hub"] = hub_home(actor)
    if held & GOVERNORS:
        context["oversight"] = waiting(actor)
    context["sample"] = sample_line(actor)
    return render(request, "pages/home.jinja", context)


def _work(found: Work) -> dict[str, Any]:
    soonest = [*found.late, *found.today, *found.coming]
    return {"summary": summary(found), "rows": [row_of(todo) for todo in soonest[:SHOWN]], "count": found.to_do}


def _front_door(actor: Actor, *, manager: bool) -> dict[str, Any]:
    now = calendar.now()
    contacts = queue.waiting(actor)
    shown: dict[str, Any] = {
        "summary": say.summary(contacts, now),
        "may_take": any(actor.holds(role.key) for role in OFFICERS) and any(not one.taken for one in contacts),
        "key": uuid4(),
    }
    if manager:
        shown.update(_manager(actor, contacts))
    return shown


def _manager(actor: Actor, contacts: list[queue.Waiting]) -> dict[str, Any]:
    now = calendar.now()
    lists = {
        "to_endorse": [one for one in contacts if one.stage == Contact.decision_proposed.key],
        "late": [one for one in contacts if one.late(now)],
        "not_taken": [one for one in contacts if not one.taken],
    }
    wanted = {one.id: one for found in lists.values() for one in found[:SHOWN]}
    cases = queue.in_full(actor, wanted)
    drawn = {
        key: {"rows": [_line(cases[one.id], one, key) for one in found[:SHOWN] if one.id in cases], "count": len(found)}
        for key, found in lists.items()
    }
    series = unallocated(actor)
    return {"lists": drawn, "series": series, "series_words": series_words(series)}


def _line(case: Any, one: queue.Waiting, key: str) -> dict[str, Any]:
    row = say.row_of(case, one, 1)
    endorse = key == "to_endorse"
    row["href"] = step_href(case, Contact.endorse.key) if endorse else case_href(case.pk)
    return row


def series_words(series: Any) -> str:
    """ "At the end of yesterday 4 contacts had no named worker. The most in these 14 days was 9, on 12 June 2026."."""
    latest = series[0]
    most = max(series, key=lambda one: one.unallocated)
    had = words.plural(latest.unallocated, "contact")
    said = f"At the end of {words.day_name(latest.day)} {had} had no named worker."
    if most.unallocated == 0:
        return f"{said} None had in these {len(series)} days."
    return f"{said} The most in these {len(series)} days was {_most(most)}."


def _most(most: EndOfDay) -> str:
    return f"{most.unallocated:,}, on {words.plain_date(most.day)}"


def _notices(actor: Actor) -> list[dict[str, Any]]:
    found = unread_of(actor)[:SHOWN]
    return [{"says": one.says, "reference": one.reference, "href": one.path, "at": one.created_at} for one in found]


urlpatterns = [path("", home, name="home")]
