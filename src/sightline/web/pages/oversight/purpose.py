"""An independent scrutineer says what a matter, or what lists, are read for, before the first page opens in a day."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sightline.access.oversight_purpose import FEWEST_CHARACTERS, purpose_needed, purpose_said, say_purpose
from sightline.access.oversight_rules import PURPOSES
from sightline.web.case_links import case_href
from sightline.web.components.shell import actor_of, shell
from sightline.web.held_text import as_typed


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
        help_text="Kept in the audit beside each page that you open for it today.",
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
    return _asked(request, case_id, case_href(case_id))


@login_required
def lists_purpose(request: HttpRequest) -> HttpResponse:
    """Asked once a day for every list: the first page, meetings, decisions, actions, recommendations."""
    return _asked(request, None, reverse("home"))


def _asked(request: HttpRequest, case_id: UUID | None, otherwise: str) -> HttpResponse:
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    wanted = request.GET.get("next", "")
    onward = wanted if url_has_allowed_host_and_scheme(wanted, None) else otherwise
    if not purpose_needed(actor, case_id):
        if purpose_said(actor, case_id):
            return redirect(onward)
        raise Http404
    form: Any = as_typed(WhatFor, request)
    if request.method == "POST" and form.is_valid():
        say_purpose(actor, case_id, **form.cleaned_data)
        return redirect(onward)
    around = shell(request, "What are you reading this for?", nav="work" if case_id else "home", forms=(form,))
    context = {**around, "form": form, "of_lists": case_id is None}
    return render(request, "oversight/purpose.jinja", context, status=422 if form.errors else 200)


urlpatterns = [
    path("oversight/purpose/", lists_purpose, name="purpose-lists"),
    path("oversight/purpose/<uuid:case_id>/", purpose, name="purpose"),
]
