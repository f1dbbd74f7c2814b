"""Tell us you are worried about a child: the public's form. No account, no cookie, no script, no database needed.

Every page but the first two is the answer to a form that carries the answers so far (`carried.py`). A page that shows
nothing of what was typed may be kept by the browser, so that its Back button works; one that does is never stored.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sightline.platform.sealed import NotOurs
from sightline.platform.settings.public_form import public_form_limits
from sightline.web.body_limit import beyond, takes_up_to
from sightline.web.components.check_answers import answer_rows
from sightline.web.components.contact_details import contact_details
from sightline.web.components.rows import rows_changed
from sightline.web.components.shell import Site, shell
from sightline.web.middleware import without_database

from . import sending
from .carried import FIELD, Carried
from .questions import NO, ORDER, QUESTIONS, YES, Question, to_tell

START = "Tell us you are worried about a child"
CHECK = "Check your answers before you send this"
_KEPT_FOR_BACK = "private, no-cache"


class PublicSite(Site):
    """The shell around a page that asks the database nothing: names and numbers as they were last seen."""

    def __init__(self, request: HttpRequest, area: str = "") -> None:
        super().__init__(request, offline=True)
        # Only a server that has never seen its partnership asks for it, so that no page waits for a database.
        self.partnership = contact_details(area, offline=bool(contact_details(area, offline=True).key))


def page(request: HttpRequest, template: str, heading: str, *, area: str = "", **context: Any) -> HttpResponse:
    request.sightline_site = PublicSite(request, area)  # type: ignore[attr-defined]
    forms, status = context.pop("forms", ()), context.pop("status", 200)
    shown = {**shell(request, heading, forms=forms), "field": FIELD, **context}
    return render(request, f"report/{template}.jinja", shown, status=status)


@require_safe
@without_database
def start(request: HttpRequest, area: str = "") -> HttpResponse:
    """What this is, who to phone instead, and what happens next."""
    shown = {"chosen": area, "questions": QUESTIONS.values(), "hours": sending.opening_words()}
    return page(request, "start", START, area=area, **shown)


@require_safe
@without_database
def before_you_start(request: HttpRequest, area: str = "") -> HttpResponse:
    """How to leave quickly, and what leaving cannot hide: before the first sensitive question."""
    return page(request, "before_you_start", "Before you start", area=area, carried=Carried(area=area).sealed)


def _largest() -> int:
    return public_form_limits().body_bytes


@takes_up_to(_largest)
@csrf_exempt  # The form has no session to be misused through, and has to work for somebody who refuses cookies.
@require_http_methods(["GET", "HEAD", "POST"])
@without_database
def answer(request: HttpRequest, at: str) -> HttpResponse:
    """Take in the answer of the page `at` and show the next. A plain visit begins at the start."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("report"))
    if beyond(request, _largest()):
        return page(request, "too_large", "What you entered is too long to send at once", status=413)
    try:
        carried = Carried.read(request.POST.get(FIELD, ""))
    except (NotOurs, TypeError):
        return page(request, "not_readable", "We could not read your answers", status=400)
    taken = _PAGES.get(at)
    if taken is None and at not in QUESTIONS:
        raise Http404
    return taken(request, carried) if taken else _answered(request, carried, QUESTIONS[at])


def _answered(request: HttpRequest, carried: Carried, question: Question) -> HttpResponse:
    posted, changed = rows_changed(request.POST)
    carried.put(question, posted)
    if changed:
        return _question(request, carried, question)
    if request.POST.get("go") == "back":
        return _before(request, carried, question)
    form = question.bound(posted)
    if not form.is_valid():
        return _ask(request, carried, question, form, shows_answers=True)
    if question.key == "danger" and posted.get("in_danger") == YES:
        return _ask_for_help_first(request, carried)
    return _after(request, carried, question)


def _after(request: HttpRequest, carried: Carried, question: Question) -> HttpResponse:
    following = ORDER.index(question.key) + 1
    if carried.checking or following == len(ORDER):
        return _check(request, carried)
    return _question(request, carried, QUESTIONS[ORDER[following]])


