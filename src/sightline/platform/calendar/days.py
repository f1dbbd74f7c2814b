"""Counting in working days and calendar months. Day 0 is the civil date of whatever starts the clock."""

from calendar import monthrange
from datetime import date, timedelta

from sightline.platform.calendar.bank_holidays import SATURDAY, bank_holiday

_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether `day` is Monday to Friday and no bank holiday in England and Wales. Raises OutsideCalendar."""
    return bank_holiday(day) is None and day.weekday() < SATURDAY


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`, which may itself be any day and is never counted.

    A negative count goes back; 0 gives `day` itself. Raises OutsideCalendar.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1)


def last_working_day_before(day: date) -> date:
    """The nearest working day earlier than `day`: shown beside a limit that ends on a day when nobody is in."""
    return add_working_days(day, -1)


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and with `end`; below 0 when `end` is the earlier.

    For any working day `end`: add_working_days(start, working_days_between(start, end)) == end.
    """
    if end < start:
        return -sum(is_working_day(start - _DAY * back) for back in range(1, (start - end).days + 1))
    return sum(is_working_day(start + _DAY * ahead) for ahead in range(1, (end - start).days + 1))


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day where it is shorter.

    The date stays where it falls, working day or not.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
