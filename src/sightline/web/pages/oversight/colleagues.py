"""Signing a colleague out everywhere: their telephone is stolen, or they have left."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.signing_out import others, sign_out, signs_others_out
from sightline.people.actor import Actor
from sightline.people.models import Account
from sightline.web.components import words
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import as_typed

SIGN_OUT, CLOSE = "sign-out", "close"


class Deed(forms.Form):
    deed = forms.ChoiceField(
        label="What should happen?",
        choices=(
            (SIGN_OUT, "Sign them out everywhere. They can sign in again"),
            (
                CLOSE,
                "Sign them out and close the account. They have left, or somebody else may be able to sign in as them",
            ),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what should happen"},
    )


@login_required
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody whom this person may sign out, by family name."""
    rows = [
        {"who": one.worker.display_name, "username": one.username, "href": reverse("colleague", args=[one.pk])}
        for one in others(_may(request))
        if one.worker
    ]
    around = shell(request, "Sign a colleague out", back=reverse("mfa_index"), back_words="Back to your account")
    return render(request, "oversight/colleagues.jinja", {**around, "rows": rows})


@needs_fresh_sign_in
def colleague(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One colleague: signed out, or signed out and their account closed."""
    actor = _may(request)
    account: Account | None = next((one for one in others(actor) if one.pk == account_id), None)
    if account is None or account.worker is None:
        raise Http404
    name = account.worker.display_name
    form: Any = as_typed(Deed, request)
    if request.method == "POST" and form.is_valid():
        close = form.cleaned_data["deed"] == CLOSE
        ended = words.plural(sign_out(actor, account_id, close=close), "sign-in was", "sign-ins were")
        messages.success(request, f"{name}: {ended} ended{' and the account is closed' if close else ''}.")
        return redirect("colleagues")
    around = shell(
        request, f"Sign {name} out", back=reverse("colleagues"), back_words="Back to the list", forms=(form,)
    )
    context = {**around, "form": form, "name": name, "username": account.username}
    return render(request, "oversight/colleague.jinja", context, status=422 if form.errors else 200)


def _may(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor is None or not signs_others_out(actor):
        raise NotForYou(
            "sign a colleague out", "It is done by a manager of theirs.", "Ask a manager, or information governance."
        )
    return actor


urlpatterns = [
    path("oversight/colleagues/", colleagues, name="colleagues"),
    path("oversight/colleagues/<uuid:account_id>/", colleague, name="colleague"),
]
