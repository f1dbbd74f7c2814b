"""The family's copies of a meeting: who may have one as it is, what is left out, and what stops it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.outgoing.exports import Wanted, agreed_content, ask
from sightline.outgoing.gate import Asked, Blocked, Passed
from sightline.outgoing.protected import one_reading
from sightline.processes.protection.family_copy import KIND, family_of, title_of, verdict_on
from sightline.processes.protection.strategy_discussion import StrategyDiscussion
from sightline.publications.family_copy import drawn_copy
from sightline.publications.formats import FORMATS
from sightline.web.components.shell import shell
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import returned
from sightline.web.leaving import file_answer, kept_in_page
from sightline.web.pages.cases.identity import identity
from sightline.web.pages.cases.opening import Opened, case_file


@needs_fresh_sign_in
@case_file
def copies(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Each adult of the family with what the gate says; asking a second person is a button here."""
    _of_a_discussion(opened)
    if request.method == "POST":
        return _ask(request, opened)
    if text := returned(request):
        text.fields()  # whose copy was asked for: there is a button for it
    with one_reading():
        people = [_row(opened, subject) for subject in family_of(opened.matter)]
    context = {
        **shell(
            request,
            "The family’s copies",
            back=opened.address(),
            back_words="Back to the case",
            reference=opened.case.reference,
            nav="work",
        ),
        "opened": opened,
        "identity": identity(opened),
        "people": people,
        "unknown": [str(one) for one in opened.matter.subjects if not one.is_child and not one.person_id],
    }
    return render(request, "outgoing/family_copies.jinja", context)


@needs_fresh_sign_in
@case_file
def copy(request: HttpRequest, opened: Opened, person: UUID, key: str) -> HttpResponse:
    """One person's copy as a file: judged again now, with addresses as they are now."""
    _of_a_discussion(opened)
    subject = _subject(opened, person)
    if key not in FORMATS:
        raise Http404
    verdict = verdict_on(opened.matter, subject, agreed=_agreed(opened, person), leaving=True)
    if not isinstance(verdict, Passed):
        return kept_in_page(request, verdict, back=_page(opened), reference=opened.case.reference, nav="work")
    drawn = drawn_copy(opened.matter, verdict, key)
    return file_answer(verdict, drawn.body, drawn.media_type, drawn.name)


def _of_a_discussion(opened: Opened) -> None:
    meeting = opened.matter.meeting
    if not opened.whole or opened.case.process != StrategyDiscussion.key or meeting is None or not meeting.minutes:
        raise Http404


def _subject(opened: Opened, person: UUID) -> Any:
    for subject in family_of(opened.matter):
        if subject.person_id == person:
            return subject
    raise Http404


def _agreed(opened: Opened, person: UUID) -> str:
    """Digest of the content to which a second person has said yes for this reader, empty where none has."""
    return agreed_content(KIND, person, opened.case.pk, opened.actor)


def _page(opened: Opened) -> str:
    return reverse("case-family-copy", args=[opened.case.pk])


def _ask(request: HttpRequest, opened: Opened) -> HttpResponse:
    subject = _subject(opened, _id(request.POST.get("person", "")))
    verdict = verdict_on(opened.matter, subject)
    if not isinstance(verdict, Asked):
        return redirect(_page(opened))
    reasons = tuple(f"{reason.says} ({reason.where})" for reason in verdict.reasons)
    title = f"{title_of(opened.matter)}, {opened.case.reference}"
    wanted = Wanted(KIND, subject.person_id, title, 1, opened.case.pk, reasons, verdict.digest)
    made = ask(wanted, opened.actor, f"The family’s copy for {subject}", "html")
    messages.success(request, "A second person is asked.")
    return redirect("export", made.pk)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _row(opened: Opened, subject: Any) -> dict[str, Any]:
    verdict = verdict_on(opened.matter, subject, agreed=_agreed(opened, subject.person_id))
    address = [opened.case.pk, subject.person_id]
    left_out = verdict.left_out if isinstance(verdict, Passed) else ()
    return {
        "name": str(subject),
        "relation": subject.relation,
        "person": subject.person_id,
        "passed": isinstance(verdict, Passed),
        "asked": isinstance(verdict, Asked),
        "reasons": verdict.reasons if isinstance(verdict, Asked | Blocked) else (),
        "left_out": [f"{one.says} ({one.where})" for one in left_out],
        "files": [
            {"text": made.words, "href": reverse("case-family-copy-file", args=[*address, made.key])}
            for made in FORMATS.values()
        ],
    }
