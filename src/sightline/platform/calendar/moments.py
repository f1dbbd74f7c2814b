"""Instants and civil dates: what the time is, and how the two turn into one another."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LAST_SECOND = time(23, 59, 59)

_held: ContextVar[datetime | None] = ContextVar("held time", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """The present civil date in Europe/London."""
    return local_date(now())


@contextmanager
def frozen(at: datetime | date) -> Iterator[datetime]:
    """Hold the time at one instant (or at the start of a day) for tests and for the demonstration's history."""
    instant = _aware(at) if isinstance(at, datetime) else start_of_day(at)
    token = _held.set(instant)
    try:
        yield instant
    finally:
        _held.reset(token)


def local(instant: datetime) -> datetime:
    """The same instant as a clock on a wall in London shows it. Raises ValueError without a time zone."""
    return _aware(instant).astimezone(LONDON)


def local_date(instant: datetime) -> date:
    """The civil date in London at an instant."""
    return local(instant).date()


def at_local(day: date, clock: time) -> datetime:
    """The instant, in UTC, when London's clocks show `clock` on `day`.

    An hour that happens twice in autumn is taken the first time, which gives the earlier deadline.
    Raises ValueError for a time that spring's change of the clocks leaves out.
    """
    shown = datetime.combine(day, clock.replace(fold=0, tzinfo=None), LONDON)
    instant = shown.astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != shown.replace(tzinfo=None):
        raise ValueError(
            f"There was no {clock:%H:%M} on {day.isoformat()}: the clocks went forward. Give a later time."
        )
    return instant


def start_of_day(day: date) -> datetime:
    """Midnight in London at the start of `day`, in UTC."""
    return at_local(day, time.min)


def end_of_day(day: date) -> datetime:
    """23:59:59 in London on `day`, in UTC: the last moment of a limit counted in days."""
    return at_local(day, LAST_SECOND)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone. Give the instant in UTC, or use at_local().")
    return instant.astimezone(UTC)
