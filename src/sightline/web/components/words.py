"""How dates, times, ages and counts are worded on every page. Dates are Europe/London civil dates."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sightline.platform import calendar
from sightline.platform.calendar import DAYS, MONTHS, civil, clock_time, date_and_time, long_date, plain_date


def short_date(when: date | datetime) -> str:
    """For tables: "24 Nov 2026"."""
    day = civil(when)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month_and_year(when: date | datetime) -> str:
    """ "March 2027"."""
    day = civil(when)
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_name(when: date | datetime, today: date | None = None) -> str:
    """today, yesterday, tomorrow, else "Thursday 26 November", with the year when it is not this one."""
    day, today = civil(when), today or calendar.today()
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((day - today).days)
    if near:
        return near
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def day_and_time(when: datetime, today: date | None = None) -> str:
    """For timelines: "Today 9:02am", "24 November 2026 9:02am"."""
    near = day_name(when, today)
    shown = near.capitalize() if near in ("today", "yesterday", "tomorrow") else plain_date(when)
    return f"{shown} {clock_time(when)}"


def by_end_of(when: date | datetime, today: date | None = None) -> str:
    """A clock that ends with its day: "by end of Thursday 26 November". Never an invented 5pm."""
    return f"by end of {day_name(when, today)}"


def by_time(when: datetime, today: date | None = None) -> str:
    """A clock counted in hours shows its minute: "by 11:00am", "by 11:00am tomorrow"."""
    near = day_name(when, today)
    later = "" if near == "today" else f" {near}" if near in ("tomorrow", "yesterday") else f" on {near}"
    return f"by {clock_time(when, minutes=True)}{later}"


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 child", "3 children"; `many` is `one` with an s unless given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def joined(names: Iterable[Any]) -> str:
    """ "Maya, Leo and Ayaan"."""
    shown = [str(name) for name in names]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def length_of_time(span: timedelta) -> str:
    """The largest whole unit that says enough: "48 minutes", "3 hours", "2 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return plural(minutes, "minute") if minutes < 60 else "1 hour"
    return plural(minutes // 60, "hour") if minutes < 48 * 60 else plural(minutes // 1440, "day")


def late_by(due: datetime, now: datetime | None = None, *, whole_day: bool = False) -> str:
    """ "Late by 3 hours (due 11am)"; a clock that ends with its day counts days: "Late by 2 days (due end of Monday)".

    `whole_day` says the clock ends with the day rather than at the minute.
    """
    now = now or calendar.now()
    today = civil(now)
    if not whole_day:
        at = clock_time(due)
        on = "" if civil(due) == today else f" {day_name(due, today)}"
        return f"Late by {length_of_time(now.astimezone(UTC) - due.astimezone(UTC))} (due {at}{on})"
    days = max(1, (today - civil(due)).days)
    return f"Late by {plural(days, 'day')} (due end of {day_name(due, today)})"


def age(born: date, on: date | None = None) -> str:
    """Under 1 in days, weeks or months, under 2 in months, else years: "3 weeks", "18 months", "8 years"."""
    on = on or calendar.today()
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return f"{months // 12} years"
    if months >= 1:
        return plural(months, "month")
    days = (on - born).days
    return plural(days // 7, "week") if days >= 14 else plural(max(0, days), "day")


def unborn(expected: date | None) -> str:
    """ "unborn, due March 2027"."""
    return f"unborn, due {month_and_year(expected)}" if expected else "unborn"


def age_at(born: date, on: date) -> str:
    """For history: "aged 6", "aged 18 months"."""
    shown = age(born, on)
    return "aged " + shown.removesuffix(" years")


def age_of(person: Any, on: date | None = None) -> str:
    """Age of any person with `date_of_birth`, `unborn` and `expected_date_of_birth`; "age not known" without them."""
    if getattr(person, "unborn", False):
        return unborn(person.expected_date_of_birth)
    return age(person.date_of_birth, on) if person.date_of_birth else "age not known"


def identity_name(given: str, family: str) -> str:
    """Identity bar and matches only: family name in capitals, so that similar names are told apart."""
    return f"{given} {family.upper()}".strip()


def nhs_number(value: str, *, masked: bool = False) -> str:
    """3-3-4: "943 476 5919"; in lists masked but for the last four."""
    digits = value.replace(" ", "")
    return f"••• ••• {digits[6:]}" if masked else f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def capped(count: int, cap: int = 1000) -> str:
    """A count in a heading: "more than 1,000" above the cap."""
    return f"more than {cap:,}" if count > cap else f"{count:,}"


FILTERS: dict[str, Callable[..., str]] = {
    made.__name__: made
    for made in (
        *(long_date, plain_date, short_date, month_and_year, day_name, clock_time, date_and_time, day_and_time),
        *(by_end_of, by_time, plural, joined, length_of_time, late_by, age, unborn, age_at, age_of),
        *(identity_name, nhs_number, capped),
    )
}
