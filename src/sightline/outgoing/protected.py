"""Whose place is protected, from whom, and who lives with them: read anew each time that something leaves."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Model, Q

from sightline.engine.models import CaseSubject
from sightline.people.models import HouseholdMembership, PersonAddress, ProtectedFrom
from sightline.people.scheduled_work import clockwork_account
from sightline.platform import calendar
from sightline.platform.database import as_account

from .fragments import Outgoing, Recipient, Standing
from .scanning import Known, Scan, names_of, plain

KNOWS_NO_THIRD_PARTY = frozenset({Standing.FAMILY, Standing.PUBLIC, Standing.BY_EMAIL})


@dataclass(frozen=True)
class Place:
    """A protected place: who lives there, whom it is kept from (nobody named: all of the family), what names it."""

    lives_there: frozenset[UUID]
    kept_from: frozenset[UUID]
    known: tuple[Known, ...]


@dataclass(frozen=True)
class Protected:
    """The protected places of a matter's people, and everybody who shares an address with somebody at risk from."""

    places: tuple[Place, ...]
    circle: frozenset[UUID]
    their_addresses: tuple[Known, ...]
    third_parties: tuple[Known, ...] = ()

    @property
    def known(self) -> tuple[Known, ...]:
        return tuple(known for place in self.places for known in place.known)

    def at_risk_from(self, to: Recipient) -> bool:
        """Whether this member of the family, or the address that it is sent to, is of anybody a place is kept from."""
        if to.standing is not Standing.FAMILY or not self.places:
            return False
        if to.person_id is None or to.person_id in self.circle:
            return True
        scan = Scan(to.send_to)
        unnamed = any(not place.kept_from and to.person_id not in place.lives_there for place in self.places)
        return unnamed or any(scan.has(known) for known in self.their_addresses)


NOBODY = Protected((), frozenset(), ())


@dataclass(frozen=True)
class ThirdParties:
    """Where a process keeps who told it: columns of its record, and which of its matters keep them from the family."""

    record: type[Model]
    name: str
    contact: str
    when: Q


_kept: list[ThirdParties] = []


def third_parties_in(record: type[Model], *, name: str, contact: str, when: Q) -> None:
    """Say where people are named, besides the family, who are not to be known to it."""
    _kept.append(ThirdParties(record, name, contact, when))


class CannotLook(RuntimeError):
    """There is no account in whose name the gate could read what is protected, so nothing may leave."""


