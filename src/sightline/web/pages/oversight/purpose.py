"""An independent scrutineer says what a matter is read for, before its page opens for the first time in a day."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme

from sightline.access.oversight_purpose import FEWEST_CHARACTERS, purpose_needed, say_purpose
from sightline.access.oversight_rules import PURPOSES
from sightline.web.case_links import case_href
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.shell import actor_of, shell


class WhatFor(forms.Form):
    """What the matter is read for."""

    reason = forms.ChoiceField(
        label="What are you reading it for?",
        choices=list(PURPOSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you are reading it for"},
    )
    words = forms.CharField(
        label="In your own words",
        help_text="Kept in the audit beside each page of this matter that you open today.",
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=FEWEST_CHARACTERS,
        max_length=2000,
        error_messages={
            "required": "Say what for, in your own words",
            "min_length": f"Say what for in at least {FEWEST_CHARACTERS} characters",
        },
    )


@login_required
def purpose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Asked once a day for each matter; the page that was wanted follows."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    wanted = request.GET.get("next", "")
    onward = wanted if url_has_allowed_host_and_scheme(wanted, None) else case_href(case_id)
    if not purpose_needed(actor, case_id):
        raise Http404
    form: Any = govuk_widgets(WhatFor(request.POST if request.method == "POST" else None))
    if request.method == "POST" and form.is_valid():
        say_purpose(actor, case_id, **form.cleaned_data)
        return redirect(onward)
    context = {**shell(request, "What are you reading this for?", nav="work", forms=(form,)), "form": form}
    return render(request, "oversight/purpose.jinja", context, status=422 if form.errors else 200)


urlpatterns = [path("oversight/purpose/<uuid:case_id>/", purpose, name="purpose")]
