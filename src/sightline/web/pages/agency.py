"""An agency's or a school's home: what is asked of you, what you sent, and what came of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.engine.models import Case, Circulation, Seat
from sightline.engine.worklist import next_clock
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.front_door.agency_enquiry import AgencyEnquiry
from sightline.processes.front_door.contact import Contact
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.case_links import about, case_href, first_address, step_href
from sightline.web.components.clock_words import clock_words
from sightline.web.components.filters import Filters, page_of, page_words, pager
from sightline.web.components.shell import actor_of, shell

SHOWN = 5
LATELY = timedelta(weeks=4)
"""Where the latest of what an agency sent is looked for first; it changes nothing of what is found."""


def agencies_of(actor: Actor) -> set[UUID]:
    """The agencies that this person acts for with an agency's reach."""
    return {held.agency_id for held in actor.roles if held.agency_id and role_named(held.role).reach is Reach.AGENCY}


def agency_home(actor: Actor) -> dict[str, Any]:
    """What the agency's part of the home page shows. A constant number of queries."""
    agencies = agencies_of(actor)
    sent, more = _sent(actor, agencies)
    minutes = list(_minutes(actor, agencies).annotate(total=Window(Count("pk")))[:SHOWN])
    return {
        "enquiries": _enquiries(actor, agencies),
        "invitations": _invitations(actor, agencies),
        "minutes": [_minutes_row(row) for row in minutes],
        "minutes_total": minutes[0].total if minutes else 0,
        "sent": sent,
        "sent_more": more,
        "sent_href": first_address("sent"),
        "tell_href": first_address("professional-concern"),
    }


def _enquiries(actor: Actor, agencies: set[UUID]) -> list[dict[str, Any]]:
    asked = Case.visible_to(actor).filter(
        process=AgencyEnquiry.key, stage=AgencyEnquiry.asked.key, answering_id__in=agencies
    )
    cases = sorted(asked.prefetch_related("clocks", "subjects"), key=_due)
    return [
        {
            "what": "Say what you know",
            "href": case_href(case.pk),
            "about": f"{about(case)} · {case.reference}",
            "due": _words(case),
            "waits_for": "you",
        }
        for case in cases
    ]


def _due(case: Case) -> tuple[bool, Any]:
    clock = next_clock(case)
    return clock is None, clock.due_at if clock else case.opened_at


def _words(case: Case) -> Any:
    clock = next_clock(case)
    return clock_words(clock) if clock else None


def _invitations(actor: Actor, agencies: set[UUID]) -> list[dict[str, Any]]:
    """Meetings not yet held to which the agency has not said who comes, written in or sent apologies."""
    seats = (
        Seat.visible_to(actor)
        .filter(agency_id__in=agencies, presence="", who="", wrote="", worker__isnull=True)
        .filter(meeting__held_at__isnull=True, meeting__case__closed_at__isnull=True)
        .select_related("meeting__case")
        .prefetch_related("meeting__case__subjects", "meeting__case__clocks")
        .order_by("meeting__planned_for", "id")
    )
    return [
        {
            "what": "Answer the invitation",
            "href": step_href(seat.meeting.case, "answer_invitation"),
            "about": f"{about(seat.meeting.case)} · {seat.meeting.case.reference}",
            "due": _words(seat.meeting.case),
            "planned": seat.meeting.planned_for,
        }
        for seat in seats
    ]


def _minutes(actor: Actor, agencies: set[UUID]) -> QuerySet[Circulation]:
    """Minutes sent to the agency that nobody there has opened, newest first."""
    sent = Circulation.visible_to(actor).filter(
        agency_id__in=agencies, sent_at__isnull=False, opened_at__isnull=True, withheld=""
    )
    return sent.select_related("case", "meeting").order_by("-sent_at", "id")


def _minutes_row(row: Circulation) -> dict[str, Any]:
    return {"reference": row.case.reference, "href": _minutes_href(row), "sent_at": row.sent_at, "why": row.why}


@login_required
def minutes_to_open(request: HttpRequest) -> HttpResponse:
    """Everything that was sent to the agency and that nobody there has opened."""
    actor = actor_of(request)
    agencies = agencies_of(actor) if actor else set()
    if actor is None or not agencies:
        raise Http404
    asked = Filters(request.GET, ())
    page = page_of(_minutes(actor, agencies), request.GET.get("page"))
    context = {
        **shell(request, "Minutes to open", nav="work", back=reverse("home"), back_words="Back to today"),
        "rows": [_minutes_row(row) for row in page.object_list],
        "total": page.paginator.count,
        "page_words": page_words(page),
        "pager": pager(page, asked),
    }
    return render(request, "pages/minutes_to_open.jinja", context)


def _minutes_href(row: Circulation) -> str:
    if row.meeting is None:
        return case_href(row.case_id)
    return first_address("case-minutes", args=[row.case_id, row.meeting.number]) or case_href(row.case_id)


def _sent(actor: Actor, agencies: set[UUID]) -> tuple[list[dict[str, Any]], bool]:
    """The latest concerns that the agency sent, each with no more than its sender is told; and whether there are more.

    Of a police force's that would be thousands, each read to know that it is seen: so the latest weeks are looked in
    first, and none are counted.
    """
    cases = Case.visible_to(actor).filter(
        process=Contact.key, involvements__part="referrer", involvements__agency_id__in=agencies
    )
    newest_first = cases.order_by("-opened_at").values_list("pk", flat=True)
    newest = list(newest_first.filter(opened_at__gte=calendar.now() - LATELY)[: SHOWN + 1])
    if len(newest) <= SHOWN:
        newest = list(newest_first[: SHOWN + 1])
    listed = (
        Case.visible_to(actor)
        .filter(pk__in=newest[:SHOWN])
        .select_related("contactrecord")
        .prefetch_related("subjects")
    )
    return [_told(case) for case in listed.order_by("-opened_at")], len(newest) > SHOWN


def _told(case: Case) -> dict[str, Any]:
    told = case.contactrecord.told_at is not None and case.contactrecord.told_outcome
    return {
        "reference": case.reference,
        "href": first_address("sent-concern", args=[case.pk]) or case_href(case.pk),
        "about": about(case, told_only=True),
        "at": case.opened_at,
        "outcome": case.contactrecord.get_told_outcome_display() if told else "",
    }


urlpatterns = [path("minutes/", minutes_to_open, name="minutes-to-open")]