def _before(request: HttpRequest, carried: Carried, question: Question) -> HttpResponse:
    if carried.checking:
        return _check(request, carried)
    earlier = ORDER.index(question.key) - 1
    if earlier < 0:
        return HttpResponseRedirect(reverse("report-before-you-start"))
    return _question(request, carried, QUESTIONS[ORDER[earlier]])


def _question(request: HttpRequest, carried: Carried, question: Question) -> HttpResponse:
    given = carried.given(question)
    form = question.unbound() if given is None else question.bound(given, quiet=True)
    return _ask(request, carried, question, form, shows_answers=given is not None)


def _ask(request: HttpRequest, carried: Carried, question: Question, form: Any, *, shows_answers: bool) -> HttpResponse:
    number = "" if carried.checking else f"Question {ORDER.index(question.key) + 1} of {len(ORDER)}"
    shown = {"question": question, "form": form, "number": number, "carried": carried.sealed, "area": carried.area}
    response = page(request, "question", question.heading, forms=(form,), **shown)
    if not shows_answers:
        response["Cache-Control"] = _KEPT_FOR_BACK
    return response


def _ask_for_help_first(request: HttpRequest, carried: Carried) -> HttpResponse:
    response = page(request, "call_999", "Call 999 now", area=carried.area, carried=carried.sealed)
    response["Cache-Control"] = _KEPT_FOR_BACK
    return response


def _begun(request: HttpRequest, carried: Carried) -> HttpResponse:
    return _question(request, carried, QUESTIONS[ORDER[0]])


def _called(request: HttpRequest, carried: Carried) -> HttpResponse:
    return _after(request, carried, QUESTIONS["danger"])


def _check(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Every answer once more; one that is missing or wrong is asked first."""
    fault = carried.first_fault()
    if fault:
        question = QUESTIONS[fault]
        return _ask(
            request, carried, question, question.bound(carried.given(question) or QueryDict()), shows_answers=True
        )
    carried.checking = True
    cards = _cards(carried)
    return page(request, "check", CHECK, area=carried.area, carried=carried.sealed, cards=cards)


def _cards(carried: Carried) -> list[dict[str, Any]]:
    cards = []
    for key, form in carried.checked().items():
        form.is_valid()
        forms = [row for row in form.forms if row.told] if QUESTIONS[key].rows else [form]
        cards.append(
            {
                "key": key,
                "heading": QUESTIONS[key].heading,
                "rows": [row for shown in forms for row in answer_rows(shown, leave_out=("age_unknown",))],
            }
        )
    return cards


def _checked(request: HttpRequest, carried: Carried) -> HttpResponse:
    chosen = request.POST.get("change", "")
    if chosen in QUESTIONS:
        return _question(request, carried, QUESTIONS[chosen])
    if carried.first_fault():
        return _check(request, carried)
    forms = carried.checked()
    for form in forms.values():
        form.is_valid()
    return _sent(request, carried, to_tell(forms), replies=forms["contact"].cleaned_data["may_contact"] != NO)


def _sent(request: HttpRequest, carried: Carried, told: dict[str, Any], *, replies: bool) -> HttpResponse:
    sent = sending.send(request, carried, told)
    is_open, opens = sending.read_when(sent.at)
    shown = {
        "sent": sent,
        "replies": replies,
        "danger": told.get("in_danger") == YES,
        "decided_by": sending.decided_by(sent.at),
        "is_open": is_open,
        "opens": opens,
        "carried": carried.sealed,
    }
    if sent.state in ("received", "repeated", "held"):
        return page(request, "sent", "Sent", area=carried.area, **shown)
    status = 503 if sent.state == "lost" else 200
    return page(request, "problem", "There is a problem with the service", area=carried.area, status=status, **shown)


_PAGES: dict[str, Callable[[HttpRequest, Carried], HttpResponse]] = {
    "begin": _begun,
    "called-999": _called,
    "check": _checked,
}
