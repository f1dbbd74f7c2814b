"""A manager lets a step back go ahead although a condition is not met, with a reason that is kept."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.verdict import READ_ONLY
from sightline.engine.amend import override
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.platform import calendar
from sightline.platform.notices.models import Notice
from sightline.vocabulary.process import Gate, Step
from sightline.web.components.inputs import govuk_widgets
from sightline.web.errors import NotForYou
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.refused import page_of_step, who_can


class OverrideForm(forms.Form):
    """Which condition, and why it may be passed."""

    gate = forms.ChoiceField(
        label="Which condition may be passed?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which condition may be passed"},
    )
    reason = forms.CharField(
        label="Why may this go ahead?",
        help_text="Kept on the timeline. Say what keeps the child safe meanwhile.",
        widget=forms.Textarea,
        max_length=5000,
        error_messages={"required": "Say why this may go ahead"},
    )


def gates_for(opened: Opened, step: Step) -> list[Gate]:
    """Gates of the step that this person's roles may override."""
    return [gate for gate in step.gates if any(opened.actor.holds(role.key) for role in gate.override_by)]


@case_page
def overriding(request: HttpRequest, opened: Opened, step_key: str) -> HttpResponse:
    """The conditions on a step, which are unmet as the record stands, and a reason to pass one."""
    from sightline.web.pages.cases.step import step_of

    step = step_of(opened, step_key)
    gates = gates_for(opened, step)
    if not gates:
        roles = tuple(role for gate in step.gates for role in gate.override_by)
        raise NotForYou("override this", "A manager has to do it.", who_can(opened, roles))
    if opened.glass:
        raise NotForYou("override this", READ_ONLY)
    form = _form(request, opened, gates)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            override(opened.case.pk, step.key, given["gate"], by=opened.actor, reason=given["reason"])
        except NotAllowed as refusal:
            raise NotForYou(refusal.what, refusal.why) from refusal
        except AnswersRefused as refusal:
            for said in refusal.errors.get("reason", []):
                form.add_error("reason", said)
        else:
            messages.success(request, f"Condition overridden. {step.label} can now go ahead without it.")
            return redirect(opened.address())
    context = page_of_step(request, opened, step, heading="Override a condition", forms=(form,), form=form)
    return render(request, "cases/override.jinja", context)


def _form(request: HttpRequest, opened: Opened, gates: list[Gate]) -> Any:
    form = OverrideForm(request.POST if request.method == "POST" else None)
    form.fields["gate"].choices = [(gate.key, gate.label) for gate in gates]  # type: ignore[attr-defined]
    form.fields["gate"].choice_hints = {  # type: ignore[attr-defined]
        gate.key: ". ".join(gate.unmet(opened.matter, {})) or "Met as the record stands" for gate in gates
    }
    return govuk_widgets(form)


def ask_to_override(request: HttpRequest, opened: Opened, step: Step, gate_key: str) -> HttpResponse:
    """Tell those who may override a condition that somebody needs it. What was typed stays as a draft."""
    gate = next((each for each in step.gates if each.key == gate_key), None)
    for role in gate.override_by if gate else ():
        Notice(
            partnership_id=opened.case.partnership_id,
            role=role.key,
            case_id=opened.case.pk,
            reference=opened.case.reference,
            says="Asked: may a condition be overridden?",
            created_at=calendar.now(),
        ).save()
    asked = who_can(opened, gate.override_by) if gate else ""
    messages.success(request, f"Asked. Your draft is saved. {asked}")
    return redirect(opened.address())
