"""Which places of a case's people are protected, and from whom they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from sightline.engine.matter import Matter
from sightline.people.actor import Actor
from sightline.people.models import Person, PersonAddress, ProtectedFrom
from sightline.platform import calendar

from .scanning import plain

ALWAYS = ("refuge",)
"""Kinds of place that are protected whatever anybody says."""


@dataclass
class KeptPlace:
    """One protected place of a case's people: a row for each who lives there, and whom it is kept from.

    more: how many others it is kept from, whose record whoever asks does not see.
    """

    rows: list[PersonAddress] = field(default_factory=list)
    kept_from: list[ProtectedFrom] = field(default_factory=list)
    more: int = 0

    @property
    def key(self) -> UUID:
        """By which its page is found."""
        return self.rows[0].pk

    @property
    def always(self) -> bool:
        return any(row.kind in ALWAYS for row in self.rows)

    @property
    def who(self) -> list[Person]:
        return by_name(row.person for row in self.rows)

    @property
    def from_whom(self) -> list[Person]:
        return by_name(one.person for one in self.kept_from)


def by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(set(people), key=lambda person: person.display_name)


def people_of(matter: Matter) -> list[Person]:
    """The people of a case whose record is known."""
    return [subject.person for subject in matter.subjects if subject.person]


def kept_places(matter: Matter, by: Actor) -> list[KeptPlace]:
    """The protected places of a case's people, as a page names them: people whom `by` may see, each noted as shown."""
    return _kept_places(matter, Person.visible_to(by))


def every_kept_place(matter: Matter) -> list[KeptPlace]:
    """The protected places of a case's people that have not ended, of all that the database lets be read."""
    return _kept_places(matter, Person.objects.all())


def _kept_places(matter: Matter, known: QuerySet[Person]) -> list[KeptPlace]:
    people, today = people_of(matter), calendar.today()
    prefetch_related_objects(people, "addresses")
    rows = [row for person in people for row in person.addresses.all() if row.protected and row.in_force(today)]
    places: dict[tuple[str, str], KeptPlace] = {}
    for row in sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk)):
        places.setdefault(same_place(row.lines, row.postcode), KeptPlace()).rows.append(row)
    if not places:
        return []
    by_row = {row.pk: place for place in places.values() for row in place.rows}
    still = list(ProtectedFrom.objects.filter(address__in=by_row, ended_at__isnull=True))
    named = known.filter(pk__in={one.person_id for one in still}).prefetch_related("names") if still else ()
    whom = {person.pk: person for person in named}
    for one in still:
        place = by_row[one.address_id]
        if one.person_id in whom:
            one.person = whom[one.person_id]
            place.kept_from.append(one)
        else:
            place.more += 1
    return list(places.values())


def same_place(lines: str, postcode: str) -> tuple[str, str]:
    return plain(lines), plain(postcode)
