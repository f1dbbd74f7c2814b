"""One line of unusual access, or one read that a manager is not sure of: the reads, and what was found."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.door import told_of
from sightline.access.oversight_models import SampledRead
from sightline.access.oversight_named import named_for_oversight, people_for_oversight
from sightline.access.oversight_opened import CASE, PERSON, Record, ids_of
from sightline.access.oversight_sample import look_at_sample, not_sure
from sightline.access.oversight_unusual import look_at_unusual, one_unusual, reads_of
from sightline.platform import audit
from sightline.web.components.shell import shell
from sightline.web.held_text import as_typed
from sightline.web.pages.oversight.glasses import reviewing
from sightline.web.pages.oversight.start import doubt_row, unusual_row
from sightline.web.pages.oversight.wording import page_words, relied_on_words


class LookedAt(forms.Form):
    """What information governance found."""

    words = forms.CharField(
        label="What did you find?",
        help_text="For example: the worker covers that street, and the case was allocated to them the day after.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        error_messages={"required": "Say what you found"},
    )


@login_required
def unusual_access(request: HttpRequest, key: UUID) -> HttpResponse:
    """One line: why it is listed, each read, and a form to say what was found."""
    actor = reviewing(request)
    try:
        row = one_unusual(actor, key)
    except LookupError as nothing:
        raise Http404 from nothing
    form = _form(request)
    if request.method == "POST" and form.is_valid() and row.looked_at is None:
        look_at_unusual(actor, key, form.cleaned_data["words"])
        messages.success(request, "Marked as looked at.")
        return redirect("oversight")
    around = shell(request, "Unusual access", nav="oversight", back=reverse("oversight"), forms=(form,))
    context = {**around, "row": unusual_row(row), "reads": _reads(row), "form": form}
    return render(request, "oversight/unusual.jinja", context, status=422 if form.errors else 200)


def _reads(row: Any) -> list[dict[str, Any]]:
    """Each read with what its record is called; of a record that was sealed since, nothing."""
    reads = reads_of(row)
    called = _called({read.record for read in reads})
    return [
        {
            "at": read.at,
            "page": page_words(read.page),
            "why": relied_on_words(read.relied_on),
            **called[read.record],
        }
        for read in reads
        if read.record in called
    ]


def _called(records: set[Record]) -> dict[Record, dict[str, str]]:
    """What each is called here and where who looked at it stands; a sealed one is left out."""
    cases, people = ids_of(records, CASE), ids_of(records, PERSON)
    named = named_for_oversight(cases) if cases else {}
    persons = people_for_oversight(people) if people else {}
    told_of(CASE, named)
    told_of(PERSON, persons)
    found = {
        (CASE, key): {"record": f"{one.label} {one.reference}", "href": reverse("case-looked", args=[key])}
        for key, one in named.items()
    }
    return found | {
        (PERSON, key): {"record": one.label, "href": reverse("person-looked", args=[key])}
        for key, one in persons.items()
    }


@login_required
def doubt(request: HttpRequest, key: UUID) -> HttpResponse:
    """One read that a manager is not sure of."""
    actor = reviewing(request)
    row = next((one for one in not_sure(actor) if one.pk == key), None)
    if row is None:
        raise Http404
    audit.seen(SampledRead._meta.label, [key])
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        look_at_sample(actor, key, form.cleaned_data["words"])
        messages.success(request, "Marked as looked at.")
        return redirect("oversight")
    around = shell(request, "A manager is not sure", nav="oversight", back=reverse("oversight"), forms=(form,))
    record = row.record
    nothing = {"record": "", "href": ""}
    context = {**around, "row": doubt_row(row), **_called({record}).get(record, nothing), "form": form}
    return render(request, "oversight/doubt.jinja", context, status=422 if form.errors else 200)


def _form(request: HttpRequest) -> Any:
    return as_typed(LookedAt, request)


urlpatterns = [
    path("oversight/unusual/<uuid:key>/", unusual_access, name="unusual-access"),
    path("oversight/not-sure/<uuid:key>/", doubt, name="sample-doubt"),
]
