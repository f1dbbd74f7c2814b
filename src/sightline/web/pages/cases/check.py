"""Check before what cannot be undone: who it is about, what was answered, what follows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.engine.perform import already_done, unmet_gates
from sightline.vocabulary.process import Step
from sightline.web.components.check_answers import answer_rows
from sightline.web.form_key import key_of
from sightline.web.pages.cases import drafts
from sightline.web.pages.cases.beside import proposal
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.refused import allow, page_of_step
from sightline.web.pages.cases.step_form import PartOfForm, StepForm
from sightline.web.pages.cases.wording import button_words

NOTHING_MORE = " After that nothing can be added except a correction."


def needs_check(step: Step) -> bool:
    """Whether the step ends the matter or settles somebody else's proposal. What protects a child is never held up."""
    if step.protective or not (step.asks or step.parts):
        return False
    return bool(step.endorses) or bool(step.to and step.to.final)


@case_page
def check(request: HttpRequest, opened: Opened, step_key: str) -> HttpResponse:
    """The answers typed on the page before, in words, and the button that does it."""
    from sightline.web.pages.cases.step import already, draw, step_of, take

    asked = step_of(opened, step_key)
    earlier = already_done(opened.actor, key_of(request.POST)) if request.method == "POST" else None
    if earlier:
        return already(request, opened, earlier)
    allow(opened, asked)
    draft = drafts.find(opened, asked)
    if draft is None:
        return redirect(opened.address("case-step", asked.key))
    data = drafts.typed(draft)
    page = StepForm(opened, asked, data)
    answers = page.checked()
    unmet = unmet_gates(opened.matter, asked, answers) if answers is not None else []
    if answers is None or unmet:
        return draw(request, opened, page, draft=draft, unmet=unmet)
    if request.method == "POST":
        return take(request, opened, page, answers, data)
    return render(request, "cases/check.jinja", _checked(request, opened, page, draft))


def _checked(request: HttpRequest, opened: Opened, page: StepForm, draft: Any) -> dict[str, Any]:
    change = opened.address("case-step", page.step.key)
    return page_of_step(
        request,
        opened,
        page.step,
        heading="Check before you go on",
        back=change,
        back_words="Back to your answers",
        page=page,
        rows=answer_rows(page.form, change),
        parts=[(part.label, _said(part)) for part in page.parts if _said(part)],
        effects=effects(opened, page.step),
        button=button_words(page.step, opened.who),
        key=draft.data.get("idempotency_key", [""])[-1],
        version=draft.version,
    )


def _said(part: PartOfForm) -> list[dict[str, Any]]:
    return [
        {"title": row.legend, "rows": [r for r in answer_rows(row.form) if "app-secondary" not in r["value"]["html"]]}
        for row in part.rows
        if row.form.has_changed()
    ]


def effects(opened: Opened, step: Step) -> list[str]:
    """What follows, in sentences."""
    children = ", ".join(str(child) for child in opened.children) or "a child not named"
    said = [f"This is about {children if opened.case.concerns == 'child' else opened.case.title}."]
    if step.to and step.to.final:
        rest = opened.case.declared.steps_at(step.to.key)
        said.append(f"It ends this {opened.label.lower()}." + ("" if rest else NOTHING_MORE))
    if step.endorses:
        made = proposal(opened, step)
        decided = getattr(opened.record, "get_decision_display", str)()
        if made and step.key == "endorse":
            said.append(f"You endorse: {decided}. Proposed by {made['by']}.")
        said.append("It is recorded in your name, as somebody other than whoever proposed it.")
    stopped = [clock.name for clock in opened.matter.running() if step.key in _stops(opened, clock.key)]
    return [*said, *(f"The clock stops: {name}." for name in stopped)]


def _stops(opened: Opened, key: str) -> tuple[str, ...]:
    return opened.case.declared.clocks[key].stops
