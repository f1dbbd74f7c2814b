"""Every recommendation with where it stands, what each source counts, and the way to enter another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.engine.models import Case
from sightline.parts.figures import cited
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.improvement import chain
from sightline.processes.improvement.recommendation import Recommendation
from sightline.processes.improvement.source_document import SourceDocument
from sightline.processes.improvement.states import WITHOUT_IMPACT, Status
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.filters import Filter, Filters, page_of, page_words, pager
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.starting import start

FIGURES = "figures"
NO_IMPACT, OVERDUE = "without-impact", "overdue"


class RegisterFilters(Filters):
    """What of the register is asked for: its source, where it stands, to whom, and what needs chasing."""

    def __init__(self, query: Any, every: list[chain.Followed]) -> None:
        sources = {_source_code(one): one.document.title if one.document else "A figure" for one in every}
        to = {row.key.replace(" ", "-"): row.name for one in every for row in one.addressees}
        stands = {one.status for one in every}
        super().__init__(
            query,
            (
                Filter("show", "Show only", ((NO_IMPACT, "Without impact yet"), (OVERDUE, "Overdue")), several=True),
                Filter("stands", "Where it stands", tuple((s.name.lower(), s.value) for s in Status if s in stands)),
                Filter("source", "Source", tuple(sorted(sources.items(), key=lambda item: item[1]))),
                Filter("to", "Addressed to", tuple(sorted(to.items(), key=lambda item: item[1]))),
            ),
        )

    def keep(self, one: chain.Followed) -> bool:
        """Does it pass every filter chosen?"""
        to, show = self.one("to"), self.chosen("show")
        return (
            self.one("stands") in ("", one.status.name.lower())
            and self.one("source") in ("", _source_code(one))
            and (not to or to in [row.key.replace(" ", "-") for row in one.addressees])
            and (NO_IMPACT not in show or one.status in WITHOUT_IMPACT)
            and (OVERDUE not in show or one.overdue)
        )


def _source_code(one: chain.Followed) -> str:
    return str(one.record.source_id) if one.record.source_id else FIGURES


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Did they make a difference, or were they only done? The counts of every source above the list."""
    actor = _reader(request)
    every = chain.recommendations(actor)
    asked = RegisterFilters(request.GET, every)
    shown = sorted((one for one in every if asked.keep(one)), key=_order)
    page = page_of(shown, request.GET.get("page"))
    context = {
        **shell(request, "Recommendations", nav="recommendations"),
        "summary": _summary(every),
        "counts": _counts(actor),
        "may_enter": _may(actor, Recommendation),
        "may_enter_document": _may(actor, SourceDocument),
        "filters": asked,
        "rows": [_row(one) for one in page.object_list],
        "page": page,
        "page_words": page_words(page),
        "pager": pager(page, asked),
        "empty": _empty(every),
    }
    return render(request, "pages/recommendations.jinja", context)


def _reader(request: HttpRequest) -> Actor:
    """Who asks. Raises NotForYou for those who have no part in the partnership's own work."""
    actor = actor_of(request)
    reaches = {role_named(held.role).reach for held in actor.roles} if actor else set()
    if actor is None or not reaches - {Reach.PARTNERSHIP}:
        why = "They are for those who run, govern or scrutinise the partnership, and for agencies addressed by them."
        raise NotForYou("see the recommendations", why)
    return actor


def _may(actor: Actor, process: Any) -> bool:
    return any(actor.holds(role.key) for role in process.opening_step().by)


def _order(one: chain.Followed) -> tuple[bool, Any]:
    """Whatever is due soonest, so the longest overdue first; what has no day comes last, the oldest first."""
    return one.next_day is None, one.next_day[0] if one.next_day else one.case.opened_at


def _summary(every: list[chain.Followed]) -> str:
    """ "12 recommendations: 3 done without impact shown yet, 2 closed. 4 are overdue." """
    live = [one for one in every if one.status not in (Status.IN_ERROR, Status.NOT_ACCEPTED)]
    if not live:
        return ""
    done, closed = (sum(one.status is status for one in live) for status in (Status.DONE, Status.CLOSED))
    late = sum(one.overdue for one in live)
    counted = words.plural(len(live), "recommendation")
    said = f"{counted}: {done} done with no impact shown yet, {closed} closed on evidence of a difference."
    return f"{said} {words.plural(late, 'is', 'are')} overdue." if late else f"{said} None is overdue."


def _counts(actor: Actor) -> list[dict[str, Any]]:
    """Sources whose count does not agree come first."""
    partnerships = {held.partnership_id: held.partnership for held in actor.roles}
    groups = [group for one in partnerships.values() for group in chain.by_source(actor, one)]
    found = [
        {"count": group.count, "href": case_href(group.document.pk)}
        for group in groups
        if group.document and group.count
    ]
    return sorted(found, key=lambda one: not one["count"].differs)


def _row(one: chain.Followed) -> dict[str, Any]:
    return {
        "title": one.case.title,
        "reference": one.case.reference,
        "href": case_href(one.case.pk),
        "source": one.source_words,
        "to": words.joined(row.name for row in one.addressees),
        "status": one.status.value,
        "shown": _shown(one),
        "due": _due(one),
    }


DAYS = {
    "action": "Action",
    "plan_in_time": "Plan",
    "deadline_of_source": "Set by the source",
    "shown_by": "Impact to show",
    "sustained_at_6": "Check at 6 months",
    "sustained_at_12": "Check at 12 months",
}


def _due(one: chain.Followed) -> dict[str, str]:
    """The next day, what it is for, and how late it is."""
    if one.next_day is None:
        return {"date": "", "state": "None set", "tone": ""}
    on, what = one.next_day
    late = (calendar.today() - on).days
    state = f"{DAYS[what]}: late by {words.plural(late, 'day')}" if late > 0 else DAYS[what]
    return {"date": words.short_date(on), "state": state, "tone": "late" if late > 0 else ""}


def _shown(one: chain.Followed) -> str:
    """What its evidence shows so far, in a few words."""
    if one.showing_impact:
        return words.plural(len(one.showing_impact), "piece") + " of evidence of a difference"
    return "Not yet" if one.status in WITHOUT_IMPACT else ""


def _empty(every: list[chain.Followed]) -> str:
    if every:
        return f"No recommendation matches these filters. There are {len(every):,}."
    return "No recommendation is entered yet. Those from inspections, reviews, audits and figures appear here."


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new recommendation, with the figure or the document that it comes from already in it."""
    answer: HttpResponse = start(request, Recommendation.key, prefill=_known)
    return answer


def _known(opened: Opened) -> None:
    """Puts what the address names into the record that the form is drawn from."""
    asked, record = opened.request.GET, opened.record
    if reference := asked.get("figure"):
        figure = cited(opened.case.partnership, reference)
        if figure is None and opened.request.method != "POST":
            messages.info(opened.request, "That figure cannot be cited any more. Choose another, or a document.")
        if figure:
            record.figure = figure.reference
            record.exact_words = f"{figure.name}, {figure.period}: {figure.words}"
    if source := _document(opened, asked.get("source", "")):
        record.source = source


def _document(opened: Opened, text: str) -> Case | None:
    try:
        wanted = UUID(text)
    except ValueError:
        return None
    seen = Case.visible_to(opened.actor).filter(process=SourceDocument.key, partnership=opened.case.partnership)
    return seen.filter(pk=wanted).first()


urlpatterns = [
    path("recommendations/", register, name="recommendations"),
    path("recommendations/new/", new, name="recommendation-new"),
]
