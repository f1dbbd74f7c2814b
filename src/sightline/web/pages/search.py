"""Find a person or a case. What was typed stays out of the address and is in the log with what it showed."""

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.door import at_the_door
from sightline.engine.models import Case, CaseSubject
from sightline.people.actor import Actor
from sightline.people.age import age_in_words
from sightline.people.index import Candidate, Described, PlainMatcher
from sightline.people.index.agreement import Agreement
from sightline.people.models import Person
from sightline.platform import audit, calendar
from sightline.platform.sealed import NotOurs, seal, unseal
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.shell import actor_of, shell, under_glass
from sightline.web.errors import NotForYou
from sightline.web.even_answers import answer_evenly

KEPT = 5
"""Searches remembered for a person until they sign out; an older one's page is the question again."""
_REFERENCE = re.compile(r"^(?:[A-Z]{1,2}[- ]?)?[0-9A-Z]{6}$")
TOO_MANY = "Too many to show. Add a date of birth or a postcode."


class ByReference(forms.Form):
    reference = forms.CharField(
        label="Reference",
        max_length=20,
        help_text="For example, C-7F3K2P",
        error_messages={"required": "Enter a reference"},
    )

    def clean_reference(self) -> str:
        typed = str(self.cleaned_data["reference"]).strip().upper()
        if not _REFERENCE.match(typed):
            raise forms.ValidationError("Enter a reference like C-7F3K2P")
        return typed.replace(" ", "-")


