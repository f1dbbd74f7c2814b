"""Who has the record of a meeting: sent, opened, late, withheld, or without a way to reach them?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sightline.engine.matter import Matter
from sightline.engine.models import Circulation, Meeting
from sightline.people.actor import Actor
from sightline.platform import audit, calendar


@dataclass(frozen=True)
class Entry:
    """One recipient. `state` is a defined word; `late`: the due moment passed before it was opened."""

    row: Circulation
    state: str
    late: bool


def ledger(matter: Matter, meeting: Meeting, at: datetime | None = None) -> list[Entry]:
    """Every recipient of a meeting's record, agencies first and the family last; nobody is left out."""
    now = at or calendar.now()
    rows = [row for row in matter.circulation if row.meeting_id == meeting.pk]
    return [_entry(row, now) for row in sorted(rows, key=lambda row: row.family)]


def _entry(row: Circulation, now: datetime) -> Entry:
    overdue = row.due_at is not None and (row.opened_at or now) > row.due_at
    if row.withheld:
        return Entry(row, "Withheld", False)
    if row.sent_at is None:
        return Entry(row, "Not yet decided" if row.family else "No contact route", overdue and not row.family)
    if row.family:
        return Entry(row, "Sent", False)
    return Entry(row, "Opened" if row.opened_at else "Not opened", overdue)


def mark(row: Circulation, by: Actor, at: datetime) -> None:
    """A copy that was sent to an agency at large is its reader's from when it is opened."""
    row.opened_at, row.who = at, row.who or by.name


def opened(meeting: Meeting, by: Actor) -> int:
    """Mark the copies sent to this person or their agency as opened, once. Returns how many were. Audited."""
    agencies = {held.agency_id for held in by.roles if held.agency_id}
    theirs = Q(worker__isnull=True, agency_id__in=agencies) | Q(worker=by.worker, worker__isnull=False)
    waiting = Circulation.visible_to(by).filter(theirs, meeting=meeting, sent_at__isnull=False, opened_at__isnull=True)
    found = list(waiting)
    for row in found:
        mark(row, by, calendar.now())
        row.save(update_fields=["opened_at", "who"])
    if found:
        audit.record("opened minutes", subject="engine.Circulation", ids=[row.pk for row in found])
    return len(found)
