"""Workers who may be, or be close to, somebody on record: kept from those records until it is cleared."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.interests import clear, to_review
from sightline.access.models import Interest
from sightline.people.actor import Actor
from sightline.platform import audit
from sightline.web.components.shell import actor_of, shell
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import as_typed
from sightline.web.pages.oversight.glasses import reviewing


class Somebody(forms.Form):
    words = forms.CharField(
        label="How do you know that it is somebody else?",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how you know that it is somebody else"},
    )


def _reviewing(request: HttpRequest) -> tuple[Actor, list[Interest]]:
    """Whoever reviews matches, and those that stand: information governance, or who stands in for the only one."""
    actor = actor_of(request)
    rows = to_review(actor) if actor else []
    return (actor, rows) if actor and rows else (reviewing(request), rows)


@login_required
def interests(request: HttpRequest) -> HttpResponse:
    _actor, found = _reviewing(request)
    audit.seen(Interest._meta.label, [row.pk for row in found])
    rows = [
        {"who": row.worker, "how": row.how, "found_at": row.found_at, "href": reverse("interest", args=[row.pk])}
        for row in found
    ]
    return render(
        request, "oversight/interests.jinja", {**shell(request, "Workers on record", nav="oversight"), "rows": rows}
    )


@needs_fresh_sign_in
def interest(request: HttpRequest, interest_id: UUID) -> HttpResponse:
    actor, rows = _reviewing(request)
    row = next((one for one in rows if one.pk == interest_id), None)
    if row is None:
        raise Http404
    audit.seen(Interest._meta.label, [interest_id])
    form: Any = as_typed(Somebody, request)
    if request.method == "POST" and form.is_valid():
        clear(actor, interest_id, form.cleaned_data["words"])
        messages.success(request, "Cleared. They may see those records as their role allows.")
        return redirect("interests")
    around = shell(
        request, "Is it somebody else?", back=reverse("interests"), back_words="Back to the list", forms=(form,)
    )
    context = {**around, "row": row, "form": form}
    return render(request, "oversight/interest.jinja", context, status=422 if form.errors else 200)


urlpatterns = [
    path("oversight/interests/", interests, name="interests"),
    path("oversight/interests/<uuid:interest_id>/", interest, name="interest"),
]
