"""What groups have decided and agreed to do: the decision register and the action log, across all meetings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.engine.models import Action
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.governance.agenda_items import Decision
from sightline.processes.governance.meeting_record import GroupMeetingRecord
from sightline.processes.governance.terms import PARTNERS
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.filters import Filter, Filters, page_of, page_words, pager
from sightline.web.components.shell import shell
from sightline.web.pages.meetings.groups import NAV, known_actor

ACTION_STATES = (("open", "Open"), ("late", "Late"), ("done", "Done"), ("dropped", "Dropped"))


@login_required
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision of the groups, the newest first: what, whose, who agreed, does it hold?"""
    actor = known_actor(request)
    groups = _groups_of(actor)
    states = tuple((str(code), str(said)) for code, said in Decision.State.choices)
    filters = Filters(request.GET, (_by_group(groups), Filter("state", "State", states, several=True)))
    rows = Decision.visible_to(actor).select_related("case", "item").order_by("-made_on", "position")
    rows = rows.filter(case_id__in=_cases(groups, filters.one("group")))
    if filters.chosen("state"):
        rows = rows.filter(state__in=filters.chosen("state"))
    page = page_of(rows, request.GET.get("page"))
    context = {
        **_around(request, "Decision register"),
        "filters": filters,
        "total": page.paginator.count,
        "rows": [_decision(row) for row in page],
        "pager": pager(page, filters),
        "page_words": page_words(page),
    }
    return render(request, "meetings/decisions.jinja", context)


def _around(request: HttpRequest, heading: str) -> dict[str, Any]:
    return shell(request, heading, nav=NAV, back=reverse("meetings"), back_words="Back to groups")


def _groups_of(actor: Actor) -> dict[str, tuple[str, list[Any]]]:
    """By the group's key: its name and the keys of its meetings' cases that somebody sees."""
    found: dict[str, tuple[str, list[Any]]] = {}
    for record in GroupMeetingRecord.visible_to(actor).select_related("group").order_by("group__name"):
        if record.group:
            found.setdefault(record.group.key, (record.group.name, []))[1].append(record.case_id)
    return found


def _by_group(groups: dict[str, tuple[str, list[Any]]]) -> Filter:
    return Filter("group", "Group", tuple((key, name) for key, (name, _) in groups.items()))


def _cases(groups: dict[str, tuple[str, list[Any]]], chosen: str) -> list[Any]:
    return [case for key, (_, cases) in groups.items() if not chosen or key == chosen for case in cases]


def _decision(row: Decision) -> dict[str, Any]:
    agreed = ", ".join(PARTNERS[name] for name in row.agreed)
    ended = f"Revoked {words.short_date(row.revoked_on)}: {row.revoked_because}" if row.revoked_on else ""
    ratified = f"{row.ratified_how}, {words.short_date(row.ratified_on)}" if row.ratified_on else ""
    return {
        "words": row.words,
        "href": case_href(row.case_id),
        "meeting": row.case.title,
        "item": f"Item {row.item.position}",
        "restricted": row.item.restricted,
        "state": row.get_state_display(),
        "why": ended or ratified or row.because,
        "whose": row.whose,
        "agreed": agreed or "Nobody yet",
        "dissent": row.dissent,
        "legal": row.legal_basis,
    }


@login_required
def actions(request: HttpRequest) -> HttpResponse:
    """Every action that a group's meeting agreed: who, by when, is it done?"""
    actor = known_actor(request)
    groups = _groups_of(actor)
    state = Filter("state", "State", ACTION_STATES)
    filters = Filters(request.GET, (_by_group(groups), state))
    rows = Action.visible_to(actor).filter(case_id__in=_cases(groups, filters.one("group")))
    rows = _in_state(rows, filters.one("state")).select_related("case", "agency").prefetch_related("agency__names")
    page = page_of(rows.order_by("due_on", "position"), request.GET.get("page"))
    context = {
        **_around(request, "Action log"),
        "filters": filters,
        "total": page.paginator.count,
        "rows": [_action(row) for row in page],
        "pager": pager(page, filters),
        "page_words": page_words(page),
    }
    return render(request, "meetings/actions.jinja", context)


def _in_state(rows: Any, state: str) -> Any:
    waiting = rows.filter(done_at__isnull=True, dropped="")
    chosen = {
        "open": waiting,
        "late": waiting.filter(due_on__lt=calendar.today()),
        "done": rows.filter(done_at__isnull=False),
        "dropped": rows.exclude(dropped=""),
    }
    return chosen.get(state, rows)


def _action(row: Action) -> dict[str, Any]:
    late = (calendar.today() - row.due_on).days
    ended = "Done" if row.done_at else "Dropped" if row.dropped else ""
    tone = "late" if late > 0 and not ended else ""
    left = f"Late by {words.plural(late, 'day')}" if late > 0 else f"{words.plural(-late, 'day')} left"
    return {
        "what": row.what,
        "href": case_href(row.case_id),
        "meeting": row.case.title,
        "who": f"{row.who}, {row.agency.name}",
        "due": {"date": words.short_date(row.due_on), "state": ended or left, "tone": tone},
        "how": row.evidence or row.dropped or row.measure or row.if_not,
    }
