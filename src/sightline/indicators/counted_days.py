"""Working days between two dates of a row, by a table of the calendar, so that any engine can count them.

The day that something starts on is day 0 and is never counted; the day that it ends on is, if it is a working day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from sightline.platform.calendar import is_working_day
from sightline.vocabulary.indicator import Rows

FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)


def working_days_apart(rows: Rows, days: Rows, *, start: str, end: str) -> Rows:
    """The rows with a column `working_days`: how many come after the day in `start`, up to and with that in `end`.

    Empty where either day is, or lies outside the calendar.
    """
    begin = days.select(begin_day=days.day, begin_number=days.number)
    finish = days.select(finish_day=days.day, finish_number=days.number)
    rows = rows.left_join(begin, rows[start] == begin.begin_day)
    rows = rows.left_join(finish, rows[end] == finish.finish_day)
    return rows.mutate(working_days=rows.finish_number - rows.begin_number)


@cache
def calendar_rows() -> list[tuple[date, int]]:
    """Every day that the calendar holds, with how many working days there were by its end."""
    rows, number, day = [], 0, FIRST
    while day <= LAST:
        number += is_working_day(day)
        rows.append((day, number))
        day += timedelta(days=1)
    return rows
