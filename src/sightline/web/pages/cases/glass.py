"""Opening a record without a part in it: say why, see what follows, and read it within half a minute, at night too."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from sightline.access.door import AtTheDoor, at_the_door, told_of
from sightline.access.glass import FEWEST_CHARACTERS, REASONS, GlassRefused, break_glass
from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.web.components.shell import actor_of, shell
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import as_typed

WHY = f"Say why in at least {FEWEST_CHARACTERS} characters: somebody will review it"


class Why(forms.Form):
    reason = forms.ChoiceField(
        label="Why do you need to open it?",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select why you need to open it"},
    )
    words = forms.CharField(
        label="In your own words",
        help_text="What has happened, and whom you tried to reach. Somebody will review it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=FEWEST_CHARACTERS,
        error_messages={"required": WHY, "min_length": WHY},
    )


@needs_fresh_sign_in
def glass(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The reason first; what is read is another page, so that the reason is kept before anything is shown."""
    if _open_already(request, case_id):
        return redirect("case", case_id)
    actor, there = _at(request, case_id)
    form: Any = as_typed(Why, request)
    if request.method == "POST" and form.is_valid():
        try:
            break_glass(actor, case_id, **form.cleaned_data)
        except GlassRefused as refusal:
            for name, said in refusal.errors.items():
                form.add_error(name, said)
        except LookupError as gone:
            raise Http404 from gone
        else:
            return redirect("case", case_id)
    told_of("engine.Case", [there.case_id])
    context = {
        **shell(request, "Open a record without a part in it", reference=there.reference, forms=(form,)),
        "there": there,
        "form": form,
    }
    return render(request, "cases/glass.jinja", context, status=422 if form.errors else 200)


def _open_already(request: HttpRequest, case_id: UUID) -> bool:
    """Whether it is open to them already, by glass or by a part: in another tab, or since they were sent to sign in."""
    actor = actor_of(request)
    return actor is not None and Case.visible_to(actor).filter(pk=case_id).exists()


def _at(request: HttpRequest, case_id: UUID) -> tuple[Actor, AtTheDoor]:
    actor = actor_of(request)
    there = next((one for one in at_the_door(actor, case=case_id) if one.may_be_opened), None) if actor else None
    if actor is None or there is None:
        raise Http404
    return actor, there


urlpatterns = [
    path("cases/<uuid:case_id>/open/", glass, name="glass"),
]
