"""The invented school terms of Ardenvale: six half-terms a year, with the holidays that most schools keep."""

from datetime import date, timedelta
from functools import cache

from sightline.platform import calendar


def in_term(day: date) -> bool:
    """Whether Ardenvale's schools are open in the week of this day."""
    return not any(first <= day <= last for first, last in _holidays(day.year))


@cache
def _holidays(year: int) -> tuple[tuple[date, date], ...]:
    good_friday = next(day for day, name in calendar.bank_holidays(year).items() if name == "Good Friday")
    return (
        (date(year, 1, 1), date(year, 1, 4)),
        _week_of(date(year, 2, 17)),
        (good_friday - timedelta(days=6), good_friday + timedelta(days=9)),
        _week_of(date(year, 5, 28)),
        (date(year, 7, 23), date(year, 9, 2)),
        _week_of(date(year, 10, 28)),
        (date(year, 12, 20), date(year, 12, 31)),
    )


def _week_of(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
