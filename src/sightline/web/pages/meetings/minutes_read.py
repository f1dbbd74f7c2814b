"""A meeting's minutes in two readings: for members, and the public one without restricted items or names."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.engine.models import Meeting
from sightline.outgoing.fragments import PUBLIC, Outgoing, Recipient, Standing, plain_fragments, with_texts
from sightline.outgoing.gate import Passed, pass_out, passed_or_kept_in
from sightline.parts.ledger import opened as mark_opened
from sightline.parts.readable import public, readable
from sightline.processes.governance.who_reads import items_not_shown
from sightline.web.leaving import kept_in_page
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.wording import when_words
from sightline.web.pages.meetings.pack import hidden_words, of_a_meeting, shell_of

STATES = {"drafted": "Draft", "held": "Draft", "checked": "Checked by chair", "confirmed": "Confirmed"}


@case_page
def minutes(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The minutes for members. Reading them is what marks them opened."""
    meeting = _with_minutes(opened)
    mark_opened(meeting, opened.actor)
    hidden = hidden_words(items_not_shown(opened.actor, opened.case.pk))
    sections, actor = readable(meeting, opened.actor), opened.actor
    to = Recipient(Standing.AT_MEETING, actor.name, agency_kind=actor.agency.kind if actor.agency else "")
    said = Outgoing("minutes", to, "minutes of a meeting", plain_fragments(sections, "Minutes"), ids=(opened.case.pk,))
    passed = with_texts(sections, str, iter(passed_or_kept_in(said).texts))
    return _draw(request, opened, meeting, passed, hidden=hidden, public=False)


@case_page
def public_minutes(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The reading that may be published: nothing restricted, and no person's name."""
    meeting = _with_minutes(opened)
    sections, back = public(meeting), reverse("meeting-minutes", args=[opened.case.pk])
    fragments = plain_fragments(sections, "Minutes, the parts that may be published")
    here = opened.case.partnership_id
    verdict = pass_out(
        Outgoing("public-minutes", PUBLIC, "to publish", fragments, ids=(opened.case.pk,), everybody_of=here)
    )
    if not isinstance(verdict, Passed):
        return kept_in_page(request, verdict, back=back, back_words="Back to the minutes")
    passed = with_texts(sections, str, iter(verdict.texts))
    return _draw(request, opened, meeting, passed, hidden="", public=True)


def _with_minutes(opened: Opened) -> Meeting:
    of_a_meeting(opened)
    meeting = opened.matter.meeting
    if meeting is None or not meeting.minutes:
        raise Http404
    return meeting


def _draw(request: HttpRequest, opened: Opened, meeting: Meeting, sections: Any, **given: Any) -> HttpResponse:
    back = opened.address()
    kind = "Public minutes" if given["public"] else "Minutes"
    context = {
        **shell_of(request, opened, f"{kind}: {opened.case.title}", back=back, back_words="Back to the meeting"),
        "state": STATES.get(opened.case.stage, "Draft"),
        "sections": sections,
        "made": when_words(meeting.minutes_at) if meeting.minutes_at else "",
        "confirmed_at": str(opened.record.confirmed_at.title) if opened.record.confirmed_at else "",
        "corrections": opened.record.corrections,
        "other": reverse("meeting-minutes" if given["public"] else "meeting-public-minutes", args=[opened.case.pk]),
        "ledger": opened.address("case-circulation", meeting.number) if opened.matter.circulation else "",
        **given,
    }
    return render(request, "meetings/minutes.jinja", context)
