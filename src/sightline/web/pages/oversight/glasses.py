"""Records opened by people without a part in them: was it right? For information governance, never of themselves."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.glass import REASONS, Reviewed, review, reviewed_lately, reviewer, to_review
from sightline.access.models import Glass
from sightline.access.oversight_named import named_for_oversight
from sightline.access.reviewers import MEND, nobody_outside
from sightline.access.telling_of_glass import named
from sightline.people.actor import Actor
from sightline.platform import audit, calendar
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, role_named
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.held_text import as_typed


class Found(forms.Form):
    finding = forms.ChoiceField(
        label="What did you find?",
        choices=Glass.Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you found"},
    )
    words = forms.CharField(
        label="How do you know?",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how you know"},
    )


def reviewing(request: HttpRequest) -> Actor:
    """Whoever reviews how records are opened. Raises NotForYou for anybody else."""
    actor = actor_of(request)
    if actor is None or not reviewer(actor):
        raise NotForYou("see how records are opened", "It is reviewed by information governance.")
    return actor


def alone_words(actor: Actor) -> str:
    """Which agencies' people are reviewed by nobody outside, and the mend; empty where that is none."""
    governed = {held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key}
    alone = nobody_outside(governed)
    return f"{'. '.join(alone)}. {MEND}." if alone else ""


@login_required
def glasses(request: HttpRequest) -> HttpResponse:
    actor = reviewing(request)
    due, done = to_review(actor), reviewed_lately(actor)
    audit.seen(Glass._meta.label, [one.pk for one in (*due, *done)])
    context = {
        **shell(request, "Records opened without a part in them", nav="oversight"),
        "alone": alone_words(actor),
        "waiting": [_row(one) for one in due],
        "done": [_row(one) for one in done],
    }
    return render(request, "oversight/glasses.jinja", context)


@login_required
def glass_review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    actor = reviewing(request)
    row = next((one for one in to_review(actor) if one.pk == glass_id), None)
    if row is None:
        raise Http404
    audit.seen(Glass._meta.label, [glass_id])
    form: Any = as_typed(Found, request)
    if request.method == "POST" and form.is_valid():
        review(actor, glass_id, Reviewed(form.cleaned_data["finding"], form.cleaned_data["words"]))
        messages.success(request, "Kept. Whoever is responsible for the record can read it.")
        return redirect("glasses")
    around = shell(
        request, "Was it right to open it?", back=reverse("glasses"), back_words="Back to the list", forms=(form,)
    )
    context = {**around, "glass": _row(row), **_record(row), "form": form}
    return render(request, "oversight/glass.jinja", context, status=422 if form.errors else 200)


def _record(glass: Glass) -> dict[str, str]:
    """The record's reference, and who has looked at it; of one that was sealed since, nothing."""
    record = named_for_oversight([glass.case_id]).get(glass.case_id)
    if record is None:
        return {}
    return {"record": f"{record.label} {record.reference}", "looked": reverse("case-looked", args=[glass.case_id])}


def _row(glass: Glass) -> dict[str, Any]:
    worker = glass.account.worker
    return {
        "href": reverse("glass-review", args=[glass.pk]),
        "named": named(glass),
        "who": worker.display_name if worker else glass.account.username,
        "role": role_named(glass.role).name,
        "agency": str(glass.agency or ""),
        "reason": REASONS.get(glass.reason, glass.reason),
        "words": glass.words,
        "opened_at": glass.opened_at,
        "ends_at": glass.ends_at,
        "due_at": glass.review_due_at,
        "late": glass.reviewed_at is None and glass.review_due_at < calendar.now(),
        "finding": glass.get_finding_display() if glass.finding else "",
        "review_words": glass.review_words,
    }


urlpatterns = [
    path("oversight/glasses/", glasses, name="glasses"),
    path("oversight/glasses/<uuid:glass_id>/", glass_review, name="glass-review"),
]
