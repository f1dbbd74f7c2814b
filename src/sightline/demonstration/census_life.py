"""What happens to each invented child in a census year: when they are referred, again, and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sightline.demonstration import census_shape as shape
from sightline.demonstration.census_shape import Year
from sightline.platform.calendar import add_working_days, is_working_day

FIRST_REVIEW, LATER_REVIEWS = 84, 168
"""Days to the first review conference, and between later ones; both inside what guidance allows."""

SHORTEST_PLAN, LONGEST_PLAN = 110, 420
"""Days; but for a few plans of two years and more."""

WORKING_DAYS_A_YEAR = 253
LONGEST_ASSESSMENT = 105
"""Days, a little more than the longest assessment invented takes."""


@dataclass
class Enquiry:
    start: date
    target: date
    conference: date | None
    not_required: bool

    @property
    def over(self) -> date | None:
        """The day on which it was decided that no conference was needed, or on which one was held."""
        return self.start if self.not_required else self.conference


@dataclass
class Plan:
    start: date
    end: date | None
    previous: int
    reviews: list[date]


@dataclass
class Assessed:
    start: date
    end: date | None


@dataclass
class Episode:
    """One CINdetails. `closed` is (day, reason)."""

    referred: date
    no_further_action: bool = False
    closed: tuple[date, str] | None = None
    assessments: list[Assessed] = field(default_factory=list)
    in_need_plan: tuple[date, date | None] | None = None
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


def lives(year: Year, children: int) -> Iterator[list[Episode]]:
    """The episodes of each of so many children, one list a child, in no particular order."""
    referrals = shape.REFERRALS_A_CHILD * children
    busy = sum(shape.MONTHS.values())
    told = []
    wanted: Counter[int] = Counter()  # by month, referrals of children not referred in the twelve months before
    for weight, (first, last) in zip(shape.MONTHS.values(), year.months(), strict=True):
        this_month = referrals * weight / busy * year.pick.uniform(1 - shape.WOBBLE, 1 + shape.WOBBLE)
        again = round(this_month * (shape.RE_REFERRED + year.pick.uniform(-shape.WOBBLE, shape.WOBBLE) / 2))
        for _ in range(again):
            told.append(_twice(year, year.weekday(first + timedelta(days=9), last)))
            if (earlier := told[-1][0].referred) >= year.first:
                wanted[earlier.month] -= 1
        wanted[first.month] += round(this_month) - again
    for first, last in year.months():
        for _ in range(wanted[first.month]):
            told.append([_new(year, year.weekday(first, last))])
    told += [[episode] for episode in _under_way(year, referrals / WORKING_DAYS_A_YEAR)]
    told = told[:children]
    told += [[_from_before(year)] for _ in range(children - len(told))]
    yield from year.pick.sample(told, children)


def _under_way(year: Year, referrals_a_day: float) -> Iterator[Episode]:
    """Episodes that began in the last weeks before the year, as many as usual, and were still open when it began."""
    day = year.first - timedelta(days=LONGEST_ASSESSMENT)
    while day < year.first:
        for _ in range(int(referrals_a_day) + year.evenly.happens("part of a referral", referrals_a_day % 1)):
            episode = _new(year, day)
            if not episode.no_further_action and (episode.closed is None or episode.closed[0] >= year.first):
                yield _within(year, episode)
        day = add_working_days(day, 1)


def _within(year: Year, episode: Episode) -> Episode:
    """The episode without what was over before the year began, which belongs in the census before."""
    episode.assessments = [each for each in episode.assessments if each.end is None or each.end >= year.first]
    episode.enquiries = [each for each in episode.enquiries if each.over is None or each.over >= year.first]
    return episode


def _twice(year: Year, again: date) -> list[Episode]:
    """A child referred on `again` within a year of an earlier referral, whose episode has ended."""
    earliest = max(again - timedelta(days=350), year.first - timedelta(days=300))
    referred = year.weekday(earliest, again - timedelta(days=12))
    closed = year.weekday(max(referred + timedelta(days=5), year.first), again - timedelta(days=3))
    before = Episode(referred, closed=(closed, "RC7"))
    room = closed - referred
    if referred >= year.first:
        if room < timedelta(days=100):
            before.no_further_action, before.closed = True, None
        else:
            ended = _assess(year, before)
            before.closed = (max(closed, ended or closed), "RC8")
    return [before, _new(year, again)]


def _new(year: Year, referred: date) -> Episode:
    """An episode that begins in the year."""
    episode = Episode(referred)
    if year.evenly.happens("no further action", shape.NO_FURTHER_ACTION):
        episode.no_further_action = True
        return episode
    assessed = _assess(year, episode)
    if year.evenly.happens("enquiry", shape.ENQUIRED_INTO):
        _enquire(year, episode)
    if episode.plans or assessed is None:
        return episode
    enquired = max((each.conference or each.start for each in episode.enquiries), default=assessed)
    if enquired <= assessed and year.evenly.happens("closed after assessment", shape.CLOSED_AFTER_ASSESSMENT):
        plain = not episode.enquiries
        reason = ("RC8" if year.pick.random() < 0.7 else "RC9") if plain else "RC7"
        episode.closed = (min(assessed + timedelta(days=year.pick.randint(0, 3)), year.last), reason)
    else:
        _help(year, episode, max(assessed, enquired))
    return episode


def _from_before(year: Year) -> Episode:
    """An episode that was open when the year began."""
    if year.evenly.happens("plan from before", shape.PLAN_FROM_BEFORE):
        started, lasts = _plan_still_open(year)
        episode = Episode(started - timedelta(days=year.pick.randint(40, 90)))
        _plan(year, episode, started, lasts)
    else:
        episode = Episode(year.weekday(year.first - timedelta(days=600), year.first - timedelta(days=20)))
        _help(year, episode, max(episode.referred + timedelta(days=60), year.first - timedelta(days=200)))
    if year.evenly.happens("assessed again", shape.ASSESSED_AGAIN):
        ends = episode.closed[0] if episode.closed else year.last
        if (ends - year.first).days > 110:
            _assess(year, episode, year.weekday(year.first, ends - timedelta(days=105)))
    return episode


def _assess(year: Year, episode: Episode, start: date | None = None) -> date | None:
    """Assess the child; the day on which that was completed, None where it goes on at the year's end."""
    start = start or add_working_days(episode.referred, year.pick.randint(0, 2))
    start = min(start, year.last)
    likely_end = start + timedelta(days=48)
    share = year.in_time(min(likely_end, year.last))
    if year.evenly.happens(f"in time {likely_end:%Y-%m}", share):
        days = int(year.pick.triangular(8, 43, 38))
    else:
        days = int(year.pick.triangular(47, 72, 50))
    end = add_working_days(start, days)
    if end > year.last:
        episode.assessments.append(Assessed(start, None))
        return None
    episode.assessments.append(Assessed(start, end))
    return end


