"""When a step is not taken: may not, conditions unmet, somebody changed it meanwhile. Nothing typed is lost."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.engine.permission import role_for
from sightline.engine.refusals import Conflict, NotAllowed, Unmet
from sightline.people.membership import holders
from sightline.platform import calendar
from sightline.vocabulary.process import Step
from sightline.vocabulary.roles import Role
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.errors import NotForYou
from sightline.web.pages.cases.identity import identity
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.panels.happened import timeline_items
from sightline.web.pages.cases.step_form import StepForm
from sightline.web.pages.cases.wording import heading_words, when_words

MOST_NAMES = 5


def allow(opened: Opened, step: Step) -> None:
    """Raises NotForYou, naming who can, where this person may not take the step now."""
    try:
        role_for(opened.matter, step, opened.actor)
    except NotAllowed as refusal:
        raise not_for_you(opened, step, refusal) from refusal


def not_for_you(opened: Opened, step: Step, refusal: NotAllowed) -> NotForYou:
    """The refusal as a page: why, and the people who can."""
    return NotForYou(refusal.what, refusal.why, who_can(opened, step.by))


def who_can(opened: Opened, roles: tuple[Role, ...]) -> str:
    """ "Priya Shah or Tom Reid can do it." An agency is not told the names of others' staff."""
    if not opened.whole:
        return ""
    found = holders(opened.case.partnership, [role.key for role in roles], calendar.today())
    mine = opened.actor.worker.pk if opened.actor.worker else None
    names = [str(worker) for worker in found if worker.pk != mine]
    if not names:
        return "Nobody else here holds that role today."
    shown = [*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} others"] if len(names) > MOST_NAMES else names
    return f"{words.joined(shown).replace(' and ', ' or ')} can do it."


def page_of_step(request: HttpRequest, opened: Opened, step: Step, **context: Any) -> dict[str, Any]:
    """What every page of a step has: shell, identity bar, reference."""
    around = shell(
        request,
        context.pop("heading", heading_words(step)),
        back=context.pop("back", opened.address()),
        back_words=context.pop("back_words", "Back to the case"),
        nav=context.pop("nav", opened.place),
        reference=opened.case.reference,
        forms=context.pop("forms", ()),
    )
    return {
        **around,
        "when": when_words,
        "opened": opened,
        "step": step,
        "identity": identity(opened, step.key),
        **context,
    }


def conflict_page(request: HttpRequest, opened: Opened, page: StepForm, conflict: Conflict) -> HttpResponse:
    """What changed beside what was typed, which can be edited and sent on top of the change."""
    numbers = {row.number for row in conflict.since}
    changes = [item for item in timeline_items(opened) if item["number"] in numbers]
    context = page_of_step(
        request,
        opened,
        page.step,
        heading="Someone changed this while you were working",
        page=page,
        changes=changes,
        key=uuid4(),
        version=opened.case.revision,
    )
    return render(request, "cases/conflict.jinja", context, status=409)


def unmet_problems(unmet: list[Unmet], page: StepForm) -> list[dict[str, str]]:
    """Each missing condition as a sentence with a link to the answer that would meet it, else to the gate."""
    return [{"text": sentence, "href": f"#{_answer_for(gate, page)}"} for gate in unmet for sentence in gate.missing]


ANSWERS_FOR_GATES = {
    "agencies-answered": "without_agencies",
    "step-up-considered": "step_up_considered",
    "child-heard": "voice_effect",
}


def _answer_for(gate: Unmet, page: StepForm) -> str:
    name = ANSWERS_FOR_GATES.get(gate.gate, "")
    return str(page.form[name].auto_id) if name in page.form.fields else "conditions"
