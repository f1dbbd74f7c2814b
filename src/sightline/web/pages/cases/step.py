"""Taking a step: its form, what is refused and why, the check before what cannot be undone, and what followed."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.engine.models import CaseClock, CaseStep
from sightline.engine.perform import already_done, perform, unmet_gates
from sightline.engine.refusals import AnswersRefused, Conflict, GateUnmet, NotAllowed
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.components.rows import rows_changed
from sightline.web.form_key import key_of
from sightline.web.held_text import returned
from sightline.web.leaving import script_answer
from sightline.web.pages.cases import drafts
from sightline.web.pages.cases.beside import beside
from sightline.web.pages.cases.check import needs_check
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.overriding import ask_to_override
from sightline.web.pages.cases.own_pages import home_of, own_page
from sightline.web.pages.cases.refused import allow, conflict_page, not_for_you, page_of_step, unmet_problems
from sightline.web.pages.cases.step_form import StepForm
from sightline.web.pages.cases.wording import button_words, done_words


def step_of(opened: Opened, key: str) -> Step:
    """A step of the case's process that is not its first. Raises Http404."""
    found = opened.case.declared.steps.get(key)
    if found is None or found.opening:
        raise Http404
    return found


@case_page
def step(request: HttpRequest, opened: Opened, step_key: str) -> HttpResponse:
    """The form of a step, filled from this person's draft where there is one."""
    asked = step_of(opened, step_key)
    elsewhere = own_page(opened.case, asked.key)
    if elsewhere:
        return redirect(elsewhere)
    if request.method == "POST":
        return _posted(request, opened, asked)
    allow(opened, asked)
    text = returned(request)
    draft = drafts.keep(opened, asked, text.fields()) if text else drafts.find(opened, asked)
    page = StepForm(opened, asked, drafts.typed(draft) if draft else None, quiet=True)
    return draw(request, opened, page, draft=draft)


def draw(request: HttpRequest, opened: Opened, page: StepForm, **context: Any) -> HttpResponse:
    """The step's page. `key` and `version` begin afresh unless they were posted."""
    posted = request.POST
    draft = context.get("draft")
    context.setdefault("saved_at", draft.saved_at if draft else None)
    context.setdefault("key", posted.get("idempotency_key") or uuid4())
    context.setdefault("version", posted.get("version") or opened.case.revision)
    shown = page_of_step(request, opened, page.step, page=page, **context)
    shown["button"] = "Continue" if needs_check(page.step) else button_words(page.step, opened.who)
    shown["since"] = _since(opened, draft)
    shown["beside"] = beside(opened, page.step)
    shown["page_problems"] = unmet_problems(context.get("unmet", []), page) + page.problems()
    return render(request, "cases/step.jinja", shown)


def _since(opened: Opened, draft: Any) -> list[dict[str, Any]]:
    """What was done to the case since the draft was begun."""
    from sightline.web.pages.cases.panels.happened import timeline_items

    if draft is None or draft.version >= opened.case.revision:
        return []
    return [item for item in timeline_items(opened) if item["number"] > draft.version]


def _posted(request: HttpRequest, opened: Opened, asked: Step) -> HttpResponse:
    data, more = rows_changed(request.POST)
    if more:
        return draw(request, opened, StepForm(opened, asked, data, quiet=True))
    earlier = already_done(opened.actor, key_of(data))
    if earlier:
        return already(request, opened, earlier)
    drafts.keep(opened, asked, data)
    if "draft" in data:
        messages.success(request, "Draft saved. Only you can read it.")
        return redirect(opened.address("case-step", asked.key))
    allow(opened, asked)
    page = StepForm(opened, asked, data)
    if "ask" in data:
        return ask_to_override(request, opened, asked, str(data["ask"]))
    answers = page.checked()
    if answers is None:
        return draw(request, opened, page)
    unmet = unmet_gates(opened.matter, asked, answers)
    if unmet:
        return draw(request, opened, page, unmet=unmet)
    if needs_check(asked):
        return redirect(opened.address("case-step-check", asked.key))
    return take(request, opened, page, answers, data)


def already(request: HttpRequest, opened: Opened, earlier: CaseStep) -> HttpResponse:
    """The same form sent twice: the first result, not a second one."""
    messages.success(request, f"Already recorded at {words.clock_time(earlier.recorded_at)}.")
    return redirect(opened.address())


def take(
    request: HttpRequest, opened: Opened, page: StepForm, answers: dict[str, Any], data: QueryDict
) -> HttpResponse:
    """Take the step; whatever refuses it has its page, with everything typed still there."""
    before = {clock.pk for clock in opened.matter.clocks}
    try:
        row = perform(
            opened.case.pk,
            page.step.key,
            by=opened.actor,
            answers=answers,
            key=key_of(data),
            version=drafts.number(data.get("version")),
        )
    except NotAllowed as refusal:
        raise not_for_you(opened, page.step, refusal) from refusal
    except AnswersRefused as refusal:
        for name, said in refusal.errors.items():
            page.say(name, said)
        return draw(request, opened, page)
    except GateUnmet as refusal:
        return draw(request, opened, page, unmet=refusal.unmet)
    except Conflict as conflict:
        return conflict_page(request, opened, page, conflict)
    drafts.forget(opened, page.step)
    started = CaseClock.visible_to(opened.actor).filter(case_id=opened.case.pk).exclude(pk__in=before)
    messages.success(request, done_words(page.step, row, list(started)))
    return redirect(home_of(opened.case) or opened.address())


@require_POST
@case_page
def autosave(request: HttpRequest, opened: Opened, step_key: str) -> HttpResponse:
    """Save what is typed so far; answers with when, for the line under the button."""
    asked = step_of(opened, step_key)
    allow(opened, asked)
    earlier = already_done(opened.actor, key_of(request.POST))
    saved_at = earlier.recorded_at if earlier else drafts.keep(opened, asked, request.POST).saved_at
    return script_answer("draft-saved", {"saved": words.clock_time(saved_at)})
