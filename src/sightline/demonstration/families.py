"""Invented families: who lives together, who lives elsewhere, and how each is tied to the rest."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random
from uuid import UUID

from .agencies import MILLBROOK, PRIMARIES, SECONDARIES
from .names import Community, a_community, a_family_name, a_given_name
from .seeding import chance, key_of

STREETS = (
    *("Saddler's Row", "Lantern Street", "Old Ropewalk", "Quince Avenue", "Tanyard Lane", "Pepperpot Hill"),
    *("Weir Close", "Harebell Drive", "Coldharbour Crescent", "Towpath Mews", "Bobbin Street", "Fieldgate Road"),
    *("Marlpit Way", "Candlemaker Court", "Swanherd Road", "Cinder Lane", "Juniper Walk", "Pargeter Street"),
)
SCHOOL_AGE, SECONDARY_AGE, GROWN_UP = 4, 11, 17


@dataclass
class Member:
    """One person of a family. `part` says which: "mother", "father", "partner", "child 0", "half 0", "other mother"."""

    part: str
    kind: str
    given: str
    family: str
    sex: str
    born: date
    school: str = ""
    nhs_number: str = ""
    id: UUID = field(default_factory=lambda: UUID(int=0))

    @property
    def is_child(self) -> bool:
        return self.kind == "child"


@dataclass
class Family:
    """A household (`here`) and, for some, a second one (`elsewhere`) that shares the father.

    known: recorded before anybody told the front door, and so found by the check of every other child.
    """

    number: str
    community: Community
    here: list[Member]
    elsewhere: list[Member]
    address: tuple[str, str]
    other_address: tuple[str, str]
    partner_since: date | None
    known: bool

    @cached_property
    def everybody(self) -> list[Member]:
        return [*self.here, *self.elsewhere]

    def member(self, part: str) -> Member | None:
        return next((one for one in self.everybody if one.part == part), None)

    def children(self, on: date) -> list[Member]:
        """Children of the first household who are born and not grown up on a day; the youngest where all are."""
        young = [one for one in self.here if one.is_child and one.born <= on and _age(one.born, on) <= GROWN_UP]
        return young or [one for one in self.here if one.is_child][-1:]

    def adults(self, on: date) -> list[Member]:
        gone = self.partner_since and on < self.partner_since
        return [one for one in self.here if not one.is_child and not (gone and one.part == "partner")]


def a_family(number: object, first_told: date, *, known: bool) -> Family:
    """The family with this number, as it was when somebody first told the front door of it."""
    pick = chance("family", number)
    community = a_community(pick)
    surname = pick.choice(community.surnames) if community.surnames else ""
    mother_surname = pick.choice(community.surnames) if community.surnames else ""
    makes = _Maker(number, community, surname, mother_surname, pick, first_told)
    children = makes.children(_how_many(pick))
    oldest = min(child.born for child in children)
    father = makes.adult("father", "M", oldest)
    mother = makes.adult("mother", "F", oldest)
    half_elsewhere = known and pick.random() < 0.45
    partner = makes.adult("partner", "M", oldest) if pick.random() < (0.6 if half_elsewhere else 0.15) else None
    here = [mother, *children] if half_elsewhere or partner else [mother, father, *children]
    if pick.random() < 0.2 and not half_elsewhere:
        here.remove(father) if father in here else None
    if partner:
        here.append(partner)
    elsewhere = (
        [father, makes.adult("other mother", "F", oldest), makes.half_sibling(first_told)] if half_elsewhere else []
    )
    return Family(
        number=str(number),
        community=community,
        here=here,
        elsewhere=elsewhere,
        address=_address(pick),
        other_address=_address(pick),
        partner_since=first_told - timedelta(days=pick.randrange(20, 700)) if partner else None,
        known=known,
    )


def _how_many(pick: Random) -> int:
    return pick.choices((1, 2, 3, 4, 5), (38, 33, 18, 8, 3))[0]


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _address(pick: Random) -> tuple[str, str]:
    district, sector = pick.randrange(1, 9), pick.randrange(1, 10)
    letters = "".join(pick.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    return f"{pick.randrange(1, 180)} {pick.choice(STREETS)}, Ardenvale", f"AV{district} {sector}{letters}"


class _Maker:
    """Makes the members of one family, one after another."""

    def __init__(
        self, number: object, community: Community, surname: str, mother_surname: str, pick: Random, on: date
    ) -> None:
        self.number, self.community, self.surname, self.mother_surname = number, community, surname, mother_surname
        self.pick, self.on = pick, on
        self.father_given = a_given_name(community, "M", pick)
        self.taken = {self.father_given}

    def member(self, part: str, kind: str, sex: str, born: date, surname: str) -> Member:
        given = self.father_given if part == "father" else a_given_name(self.community, sex, self.pick, self.taken)
        self.taken.add(given)
        father = self.father_given if kind == "child" else ""
        family = a_family_name(self.community, sex, surname, self.pick, father, self.mother_surname)
        number = nhs_number(self.pick) if self.pick.random() < 0.7 else ""
        key = key_of("person", self.number, part)
        return Member(part, kind, given, family, sex, born, self._school(born) if kind == "child" else "", number, key)

    def adult(self, part: str, sex: str, oldest_child: date) -> Member:
        born = oldest_child - timedelta(days=self.pick.randrange(17 * 365, 38 * 365))
        own = part != "father" and self.pick.random() < 0.35
        return self.member(part, "adult", sex, born, self.mother_surname if own else self.surname)

    def children(self, how_many: int) -> list[Member]:
        """Ages as front doors see them; now and then two of them are twins."""
        days = sorted((self.pick.randrange(20, 16 * 365) for _ in range(how_many)), reverse=True)
        if how_many > 1 and self.pick.random() < 0.06:
            days[1] = days[0]
        born = [self.on - timedelta(days=day) for day in days]
        return [
            self.member(f"child {place}", "child", self.pick.choice("FM"), day, self.surname)
            for place, day in enumerate(born)
        ]

    def half_sibling(self, on: date) -> Member:
        born = on - timedelta(days=self.pick.randrange(100, 9 * 365))
        return self.member("half 0", "child", self.pick.choice("FM"), born, self.surname)

    def _school(self, born: date) -> str:
        age = _age(born, self.on)
        if age < SCHOOL_AGE:
            return ""
        if age < SECONDARY_AGE:
            return self.pick.choice((MILLBROOK, *PRIMARIES))
        return self.pick.choice(SECONDARIES)


def nhs_number(pick: Random) -> str:
    """A number of the range kept for tests (999 ...), with its check digit."""
    while True:
        digits = "999" + "".join(str(pick.randrange(10)) for _ in range(6))
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(check % 11)
