"""A calendar file (RFC 5545) of one meeting, for whatever calendar its reader keeps."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import CLASS, Calendar, Event

CALENDAR_TYPE = "text/calendar; charset=utf-8"
SET_ASIDE = timedelta(hours=1)
"""How long a calendar keeps free, because nobody records when a meeting is to end. Custom, no rule."""


@dataclass(frozen=True)
class Planned:
    """A planned meeting. `uid` stays the same when it moves; `revision` grows, so that the calendar takes the newer."""

    uid: str
    revision: int
    starts_at: datetime
    title: str
    place: str
    says: str
    address: str


def calendar_file(planned: Planned, written_at: datetime) -> bytes:
    """One event, private to whoever keeps the calendar. Times are in UTC, which every calendar reads alike."""
    starts_at = planned.starts_at.astimezone(UTC)
    event = Event.new(
        uid=planned.uid,
        sequence=planned.revision,
        start=starts_at,
        end=starts_at + SET_ASIDE,
        stamp=written_at,
        summary=planned.title,
        location=planned.place or None,
        description=planned.says,
        url=planned.address,
        classification=CLASS.PRIVATE,
    )
    entry = Calendar.new(prodid="-//Sightline//Meetings//EN", method="PUBLISH", subcomponents=[event])
    return entry.to_ical()
