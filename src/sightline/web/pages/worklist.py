"""Your work: what must I do next, and what of mine is late?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.engine.models import CaseStep
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.vocabulary import roles
from sightline.web.case_links import about, case_href, step_href
from sightline.web.components import words
from sightline.web.components.clock_words import clock_words
from sightline.web.components.filters import Filter, Filters, page_of, page_words, pager
from sightline.web.components.shell import actor_of, note_work, shell
from sightline.web.navigation import count_work_with
from sightline.web.pages.cases.starting import starts_without_contact
from sightline.web.pages.oversight.sample import sample_line
from sightline.web.work import Todo, Work, covering, due_now, work_of

SHOWN_AT_FIRST = {"late": 25, "today": 25, "coming": 10, "others": 10}
TITLES = {
    "late": "Late",
    "today": "Due today",
    "coming": "Coming up",
    "others": "Waiting for others",
    "done": "Done today",
}
WHOSE = Filter("whose", "Show", (("mine", "Mine"), ("team", "Team")))
GROUP = Filter("group", "Group", tuple(TITLES.items()))


@login_required
def work(request: HttpRequest) -> HttpResponse:
    """The worklist, or with `group` in the address one group of it, page by page."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    asked = Filters(request.GET, (WHOSE, GROUP))
    team = asked.one("whose") == "team"
    found = work_of(actor, team=team)
    if not team:
        note_work(request, found.due_now)
    if asked.one("group"):
        return _one_group(request, asked, found)
    context = {
        **shell(request, "Team work" if team else "Your work", nav="work"),
        "now": calendar.now(),
        "summary": summary(found, team=team),
        "empty": _empty(found),
        "team": team,
        "has_team": _has_team(actor),
        "elsewhere": found.elsewhere,
        "starts": starts_without_contact(actor),
        "sample": sample_line(actor),
        "covering": [_cover_words(name, until) for name, until in covering(actor)],
        "groups": [_group(asked, key, getattr(found, key)) for key in SHOWN_AT_FIRST],
        "done": [_done(step) for step in found.done],
    }
    return render(request, "pages/worklist.jinja", context)


def _one_group(request: HttpRequest, asked: Filters, found: Work) -> HttpResponse:
    key = asked.one("group")
    page = page_of(getattr(found, key), request.GET.get("page"))
    whose = asked.one("whose")
    around = shell(
        request, TITLES[key], nav="work", back=f"?whose={whose}" if whose else "?", back_words="Back to all work"
    )
    rows = [_done(row) if isinstance(row, CaseStep) else row_of(row) for row in page.object_list]
    return render(
        request,
        "pages/worklist_group.jinja",
        {**around, "rows": rows, "done": key == "done", "page_words": page_words(page), "pager": pager(page, asked)},
    )


def summary(found: Work, *, team: bool = False) -> str:
    """The answer in one sentence: "You have 2 things late and 5 due today."."""
    who = "Your team has" if team else "You have"
    late, today = len(found.late), len(found.today)
    if not late and not today:
        return "Nothing is late. Nothing is due today."
    if not late:
        return f"Nothing is late. {who} {words.plural(today, 'thing')} due today."
    if not today:
        return f"{who} {words.plural(late, 'thing')} late. Nothing is due today."
    return f"{who} {words.plural(late, 'thing')} late and {today:,} due today."


def row_of(todo: Todo) -> dict[str, Any]:
    """One line of the worklist as its table draws it."""
    return {
        "what": todo.step.label,
        "href": step_href(todo.case, todo.step.key) if todo.waits_for == "you" else case_href(todo.case.pk),
        "about": f"{about(todo.case)} · {todo.case.reference}",
        "due": clock_words(todo.clock) if todo.clock else None,
        "waits_for": todo.waits_for,
    }


def _group(asked: Filters, key: str, rows: list[Todo]) -> dict[str, Any]:
    shown = rows[: SHOWN_AT_FIRST[key]]
    whose = "&whose=team" if asked.one("whose") == "team" else ""
    return {
        "key": key,
        "title": TITLES[key],
        "count": len(rows),
        "rows": [row_of(row) for row in shown],
        "all": f"?group={key}{whose}" if len(rows) > len(shown) else "",
    }


def _done(step: CaseStep) -> dict[str, Any]:
    return {
        "what": step.case.declared.steps[step.step].done if step.step in step.case.declared.steps else "Corrected",
        "href": case_href(step.case_id),
        "reference": step.case.reference,
        "at": step.recorded_at,
    }


def _empty(found: Work) -> str:
    if found.to_do or found.others or found.done or found.elsewhere:
        return ""
    return "Work appears here when someone allocates it to you or invites you to a meeting."


def _has_team(actor: Actor) -> bool:
    """Whether there is a team whose work differs from one's own: not for those who act for an agency alone."""
    alone = {roles.AGENCY_LEAD.key, roles.AGENCY_DECISION_MAKER.key}
    return any(held.role not in alone for held in actor.roles)


def _cover_words(name: str, until: Any) -> str:
    return f"You are covering for {name}{f' until {words.plain_date(until)}' if until else ''}."


count_work_with(due_now)

urlpatterns = [path("work/", work, name="work")]
