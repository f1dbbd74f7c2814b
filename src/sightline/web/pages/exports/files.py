"""One file that was asked for: where it stands, a second person's yes or no, and the file itself while it lasts."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.outgoing.exports import decide, exports_of, ready, why_not_decide, why_not_take
from sightline.outgoing.models import Export
from sightline.outgoing.second_person import second_people
from sightline.people.actor import Actor
from sightline.platform import audit
from sightline.processes.protection.family_copy import KIND as FAMILY_COPY
from sightline.web.components.shell import actor_of, shell
from sightline.web.components.words import joined, plural
from sightline.web.errors import NotForYou
from sightline.web.fresh_sign_in import is_fresh, needs_fresh_sign_in, prove_again
from sightline.web.held_text import as_typed
from sightline.web.leaving import taken_answer
from sightline.web.pages.exports.contents import ASKED_AT, CONTENTS
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
    return _answered(request, export_id) if request.method == "POST" else _one(request, export_id)


@needs_fresh_sign_in
def _answered(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """A second person's yes lets a file leave: they have just shown that it is they."""
    return _one(request, export_id)


def _one(request: HttpRequest, export_id: UUID) -> HttpResponse:
    actor = _actor(request)
    export = _export(actor, export_id)
    asks = why_not_decide(export, actor) is None
    form = as_typed(Decide, request) if asks else None
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
    if not is_fresh(request):
        return prove_again(reverse("export", args=[export_id]))
    actor = _actor(request)
    export = _export(actor, export_id)
    if export.kind not in CONTENTS or export.asked_by_id != actor.account.pk:
        raise Http404
    if not ready(export, actor):
        raise NotForYou("take this file now", state_words(export), "Ask for it again if you still need it.")
    said = CONTENTS[export.kind](actor, export)
    if (why := why_not_take(export, said.people)) is not None:
        return _grown(request, export, said.people, why)
    return taken_answer(export, said)


def _grown(request: HttpRequest, export: Export, people: int, why: str) -> HttpResponse:
    """More people are in it than were asked for, or agreed to: nothing leaves, and it is asked for again."""
    detail = {"people": export.people, "people_now": people}
    subject = f"outgoing.{export.kind}"
    audit.denied("took a file away", subject=subject, ids=[export.pk], detail=detail, outcome="refused")
    context = {
        **shell(request, "This file has grown", back=reverse("export", args=[export.pk])),
        "why": why,
        "again": ASKED_AT[export.kind](export),
    }
    return render(request, "outgoing/grown.jinja", context, status=409)


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
