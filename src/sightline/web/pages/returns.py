"""Files that partners and publishers send: upload one, read what is wrong with it, and see what is held.

The page knows no dataset: `datasets.intake` recognises, checks and loads every kind. A file that is refused is kept
nowhere; only what was wrong with it is, sealed, for a day, for the one who sent it.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sightline.datasets.fault_groups import first_of_each, grouped, to_mend
from sightline.datasets.faults import Fault, UnableToLoad, UnreadableFile
from sightline.datasets.intake import (
    Asked,
    Origin,
    Receipt,
    Taken,
    about_persons,
    dataset_titles,
    files_held,
    load_file,
)
from sightline.datasets.refusals import Refused, keep_faults, kept_faults
from sightline.people.actor import Actor
from sightline.people.membership import member_agencies
from sightline.platform import audit, calendar
from sightline.platform.settings.file_size import largest_file_mb
from sightline.vocabulary import roles
from sightline.web.body_limit import beyond, size_of, takes_up_to
from sightline.web.components.shell import actor_of, shell
from sightline.web.components.words import date_and_time, plain_date, plural
from sightline.web.errors import NotForYou
from sightline.web.fault_file import csv_of_faults

NAV = "returns"
KEEPERS = (roles.DATA_ANALYST, roles.SUPPORT_HUB)
PUBLISHER = "publisher"
BY_CONTENTS = "contents"
FAULTS_SHOWN = 100
LONGEST_NAME = 150
MEGABYTE = 1_000_000


class Upload(forms.Form):
    """One file. What it is is read from its contents unless the sender says otherwise."""

    file = forms.FileField(
        label="File",
        max_length=300,
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose the file that holds the figures",
            "max_length": "The file's name is too long. Give it a shorter name",
        },
    )
    sender = forms.ChoiceField(label="Who sent it?", error_messages={"required": "Choose who sent the file"})
    dataset = forms.ChoiceField(
        label="What is it?",
        initial=BY_CONTENTS,
        help_text="Leave this as it is unless the file was taken for something else.",
        error_messages={"required": "Choose what the file is"},
    )

    def __init__(self, actor: Actor, *given: Any) -> None:
        super().__init__(*given)
        agencies = member_agencies(actor.partnership, calendar.today()) if actor.partnership else []
        senders: Any = self.fields["sender"]
        senders.choices = [
            (PUBLISHER, "The publisher, for national figures"),
            *((agency.key, agency.name) for agency in agencies),
        ]
        self.names = {agency.key: agency.name for agency in agencies}
        datasets: Any = self.fields["dataset"]
        titles = sorted(dataset_titles().items(), key=lambda each: each[1])
        datasets.choices = [(BY_CONTENTS, "Find out from its contents"), *titles]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > largest_file_mb() * MEGABYTE:
            raise forms.ValidationError(too_large_words(upload.size or 0))
        return upload

    def clean_dataset(self) -> str:
        """The dataset's key, empty where the file's contents are to say it."""
        return str(self.cleaned_data["dataset"]).removeprefix(BY_CONTENTS)

    def origin(self, actor: Actor) -> Origin:
        """Who sent it and who loads it, once the form is valid."""
        return Origin(self.names.get(self.cleaned_data["sender"], ""), actor.name, actor)


def too_large_words(size: int) -> str:
    """For a file, or a whole request, of so many bytes."""
    most = largest_file_mb()
    return f"The file is {size / MEGABYTE:,.0f} MB. The largest that can be loaded is {most} MB. Split it by period"


def keeper(request: HttpRequest) -> Actor:
    """Who looks after files. Raises NotForYou for everybody else."""
    actor = actor_of(request)
    if actor is None or not any(actor.holds(role.key) for role in KEEPERS):
        who = " and ".join(role.name for role in KEEPERS)
        raise NotForYou("see the files that agencies send", "They are looked after by other roles.", f"{who}.")
    return actor


@login_required
def returns(request: HttpRequest) -> HttpResponse:
    """Every file held, the newest first, and those that a newer one has replaced."""
    held = files_held(keeper(request))
    current = [_row(receipt) for receipt in held if not receipt.superseded]
    replaced = [_row(receipt) for receipt in held if receipt.superseded]
    around = shell(request, "Files that agencies and publishers sent", nav=NAV)
    return render(request, "returns/list.jinja", {**around, "current": current, "replaced": replaced})


def _row(receipt: Receipt) -> dict[str, Any]:
    return {
        "href": reverse("return", args=[receipt.id]),
        "title": receipt.title,
        "period": _period(receipt),
        "revision": receipt.revision,
        "sender": receipt.sender,
        "loaded": f"{plain_date(receipt.loaded_at)}, by {receipt.loaded_by}",
        "rows": f"{receipt.rows:,}",
        "queries": f"{len(receipt.queries):,}" if receipt.queries else "None",
        "hash": receipt.sha256[:12],
    }


def _period(receipt: Receipt) -> str:
    """Years as they are said: "2013 to 2025". A census year, a month and a single year stay as they are."""
    return re.sub(r"^(\d{4})-(\d{4})$", r"\1 to \2", receipt.period)


def _largest() -> int:
    return (largest_file_mb() + 1) * MEGABYTE


@takes_up_to(_largest)
@csrf_exempt  # only to look at the size before anything of the file is read; `_send` asks for the proof
@login_required
def send(request: HttpRequest) -> HttpResponse:
    """Upload a file: it is loaded whole, or refused whole."""
    actor = keeper(request)
    if request.method == "POST" and beyond(request, _largest()):
        form = Upload(actor)
        around = {"problem": too_large_words(size_of(request) or 0)}
        return _form_page(request, form, status=413, **around)
    answer: HttpResponse = _send(request, actor)
    return answer


@csrf_protect
def _send(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = Upload(actor, request.POST, request.FILES) if request.method == "POST" else Upload(actor)
    if not form.is_bound or not form.is_valid():
        return _form_page(request, form)
    try:
        taken = _load(form, actor)
    except UnreadableFile as unreadable:
        audit.record("refuse a file", subject="refused file", detail={"rule": unreadable.rule}, outcome="refused")
        form.add_error("file", f"{_file_name(form)} has not been loaded. {unreadable}")
        return _form_page(request, form)
    except UnableToLoad as refused:
        return redirect("return-refused", keep_faults(actor.account.pk, refused.checked))
    if taken.already_held:
        words = f"This file has the same contents as revision {taken.receipt.revision}, which is held. Nothing changed."
        messages.info(request, words)
    return redirect("return", taken.receipt.id)


def _load(form: Upload, actor: Actor) -> Taken:
    """Put the upload into a folder of its own for as long as it is read."""
    upload: UploadedFile = form.cleaned_data["file"]
    with TemporaryDirectory(prefix="sightline-upload-") as folder:
        place = Path(folder) / _file_name(form)
        with place.open("xb") as opened:
            for chunk in upload.chunks():
                opened.write(chunk)
        return load_file(place, form.origin(actor), Asked(dataset=form.cleaned_data["dataset"]))


def _file_name(form: Upload) -> str:
    """The name that the sender gave the file, without anything that a folder would mind."""
    name = re.sub(r"[^\w .()+-]", "_", str(form.cleaned_data["file"].name)).strip(". ")
    return name[-LONGEST_NAME:] or "file"


def _form_page(request: HttpRequest, form: Upload, problem: str = "", status: int = 200) -> HttpResponse:
    around = shell(
        request, "Upload a file", nav=NAV, back=reverse("returns"), back_words="Back to files", forms=(form,)
    )
    if problem:
        around["page_problems"] = [{"text": problem, "href": "#main-content"}]
    context = {**around, "form": form, "largest": largest_file_mb()}
    return render(request, "returns/send.jinja", context, status=status)


@login_required
def refused(request: HttpRequest, found: UUID) -> HttpResponse:
    """What has to be mended before a file can be loaded, the commonest first."""
    file = _refused(request, found)
    around = shell(
        request, "This file has not been loaded", nav=NAV, back=reverse("returns"), back_words="Back to files"
    )
    context = {**around, **_faults(file.faults), "file": file, "mend": to_mend(file.faults)}
    return render(request, "returns/refused.jinja", {**context, "csv_url": reverse("return-faults", args=[found])})


@login_required
def refused_csv(request: HttpRequest, found: UUID) -> HttpResponse:
    """Every fault of a refused file, for the spreadsheet beside it."""
    file = _refused(request, found)
    if about_persons(file.dataset):
        return redirect("export-faults", found)
    audit.record("download faults", subject="refused file", ids=[file.id], detail={"faults": len(file.faults)})
    return csv_of_faults("faults", [fault.as_json() for fault in file.faults])


def _refused(request: HttpRequest, found: UUID) -> Refused:
    file = kept_faults(keeper(request).account.pk, found)
    if file is None:
        raise Http404
    return file


@login_required
def held(request: HttpRequest, found: UUID) -> HttpResponse:
    """One file as it is held: where it came from, its revision, and what should be checked with its sender."""
    receipt = _held(request, found)
    faults = [Fault(**{**query, "fields": tuple(query["fields"])}) for query in receipt.queries]
    said = f"Loaded, with {plural(len(faults), 'thing')} to check" if faults else "Loaded. Nothing to fix"
    around = shell(request, said, nav=NAV, back=reverse("returns"), back_words="Back to files")
    context = {**around, **_faults(faults), "receipt": receipt, "period": _period(receipt), "about": _about(receipt)}
    return render(request, "returns/held.jinja", {**context, "csv_url": reverse("return-queries", args=[found])})


@login_required
def held_csv(request: HttpRequest, found: UUID) -> HttpResponse:
    """Everything to check with the sender of a file that is held."""
    receipt = _held(request, found)
    if about_persons(receipt.dataset):
        return redirect("export-faults", found)
    audit.record("download faults", subject="file", ids=[receipt.id], detail={"faults": len(receipt.queries)})
    return csv_of_faults("to-check", receipt.queries)


def _held(request: HttpRequest, found: UUID) -> Receipt:
    for receipt in files_held(keeper(request)):
        if receipt.id == found:
            return receipt
    raise Http404


def _faults(faults: list[Fault]) -> dict[str, Any]:
    groups = grouped(faults)
    lines = first_of_each(groups, FAULTS_SHOWN)
    return {"groups": groups, "lines": lines, "left_out": len(faults) - len(lines), "total": len(faults)}


def _about(receipt: Receipt) -> list[dict[str, Any]]:
    return [
        {"key": {"text": key}, "value": {"text": text}}
        for key, text in (
            ("What it is", receipt.title),
            ("Period", _period(receipt)),
            ("Revision", str(receipt.revision)),
            ("Rows", f"{receipt.rows:,}"),
            ("Sent by", receipt.sender),
            ("Loaded", f"{date_and_time(receipt.loaded_at)}, by {receipt.loaded_by}"),
            ("File", receipt.file_name),
            ("File hash (SHA-256)", receipt.sha256),
        )
    ]


urlpatterns = [
    path("returns/", returns, name="returns"),
    path("returns/send/", send, name="return-send"),
    path("returns/refused/<uuid:found>/", refused, name="return-refused"),
    path("returns/refused/<uuid:found>/faults.csv", refused_csv, name="return-faults"),
    path("returns/<uuid:found>/", held, name="return"),
    path("returns/<uuid:found>/to-check.csv", held_csv, name="return-queries"),
]
