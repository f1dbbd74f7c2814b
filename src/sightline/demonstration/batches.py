"""The plan as batches of stories: a month each, the newest first, each with the families that it alone still brings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sightline.parts.history import months_before
from sightline.platform import calendar

from .acting_out import CONTACT, STRATEGY, Story
from .contact_story import ContactTold, contact_story
from .families import Family, a_family
from .kinship import Kinship
from .outline import Outline, outline_of
from .plan import TEAMS_A_DAY, Arrival, Plan
from .seeding import chance
from .standing import Standing
from .strategy_story import StrategyTold, team_strategy

TEAM_NUMBERS_FROM = 30_000
LATELY, DAYS_OF_LATELY = date.max, timedelta(days=7)


@dataclass
class Batches:
    """Stories by month. Any month can be made by itself, by any process, and comes out the same."""

    plan: Plan
    standing: Standing

    @cached_property
    def months(self) -> list[date]:
        """First days of the months that hold contacts, newest first; before them `LATELY`, the last days of all."""
        return sorted({self.month_of(arrival) for arrival in self.plan.arrivals} | {LATELY}, reverse=True)

    def month_of(self, arrival: Arrival) -> date:
        if arrival.at > self.plan.until - DAYS_OF_LATELY:
            return LATELY
        return calendar.local_date(arrival.at).replace(day=1)

    @cached_property
    def _by_month(self) -> dict[date, list[Arrival]]:
        found: dict[date, list[Arrival]] = {LATELY: []}
        for arrival in self.plan.arrivals:
            found.setdefault(self.month_of(arrival), []).append(arrival)
        return found

    def arrivals(self, month: date) -> list[Arrival]:
        """Contacts of a month, or of the last days of all."""
        return self._by_month[month]

    def families(self, lately: bool) -> list[Kinship]:
        """Families recorded before the front door heard of them: of the last days' contacts, or all the others."""
        of_late = {arrival.family for arrival in self.arrivals(LATELY)}
        numbers = of_late if lately else self.plan.first_told.keys() - of_late
        known = sorted(number for number in numbers if self.plan.known(number))
        return [Kinship(self.family(number), self.standing.partnership.id) for number in known]

    def family(self, number: int) -> Family:
        first = calendar.local_date(self.plan.first_told[number].at)
        return a_family(number, first, known=self.plan.known(number))

    def stories(self, month: date) -> Iterator[Story]:
        """Contacts of the month, and strategy discussions that teams start on families of its contacts."""
        arrivals = self.arrivals(month)
        for arrival in arrivals:
            story = self.contact(arrival)
            # Today's unfinished work is written by hand (`live`), so that all of it means something.
            if month != LATELY or story.last_on(CONTACT) <= self.plan.until or arrival is arrivals[0]:
                yield story
        yield from self._of_teams(month, arrivals)

    def contact(self, arrival: Arrival) -> Story:
        """The story of one contact of the plan."""
        day = calendar.local_date(arrival.at)
        told = ContactTold(
            name=name_of(arrival),
            number=arrival.number,
            family=self.family(arrival.family),
            at=arrival.at,
            source=arrival.source,
            outline=_outline(arrival),
            standing=self.standing,
            slowness=self.plan.slowness(day),
        )
        since = months_before(arrival.at, 12)
        told.story.earlier = [_outline(one).decision for one in self.plan.before(arrival) if one.at >= since]
        return contact_story(told)

    def _of_teams(self, month: date, arrivals: list[Arrival]) -> Iterator[Story]:
        pick = chance("teams", month)
        days = len({calendar.local_date(arrival.at) for arrival in arrivals})
        weekday = [arrival for arrival in arrivals if calendar.is_working_day(calendar.local_date(arrival.at))]
        for arrival in pick.sample(weekday, min(len(weekday), round(days * TEAMS_A_DAY))):
            yield self.team(arrival)

    def team(self, arrival: Arrival) -> Story:
        """A strategy discussion that an allocated team starts, about a family of one of the day's contacts."""
        name = f"team {arrival.number}"
        pick = chance(name)
        family = self.family(arrival.family)
        at = min(arrival.at + timedelta(minutes=pick.randrange(20, 400)), self.plan.until)
        story = Story(name, TEAM_NUMBERS_FROM + arrival.number, family, STRATEGY)
        slowness = self.plan.slowness(calendar.local_date(at))
        told = StrategyTold(
            story, at.replace(microsecond=0), pick, self.standing, "team", slowness, urgent=pick.random() < 0.15
        )
        day = calendar.local_date(at)
        return team_strategy(told, [*family.children(day), *family.adults(day)])


def name_of(arrival: Arrival) -> str:
    return f"contact {arrival.number}"


def _outline(arrival: Arrival) -> Outline:
    return outline_of(name_of(arrival), arrival.source, arrival.nth)
