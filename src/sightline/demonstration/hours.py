"""When invented people work: a front door from 8:45am to 5:15pm on working days, and a team for nights."""

from datetime import datetime, time, timedelta

from sightline.platform import calendar

OPEN = calendar.Opening(time(8, 45), time(17, 15))


def work(start: datetime, hours: float) -> datetime:
    """The moment when so many opening hours have passed, to the second."""
    return calendar.add_working_hours(start, hours, OPEN).replace(microsecond=0)


def wait(start: datetime, minutes: float) -> datetime:
    """The moment so many minutes later, whatever the hour."""
    return (start + timedelta(minutes=minutes)).replace(microsecond=0)


def is_open(at: datetime) -> bool:
    """Whether the front door is staffed at this moment."""
    shown = calendar.local(at)
    return calendar.is_working_day(shown.date()) and OPEN.opens <= shown.time() < OPEN.closes
