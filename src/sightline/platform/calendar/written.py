"""How a day is written wherever Sightline writes one: on pages, in documents, in notices, in what an error says."""

from datetime import date, datetime

from sightline.platform.calendar.moments import local_date

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
