"""Who is tied to these people, now or lately? Every child and adult, in words, for "check every other child".

A tie is a household shared at the same time, a recorded relationship, or one step further through a parent or partner:
a half-brother who lives elsewhere is found through the shared parent even when nobody recorded him as one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from sightline.people.family_links import Link, Period, direct, further, household, words_of
from sightline.people.models import HouseholdMembership, Person, PersonName, Relationship
from sightline.platform import calendar

EVERYBODY = object()
"""In place of who asks, for a check by which nobody may be missed. What a page draws is asked for by whoever looks."""


@dataclass(frozen=True)
class Tie:
    """`other` is the `how` of `person`: "half-brother (same mother)". `valid_to` is the day after the last, or None.

    `kind` is household, parent, child, sibling, partner or other. `derived` says that no row records this tie itself.
    `confidence` is of the list "tie_confidence", empty for a household.
    """

    person: Person
    other: Person
    how: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    source: str
    confidence: str
    derived: bool = False

    @property
    def in_full(self) -> str:
        """ "Maya Dunne's half-brother (same mother)", "lives in the same household as Maya Dunne"."""
        name = self.person.display_name
        if self.kind == "household":
            return self.how.replace("in the same household", f"in the same household as {name}")
        return f"{name}'s {self.how}"

    def current(self, on: date) -> bool:
        return self.valid_to is None or self.valid_to > on


def ties(persons: Iterable[Person], on: date, within_months: int = 12, *, by: Any) -> list[Tie]:
    """Every tie of these persons in force on a day or ended in the months before it.

    Children come first, then by name, each person's nearest tie first. At most seven queries whatever the number of
    people. Only people whom `by` (an Actor or account, or EVERYBODY) may see are named; a tie through somebody hidden
    is left out.
    """
    given = {person.id for person in persons}
    if not given:
        return []
    period = Period(calendar.add_months(on, -within_months), on)
    links = [*_relationship_links(given, period), *household(given, _shared_households(given, period), period)]
    known = _people({key for link in links for key in link.people}, by)
    found = [_tie(link, known, on) for link in links if link.people <= known.keys()]
    return sorted(found, key=_in_order)


NEAREST_FIRST = ("parent", "child", "sibling", "partner", "other", "household")


def _in_order(tie: Tie) -> tuple[bool, str, str, bool, int, str]:
    other = tie.other
    return not other.is_child, other.display_name, str(other.id), tie.derived, NEAREST_FIRST.index(tie.kind), tie.how


def other_children(
    persons: Sequence[Person], on: date, within_months: int = 12, *, by: Any
) -> list[tuple[Person, list[Tie]]]:
    """Every child tied to these persons or to anybody who lives, or lately lived, with them; without the persons.

    Each child comes once, with every tie that brought them here (a tie's `person` says whose it is).
    """
    first = ties(persons, on, within_months, by=by)
    living_with = {tie.other.id: tie.other for tie in first if tie.kind == "household"}
    given = {person.id for person in persons}
    housemates = [person for key, person in living_with.items() if key not in given]
    children: dict[UUID, tuple[Person, list[Tie]]] = {}
    for tie in [*first, *ties(housemates, on, within_months, by=by)]:
        if tie.other.is_child and tie.other.id not in given:
            children.setdefault(tie.other.id, (tie.other, []))[1].append(tie)
    return list(children.values())


def _relationship_links(given: set[UUID], period: Period) -> list[Link]:
    near = _rows(Q(person_a__in=given) | Q(person_b__in=given), period)
    links = direct(given, near)
    through = {link.other for link in links if link.kind in {"parent", "partner"}}
    far = _rows(Q(person_a__in=through) | Q(person_b__in=through), period) if through else []
    brothers_and_sisters = {row.person_b_id for row in far}
    parents = _rows(Q(person_b__in=brothers_and_sisters | given), period) if far else []
    return links + further(given, links, far, parents)


def _rows(people: Q, period: Period) -> list[Relationship]:
    return list(Relationship.objects.filter(people, period.touched()).order_by("id"))


def _shared_households(given: set[UUID], period: Period) -> list[HouseholdMembership]:
    theirs = HouseholdMembership.objects.filter(period.touched(), person__in=given).values("household_id")
    return list(HouseholdMembership.objects.filter(period.touched(), household__in=theirs).order_by("id"))


def _people(keys: set[UUID], by: Any) -> dict[UUID, Person]:
    rows = Person.objects.all() if by is EVERYBODY else Person.visible_to(by)
    names = Prefetch("names", queryset=PersonName.objects.order_by("id"))
    return {person.id: person for person in rows.filter(id__in=keys).prefetch_related(names)}


def _tie(link: Link, known: dict[UUID, Person], on: date) -> Tie:
    return Tie(
        person=known[link.person],
        other=known[link.other],
        how=words_of(link, {key: known[key].sex for key in link.people}, on),
        kind=link.kind,
        valid_from=link.valid_from,
        valid_to=link.valid_to,
        source=link.source,
        confidence=link.confidence,
        derived=link.via is not None,
    )
