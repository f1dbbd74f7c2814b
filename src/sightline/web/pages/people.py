"""A person and who is around them: which other children and adults are there, now and lately?"""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.access.door import at_the_door, told_of
from sightline.access.oversight_looks import may_see_looks
from sightline.engine.models import Case, CaseSubject
from sightline.people.actor import Actor
from sightline.people.around import Around, Residence, around
from sightline.people.codes import label
from sightline.people.families import Tie
from sightline.people.models import Person, PersonAddress
from sightline.platform import calendar
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.shell import actor_of, shell, under_glass
from sightline.web.pages.cases.starting import starts
from sightline.web.pages.search import age_words, sees_people

PROTECTED = "Address protected"


class AsAt(forms.Form):
    on = forms.DateField(
        label="As at", required=False, help_text="Leave it empty for today. For example, 27 3 2024", error_messages={}
    )

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > calendar.today():
            raise forms.ValidationError("Enter today's date or an earlier one")
        return day


@login_required
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """The register's page of one person, as at today or a day in the past."""
    actor = actor_of(request)
    found = Person.visible_to(actor).filter(pk=key).prefetch_related("names").first() if actor else None
    if actor is None or found is None:
        raise Http404
    as_at = govuk_widgets(AsAt(request.GET if any(name.startswith("on-") for name in request.GET) else None))
    chosen = as_at.cleaned_data.get("on") if as_at.is_bound and as_at.is_valid() else None
    on = chosen or calendar.today()
    near, name = around(found, on, actor), found.name_on()
    context = {
        **shell(
            request,
            f"People around {_first_name(found)}",
            nav="search",
            back=_back(actor),
            back_words="Back to search",
            forms=(as_at,),
        ),
        "who": [{"name": name.full_with_capitals if name else found.display_name, "note": _note(found, on)}],
        "why": _why(actor, found),
        "actions": starts(actor, found.pk),
        "notice": PROTECTED if near.protected else "",
        "also_known_as": [row.full for row in found.names.all() if name and row.pk != name.pk],
        "as_at": as_at,
        "on": on,
        "is_child": found.is_child,
        "is_today": on == calendar.today(),
        "home": _home_words(near),
        "at_home": [_resident(one, on) for one in near.at_home],
        "elsewhere": [_tied(other, rows, on) for other, rows in near.elsewhere],
        "past": [_tied(other, rows, on) for other, rows in near.past],
        "addresses": [_address(row) for row in near.addresses] if sees_people(actor) else [],
        "shows_addresses": sees_people(actor),
        "looked": reverse("person-looked", args=[found.pk]) if may_see_looks(actor, found.partnership_id) else "",
        **_about(request, actor, found),
    }
    return render(request, "pages/person.jinja", context)


def _about(request: HttpRequest, actor: Actor, found: Person) -> dict[str, Any]:
    """The matters that the reader sees about this person, and those of which they are told that they are there."""
    matters, closed = _matters(actor, found), at_the_door(actor, person=found.pk)
    told_of(Case._meta.label, [one.case_id for one in closed])
    return {
        "matters": [_matter(case) for case in matters],
        "under_glass": under_glass(request, [case.pk for case in matters]),
        "at_the_door": closed,
    }


def _first_name(found: Person) -> str:
    name = found.name_on()
    return (name.given_names.split()[0] if name and name.given_names else "") or "this person"


def _back(actor: Actor) -> str | None:
    return reverse("search") if sees_people(actor) else None


def _note(found: Person, on: date) -> str:
    born = f"born {words.plain_date(found.date_of_birth)}" if found.date_of_birth else ""
    died = f"died {words.plain_date(found.date_of_death)}" if found.date_of_death else ""
    return " · ".join(part for part in (age_words(found, on), born, died) if part)


def _why(actor: Actor, found: Person) -> str:
    for held in actor.roles:
        if role_named(held.role).reach is Reach.PARTNERSHIP and held.partnership_id == found.partnership_id:
            until = f" until {words.plain_date(held.valid_to)}" if held.valid_to else ""
            return f"You can see this because you are {role_named(held.role).holder}{until}."
    return "You can see this because your agency has a part in a matter about them."


def _home_words(near: Around) -> str:
    if near.protected:
        return f"At home. {PROTECTED}"
    since = f" (since {words.month_and_year(near.home_since)})" if near.home and near.home_since else ""
    return f"At home, {near.home}{since}" if near.home else "At home"


def _resident(one: Residence, on: date) -> dict[str, Any]:
    ties = [_tie_words(tie) for tie in one.ties]
    since = f"since {words.month_and_year(one.valid_from)}" if one.valid_from else ""
    return _listed(one.person, on, [*ties, ", ".join(part for part in (one.role, one.basis.lower(), since) if part)])


def _tied(other: Person, rows: list[Tie], on: date) -> dict[str, Any]:
    return _listed(other, on, [_tie_words(tie) for tie in rows])


def _listed(other: Person, on: date, notes: list[str]) -> dict[str, Any]:
    return {
        "name": other.display_name,
        "age": age_words(other, on),
        "href": reverse("person", args=[other.pk]),
        "note": ". ".join(note[:1].upper() + note[1:] for note in notes if note),
    }


def _tie_words(tie: Tie) -> str:
    """ "half-brother (same mother), from June 2018 to March 2024, told by school, reported, not confirmed"."""
    period = [
        f"from {words.month_and_year(tie.valid_from)}" if tie.valid_from else "",
        f"to {words.month_and_year(tie.valid_to)}" if tie.valid_to and tie.kind != "household" else "",
    ]
    sure = label("tie_confidence", tie.confidence).lower() if tie.confidence else ""
    worked_out = "worked out from recorded ties" if tie.derived else ""
    said = [tie.how, " ".join(part for part in period if part), tie.source, sure, worked_out]
    return ", ".join(part for part in said if part)


def _address(row: PersonAddress) -> list[str]:
    period = [
        f"From {words.short_date(row.valid_from)}" if row.valid_from else "",
        f"to {words.short_date(row.valid_to)}" if row.valid_to else "",
    ]
    kind = "" if row.protected else label("address_kind", row.kind)
    return [str(row), kind, " ".join(part for part in period if part) or "Dates not known"]


def _matters(actor: Actor, found: Person) -> list[Case]:
    """Matters that this person is a subject of, newest first, as far as the reader sees them."""
    about = CaseSubject.visible_to(actor).filter(person=found).values("case_id")
    return list(Case.visible_to(actor).filter(pk__in=about).select_related("owner").order_by("-opened_at")[:25])


def _matter(case: Case) -> dict[str, Any]:
    owner = case.owner.display_name if case.owner and case.named_owner else "Not yet taken"
    return {
        "what": f"{case.declared.label} {case.reference}",
        "href": case_href(case.pk),
        "stage": case.at_stage.label,
        "open": case.open,
        "opened": case.opened_at,
        "owner": owner if case.open else "",
    }


urlpatterns = [path("people/<uuid:key>/", person, name="person")]
