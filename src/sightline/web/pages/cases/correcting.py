"""Correcting an answer given at an earlier step: both values are kept, and nothing is rubbed out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.verdict import READ_ONLY
from sightline.engine.amend import correct
from sightline.engine.answers import column_form, frozen
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.vocabulary.process import Step
from sightline.web.components.inputs import govuk_widgets
from sightline.web.errors import NotForYou
from sightline.web.pages.cases.apart import entry_kept_apart
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.panels.happened import correctable, may_correct, seen_events
from sightline.web.pages.cases.refused import page_of_step, who_can


@case_page
def correcting(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The answers of one entry of the timeline as they were given, to be put right with a reason."""
    event = next((event for event in seen_events(opened) if event.row.number == number), None)
    step = opened.case.declared.steps.get(event.row.step) if event else None
    if event is None or step is None or not correctable(step):
        raise Http404
    if opened.glass:
        raise NotForYou("correct this", READ_ONLY)
    if not may_correct(opened, event):
        raise NotForYou("correct this", "It is corrected by those who may take the step.", who_can(opened, step.by))
    names = [name for name in correctable(step) if not entry_kept_apart(opened, event.row, name)]
    given = {name: event.row.answers.get(name) for name in names}
    form = _form(request, opened, step, given)
    if request.method == "POST" and form.is_valid():
        done = _correct(request, opened, number, form, given)
        if done:
            return done
    context = page_of_step(
        request,
        opened,
        step,
        heading="Correct an earlier answer",
        forms=(form,),
        form=form,
        title=event.says,
        at=event.row.at,
    )
    return render(request, "cases/correct.jinja", context)


def _form(request: HttpRequest, opened: Opened, step: Step, given: dict[str, Any]) -> Any:
    asked = Step(step.label, asks=tuple(given), key="correction", choices=step.choices)
    data = request.POST if request.method == "POST" else None
    form = govuk_widgets(column_form(asked, opened.matter, data=data, initial=given))
    form.fields["reason"] = forms.CharField(
        label="Why is this being corrected?",
        max_length=2000,
        error_messages={"required": "Say why this is being corrected"},
    )
    return form


def _correct(
    request: HttpRequest, opened: Opened, number: int, form: Any, given: dict[str, Any]
) -> HttpResponse | None:
    changed = {
        name: form.cleaned_data[name]
        for name, before in given.items()
        if (frozen(form.cleaned_data[name]) or None) != (before or None)
    }
    if not changed:
        form.add_error("reason", "Nothing is different from what was recorded. Change an answer first")
        return None
    try:
        correct(opened.case.pk, number, by=opened.actor, answers=changed, reason=form.cleaned_data["reason"])
    except NotAllowed as refusal:
        raise NotForYou(refusal.what, refusal.why) from refusal
    except AnswersRefused as refusal:
        for name, said in refusal.errors.items():
            for message in said:
                form.add_error(name if name in form.fields else None, message)
        return None
    messages.success(request, "Corrected. Both values are kept on the timeline.")
    return redirect(opened.address())