class ByPerson(forms.Form):
    """Any one of these is enough; more of them find the right person sooner."""

    given_names = forms.CharField(label="Given names", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)
    date_of_birth = forms.DateField(label="Date of birth", required=False, help_text="For example, 27 3 2018")
    age = forms.IntegerField(label="Age in years, if that is all you know", min_value=0, max_value=120, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    nhs_number = forms.CharField(label="NHS number", max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not any(given.get(name) for name in self.fields if name != "age"):
            self.add_error("given_names", "Enter a name, a date of birth, a postcode or an NHS number")
        return given


def searcher(request: HttpRequest) -> Actor:
    """Who searches. Raises NotForYou for roles that see figures only."""
    actor = actor_of(request)
    if actor is None or not any(role_named(held.role).reach is not Reach.GOVERNANCE for held in actor.roles):
        raise NotForYou("find a person", "Your role sees figures and notices, never a child's record.")
    return actor


def sees_people(actor: Actor) -> bool:
    """Whether any role held looks across a whole partnership, and so may search for a person."""
    return any(role_named(held.role).reach is Reach.PARTNERSHIP for held in actor.roles)


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Two questions, each with its own button; agencies find the references of their own cases only."""
    actor = searcher(request)
    by_reference, by_person = ByReference(), ByPerson()
    if request.method == "POST" and "reference" in request.POST:
        by_reference = ByReference(request.POST)
        if by_reference.is_valid():
            answer_evenly(request)
            found = _by_reference(actor, by_reference.cleaned_data["reference"])
            if found:
                return redirect(case_href(found))
            by_reference.add_error("reference", "No case that you can see has this reference. Check it and try again")
    elif request.method == "POST" and sees_people(actor):
        by_person = govuk_widgets(ByPerson(request.POST))
        if by_person.is_valid():
            return redirect("search-results", _remember(request, by_person.cleaned_data))
    if not by_person.is_bound:
        by_person = govuk_widgets(by_person)
    people = sees_people(actor)
    around = shell(request, "Find a person" if people else "Find a case", nav="search", forms=(by_reference, by_person))
    return render(
        request,
        "pages/search.jinja",
        {**around, "by_reference": by_reference, "by_person": by_person, "people": people},
    )


def _by_reference(actor: Actor, typed: str) -> UUID | None:
    """The case that this person may see; else, at the front door, the one that is there and closed to them."""
    cases = Case.visible_to(actor)
    rows = cases.filter(reference=typed) if "-" in typed else cases.filter(reference__endswith=f"-{typed}")
    found = [case.pk for case in rows.order_by("-opened_at")[:1]]
    door = [] if found else [there.case_id for one in _in_full(typed) for there in at_the_door(actor, reference=one)]
    detail: dict[str, Any] = {"by": "reference", "terms": typed}
    if door:
        detail["door"] = [str(one) for one in door]
    audit.record("search", subject="engine.Case", ids=[*found, *door], detail=detail)
    return next(iter([*found, *door]), None)


def _in_full(typed: str) -> list[str]:
    """The reference as it stands; without its first letters, as each kind of matter about a child would have it."""
    prefixes = sorted({one.prefix for one in PROCESSES.values() if one.concerns == "child"})
    return [typed] if "-" in typed else [f"{prefix}-{typed}" for prefix in prefixes]


def _remember(request: HttpRequest, given: dict[str, Any]) -> UUID:
    """Keep what was typed in the person's own session, sealed, under an id that says nothing."""
    key = uuid4()
    terms = {name: str(value) for name, value in given.items() if value not in (None, "")}
    searches = request.session.get("searches", {})
    newest = dict(list(searches.items())[-(KEPT - 1) :])
    request.session["searches"] = {**newest, str(key): seal(terms, _sealed_for(request))}
    return key


def _remembered(request: HttpRequest, key: UUID) -> dict[str, str] | None:
    """What was typed; none where it is not this person's, or from before the key was changed."""
    sealed = request.session.get("searches", {}).get(str(key))
    try:
        return unseal(str(sealed), _sealed_for(request)) if sealed else None
    except NotOurs:
        return None


def _sealed_for(request: HttpRequest) -> str:
    return f"search of {request.user.pk}"


@login_required
def results(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who may be meant, closest first, with how each detail agrees in words. Only for whoever searched."""
    actor = searcher(request)
    terms = _remembered(request, key)
    if terms is None:
        return redirect("search")
    if not sees_people(actor) or actor.partnership is None:
        raise Http404
    found = PlainMatcher().candidates(_described(terms), actor.partnership, by=actor)
    people = [each.person.pk for each in found]
    audit.record("search", subject="people.Person", ids=people, detail={"by": "person", "terms": terms})
    matters = _open_matters(actor, people)
    context = {
        **shell(request, "Who this may be", nav="search", back=reverse("search"), back_words="Back to search"),
        "entered": _entered(terms),
        "cards": [_card(each, matters.get(each.person.pk, [])) for each in found],
        "too_many": TOO_MANY if found.too_many else "",
        "under_glass": under_glass(request, [one["case"] for rows in matters.values() for one in rows]),
    }
    return render(request, "pages/search_results.jinja", context)


def _described(terms: dict[str, str]) -> Described:
    form = govuk_widgets(ByPerson(terms))
    form.is_valid()
    given = form.cleaned_data
    return Described(
        given_names=given.get("given_names") or "",
        family_name=given.get("family_name") or "",
        date_of_birth=given.get("date_of_birth"),
        approximate_age_years=given.get("age"),
        postcode=given.get("postcode") or "",
        nhs_number=given.get("nhs_number") or "",
    )


def _entered(terms: dict[str, str]) -> str:
    """What was typed, in one line, for the top of the results."""
    told = _described(terms)
    parts = [
        f"{told.given_names} {told.family_name}".strip(),
        f"born {words.plain_date(told.date_of_birth)}" if told.date_of_birth else "",
        f"about {told.approximate_age_years} years" if told.approximate_age_years is not None else "",
        told.postcode.upper(),
        f"NHS number {words.nhs_number(told.nhs_number, masked=True)}" if told.nhs_number else "",
    ]
    return ", ".join(part for part in parts if part)


def _open_matters(actor: Actor, people: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    rows = (
        CaseSubject.visible_to(actor)
        .filter(person_id__in=people, swept=False, case__closed_at__isnull=True)
        .select_related("case__owner")
        .order_by("-case__opened_at")
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        owner = f", {row.case.owner.display_name}" if row.case.owner and row.case.named_owner else ""
        matter = {
            "case": row.case_id,
            "href": case_href(row.case_id),
            "text": f"{row.case.declared.label} {row.case.reference}",
            "note": f"{row.case.at_stage.label}{owner}",
        }
        if row.person_id:
            found.setdefault(row.person_id, []).append(matter)
    return found


def _card(candidate: Candidate, matters: list[dict[str, str]]) -> dict[str, Any]:
    person, name = candidate.person, candidate.person.name_on()
    born = person.date_of_birth
    return {
        "href": reverse("person", args=[person.pk]),
        "name": name.full_with_capitals if name else person.display_name,
        "born": f"born {words.plain_date(born)}" if born else age_words(person, calendar.today()),
        "lines": [(line.label, _agreement(line)) for line in candidate.agreements],
        "flags": [flag.words for flag in candidate.flags],
        "matters": matters,
    }


def age_words(found: Person, on: date) -> str:
    """ "8 years", "about 8 years", "unborn, due March 2027"."""
    told = age_in_words(found, on)
    return f"{told} years" if told.removeprefix("about ").isdecimal() else told


def _agreement(line: Agreement) -> str:
    """ "Very close (Dunn / Dunne)": a word, and why; never a number."""
    return f"{line.word} ({line.note})" if line.note else str(line.word)


urlpatterns = [
    path("search/", search, name="search"),
    path("search/<uuid:key>/", results, name="search-results"),
]
