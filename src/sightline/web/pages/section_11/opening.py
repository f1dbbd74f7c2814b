"""Opening a return or a cycle for its own pages, and the words that all of them use."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sightline.instruments.models import Answer
from sightline.instruments.standing import Standing, standing_of
from sightline.platform import calendar
from sightline.processes.assurance.section_11_cycle import NOT_SENT, Section11Cycle
from sightline.processes.assurance.section_11_return import Section11Return
from sightline.vocabulary.instrument import Instrument
from sightline.vocabulary.process import Process
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.pages.cases.opening import Opened, open_case

NAV = "section-11"

MODERATING = ("moderate", "moderate_as_hub")
"""Steps that give moderated scores: the moderator's, and the hub's where there is no moderator."""

type Page = Callable[..., HttpResponse]


def return_page(view: Page) -> Page:
    """A page of a return: signed in, `opened` and `standing` in place of the case's id. 404 for any other case."""

    @wraps(view)
    def page(request: HttpRequest, case_id: UUID, **given: Any) -> HttpResponse:
        opened = _open(request, case_id, Section11Return)
        return view(request, opened, standing_of(opened.matter), **given)

    return login_required(page)


def cycle_page_of(view: Page) -> Page:
    """A page of a cycle: signed in, and `opened` in place of the case's id. 404 for any other case."""

    @wraps(view)
    def page(request: HttpRequest, case_id: UUID, **given: Any) -> HttpResponse:
        return view(request, _open(request, case_id, Section11Cycle), **given)

    return login_required(page)


def _open(request: HttpRequest, case_id: UUID, process: type[Process]) -> Opened:
    opened = open_case(request, case_id)
    if opened.case.process != process.key:
        raise Http404
    return opened


def around(request: HttpRequest, opened: Opened, heading: str, **given: Any) -> dict[str, Any]:
    """What every page of a return or cycle has around it."""
    given.setdefault("back", address(opened, "section-11-return"))
    given.setdefault("back_words", "Back to the return")
    return {
        **shell(request, heading, nav=NAV, reference=opened.case.reference, **given),
        "opened": opened,
        "why_seen": opened.why,
    }


def address(opened: Opened, name: str, *more: Any) -> str:
    return reverse(name, args=[opened.case.pk, *more])


def score_words(instrument: Instrument, score: int | None) -> str:
    """ "2 Partly", "Not applicable"."""
    return "Not applicable" if score is None else instrument.score(score).label


def origin_words(answer: Answer) -> str:
    """Where an answer comes from, where it was not typed here."""
    if answer.from_on is None:
        return ""
    on = words.plain_date(answer.from_on)
    if answer.origin == Answer.Origin.SHARED:
        return f"From the return for {answer.from_partnership}, {answer.from_reference}, {on}"
    return f"Confirmed from last time, {answer.from_reference}, {on}"


def may(opened: Opened, *steps: str) -> str:
    """The first of these steps that this person may take now; empty where none."""
    now = {step.key for step in opened.steps()}
    return next((key for key in steps if key in now), "")


def answering_step(opened: Opened) -> str:
    """The step by which this person answers a question now: before sending, in a clarification, or not at all."""
    return may(opened, "answer", "clarify")


def _when_words(opened: Opened) -> str:
    """When it was sent; until then when it is due, or how late it is."""
    sent = opened.matter.last("submit")
    if sent and opened.case.stage not in NOT_SENT:
        return f"Sent {words.plain_date(sent.at)}"
    late = next((clock for clock in opened.matter.running("return_in_time") if clock.due_at < calendar.now()), None)
    return words.late_by(late.due_at, whole_day=True) if late else f"Due {words.plain_date(opened.record.due_on)}"


def summary(opened: Opened, standing: Standing) -> str:
    """ "Due 15 January 2027 · 7 of 26 questions answered · saved 2:14pm"."""
    asked = len(standing.asked)
    done = asked - len(standing.unanswered())
    said = [_when_words(opened)] if opened.record.due_on else []
    said.append(f"{done} of {words.plural(asked, 'question')} answered")
    if standing.answers:
        last = max(step.recorded_at for step in opened.matter.steps)
        said.append(f"last saved {words.day_and_time(last)}".replace("Today ", "today "))
    return " · ".join(said)
