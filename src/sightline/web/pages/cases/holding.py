"""How closely is this case held, by whom, and who is named on it? Managers of the front door say."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from sightline.access.tiering import Holding, HoldingRefused, hold, may_hold, named_on
from sightline.engine.models import Case
from sightline.people.directory import SENT_THINGS
from sightline.people.membership import holders
from sightline.people.models import Worker
from sightline.platform import calendar
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.shell import shell
from sightline.web.errors import NotForYou
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.pages.cases.identity import identity
from sightline.web.pages.cases.opening import Opened, case_page


class HowClosely(forms.Form):
    tier = forms.ChoiceField(
        label="How closely is it held?",
        choices=Case.Tier.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how closely it is held"},
    )
    named = forms.MultipleChoiceField(
        label="Who is named on it?",
        help_text="For what is restricted or sealed, only they see it. Name at least two people for what is sealed.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(label="Until when are they named?", help_text="Leave it empty for no end.", required=False)
    persons = forms.BooleanField(label="Are the people in it known only to those named, too?", required=False)
    why = forms.CharField(label="Why?", max_length=180, error_messages={"required": "Say why"})

    def __init__(self, people: list[Worker], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = {str(worker.pk): worker for worker in people}
        choices: Any = [(key, worker.display_name) for key, worker in self.people.items()]
        self.fields["named"].choices = choices  # type: ignore[attr-defined]

    def clean_until(self) -> datetime | None:
        day = self.cleaned_data["until"]
        if day and day <= calendar.today():
            raise forms.ValidationError("Enter a date after today")
        return calendar.end_of_day(day) if day else None

    def holding(self) -> Holding:
        given = self.cleaned_data
        named = [self.people[key] for key in given["named"]]
        return Holding(given["tier"], given["why"], named, given["until"], bool(given["persons"]))


@case_page
@needs_fresh_sign_in
def holding(request: HttpRequest, opened: Opened) -> HttpResponse:
    if not may_hold(opened.actor, opened.case) or opened.glass:
        raise NotForYou("say how closely this is held", "It is said by a manager of the front door.")
    people = holders(opened.case.partnership, list(SENT_THINGS), calendar.today())
    now = {"tier": opened.case.tier, "named": [str(row.worker_id) for row in named_on(opened.case)]}
    form: Any = govuk_widgets(HowClosely(people, request.POST if request.method == "POST" else None, initial=now))
    if request.method == "POST" and form.is_valid():
        try:
            hold(opened.case.pk, form.holding(), by=opened.actor)
        except HoldingRefused as refusal:
            for name, said in refusal.errors.items():
                form.add_error(name, said)
        else:
            messages.success(request, "Kept. It holds from now on.")
            return redirect("/" if form.cleaned_data["tier"] in ("restricted", "sealed") else opened.address())
    around = shell(
        request,
        "How closely is this held?",
        back=opened.address(),
        back_words="Back to the case",
        nav=opened.place,
        reference=opened.case.reference,
        forms=(form,),
    )
    context = {**around, "opened": opened, "identity": identity(opened), "form": form}
    return render(request, "cases/holding.jinja", context, status=422 if form.errors else 200)


urlpatterns = [path("cases/<uuid:case_id>/held/", holding, name="case-held")]
