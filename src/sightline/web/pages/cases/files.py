"""Attaching a file to a case, and opening one: as an attachment, the safe copy only, and never shown by the browser."""

import re
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from sightline.parts.files import attach, content_of, may_attach
from sightline.parts.kept import kept
from sightline.parts.models import Evidence, File
from sightline.platform.files import FileRefused, kind_named
from sightline.platform.files.kinds import kinds_in_words
from sightline.platform.files.limits import in_bytes, limit
from sightline.platform.files.recognising import too_large
from sightline.web.body_limit import beyond, size_of, takes_up_to
from sightline.web.components.shell import shell
from sightline.web.errors import NotForYou
from sightline.web.pages.cases.identity import identity
from sightline.web.pages.cases.opening import Opened, View, case_file, case_page

LONGEST_NAME = 150
REQUEST_BESIDE = 1_000_000
"""Bytes that a request may hold beside the file."""


class Attach(forms.Form):
    """One file."""

    file = forms.FileField(
        label="File",
        max_length=300,
        allow_empty_file=True,
        error_messages={
            "required": "Choose a file",
            "max_length": "The file's name is too long. Give it a shorter name and choose it again",
        },
    )


def _largest() -> int:
    return in_bytes("largest_mb") + REQUEST_BESIDE


@takes_up_to(_largest)
@csrf_exempt  # only to look at the size before anything of the file is read; `_attached` asks for the proof
@case_page
def add(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Attach a file: it is checked at once, and refused with the reason or kept."""
    if opened.view is View.SENT or not may_attach(opened.matter, opened.actor):
        raise NotForYou("attach a file here", _why_not(opened))
    if request.method == "POST" and beyond(request, _largest()):
        refused = too_large(size_of(request) or 0)
        return _page(request, opened, Attach(), problem=refused.words, status=413)
    answer: HttpResponse = _attached(request, opened)
    return answer


def _why_not(opened: Opened) -> str:
    if not opened.case.open:
        return "It is closed, and nothing can be added."
    return "Files are attached by those who take part in it."


@csrf_protect
def _attached(request: HttpRequest, opened: Opened) -> HttpResponse:
    evidence = _evidence(request, opened)
    form = Attach(request.POST, request.FILES) if request.method == "POST" else Attach()
    if not form.is_bound or not form.is_valid():
        return _page(request, opened, form, evidence)
    upload: UploadedFile = form.cleaned_data["file"]
    try:
        file = attach(opened.matter, _name(upload), upload.chunks(), by=opened.actor, evidence=evidence)
    except FileRefused as refused:
        form.add_error("file", f"{_name(upload)} was not attached. {refused.words}")
        return _page(request, opened, form, evidence)
    if file.state == File.State.REFUSED:
        form.add_error("file", f"{file.name} was not attached. {file.reason}")
        return _page(request, opened, form, evidence)
    messages.success(request, _said(file))
    then = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(then, allowed_hosts=None)
    return redirect(then if own else f"{opened.address()}#files")


def _said(file: File) -> str:
    if file.state == File.State.CLEAN:
        return f"{file.name} is attached."
    return f"{file.name} is kept and waits for the virus check. It can be opened once the check has passed it."


def _evidence(request: HttpRequest, opened: Opened) -> Evidence | None:
    """The piece of evidence that the file is for. Raises Http404 for one that is not of this case."""
    asked = request.POST.get("evidence") or request.GET.get("evidence") or ""
    if not asked:
        return None
    for row in kept(opened.matter, Evidence):
        if str(row.pk) == asked:
            return row
    raise Http404


def _name(upload: UploadedFile) -> str:
    """The name that the file was given, without anything that a folder or a header would mind."""
    name = re.sub(r"[^\w .,'’()&+-]", "_", PurePath(str(upload.name).replace("%22", "'")).name).strip(". ")
    return name[-LONGEST_NAME:] or "file"


def _page(
    request: HttpRequest,
    opened: Opened,
    form: Attach,
    evidence: Evidence | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    around = shell(
        request,
        "Attach a file",
        reference=opened.case.reference,
        nav=opened.place,
        back=opened.address(),
        back_words="Back to the case",
        forms=(form,),
    )
    if problem:
        around["page_problems"] = [{"text": problem, "href": "#main-content"}]
    context: dict[str, Any] = {
        **around,
        "opened": opened,
        "identity": identity(opened),
        "form": form,
        "evidence": evidence,
        "next": request.POST.get("next") or request.GET.get("next") or "" if status == 200 else "",
        "kinds": kinds_in_words(),
        "largest": limit("largest_mb"),
    }
    return render(request, "cases/attach.jinja", context, status=status)


@require_safe
@case_file
def download(request: HttpRequest, opened: Opened, file_id: UUID) -> HttpResponse:
    """The safe copy. 404 for a file that is not of this case, not seen by this person, waiting or refused."""
    file = File.visible_to(opened.actor).filter(case_id=opened.case.pk, pk=file_id, state=File.State.CLEAN).first()
    if file is None or opened.view is View.SENT:
        raise Http404
    response = HttpResponse(content_of(file), content_type=kind_named(file.kind).content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
