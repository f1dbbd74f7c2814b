"""Who has looked at this child's record, and why: of a case, and of a person with the cases about them."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.access.oversight_looks import LISTED, OPENED, REFUSED, TOLD, Look, Looked, looks_at_case, looks_at_person
from sightline.access.oversight_rules import PURPOSES
from sightline.engine.models import CaseSubject
from sightline.platform import calendar
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, ROLES
from sightline.web.components import words
from sightline.web.components.filters import Filter, Filters
from sightline.web.components.shell import actor_of, shell, under_glass
from sightline.web.errors import NotForYou
from sightline.web.pages.oversight.wording import page_words, relied_on_words

SHOW = Filter("show", "Show", (("all", "Lists too"),))


@login_required
def case_looked(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Of one case."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    back = reverse("oversight" if actor.holds(INFORMATION_GOVERNANCE.key) else "case", args=_args(actor, case_id))
    return _page(request, looks_at_case, case_id, "Who has looked at this record", back)


@login_required
def person_looked(request: HttpRequest, key: UUID) -> HttpResponse:
    """Of one person, and of the cases about them that the reader sees."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    back = reverse("oversight" if actor.holds(INFORMATION_GOVERNANCE.key) else "person", args=_args(actor, key))
    return _page(request, looks_at_person, key, "Who has looked at this person’s record", back)


def _args(actor: Any, case_id: UUID) -> list[UUID]:
    return [] if actor.holds(INFORMATION_GOVERNANCE.key) else [case_id]


def _page(request: HttpRequest, looks: Any, key: UUID, heading: str, back: str) -> HttpResponse:
    try:
        found: Looked = looks(actor_of(request), key, _before(request))
    except LookupError as nothing:
        raise Http404 from nothing
    except PermissionError as refused:
        raise NotForYou("see who has looked", str(refused), "A manager of the front door can.") from refused
    actor = actor_of(request)
    about = CaseSubject.visible_to(actor).filter(person_id=key).values_list("case_id", flat=True) if actor else []
    lists = Filters(request.GET, (SHOW,)).one("show") == "all"
    context = {
        **shell(request, heading, back=back, reference=found.reference),
        "name": found.name,
        "under_glass": under_glass(request, [key, *about]),
        "days": days_of(found.looks, lists=lists),
        "lists": lists,
        "summary": summary(found.looks),
        "more": f"?before={found.looks[-1].at.isoformat()}" if found.more else "",
    }
    return render(request, "oversight/looked.jinja", context)


def _before(request: HttpRequest) -> datetime | None:
    try:
        return datetime.fromisoformat(request.GET.get("before", "").replace(" ", "+"))
    except ValueError:
        return None


def summary(looks: list[Look]) -> str:
    """ "3 people opened it, the last on 3 March 2026 at 9am. 1 person was refused. 1 was told that it is there."."""
    opened = {look.who for look in looks if look.how == OPENED}
    refused = {look.who for look in looks if look.how == REFUSED}
    told = {look.who for look in looks if look.how == TOLD} - opened
    if not opened and not refused and not told:
        return "Nobody has opened it in the time shown."
    said = "Nobody opened it."
    if opened:
        last = max(look.at for look in looks if look.how == OPENED)
        said = f"{words.plural(len(opened), 'person', 'people')} opened it, the last on {words.date_and_time(last)}."
    if refused:
        said += f" {words.plural(len(refused), 'person was', 'people were')} refused."
    if told:
        said += f" {words.plural(len(told), 'person was', 'people were')} told that it is there, and did not open it."
    return said


def days_of(looks: list[Look], *, lists: bool) -> list[dict[str, Any]]:
    """By day, the newest first: a row for each person, role, reason and page, with how often and when."""
    days: dict[date, dict[tuple[str, ...], list[Look]]] = defaultdict(dict)
    for look in looks:
        if look.how == LISTED and not lists:
            continue
        kind = (look.who, look.agency, look.role, look.relied_on, look.page, look.how, look.purpose, look.purpose_words)
        days[calendar.local_date(look.at)].setdefault(kind, []).append(look)
    return [{"day": day, "rows": [_row(one) for one in rows.values()]} for day, rows in days.items()]


_HOW = {
    **{OPENED: "Opened", LISTED: "Was shown it in a list:", REFUSED: "Was refused"},
    TOLD: "Was told that it is there, and read nothing of it:",
}
_RELIED_ON_NOTHING = {REFUSED: "Nothing: refused", TOLD: "Nothing: only told that it is there"}


def _row(looks: list[Look]) -> dict[str, Any]:
    newest, oldest = looks[0], looks[-1]
    first, last = words.clock_time(oldest.at), words.clock_time(newest.at)
    role = ROLES.get(newest.role)
    why = relied_on_words(newest.relied_on)
    if newest.purpose:
        why = f"{why}. Read for: {PURPOSES.get(newest.purpose, newest.purpose)}: {newest.purpose_words}"
    return {
        "who": newest.who,
        "where": " · ".join(part for part in (role.name if role else newest.role, newest.agency) if part),
        "why": _RELIED_ON_NOTHING.get(newest.how, why),
        "what": f"{_HOW[newest.how]} {page_words(newest.page)}" + (f", {len(looks)} times" if len(looks) > 1 else ""),
        "when": first if first == last else f"{first} to {last}",
        "refused": newest.how == REFUSED,
    }


urlpatterns = [
    path("oversight/looked/cases/<uuid:case_id>/", case_looked, name="case-looked"),
    path("oversight/looked/people/<uuid:key>/", person_looked, name="person-looked"),
]
