"""When does a rule's clock run out, and why then?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sightline.platform.calendar import (
    Opening,
    add_hours,
    add_months,
    add_working_days,
    add_working_hours,
    at_local,
    bank_holiday,
    clock_time,
    end_of_day,
    is_working_day,
    last_working_day_before,
    local_date,
    long_date,
    next_working_day,
    plain_date,
)
from sightline.platform.settings.rule import CLASS_WORDS, HOURS, Rule


@dataclass(frozen=True, slots=True)
class Due:
    """The last moment of a limit (`at`, in UTC), its civil date in London (`on`), and the reason in a sentence."""

    at: datetime
    on: date
    why: str


class UnableToCount(ValueError):
    """The limit is counted in something that Sightline does not hold. The message says what to do instead."""


def due(rule: Rule, start: datetime | date) -> Due:
    """When the limit that began at `start` runs out.

    start: an aware datetime, or a civil date; a limit in hours then counts from the date's first moment.
    Raises UnableToCount for school days and for what is no time at all, ValueError for a datetime without a time zone.
    """
    if rule.unit in HOURS:
        return _due_in_hours(rule, start)
    day_0 = local_date(start) if isinstance(start, datetime) else start
    on = _DAY_COUNTS[rule.unit](day_0, rule)
    at = at_local(on, rule.by) if rule.by else end_of_day(on)
    why = _sentence(_counted(rule, day_0), _left_out(rule, day_0, on), _nobody_in(rule, on), _authority(rule))
    return Due(at, on, why)


def _due_in_hours(rule: Rule, start: datetime | date) -> Due:
    timed = isinstance(start, datetime)
    began = start if isinstance(start, datetime) else at_local(start, time.min)
    at, how = (
        _elapsed(rule, began) if rule.opening is None or rule.unit == "hours" else _open(rule, rule.opening, began)
    )
    moment = f"{clock_time(began)} on {long_date(local_date(began))}"
    no_time = "" if timed else "no time was given, so the day's first moment was taken"
    why = _sentence(f"{rule.amount} {_direction(rule)} {moment}", no_time, how, _authority(rule))
    return Due(at, local_date(at), why)


def _elapsed(rule: Rule, began: datetime) -> tuple[datetime, str]:
    return add_hours(began, rule.limit), "nights, weekends and holidays count"


def _open(rule: Rule, opening: Opening, began: datetime) -> tuple[datetime, str]:
    how = f"counted on working days from {clock_time(opening.opens)} to {clock_time(opening.closes)}"
    if rule.runs_past_closing:
        how += ", running on past closing once begun"
    return add_working_hours(began, rule.limit, opening, rule.runs_past_closing), how


def _school_days(day_0: date, rule: Rule) -> date:
    raise UnableToCount(
        f"{rule.id} counts {rule.amount}, and each school sets its own term dates, which are not held here. "
        f"Count {rule.amount} after {long_date(day_0)} in the school's own calendar."
    )


def _no_time(day_0: date, rule: Rule) -> date:
    raise UnableToCount(f"{rule.id} is a number of {rule.unit}, not a length of time, so it has no due date.")


def _end_of_working_day(day_0: date, rule: Rule) -> date:
    return day_0 if is_working_day(day_0) else next_working_day(day_0)


_DAY_COUNTS: Mapping[str, Callable[[date, Rule], date]] = {
    "working days": lambda day_0, rule: add_working_days(day_0, rule.limit),
    "calendar days": lambda day_0, rule: day_0 + timedelta(days=rule.limit),
    "weeks": lambda day_0, rule: day_0 + timedelta(weeks=rule.limit),
    "months": lambda day_0, rule: add_months(day_0, rule.limit),
    "school days": _school_days,
    "contacts": _no_time,
    "same day": lambda day_0, rule: day_0,
    "end of working day": _end_of_working_day,
}


def working_days_why(day_0: date, count: int) -> str:
    """How a count of working days was made: "15 working days after ... (day 0); not counted: ..."."""
    end = add_working_days(day_0, count)
    amount = f"{abs(count)} working day{'' if abs(count) == 1 else 's'}"
    return _sentence(
        f"{amount} {'before' if count < 0 else 'after'} {long_date(day_0)} (day 0)", not_counted(day_0, end)
    )


def not_counted(start: date, end: date) -> str:
    """The weekends and bank holidays between two dates, in words; "" where there are none."""
    first, last = sorted((start, end))
    between = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    idle = [day for day in between if day != start and not is_working_day(day)]
    holidays = [f"{name} {plain_date(day)}" for day in idle if (name := bank_holiday(day))]
    said = (["weekends"] if len(idle) > len(holidays) else []) + holidays
    return f"not counted: {', '.join(said)}" if said else ""


def _counted(rule: Rule, day_0: date) -> str:
    if rule.unit == "same day":
        return f"the same day, {long_date(day_0)} (day 0)"
    if rule.unit == "end of working day":
        return f"by the end of the working day, counted from {long_date(day_0)} (day 0)"
    by = f", by {clock_time(rule.by)}" if rule.by else ""
    return f"{rule.amount} {_direction(rule)} {long_date(day_0)} (day 0){by}"


def _left_out(rule: Rule, day_0: date, on: date) -> str:
    return not_counted(day_0, on) if rule.unit == "working days" else ""


def _nobody_in(rule: Rule, on: date) -> str:
    if rule.unit in ("working days", "end of working day") or is_working_day(on):
        return ""
    return (
        f"{long_date(on)} is not a working day, and the last one before it is {long_date(last_working_day_before(on))}"
    )


def _direction(rule: Rule) -> str:
    return "before" if rule.limit < 0 else "after"


def _authority(rule: Rule) -> str:
    note = f" ({rule.note})" if rule.note else ""
    # A title keeps its capital; a source in our own words goes on with the sentence.
    source = rule.source if rule.guidance else rule.source[0].lower() + rule.source[1:]
    return f"{CLASS_WORDS[rule.clock_class]}: {source}{note}"


def _sentence(*parts: str) -> str:
    said = "; ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}."
