"""One file that was asked for: where it stands, a second person's yes or no, and the file itself while it lasts."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.outgoing.exports import decide, exports_of, ready, why_not_decide
from sightline.outgoing.models import Export
from sightline.outgoing.second_person import second_people
from sightline.people.actor import Actor
from sightline.processes.protection.family_copy import KIND as FAMILY_COPY
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.shell import actor_of, shell
from sightline.web.components.words import joined, plural
from sightline.web.errors import NotForYou
from sightline.web.leaving import taken_answer
from sightline.web.pages.exports.contents import CONTENTS
from sightline.web.pages.exports.wording import named_words, state_words, within


class Decide(forms.Form):
    """A second person's answer."""

    agreed = forms.ChoiceField(
        label="May this file be taken away?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it may be taken away"},
    )
    words = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Say why"})


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """What you asked for, and what waits for your yes or no."""
    actor = _actor(request)
    own, waiting = exports_of(actor)
    context = {
        **shell(request, "Files taken away"),
        "own": [_row(one, actor) for one in own],
        "waiting": [_row(one, actor) for one in waiting if why_not_decide(one, actor) is None],
    }
    return render(request, "outgoing/exports.jinja", context)


@login_required
def one(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Where it stands; the question for a second person; the file's address while it can be taken."""
    actor = _actor(request)
    export = _export(actor, export_id)
    asks = why_not_decide(export, actor) is None
    form = govuk_widgets(Decide(request.POST if request.method == "POST" else None)) if asks else None
    if form is not None and form.is_bound and form.is_valid():
        agreed = form.cleaned_data["agreed"] == "yes"
        decide(export, actor, agreed=agreed, words=form.cleaned_data["words"])
        messages.success(request, "Agreed. Whoever asked can take it now." if agreed else "Refused.")
        return redirect("export", export.pk)
    context = {
        **shell(
            request,
            export.title,
            back=reverse("exports"),
            back_words="Back to files taken away",
            forms=(form,) if form else (),
        ),
        "export": export,
        "state": state_words(export),
        "rows": _about(export),
        "form": form,
        "href": _href(export) if ready(export, actor) else "",
        "copies": reverse("case-family-copy", args=[export.case_id]) if export.kind == FAMILY_COPY else "",
    }
    return render(request, "outgoing/export.jinja", context)


@login_required
def file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file, marked with who took it, when and what for."""
    actor = _actor(request)
    export = _export(actor, export_id)
    if export.kind not in CONTENTS or export.asked_by_id != actor.account.pk:
        raise Http404
    if not ready(export, actor):
        raise NotForYou("take this file now", state_words(export), "Ask for it again if you still need it.")
    return taken_answer(export, CONTENTS[export.kind](actor, export))


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor is None:
        raise Http404
    return actor


def _export(actor: Actor, export_id: UUID) -> Export:
    found = Export.visible_to(actor).filter(pk=export_id).select_related("asked_by__worker", "decided_by__worker")
    export = next(iter(found), None)
    if export is None:
        raise Http404
    return export


def _href(export: Export) -> str:
    return reverse("export-file", args=[export.pk]) if export.kind in CONTENTS else ""


def _row(export: Export, actor: Actor) -> dict[str, Any]:
    return {
        "title": export.title,
        "href": reverse("export", args=[export.pk]),
        "people": export.people,
        "purpose": export.purpose,
        "asked": f"{export.asked_by.get_full_name()}, {within(export.asked_at)}",
        "state": state_words(export),
    }


def _about(export: Export) -> list[dict[str, Any]]:
    rows = [
        ("What for", export.purpose),
        ("Who asked", f"{export.asked_by.get_full_name()}, {within(export.asked_at)}"),
        ("In it", named_words(export.people)),
        ("Format", export.get_file_format_display()),
        ("Taken", plural(export.taken, "time")),
    ]
    if export.ends_at is None and export.agreed is None:
        asked = joined(str(worker) for worker in second_people(export))
        rows.append(("Who may agree", asked or "Nobody who works here today. Ask the business support hub who can."))
    if export.decided_by and export.decided_at:
        said = f"{'Agreed' if export.agreed else 'Refused'} by {export.decided_by.get_full_name()}"
        rows.append(("Second person", f"{said}, {within(export.decided_at)}: {export.decision_words}"))
    return [{"key": {"text": key}, "value": {"text": text}} for key, text in rows]
