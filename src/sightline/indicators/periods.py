"""Which months and years are there between two days, and what are they called?"""

from __future__ import annotations

import re
from datetime import date, timedelta

from sightline.indicators.results import Period, PeriodKind
from sightline.platform.calendar import add_months

APRIL = 4
MONTHS_OF: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "year": 12}
ONE_DAY = timedelta(days=1)

_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def month_of(day: date) -> Period:
    """The calendar month that a day lies in."""
    first = day.replace(day=1)
    return Period(first, add_months(first, 1) - ONE_DAY, f"{first:%Y-%m}", f"{first:%B %Y}", "month")


def quarter_of(day: date) -> Period:
    """The quarter of the calendar year that a day lies in."""
    number = (day.month - 1) // 3 + 1
    first = date(day.year, 3 * number - 2, 1)
    last = add_months(first, 3) - ONE_DAY
    return Period(first, last, f"{first.year}-Q{number}", f"{first:%B} to {last:%B %Y}", "quarter")


def year_of(day: date) -> Period:
    """The year from 1 April to 31 March that a day lies in."""
    begins = day.year if day.month >= APRIL else day.year - 1
    last = date(begins + 1, 3, 31)
    key = f"{begins}-{last.year % 100:02}"
    return Period(date(begins, APRIL, 1), last, key, f"the year ending 31 March {last.year}", "year")


def year_ending(year: int) -> Period:
    """The year that ends on 31 March of this one."""
    return year_of(date(year, 3, 31))


def period_named(key: str) -> Period:
    """The period with this key: "2026-09", "2026-Q3" or "2025-26". Raises ValueError.

    "2011-12" could be either: it is the year, unless its second half does not follow its first.
    """
    if found := _QUARTER.fullmatch(key):
        return quarter_of(date(int(found[1]), 3 * int(found[2]), 1))
    if found := _MONTH.fullmatch(key):
        first, second = int(found[1]), int(found[2])
        if second == (first + 1) % 100:
            return year_ending(first + 1)
        if 1 <= second <= 12:
            return month_of(date(first, second, 1))
    raise ValueError(
        f"“{key}” is not a period. Write a month like 2026-09, a quarter like 2026-Q3 or a year like 2025-26."
    )


def months_between(first: date, last: date) -> list[Period]:
    """Every whole month from the one that begins on or after `first` to the one that ends on or before `last`."""
    found, month = [], month_of(first)
    if month.start < first:
        month = month_of(month.end + ONE_DAY)
    while month.end <= last:
        found.append(month)
        month = month_of(month.end + ONE_DAY)
    return found


def years_between(first: date, last: date) -> list[Period]:
    """Every whole year, 1 April to 31 March, within the two days."""
    found, year = [], year_of(first)
    if year.start < first:
        year = year_of(year.end + ONE_DAY)
    while year.end <= last:
        found.append(year)
        year = year_of(year.end + ONE_DAY)
    return found


def middle_of(period: Period) -> int:
    """The year of the 30 June on which the children of a period are counted: that of the reporting year it lies in.

    The Department for Education divides the year ending 31 March 2025 by the children of 30 June 2024.
    """
    return year_of(period.end).start.year
