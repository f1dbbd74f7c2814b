"""The invented council's year in figures: how many of what, in which months, and where things changed.

Nothing here is any real council's figure. Shares are near those published for England, so that indicators come out
plausible; each is met evenly, month by month, with a little noise, so that the one change that was put in is the one
that shows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sightline.datasets.cin_census.faults import last_day

REFERRALS_A_CHILD = 0.87
"""Referrals in the year for each child in the census."""

RE_REFERRED = 0.26
NO_FURTHER_ACTION = 0.07
ENQUIRED_INTO = 0.47
"""Section 47 enquiries for each referral that goes on."""

CONFERENCE_NEEDED = 0.285
"""Initial conferences for each enquiry."""

CONFERENCE_IN_TIME = 0.87
ON_A_PLAN = 0.85
"""Plans for each initial conference."""

REPEAT_PLAN = 0.20
CLOSED_AFTER_ASSESSMENT = 0.42
ASSESSED_AGAIN = 0.85
"""New assessments in the year of children who were in need before it began."""

PLAN_FROM_BEFORE = 0.6
"""Children in need before the year began who were on a child protection plan then."""

PLAN_OF_TWO_YEARS = 0.07
"""Of plans that began before the year: those that began two years and more before they end."""

IN_TIME_BEFORE, IN_TIME_AFTER = 0.905, 0.785
CHANGE_MONTH = 7
"""Assessments completed within 45 working days, before and from about July: the real shift. Some 82% in all."""

MONTHS = {4: 1.0, 5: 1.04, 6: 1.03, 7: 1.06, 8: 0.86, 9: 1.02, 10: 1.07, 11: 1.08, 12: 0.9, 1: 1.0, 2: 0.95, 3: 1.06}
"""How busy each month is: quieter while schools are closed."""

WOBBLE = 0.03


@dataclass
class Evenly:
    """Says yes in a share of cases, evenly: after many, the count is right to within one."""

    owed: dict[str, float] = field(default_factory=dict)

    def happens(self, what: str, share: float) -> bool:
        due = self.owed.get(what, 0.5) + share
        self.owed[what] = due - 1 if due >= 1 else due
        return due >= 1


@dataclass
class Year:
    """A census year as its inventor needs it: first and last day, and the months between.

    changes: whether the real shift in assessments' timeliness happened in this year.
    """

    name: str
    pick: random.Random
    changes: bool = True
    evenly: Evenly = field(default_factory=Evenly)

    @property
    def last(self) -> date:
        return last_day(self.name)

    @property
    def first(self) -> date:
        return date(self.last.year - 1, 4, 1)

    def months(self) -> list[tuple[date, date]]:
        """First and last day of each month."""
        starts = [date(self.first.year + (month < 4), month, 1) for month in MONTHS]
        ends = [*starts[1:], self.last + timedelta(days=1)]
        return [(start, end - timedelta(days=1)) for start, end in zip(starts, ends, strict=True)]

    def weekday(self, first: date, last: date) -> date:
        """A day from Monday to Friday between two days, both included where one of them is such a day."""
        day = first + timedelta(days=self.pick.randint(0, max((last - first).days, 0)))
        if day.weekday() < 5:
            return day
        back = day - timedelta(days=day.weekday() - 4)
        return back if back >= first else day + timedelta(days=7 - day.weekday())

    def in_time(self, completed: date) -> float:
        """The share of assessments completed in time about this day."""
        months_on = (completed.year - self.first.year) * 12 + completed.month
        return IN_TIME_AFTER if self.changes and months_on >= CHANGE_MONTH else IN_TIME_BEFORE