_reading: ContextVar[dict[object, Protected] | None] = ContextVar("sightline_one_reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """In here what is protected is read once for the same people, however many recipients are asked about.

    For one page about one family, in one transaction. What leaves later is judged by a reading of its own.
    """
    token = _reading.set({})
    try:
        yield
    finally:
        _reading.reset(token)


def _once(key: object, read: Callable[[], Protected]) -> Protected:
    known = _reading.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]


def protected_from(outgoing: Outgoing) -> Protected:
    """What has to be kept back from this recipient. Raises CannotLook.

    Read in the name of scheduled work: whoever gives something out often may not see the places that it must not say,
    and a wall that hid them from the gate would open it.
    """
    if not (outgoing.about or outgoing.everybody_of):
        return NOBODY
    told = outgoing.to.standing in KNOWS_NO_THIRD_PARTY
    return _once((outgoing.about, outgoing.everybody_of, told), lambda: _protected_from(outgoing))


@contextmanager
def as_scheduled_work() -> Iterator[None]:
    """Reads in here see what must not leave, whoever gives it out. Raises CannotLook."""
    reader = clockwork_account()
    if reader is None:
        raise CannotLook("No service account holds the role of scheduled work.")
    with as_account(reader):
        yield


def everybody_in(case_id: UUID) -> frozenset[UUID]:
    """Ids of all whom a case is about, whether or not the reader may know of them. Raises CannotLook."""
    with as_scheduled_work():
        rows = CaseSubject.objects.filter(case_id=case_id, person__isnull=False).values_list("person_id", flat=True)
        return frozenset(filter(None, rows))


def _protected_from(outgoing: Outgoing) -> Protected:
    with as_scheduled_work():
        if outgoing.everybody_of:
            return _of_everybody(outgoing.everybody_of)
        found = protected_around(outgoing.about)
        if outgoing.to.standing not in KNOWS_NO_THIRD_PARTY:
            return found
        named = [known for where in _kept for known in _third_parties(where, outgoing.about)]
    return replace(found, third_parties=tuple(named))


def _third_parties(where: ThirdParties, about: Collection[UUID]) -> list[Known]:
    """What names whoever told us about these persons, in any matter."""
    cases = CaseSubject.objects.filter(person__in=about).values("case_id")
    rows = where.record._default_manager.filter(where.when, case_id__in=cases)
    found: list[Known] = []
    for case_id, name, contact in rows.values_list("case_id", where.name, where.contact):
        found += names_of(name, case_id)
        found += [Known(contact, "how to reach whoever told us", case_id)] if contact else []
    return found


def _of_everybody(partnership_id: UUID) -> Protected:
    """Every protected place of a partnership by what means it and nothing else: a line with a number, a postcode, and
    whatever somebody recorded as giving it away. A pupil's school is in too many sentences to be kept from everybody.
    """
    rows = PersonAddress.objects.filter(person__partnership_id=partnership_id, protected=True)
    known = {one for row in rows for one in _known(row, ()) if re.search(r"\d", one.text) or one.text in row.gives_away}
    told = tuple(known for where in _kept for known in _every_third_party(where, partnership_id))
    places = (Place(frozenset(), frozenset(), tuple(known)),) if known else ()
    return Protected(places, frozenset(), (), told)


def _every_third_party(where: ThirdParties, partnership_id: UUID) -> list[Known]:
    """The full names of all who told us: a family name alone would be found in every list of people."""
    rows = where.record._default_manager.filter(where.when, case__partnership_id=partnership_id)
    named = rows.exclude(**{where.name: ""}).values_list("case_id", where.name)
    return [Known(name, "who told us", case_id) for case_id, name in named if " " in name.strip()]


def protected_around(about: Collection[UUID]) -> Protected:
    """The protected places of these persons and of everybody who lives with them. Ten queries at most."""
    if not about:
        return NOBODY
    homes = _living_together(about)
    family = {person for home in homes.values() for person in home} | set(about)
    rows = list(PersonAddress.objects.filter(person__in=family, protected=True))
    if not rows:
        return NOBODY
    kept: dict[UUID, set[UUID]] = {row.pk: set() for row in rows}
    still = ProtectedFrom.objects.filter(address__in=kept, ended_at__isnull=True)
    for address, person in still.values_list("address_id", "person_id"):
        kept[address].add(person)
    schools = _schools({row.person_id for row in rows})
    places = tuple(
        Place(
            frozenset({row.person_id} | homes.get(row.person_id, set()) - kept[row.pk]),
            frozenset(kept[row.pk]),
            _known(row, schools.get(row.person_id, set())),
        )
        for row in rows
    )
    return _with_circle(places)


def _with_circle(places: tuple[Place, ...]) -> Protected:
    """Those from whom a place is kept, and everybody at an address of theirs today."""
    risk = {person for place in places for person in place.kept_from}
    today = calendar.today()
    homes = list(PersonAddress.objects.on(today).filter(person__in=risk, protected=False).exclude(kind="custody"))
    shared = Q()
    for home in homes:
        if home.postcode_key:
            shared |= Q(postcode_key=home.postcode_key)
    same = list(PersonAddress.objects.on(today).filter(shared, protected=False)) if shared else []
    there = [(home.postcode_key, plain(home.lines)) for home in homes]
    sharing = {row.person_id for row in same if any(_one_place(row, place) for place in there)}
    together = {person for home in _living_together(risk).values() for person in home}
    circle = risk | together | sharing
    theirs = tuple(
        Known(line, "an address of somebody it is kept from", home.person_id)
        for home in homes
        for line in (home.lines.splitlines() or [""])[:1]
    )
    return Protected(places, frozenset(circle), theirs)


def _living_together(persons: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Everybody in a household of these persons today, each with those who live there too."""
    today = calendar.today()
    theirs = HouseholdMembership.objects.on(today).filter(person__in=persons).values("household_id")
    homes: dict[UUID, set[UUID]] = {}
    rows = HouseholdMembership.objects.on(today).filter(household__in=theirs).values_list("household_id", "person_id")
    for household, person in rows:
        homes.setdefault(household, set()).add(person)
    found: dict[UUID, set[UUID]] = {}
    for home in homes.values():
        for person in home:
            found.setdefault(person, set()).update(home)
    return found


def _schools(persons: Collection[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = CaseSubject.objects.filter(person__in=persons).exclude(school="").values_list("person_id", "school")
    for person, school in rows:
        found.setdefault(person, set()).add(school)
    return found


def _lines(lines: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n,;]", lines) if part.strip()]


def _one_place(row: PersonAddress, place: tuple[str, str]) -> bool:
    """Whether two addresses with one postcode are one, the town written in either or not."""
    postcode, lines = place
    mine = plain(row.lines)
    return row.postcode_key == postcode and (mine.startswith(lines) or lines.startswith(mine))


def _known(row: PersonAddress, schools: Collection[str]) -> tuple[Known, ...]:
    """The lines that name the place itself (the first two, and any with a number in it), and what gives it away."""
    lines = _lines(row.lines)
    telling = [line for place, line in enumerate(lines) if place == 0 or re.search(r"\d", line)]
    known = [
        *((line, "part of an address") for line in telling),
        (" ".join(lines[:2]), "an address"),
        (row.postcode, "a postcode"),
        *((text, "a school, a phone number or a name of the place") for text in row.gives_away),
        *((school, "a school") for school in sorted(schools)),
        *((name, "a school") for name in map(_without_school, (*row.gives_away, *sorted(schools))) if " " in name),
    ]
    return tuple(dict.fromkeys(Known(text, what, row.person_id) for text, what in known if text.strip()))


def _without_school(name: str) -> str:
    """ "Larkmoor Primary School" as people say it: "Larkmoor Primary"."""
    return re.sub(r"\s+(school|academy|nursery)\s*$", "", name.strip(), flags=re.IGNORECASE)
