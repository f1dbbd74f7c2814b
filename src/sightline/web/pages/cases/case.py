"""The case page, its whole timeline, and who can do what next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.oversight_looks import may_see_looks
from sightline.engine.permission import role_for
from sightline.engine.refusals import NotAllowed
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.components.clock_words import clock_words
from sightline.web.components.shell import shell
from sightline.web.pages.cases.identity import identity, link
from sightline.web.pages.cases.opening import Opened, View, case_page
from sightline.web.pages.cases.overriding import gates_for
from sightline.web.pages.cases.own_pages import home_of
from sightline.web.pages.cases.panels import panels_for
from sightline.web.pages.cases.panels.happened import timeline_items


@case_page
def case(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who is this child, what stage, what is next and by whom?"""
    panels, around = panels_for(opened), _shell(request, opened, opened.label, **_back_home(opened))
    around["identity"]["more"] += _overrides(opened)
    context = {
        **around,
        "stage": _stage(opened),
        "next": next_up(opened),
        "main": [panel for panel in panels if not panel.side],
        "side": [panel for panel in panels if panel.side],
        "closed": _closed(opened),
        "looked": opened.address("case-looked")
        if may_see_looks(opened.actor, opened.case.partnership_id, opened.case)
        else "",
    }
    return render(request, "cases/case.jinja", context)


def _back_home(opened: Opened) -> dict[str, Any]:
    """A link to the process's own view of the case, where it has one."""
    home = home_of(opened.case)
    return {"back": home, "back_words": f"Back to the {opened.label}"} if home else {}


def _shell(request: HttpRequest, opened: Opened, heading: str, **given: Any) -> dict[str, Any]:
    around = shell(request, heading, reference=opened.case.reference, nav=opened.place, **given)
    return {**around, "opened": opened, "identity": identity(opened)}


def _stage(opened: Opened) -> str:
    return "" if opened.view is View.SENT else opened.case.at_stage.label


def next_up(opened: Opened) -> dict[str, Any]:
    """What the case waits for: my own steps as buttons, else whose they are; and by when."""
    stage = opened.case.stage
    mine = sorted((step for step in opened.steps() if step.next_up), key=lambda step: not _moves_on(step, stage))
    running = sorted(opened.matter.running(), key=lambda clock: clock.due_at)
    waiting = [step for step in opened.case.declared.steps_at(opened.case.stage) if step.next_up]
    if opened.view is View.SENT:
        waiting = []
    return {
        "mine": [link(opened, step) for step in mine],
        "words": " or ".join(step.label for step in (mine or waiting)[:1]),
        "who": "you" if mine else _who(opened, waiting),
        "owner": _owner(opened),
        "clock": clock_words(running[0]) if running and opened.view is not View.SENT else None,
    }


def _moves_on(step: Step, stage: str) -> bool:
    return step.to is not None and step.to.key != stage


def _who(opened: Opened, waiting: list[Step]) -> str:
    if not waiting:
        return ""
    roles = [role.name.lower() for role in waiting[0].by]
    return f"waits for: {words.joined(roles[:3]).replace(' and ', ' or ')}"


def _owner(opened: Opened) -> str:
    case = opened.case
    if not opened.whole:
        return ""
    if case.named_owner:
        return f"Named worker: {case.owner}"
    return (
        f"No named worker. {case.owner} is responsible as duty manager" if case.owner else "Nobody is responsible yet"
    )


def _overrides(opened: Opened) -> list[dict[str, str]]:
    """A way to override a condition, for whoever may, on each step of the stage that has conditions."""
    steps = opened.case.declared.steps_at(opened.case.stage)
    return [
        {"text": f"Override a condition: {step.label.lower()}", "href": opened.address("case-override", step.key)}
        for step in steps
        if gates_for(opened, step)
    ]


def _closed(opened: Opened) -> str:
    case = opened.case
    if case.closed_at is None or opened.view is View.SENT:
        return ""
    last = opened.matter.steps[-1]
    by = f" by {last.worker}" if last.worker else ""
    rest = "" if opened.steps() else " Nothing can be added except a correction."
    return f"Closed {words.plain_date(case.closed_at)}{by}.{rest}"


@case_page
def timeline(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every entry, newest first."""
    context = _shell(request, opened, "Timeline", back=opened.address(), back_words="Back to the case")
    return render(request, "cases/timeline.jinja", {**context, "items": timeline_items(opened)})


@case_page
def who(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Each step that could be taken now: who can, and why the viewer cannot where they cannot."""
    steps = opened.case.declared.steps_at(opened.case.stage)
    rows = [_step_row(opened, step) for step in steps]
    context = _shell(request, opened, "Who can do what next", back=opened.address(), back_words="Back to the case")
    return render(request, "cases/who.jinja", {**context, "rows": rows})


def _step_row(opened: Opened, step: Step) -> dict[str, Any]:
    try:
        role_for(opened.matter, step, opened.actor)
        mine, why = True, "You can"
    except NotAllowed as refusal:
        mine, why = False, refusal.why
    return {
        **link(opened, step),
        "mine": mine,
        "why": why,
        "roles": words.joined(role.name for role in step.by),
        "waits": step.next_up,
    }