def _enquire(year: Year, episode: Episode) -> None:
    """A section 47 enquiry, and the conference and plan that may follow."""
    start = add_working_days(episode.referred, year.pick.randint(1, 8))
    target = add_working_days(start, 15)
    needed = year.evenly.happens("conference", shape.CONFERENCE_NEEDED)
    if start > year.last:
        return  # it belongs in the next year's census
    if not needed:
        episode.enquiries.append(Enquiry(start, target, None, True))
        return
    in_time = year.evenly.happens("conference in time", shape.CONFERENCE_IN_TIME)
    held = add_working_days(start, year.pick.randint(8, 15) if in_time else year.pick.randint(17, 28))
    if held > year.last:
        episode.enquiries.append(Enquiry(start, target, None, False))
        return
    episode.enquiries.append(Enquiry(start, target, held, False))
    if year.evenly.happens("plan", shape.ON_A_PLAN):
        _plan(year, episode, held)


def _plan_still_open(year: Year) -> tuple[date, int]:
    """When a plan began before the year, and the days it lasts: as likely as any that was still open then."""
    if year.evenly.happens("plan of two years", shape.PLAN_OF_TWO_YEARS):
        began = year.weekday(year.first - timedelta(days=720), year.first - timedelta(days=600))
        return began, (year.first - began).days + year.pick.randint(60, 500)
    while True:
        began = year.weekday(year.first - timedelta(days=LONGEST_PLAN), year.first - timedelta(days=75))
        lasts = year.pick.randint(SHORTEST_PLAN, LONGEST_PLAN)
        if began + timedelta(days=lasts) >= year.first:
            return began, lasts


def _plan(year: Year, episode: Episode, start: date, lasts: int = 0) -> None:
    """A child protection plan from `start`, reviewed on time, that ends in the year if its days run out then."""
    end: date | None = start + timedelta(days=lasts or year.pick.randint(SHORTEST_PLAN, LONGEST_PLAN))
    while end and not is_working_day(end):
        end += timedelta(days=1)
    if end and end > year.last:
        end = None
    previous = 1 + (year.pick.random() < 0.15) if year.evenly.happens("repeat plan", shape.REPEAT_PLAN) else 0
    episode.plans.append(Plan(start, end, previous, list(_reviews(start, end or year.last))))
    if end and year.evenly.happens("closed after plan", 0.35):
        episode.closed = (min(end + timedelta(days=year.pick.randint(1, 25)), year.last), "RC7")


def _reviews(start: date, until: date) -> Iterator[date]:
    day = start + timedelta(days=FIRST_REVIEW)
    while day < until:
        if is_working_day(day):
            yield day
            day += timedelta(days=LATER_REVIEWS)
        else:
            day -= timedelta(days=1)


def _help(year: Year, episode: Episode, after: date) -> None:
    """A child in need plan, and the end of the episode when the work is done."""
    start = add_working_days(after, year.pick.randint(2, 8))
    if start > year.last:
        return
    end = year.weekday(max(start, year.first) + timedelta(days=30), max(start, year.first) + timedelta(days=280))
    if end > year.last:
        episode.in_need_plan = (start, None)
        return
    episode.in_need_plan = (start, end)
    episode.closed = (end, "RC7")
