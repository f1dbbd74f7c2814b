"""Which contacts arrive when, from whom, and about which family: two years of them, decided before any is made.

The plan is small and quick, so any month of it can be made by itself, and the newest month first.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from sightline.platform import calendar

from .seeding import chance
from .terms import in_term

DAYS = 731
A_DAY = 24.7
"""Contacts on an average day, which is about 9,000 a year."""

BY_WEEKDAY = (1.32, 1.28, 1.25, 1.25, 1.2, 0.38, 0.32)
IN_TERM, IN_HOLIDAYS = 1.07, 0.83
TEAMS_A_DAY = 1.35
"""Strategy discussions that allocated teams start, on an average day."""

REPEATED = 0.225
"""Share of contacts about a family that the front door heard of in the twelve months before."""

APART = timedelta(days=12)
"""Between two contacts about one family, so that the first has been decided when the second is."""

SHARES = {
    "police": 262,
    "school": 268,
    "health-visitor": 35,
    "gp": 30,
    "hospital": 55,
    "mental-health": 20,
    "ambulance": 15,
    "housing": 30,
    "early-help": 35,
    "adult-care": 15,
    "probation": 20,
    "youth-justice": 10,
    "domestic-abuse-service": 30,
    "recovery-service": 15,
    "family-centre": 20,
    "other-council": 25,
    "family-member": 75,
    "public": 35,
    "anonymous": 20,
}
AT_ANY_HOUR = frozenset({"police", "hospital", "ambulance", "public", "anonymous", "family-member"})
SCHOOL_IN_HOLIDAYS = 0.06


@dataclass(frozen=True, slots=True)
class Arrival:
    """One contact to come. `nth` contacts about its family came before it; `number` never changes."""

    number: int
    at: datetime
    source: str
    family: int
    nth: int


@dataclass
class Plan:
    """Everything that will have arrived by `until`, the moment the demonstration was made."""

    until: datetime

    @cached_property
    def first_day(self) -> date:
        return calendar.local_date(self.until) - timedelta(days=DAYS)

    @cached_property
    def bad_summer(self) -> tuple[date, date]:
        """Weeks when the front door was short of people: the first whole summer of the plan."""
        year = self.first_day.year + (self.first_day > date(self.first_day.year, 6, 1))
        return date(year, 6, 16), date(year, 9, 5)

    def slowness(self, day: date) -> float:
        """How many times longer than usual work waits on a day."""
        first, last = self.bad_summer
        return 1.35 if first <= day <= last else 1.0

    @cached_property
    def arrivals(self) -> list[Arrival]:
        found: list[Arrival] = []
        pick = chance("families of the plan")
        seen: Counter[int] = Counter()
        last: dict[int, datetime] = {}
        year = timedelta(days=365)
        for at, source in self._moments():
            family = self._family_again(found, at, pick, last, year)
            if family is None:
                family = len(seen)
            found.append(Arrival(len(found), at, source, family, seen[family]))
            seen[family] += 1
            last[family] = at
        return found

    @staticmethod
    def _family_again(
        found: list[Arrival], at: datetime, pick: Random, last: dict[int, datetime], year: timedelta
    ) -> int | None:
        if not found or pick.random() > REPEATED:
            return None
        oldest = bisect_left(found, at - year, key=lambda arrival: arrival.at)
        for _ in range(8):
            family = found[pick.randrange(oldest, len(found))].family if oldest < len(found) else None
            if family is not None and at - last[family] > APART:
                return family
        return None

    def _moments(self) -> list[tuple[datetime, str]]:
        """When each contact arrives and whom it comes from, in order of time."""
        moments = []
        for ahead in range(DAYS + 1):
            day = self.first_day + timedelta(days=ahead)
            pick = chance("day", ahead)
            moments += [(_moment(day, source, pick), source) for source in _sources(day, pick)]
        return sorted(moment for moment in moments if moment[0] < self.until)

    @cached_property
    def told_again(self) -> frozenset[int]:
        """Families about whom more than one contact comes."""
        counted = Counter(arrival.family for arrival in self.arrivals)
        return frozenset(family for family, times in counted.items() if times > 1)

    def known(self, family: int) -> bool:
        """Whether the family was recorded before its first contact here."""
        return family in self.told_again or family % 9 == 0

    @cached_property
    def first_told(self) -> dict[int, Arrival]:
        return {arrival.family: arrival for arrival in reversed(self.arrivals)}

    @cached_property
    def last_told(self) -> dict[int, Arrival]:
        return {arrival.family: arrival for arrival in self.arrivals}

    @cached_property
    def by_family(self) -> dict[int, list[Arrival]]:
        found: dict[int, list[Arrival]] = {}
        for arrival in self.arrivals:
            if arrival.family in self.told_again:
                found.setdefault(arrival.family, []).append(arrival)
        return found

    def before(self, arrival: Arrival) -> list[Arrival]:
        """Earlier contacts about the same family, newest first."""
        return [one for one in reversed(self.by_family.get(arrival.family, ())) if one.number < arrival.number]


def _sources(day: date, pick: Random) -> list[str]:
    expected = A_DAY * BY_WEEKDAY[day.weekday()] * (IN_TERM if in_term(day) else IN_HOLIDAYS)
    if not calendar.is_working_day(day) and day.weekday() < 5:
        expected *= 0.4
    shares: dict[str, float] = dict(SHARES)
    if not calendar.is_working_day(day):
        shares = {source: share * (1.0 if source in AT_ANY_HOUR else 0.05) for source, share in shares.items()}
    elif not in_term(day):
        shares["school"] *= SCHOOL_IN_HOLIDAYS
    how_many = max(0, round(pick.gauss(expected, expected**0.5)))
    return pick.choices(list(shares), list(shares.values()), k=how_many)


def _moment(day: date, source: str, pick: Random) -> datetime:
    if source in AT_ANY_HOUR and pick.random() < 0.45:
        minutes = pick.randrange(3 * 60, 24 * 60)
    else:
        minutes = int(pick.triangular(8 * 60 + 20, 17 * 60 + 30, 14 * 60))
    return calendar.at_local(day, time(minutes // 60, minutes % 60, pick.randrange(60)))
