"""How a running or a stopped time limit is worded: its date, its state, how binding it is and where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.platform import calendar
from sightline.web.components import words

CLASS_WORDS = {
    "statute": "law",
    "guidance": "statutory guidance",
    "local": "local rule",
    "internal": "internal rule",
}


@dataclass(frozen=True)
class ClockWords:
    """One clock as a page shows it. `tone` is "late", "soon" or empty and is never the only sign of either."""

    name: str
    date: str
    state: str
    tone: str
    binding: str
    limit: str
    why: str


def clock_words(clock: Any, now: datetime | None = None) -> ClockWords:
    """The words for a clock of the engine, running or stopped, as they are at `now`."""
    now = now or calendar.now()
    date, state, tone = _stopped(clock) if clock.stopped_at else _running(clock, now)
    binding = CLASS_WORDS.get(clock.clock_class, clock.clock_class)
    return ClockWords(clock.name, date, state, tone, binding, clock.limit, _why(clock, binding))


def _stopped(clock: Any) -> tuple[str, str, str]:
    state = clock.get_ended_display() if clock.ended else "Met"
    return words.short_date(clock.stopped_at), state, ""


def _running(clock: Any, now: datetime) -> tuple[str, str, str]:
    today = words.civil(now)
    day = words.day_name(clock.due_at, today)
    to_the_minute = f"{_capital(day)} {words.clock_time(clock.due_at)}"
    date = to_the_minute if clock.by_the_minute else f"End of {day}"
    if now > clock.due_at:
        late = words.late_by(clock.due_at, now, whole_day=not clock.by_the_minute)
        return date, late.split(" (")[0], "late"
    return date, _left(clock, now), "soon" if _last_quarter(clock, now) else ""


def _left(clock: Any, now: datetime) -> str:
    today, due_on = words.civil(now), words.civil(clock.due_at)
    if clock.by_the_minute:
        return f"{_capital(words.length_of_time(clock.due_at - now))} left"
    if due_on == today:
        return "Due by end of today"
    days = calendar.working_days_between(today, due_on)
    return f"{words.plural(days, 'working day')} left"


def _last_quarter(clock: Any, now: datetime) -> bool:
    return bool((clock.due_at - now) * 4 <= clock.due_at - clock.started_at)


def _why(clock: Any, binding: str) -> str:
    started = words.day_and_time(clock.started_at)
    return f"{_capital(clock.limit)}, counted from {started}. This is {binding}: {clock.source}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
