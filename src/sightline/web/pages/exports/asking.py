"""Asking for a file: what for, in which format, and whether another person has to agree."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.outgoing.exports import Wanted, ask, most_alone
from sightline.outgoing.models import Export
from sightline.people.actor import Actor
from sightline.web.components.shell import shell
from sightline.web.fault_file import KIND, faults_of
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import as_typed
from sightline.web.pages.exports.wording import named_words
from sightline.web.pages.returns import NAV, keeper

SPREADSHEETS = ((Export.Format.CSV.value, "CSV, for any spreadsheet"), (Export.Format.XLSX.value, "Excel (XLSX)"))


class AskForFile(forms.Form):
    """Why, and in which format."""

    purpose = forms.CharField(
        label="What is it for?",
        help_text="It is written in the file, and kept. For example: to correct dates of birth with the council.",
        max_length=300,
        min_length=10,
        error_messages={
            "required": "Say what the file is for",
            "min_length": "Say what the file is for in a few more words",
        },
    )
    file_format = forms.ChoiceField(
        label="Which format?",
        choices=SPREADSHEETS,
        widget=forms.RadioSelect,
        initial=Export.Format.CSV.value,
        error_messages={"required": "Choose a format"},
    )


@needs_fresh_sign_in
def ask_for_faults(request: HttpRequest, found: UUID) -> HttpResponse:
    """What is wrong with a file about children, to be taken away."""
    actor = keeper(request)
    file = faults_of(actor, found)
    wanted = Wanted(KIND, found, f"What is wrong with {file.file}", file.people)
    return asking(request, wanted, actor, nav=NAV, back=reverse("returns"), back_words="Back to files")


def asking(request: HttpRequest, wanted: Wanted, actor: Actor, **around: Any) -> HttpResponse:
    """The question what a file is for, and the request once it is answered. The page asks for a fresh sign-in first."""
    form = as_typed(AskForFile, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        made = ask(wanted, actor, given["purpose"], given["file_format"])
        return redirect("export", made.pk)
    most = most_alone(actor)
    context: dict[str, Any] = {
        **shell(request, "Take this file away", forms=(form,), **around),
        "form": form,
        "what": wanted.title,
        "named": named_words(wanted.people),
        "second": wanted.people > most,
        "most": most,
    }
    return render(request, "outgoing/ask.jinja", context)
