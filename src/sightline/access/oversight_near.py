"""Family names, postcodes and households: of the people in records, and of the workers who opened them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sightline.engine.models import CaseSubject
from sightline.people.index.agreement import postcode_key
from sightline.people.index.spelling import plain
from sightline.people.models import HouseholdMembership, Partnership, PersonAddress, PersonName, Worker

from .models import Interest, OwnDetails
from .oversight_opened import CASE, PERSON, Record, ids_of
from .oversight_rules import UNUSUAL


@dataclass
class About:
    """Of records: the family names, postcodes and households of the people whom they are about."""

    surnames: dict[Record, set[str]]
    postcodes: dict[Record, set[str]]
    households: dict[Record, set[UUID]]

    @classmethod
    def of(cls, records: set[Record]) -> "About":
        """Five queries."""
        found = cls(defaultdict(set), defaultdict(set), defaultdict(set))
        people: dict[UUID, set[Record]] = defaultdict(set)
        for person in ids_of(records, PERSON):
            people[person].add((PERSON, person))
        rows = CaseSubject.objects.filter(case_id__in=ids_of(records, CASE))
        for case, family, postcode, person in rows.values_list("case_id", "family_name", "postcode", "person_id"):
            found._add((CASE, case), family, postcode)
            if person:
                people[person].add((CASE, case))
        for person, family in PersonName.objects.filter(person_id__in=people).values_list("person_id", "family_name"):
            for record in people[person]:
                found._add(record, family, "")
        addresses = PersonAddress.objects.filter(person_id__in=people, protected=False)
        for person, postcode in addresses.values_list("person_id", "postcode"):
            for record in people[person]:
                found._add(record, "", postcode)
        members = HouseholdMembership.objects.filter(person_id__in=people)
        for person, household in members.values_list("person_id", "household_id"):
            for record in people[person]:
                found.households[record].add(household)
        return found

    def _add(self, record: Record, family: str, postcode: str) -> None:
        if family:
            self.surnames[record].add(plain(family))
        if postcode:
            self.postcodes[record].add(postcode_key(postcode))


@dataclass
class Own:
    """Of workers: their own family names but common ones, and postcodes and households of their own people."""

    surnames: dict[UUID, set[str]]
    postcodes: dict[UUID, set[str]]
    households: dict[UUID, set[UUID]]

    @classmethod
    def of(cls, partnership: Partnership, workers: set[UUID]) -> "Own":
        found = cls(defaultdict(set), defaultdict(set), defaultdict(set))
        for pk, family in Worker.objects.filter(pk__in=workers).values_list("pk", "family_name"):
            found.surnames[pk].add(plain(family))
        told = OwnDetails.objects.filter(worker_id__in=workers)
        for pk, family, postcode in told.values_list("worker_id", "family_name", "postcode"):
            found.surnames[pk].add(plain(family))
            if postcode:
                found.postcodes[pk].add(postcode_key(postcode))
        close = dict[UUID, set[UUID]]()
        known = Interest.objects.filter(worker_id__in=workers, person__isnull=False)
        for pk, person in known.values_list("worker_id", "person_id"):
            close.setdefault(person, set()).add(pk)
        members = HouseholdMembership.objects.filter(person_id__in=close)
        for person, household in members.values_list("person_id", "household_id"):
            for pk in close[person]:
                found.households[pk].add(household)
        found._forget_common(partnership)
        return found

    def _forget_common(self, partnership: Partnership) -> None:
        wanted = {name for names in self.surnames.values() for name in names}
        borne: dict[str, set[UUID]] = defaultdict(set)
        rows = PersonName.objects.filter(person__partnership=partnership).values_list("person_id", "family_name")
        for person, family in rows:
            if (name := plain(family)) in wanted:
                borne[name].add(person)
        common = {name for name, people in borne.items() if len(people) > UNUSUAL["same-surname"]["common_over"]}
        for names in self.surnames.values():
            names -= common
