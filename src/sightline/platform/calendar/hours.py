"""Counting in hours: elapsed ones, which run through nights and weekends, and those of a team's opening times."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sightline.platform.calendar.days import is_working_day, next_working_day
from sightline.platform.calendar.moments import at_local, local


@dataclass(frozen=True, slots=True)
class Opening:
    """When a team is open on a working day, by London's clocks. Raises ValueError unless it opens before it closes."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"Opening at {self.opens:%H:%M} has to come before closing at {self.closes:%H:%M}.")


def add_hours(start: datetime, count: float) -> datetime:
    """The instant `count` elapsed hours after `start`, in UTC; a change of the clocks makes no difference."""
    return local(start).astimezone(UTC) + timedelta(hours=count)


def add_working_hours(start: datetime, count: float, opening: Opening, runs_past_closing: bool = False) -> datetime:
    """The instant, in UTC, when `count` opening hours have passed since `start`.

    What arrives while the team is closed starts to count when it next opens. With `runs_past_closing` the count then
    goes on through the closing time, as urgent work does. Raises ValueError for a count below 0.
    """
    if count < 0:
        raise ValueError("Working hours are counted forwards only.")
    opens, closes = _open_from(start, opening)
    begins, left = max(add_hours(start, 0), opens), timedelta(hours=count)
    if runs_past_closing:
        return begins + left
    while left > closes - begins:
        left -= closes - begins
        begins, closes = _open_from(closes, opening)
    return begins + left


def _open_from(instant: datetime, opening: Opening) -> tuple[datetime, datetime]:
    """The opening period that `instant` falls in, or else the next one."""
    day = local(instant).date()
    if not is_working_day(day) or at_local(day, opening.closes) <= instant:
        day = next_working_day(day)
    return at_local(day, opening.opens), at_local(day, opening.closes)
