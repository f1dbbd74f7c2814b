"""The groups and their meetings: the next, the last, the longest gap, and minutes that nobody has confirmed."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.registers.groups import groups_at_work
from sightline.vocabulary import roles
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.shell import actor_of, shell
from sightline.web.pages.meetings.sittings import PROCESS, GroupSittings, attendance, by_group, next_by

NAV = "meetings"


@login_required
def meetings(request: HttpRequest) -> HttpResponse:
    """Which groups meet, when next, and what is waiting to be confirmed?"""
    actor = known_actor(request)
    found = by_group(actor, _groups(actor))
    context = {
        **shell(request, "Groups and their meetings", nav=NAV),
        "rows": [_row(one) for one in found],
        "summary": _summary(found),
        "plan": reverse("case-start", args=[PROCESS]) if may_plan(actor) else "",
    }
    return render(request, "meetings/groups.jinja", context)


@login_required
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: every meeting, who came, and who stayed away without a word."""
    actor = known_actor(request)
    one = next((row for row in by_group(actor, _groups(actor)) if row.group.pk == group_id), None)
    if one is None:
        raise Http404
    since = calendar.add_months(calendar.today(), -12)
    lately = [sitting for sitting in one.held if calendar.local_date(sitting.held_at) >= since]
    came = attendance(actor, lately)
    context = {
        **shell(request, one.group.name, nav=NAV, back=reverse("meetings"), back_words="Back to groups"),
        "one": one,
        "says": _terms_in_words(one),
        "sittings": [_sitting(sitting) for sitting in one.sittings],
        "attendance": came,
        "held": len(lately),
        "suggestions": [_suggestion(row.agency) for row in came if row.twice_silent],
    }
    return render(request, "meetings/group.jinja", context)


def known_actor(request: HttpRequest) -> Actor:
    """Who is signed in. Raises Http404 for nobody, in the same words as for no page."""
    actor = actor_of(request)
    if actor is None or actor.partnership is None:
        raise Http404
    return actor


def may_plan(actor: Actor) -> bool:
    return any(actor.holds(role.key) for role in (roles.SUPPORT_HUB, roles.GROUP_CHAIR))


def _groups(actor: Actor) -> list[Any]:
    """Every group at work, for whoever governs; others have those whose meetings they see."""
    wide = {held.partnership for held in actor.roles if role_named(held.role).reach is Reach.GOVERNANCE}
    return [group for partnership in wide for group in groups_at_work(partnership, calendar.today())]


def _row(one: GroupSittings) -> dict[str, Any]:
    return {
        "name": one.group.name,
        "href": reverse("meetings-group", args=[one.group.pk]),
        "next": _next(one),
        "last": words.short_date(one.held[0].held_at) if one.held else "None held yet",
        "gap": gap_words(one),
        "unconfirmed": str(len(one.unconfirmed)) if one.unconfirmed else "None",
    }


def _next(one: GroupSittings) -> dict[str, str]:
    if one.next:
        stage = one.next.case.at_stage.label.lower()
        return {"text": f"{words.short_date(one.next.planned_for)}, {stage}", "href": pack_href(one.next.case_id)}
    by = next_by(one)
    if by is None:
        return {"text": "None planned", "href": ""}
    late = " (that day has passed)" if by < calendar.today() else ""
    return {"text": f"None planned. Due by {words.short_date(by)}{late}", "href": ""}


def pack_href(case_id: UUID) -> str:
    """The address of a meeting's pack."""
    return reverse("meeting-pack", args=[case_id])


def gap_words(one: GroupSittings) -> str:
    """The longest gap of the last 12 months beside what the terms allow."""
    gap = one.longest_gap
    if gap is None:
        return "Not known"
    most = f"terms: at most {words.plural(one.terms.weeks, 'week')}" if one.terms.weeks else "terms do not say"
    beyond = bool(one.terms.weeks) and gap > one.terms.weeks * 7
    return f"{words.plural(gap, 'day')} ({'longer than the terms allow: ' + most.split(': ')[1] if beyond else most})"


def _summary(found: list[GroupSittings]) -> str:
    waiting = sum(len(one.unconfirmed) for one in found)
    coming = [one.next for one in found if one.next]
    if not found:
        return ""
    first = min(coming, key=lambda one: one.planned_for, default=None)
    when = f"The next meeting is the {first.name}. " if first else "No meeting is planned. "
    said = words.plural(waiting, "set of minutes is", "sets of minutes are")
    return when + (f"{said} not yet confirmed." if waiting else "Every set of minutes is confirmed.")


def _sitting(record: Any) -> dict[str, Any]:
    return {
        "day": words.plain_date(record.meets_on),
        "href": case_href(record.case_id),
        "pack": pack_href(record.case_id),
        "stage": record.case.at_stage.label,
        "open": record.case.open,
        "reference": record.case.reference,
    }


def _terms_in_words(one: GroupSittings) -> list[str]:
    terms = one.terms
    whose = words.joined(role_named(key).name.lower() for key in terms.decides)
    return [
        f"Quorum: {words.joined(terms.disciplines)}, and at least {terms.minimum} members or listed deputies. "
        f"{terms.source}.",
        f"Decisions are taken by: {whose}.",
        f"Longest gap in the last 12 months: {gap_words(one)}.",
    ]


def _suggestion(agency: str) -> str:
    return (
        f"Nobody came for {agency} to the last 2 meetings and no apology was sent. "
        "Suggestion: ask the agency why, and consider a formal challenge."
    )
