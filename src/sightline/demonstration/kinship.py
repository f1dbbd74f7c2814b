"""A known family as rows, and its ties worked out in memory by the same reasoning as `people.families`."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models

from sightline.people.families import Tie, _in_order, _tie
from sightline.people.family_links import Link, Period, direct, further, household
from sightline.people.models import (
    Household,
    HouseholdMembership,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
)
from sightline.platform import calendar

from .families import Family, Member
from .seeding import key_of

MONTHS = 12
SOURCE = "Earlier records"


class Kinship:
    """The rows of one known family, and who is tied to whom in it."""

    def __init__(self, family: Family, partnership_id: UUID) -> None:
        self.family, self.partnership_id = family, partnership_id

    @cached_property
    def people(self) -> dict[UUID, Person]:
        """Persons by key, each with its names at hand."""
        found = {}
        for member in self.family.everybody:
            person = Person(
                id=member.id,
                partnership_id=self.partnership_id,
                kind=member.kind,
                date_of_birth=member.born,
                sex=member.sex,
                ethnicity=self.family.community.ethnicity,
                first_language=self.family.community.language or "English",
            )
            vars(person)["_prefetched_objects_cache"] = {"names": [self._name(member)]}
            found[member.id] = person
        return found

    def _name(self, member: Member) -> PersonName:
        return PersonName(
            id=key_of("name", member.id),
            person_id=member.id,
            kind="current",
            given_names=member.given,
            family_name=member.family,
            valid_from=member.born,
        )

    @cached_property
    def memberships(self) -> list[HouseholdMembership]:
        return [
            HouseholdMembership(
                id=key_of("household member", member.id),
                household_id=key_of("household", self.family.number, where),
                person_id=member.id,
                role=_role(member),
                valid_from=self.family.partner_since if member.part == "partner" else None,
            )
            for where, members in (("here", self.family.here), ("elsewhere", self.family.elsewhere))
            for member in members
        ]

    @cached_property
    def relationships(self) -> list[Relationship]:
        part = {member.part: member for member in self.family.everybody}
        children = [member for member in self.family.here if member.is_child]
        rows = [self._relation(part["mother"], child, "mother") for child in children]
        if "father" in part:
            rows += [self._relation(part["father"], child, "father") for child in children]
        if "partner" in part:
            rows.append(self._relation(part["partner"], part["mother"], "partner", self.family.partner_since))
        if "half 0" in part:
            rows += [
                self._relation(part["father"], part["half 0"], "father"),
                self._relation(part["other mother"], part["half 0"], "mother"),
            ]
        return rows

    def _relation(self, one: Member, other: Member, kind: str, since: date | None = None) -> Relationship:
        return Relationship(
            id=key_of("tie", one.id, other.id),
            person_a_id=one.id,
            person_b_id=other.id,
            type=kind,
            parental_responsibility=True if kind == "mother" else None,
            source=SOURCE,
            confidence="verified",
            valid_from=since,
        )

    def rows(self) -> list[models.Model]:
        """Everything that is recorded of the family before anybody tells the front door."""
        family = self.family
        places = [("here", family.here, family.address), ("elsewhere", family.elsewhere, family.other_address)]
        rows: list[models.Model] = [*self.people.values(), *(self._name(one) for one in family.everybody)]
        for where, members, (lines, postcode) in places:
            if not members:
                continue
            key = key_of("household", family.number, where)
            rows.append(Household(id=key, partnership_id=self.partnership_id, label=lines))
            rows += [_address(member, lines, postcode) for member in members]
        numbered = (one for one in family.everybody if one.nhs_number)
        rows += [_identifier(one) for one in numbered]
        return [*rows, *self.memberships, *self.relationships]

    def tied(self, persons: set[UUID], on: date) -> list[tuple[Person, list[Tie]]]:
        """What `people.families.other_children` finds for these persons on a day."""
        first = self._ties(persons, on)
        living_with = {tie.other.id for tie in first if tie.kind == "household"} - persons
        children: dict[UUID, tuple[Person, list[Tie]]] = {}
        for tie in [*first, *self._ties(living_with, on)]:
            if tie.other.is_child and tie.other.id not in persons:
                children.setdefault(tie.other.id, (tie.other, []))[1].append(tie)
        return list(children.values())

    def _ties(self, given: set[UUID], on: date) -> list[Tie]:
        period = Period(calendar.add_months(on, -MONTHS), on)
        links = self._links(given, period)
        found = [_tie(link, self.people, on) for link in links if link.people <= self.people.keys()]
        return sorted(found, key=_in_order)

    def _links(self, given: set[UUID], period: Period) -> list[Link]:
        rows = sorted(_touching(self.relationships, period), key=lambda row: row.id)
        links = direct(given, [row for row in rows if {row.person_a_id, row.person_b_id} & given])
        through = {link.other for link in links if link.kind in {"parent", "partner"}}
        far = [row for row in rows if {row.person_a_id, row.person_b_id} & through]
        below = {row.person_b_id for row in far} | given
        parents = [row for row in rows if row.person_b_id in below] if far else []
        living = _touching(self.memberships, period)
        homes = {row.household_id for row in living if row.person_id in given}
        together = sorted((row for row in living if row.household_id in homes), key=lambda row: row.id)
        return [*links, *further(given, links, far, parents), *household(given, together, period)]


def _touching(rows: Sequence[Any], period: Period) -> list[Any]:
    return [
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= period.on)
        and (row.valid_to is None or row.valid_to > period.since)
    ]


def _role(member: Member) -> str:
    if member.is_child:
        return "child"
    return "parents-partner" if member.part == "partner" else "parent"


def _address(member: Member, lines: str, postcode: str) -> PersonAddress:
    return PersonAddress(
        id=key_of("address", member.id), person_id=member.id, kind="home", lines=lines, postcode=postcode
    )


def _identifier(member: Member) -> Identifier:
    return Identifier(
        id=key_of("number", member.id), person_id=member.id, type="nhs", value=member.nhs_number, validated=True
    )
