"""Who is around a person on a day, and lately: their households, ties and addresses, as a worker reads them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sightline.people.codes import label
from sightline.people.families import Tie, ties
from sightline.people.models import HouseholdMembership, Person, PersonAddress

LATELY_MONTHS = 24


@dataclass(frozen=True)
class Residence:
    """Somebody who lives in the person's household on the day: as what, on what footing, since when; and their ties."""

    person: Person
    role: str
    basis: str
    valid_from: date | None
    ties: list[Tie]


@dataclass(frozen=True)
class Around:
    """`elsewhere`: people with ties in force on the day; `past`: those whose ties ended in the two years before it.

    `home`: what the household is called, `home_since` its first day; empty where none is recorded. `addresses` are
    newest first; with `protected`, where the person lives on the day is told to nobody, `home` included.
    """

    home: str
    home_since: date | None
    at_home: list[Residence]
    elsewhere: list[tuple[Person, list[Tie]]]
    past: list[tuple[Person, list[Tie]]]
    addresses: list[PersonAddress]
    protected: bool


def around(person: Person, on: date, by: Any) -> Around:
    """Everybody around a person whom `by` may see, as at a day. A constant number of queries."""
    others: dict[UUID, tuple[Person, list[Tie]]] = {}
    for tie in ties([person], on, LATELY_MONTHS, by=by):
        others.setdefault(tie.other.id, (tie.other, []))[1].append(tie)
    own = _lives_in(person, on)
    at_home = [_residence(row, *others.pop(row.person_id)) for row in _living_in(own, on) if row.person_id in others]
    current = {key: [tie for tie in rows if tie.current(on)] for key, (_, rows) in others.items()}
    addresses = list(PersonAddress.objects.filter(person=person).order_by("-valid_from", "id"))
    protected = any(row.protected and row.in_force(on) for row in addresses)
    return Around(
        home="" if protected or not own else own[0].household.label,
        home_since=own[0].valid_from if own else None,
        at_home=at_home,
        elsewhere=[(other, current[key]) for key, (other, _) in others.items() if current[key]],
        past=[(other, rows) for key, (other, rows) in others.items() if not current[key]],
        addresses=addresses,
        protected=protected,
    )


def _lives_in(person: Person, on: date) -> list[HouseholdMembership]:
    rows = HouseholdMembership.objects.on(on).filter(person=person)
    return list(rows.select_related("household").order_by("-valid_from", "id"))


def _living_in(own: list[HouseholdMembership], on: date) -> list[HouseholdMembership]:
    """Everybody's time in those households, each person once."""
    rows = HouseholdMembership.objects.on(on).filter(household__in=[row.household_id for row in own])
    return list({row.person_id: row for row in rows.order_by("valid_from", "id")}.values())


def _residence(row: HouseholdMembership, person: Person, found: list[Tie]) -> Residence:
    return Residence(
        person=person,
        role=label("household_role", row.role) if row.role else "",
        basis=label("household_basis", row.basis),
        valid_from=row.valid_from,
        ties=[tie for tie in found if tie.kind != "household"],
    )
