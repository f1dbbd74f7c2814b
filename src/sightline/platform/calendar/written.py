"""How a day and a time are written wherever Sightline writes one: on pages, in documents and notices, in an error."""

from datetime import date, datetime, time

from sightline.platform.calendar.moments import local, local_date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def civil(when: date | datetime) -> date:
    """The London day of an instant; a plain date is itself."""
    return local_date(when) if isinstance(when, datetime) else when


def long_date(when: date | datetime) -> str:
    """For headings: "Tuesday 24 November 2026"."""
    return f"{DAYS[civil(when).weekday()]} {plain_date(when)}"


def plain_date(when: date | datetime) -> str:
    """For text: "24 November 2026"."""
    day = civil(when)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_time(when: datetime | time, *, minutes: bool = False) -> str:
    """As London's clocks show it: "9:02am", "11am", "midday", "midnight". With `minutes`, to the minute: "11:00am"."""
    at = local(when) if isinstance(when, datetime) else when
    if not minutes and at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    shown = f"{at.hour % 12 or 12}"
    if minutes or at.minute:
        shown += f":{at.minute:02d}"
    return shown + ("am" if at.hour < 12 else "pm")


def date_and_time(when: datetime) -> str:
    """ "24 November 2026 at 9:02am"."""
    return f"{plain_date(when)} at {clock_time(when)}"
