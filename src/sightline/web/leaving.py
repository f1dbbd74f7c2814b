"""How a file leaves: only with what the gate passed, and an answer that did not come this way is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from sightline.outgoing.exports import take, watermark
from sightline.outgoing.gate import Asked, Blocked, KeptIn, Passed
from sightline.outgoing.kinds import KINDS, Kind, Leaves, kind_named
from sightline.outgoing.models import Export
from sightline.outgoing.spreadsheet import CSV_TYPE, XLSX_TYPE, csv_file, xlsx_file
from sightline.web.components.shell import shell

type Respond = Callable[[HttpRequest], HttpResponse]

AS_IT_IS = {f"sightline.{module}" for kind in KINDS.values() if kind.as_it_is for module in kind.made_in}
SIGN_IN_SCRIPTS = "allauth."
"""Sign-in's own answers to its scripts (passkeys) hold nothing of anybody's record."""


class NotThroughTheGate(RuntimeError):
    """A page answered with something other than a secure HTML page that the gate did not pass."""


@dataclass(frozen=True)
class Lines:
    """What is in a spreadsheet: its columns, and a line of cells for each row, as the gate passed them.

    ids: of the records that it is made from, for the audit; name: of the file, without its ending; people: how many are
    in it, counted now.
    """

    passed: Passed
    columns: tuple[str, ...]
    lines: list[list[str]]
    ids: list[UUID]
    name: str
    people: int


def file_answer(passed: Passed, body: bytes, media_type: str, name: str) -> HttpResponse:
    """A download of what the gate passed, of a kind that need not be asked for. `name` with its ending."""
    kind = kind_named(passed.outgoing.kind)
    if kind.asked_for:
        raise NotThroughTheGate(f"{kind.key} is given on a request with a purpose: answer with taken_answer().")
    return _download(kind, body, media_type, name)


def taken_answer(export: Export, said: Lines) -> HttpResponse:
    """What somebody asked for, marked with who takes it, when and what for, and written in the audit first.

    Raises exports.NotYours once it has ended, while a second person is still to agree, and where more people are in it
    than were asked for.
    """
    if said.passed.outgoing.kind != export.kind:
        raise NotThroughTheGate(f"{export.kind} was asked for, and the gate passed {said.passed.outgoing.kind}.")
    take(export, said.ids, said.people)
    body, media_type = _written(export, said)
    return _download(kind_named(export.kind), body, media_type, f"{said.name}.{export.file_format}")


def _written(export: Export, said: Lines) -> tuple[bytes, str]:
    """The file in the format that was asked for, with its mark, and its media type."""
    mark = watermark(export)
    if export.file_format == Export.Format.XLSX:
        return xlsx_file(said.columns, said.lines, mark), XLSX_TYPE
    return csv_file(said.columns, said.lines, mark, marked=True), CSV_TYPE


def _download(kind: Kind, body: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return _marked(answer, kind)


def script_answer(kind: str, said: dict[str, str]) -> JsonResponse:
    """A few words for the page's own script, of a kind that holds nothing of anybody's record."""
    found = kind_named(kind)
    if found.leaves is not Leaves.ANSWER:
        raise NotThroughTheGate(f"{kind} leaves as a {found.leaves.value}: answer with file_answer().")
    return _marked(JsonResponse(said), found)


def kept_in_page(request: HttpRequest, verdict: Asked | Blocked, **around: Any) -> HttpResponse:
    """Why it cannot leave yet, where that is, and what puts it right."""
    heading = "This cannot be given out yet"
    asked = isinstance(verdict, Asked)
    context = {
        **shell(request, heading, **around),
        "reasons": verdict.reasons,
        "asked": asked,
        "to": verdict.outgoing.to,
    }
    return render(request, "outgoing/kept_in.jinja", context, status=409)


def _marked[A: HttpResponse](answer: A, kind: Kind) -> A:
    answer.sightline_kind = kind.key  # type: ignore[attr-defined]
    return answer


class OutputGate:
    """Refuses whatever is not a secure HTML page unless the gate has passed it, however a page came to answer so."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if _leaves(response) and getattr(response, "sightline_kind", "") not in KINDS and not _as_it_is(request):
            said = f"{request.path} answered with {response.get('Content-Type')}"
            raise NotThroughTheGate(f"{said}, which the gate has not passed: answer with web.leaving.file_answer().")
        if "Content-Disposition" in response and getattr(request, "read_under_glass", False):
            raise NotThroughTheGate(f"{request.path} gives away what was opened by glass: make it a case_file page.")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page with nothing to give but what was kept in says why; what is audited of it stays."""
        return kept_in_page(request, exception.verdict) if isinstance(exception, KeptIn) else None


def _leaves(response: HttpResponse) -> bool:
    """Whether the answer carries content that is not a page of the site."""
    if "Content-Disposition" in response or response.streaming:
        return True
    return bool(response.content) and not response.get("Content-Type", "").startswith("text/html")


def _as_it_is(request: HttpRequest) -> bool:
    """Whether the page gives what nobody could read as fragments, or is sign-in's, or works without the database."""
    view = getattr(request.resolver_match, "func", None)
    module = str(getattr(view, "__module__", ""))
    return module in AS_IT_IS or module.startswith(SIGN_IN_SCRIPTS) or getattr(view, "without_database", False)
