"""Section 11 for whoever runs it: the cycles, and in one cycle who has sent theirs, who is late, who is not asked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.engine.models import Case
from sightline.engine.permission import steps_for
from sightline.instruments.asking import not_asked
from sightline.instruments.standing import instrument_of
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.assurance.returning import Returned, cycles, returned, returned_by_cycle
from sightline.processes.assurance.section_11_cycle import Section11Cycle
from sightline.processes.assurance.section_11_return import Section11Return
from sightline.vocabulary import roles
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.components import words
from sightline.web.components.shell import actor_of, shell
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.section_11.opening import NAV, address, around, cycle_page_of

SMALLEST_BASE = 10
"""Below this many there is no percentage, only so many of so many."""


@login_required
def cycles_page(request: HttpRequest) -> HttpResponse:
    """Cycles for whoever governs; the returns of their own agency for everybody else."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    governs = any(role_named(held.role).reach is Reach.GOVERNANCE for held in actor.roles)
    opening = Section11Cycle.opening_step()
    may_start = any(actor.holds(role.key) for role in opening.by)
    start = {"text": opening.label, "href": reverse("case-start", args=[Section11Cycle.key])}
    context = {
        **shell(request, "Section 11", nav=NAV),
        "cycles": _cycle_rows(actor) if governs else [],
        "own": own_returns(actor),
        "governs": governs,
        "start": start if may_start else None,
    }
    return render(request, "section_11/cycles.jinja", context)


def _cycle_rows(actor: Actor) -> list[dict[str, Any]]:
    """Cycles of one's own partnership first, the newest first."""
    newest_first = cycles(actor)
    found = returned_by_cycle(actor, newest_first)
    own = actor.partnership.pk if actor.partnership else None
    own_first = sorted(newest_first, key=lambda cycle: cycle.partnership_id != own)
    return [_cycle_row(cycle, found[cycle.pk]) for cycle in own_first]


def own_returns(actor: Actor) -> list[dict[str, Any]]:
    """What this person's own agencies were asked, newest first."""
    agencies = {held.agency_id for held in actor.roles if held.agency_id and role_named(held.role).by_agency}
    rows = Case.visible_to(actor).filter(process=Section11Return.key, answering_id__in=agencies)
    found = rows.select_related("partnership", "section11returnrecord").order_by("-opened_at")
    return [
        {
            "title": case.title,
            "href": reverse("section-11-return", args=[case.pk]),
            "partnership": case.partnership.name,
            "stage": case.at_stage.label,
            "open": case.open,
            "due": words.plain_date(case.section11returnrecord.due_on),
        }
        for case in found
    ]


def _cycle_row(cycle: Case, found: list[Returned]) -> dict[str, Any]:
    rows = [row for row in found if not row.withdrawn]
    return {
        "title": cycle.title,
        "href": reverse("section-11-cycle", args=[cycle.pk]),
        "stage": cycle.at_stage.label,
        "open": cycle.open,
        "rate": rate_words(rows),
        "partnership": cycle.partnership.name,
    }


def rate_words(rows: list[Returned]) -> str:
    """ "5 of 9 sent"; with a percentage only where there are enough agencies for one."""
    sent, every = sum(row.sent for row in rows), len(rows)
    if not every:
        return "Nobody is asked yet"
    share = f" ({round(100 * sent / every)}%)" if every >= SMALLEST_BASE else ""
    return f"{sent} of {every} sent{share}"


@cycle_page_of
def cycle_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The return rate, everybody asked, and everybody who is not, with why; to the hub, the late by name."""
    actor, case = opened.actor, opened.case
    rows = [row for row in returned(actor, case) if not row.withdrawn]
    late = [row for row in rows if row.late and not row.sent]
    chases = actor.holds(roles.SUPPORT_HUB.key)
    steps = steps_for(opened.matter, actor)
    following = [step for step in steps if step.next_up]
    context = {
        **around(request, opened, case.title, back=reverse("section-11"), back_words="Back to Section 11"),
        "stage": case.at_stage.label,
        "rate": rate_words(rows),
        "dates": _dates(opened),
        "late_count": len(late),
        "late": [_late_row(row) for row in late] if chases else None,
        "rows": [_row(row, by_name=chases) for row in rows],
        "not_asked": _not_asked(opened),
        "main": link(opened, following[0]) if following else None,
        "others": [link(opened, step) for step in steps if step not in following[:1]],
        "heat_map": address(opened, "section-11-heat-map"),
        "file": address(opened, "section-11-cycle-file"),
        "instrument": instrument_of(opened.record),
    }
    return render(request, "section_11/cycle.jinja", context)


def _dates(opened: Opened) -> str:
    opens, closes = (words.plain_date(day) for day in (opened.record.opens_on, opened.record.closes_on))
    return f"Answers from {opens} to {closes}."


def _late_row(row: Returned) -> dict[str, str]:
    streak = f"Late in {row.streak} cycles in a row" if row.streak > 1 else "Not late last time"
    due = words.late_by(row.due_at, whole_day=True) if row.due_at else ""
    return {**_row(row, by_name=True), "due": due, "streak": streak}


def _row(row: Returned, *, by_name: bool) -> dict[str, Any]:
    """`by_name`: for whoever chases, how late this agency is; everybody else reads the number of them."""
    return {
        "agency": row.agency,
        "href": reverse("section-11-return", args=[row.case.pk]),
        "stage": row.case.at_stage.label,
        "open": row.case.open,
        "sent": _sent_words(row) if by_name else "Sent" if row.sent else "Not sent yet",
    }


def _sent_words(row: Returned) -> str:
    if row.sent:
        return "Sent late" if row.late else "Sent in time"
    if row.late and row.due_at:
        return words.late_by(row.due_at, whole_day=True)
    days = (calendar.local_date(row.due_at) - calendar.today()).days if row.due_at else 0
    return f"{words.plural(days, 'day')} left"


def _not_asked(opened: Opened) -> dict[str, Any]:
    """Agencies without a return: each with the reason; those alike by kind (schools) counted together."""
    alike: dict[str, list[str]] = {}
    for agency, why in not_asked(opened.matter):
        alike.setdefault(why, []).append(agency.name)
    groups = [{"why": why, "names": names} for why, names in alike.items()]
    return {"groups": sorted(groups, key=lambda one: len(one["names"])), "count": sum(map(len, alike.values()))}
