"""What the pages of meetings read: sittings by group, gaps between them, who came, and what is not yet confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sightline.engine.models import Meeting, Seat
from sightline.people.actor import Actor
from sightline.people.models import Group
from sightline.platform import calendar
from sightline.processes.governance.group_meeting import GroupMeeting
from sightline.processes.governance.meeting_record import GroupMeetingRecord
from sightline.processes.governance.seating import IN_ATTENDANCE
from sightline.processes.governance.terms import Terms, terms_of_groups

LOOKED_BACK_MONTHS = 12
MANY = 10
"""Under this many meetings a share is said as "5 of 9", not as a percentage."""
AT_WORK_ON_MINUTES = ("held", "drafted", "checked")


@dataclass
class GroupSittings:
    """One group with its sittings that a reader sees, the newest first."""

    group: Group
    terms: Terms
    sittings: list[GroupMeetingRecord] = field(default_factory=list)

    @property
    def next(self) -> GroupMeetingRecord | None:
        """The next planned sitting."""
        ahead = [one for one in self.sittings if one.held_at is None and one.case.closed_at is None]
        return min(ahead, key=lambda one: one.planned_for, default=None)

    @property
    def held(self) -> list[GroupMeetingRecord]:
        """Sittings that were held, the newest first."""
        return sorted((one for one in self.sittings if one.held_at), key=lambda one: one.held_at, reverse=True)

    @property
    def unconfirmed(self) -> list[GroupMeetingRecord]:
        """Held sittings whose minutes no later one has confirmed."""
        return [one for one in self.held if one.case.stage in AT_WORK_ON_MINUTES]

    @property
    def longest_gap(self) -> int | None:
        """The most days between two sittings of the last 12 months, or since the last one; None before the first."""
        return longest_gap([calendar.local_date(one.held_at) for one in self.held], calendar.today())


def longest_gap(days: Iterable[date], today: date) -> int | None:
    """The most days between neighbouring days, today the last of them; gaps that ended over a year ago are left out."""
    since = calendar.add_months(today, -LOOKED_BACK_MONTHS)
    ordered = [*sorted(day for day in days if day <= today), today]
    gaps = [(later - sooner).days for sooner, later in zip(ordered, ordered[1:], strict=False) if later >= since]
    return max(gaps, default=None)


def by_group(actor: Actor, groups: Sequence[Group]) -> list[GroupSittings]:
    """The sittings that somebody sees, under each of these groups and any other that they see a sitting of."""
    records = GroupMeetingRecord.visible_to(actor).select_related("case", "group").order_by("-planned_for")
    every = {group.pk: group for group in [*groups, *(record.group for record in records if record.group)]}
    terms = terms_of_groups(every.values(), calendar.today())
    found = {pk: GroupSittings(group, terms[pk]) for pk, group in every.items()}
    for record in records:
        if record.group_id:
            found[record.group_id].sittings.append(record)
    return sorted(found.values(), key=lambda one: one.group.name)


@dataclass
class Attendance:
    """How often one agency came to the sittings that wanted it. `absent`: the last sittings missed without a word."""

    agency: str
    wanted: int = 0
    came: int = 0
    deputised: int = 0
    silent: list[bool] = field(default_factory=list)

    @property
    def share(self) -> str:
        """Members and deputies together: "5 of 6", or a percentage from ten on."""
        total = self.came + self.deputised
        return f"{total} of {self.wanted}" + (f" ({100 * total // self.wanted}%)" if self.wanted >= MANY else "")

    @property
    def twice_silent(self) -> bool:
        """Whether the two latest sittings were missed with no apology."""
        return len(self.silent) >= 2 and all(self.silent[:2])


def attendance(actor: Actor, held: Sequence[GroupMeetingRecord]) -> list[Attendance]:
    """By agency, over these sittings (newest first); seats in attendance are not counted."""
    cases = [one.case_id for one in held]
    meetings = Meeting.visible_to(actor).filter(case_id__in=cases, held_at__isnull=False).order_by("held_at")
    order = {meeting.pk: place for place, meeting in enumerate(meetings)}
    seats = (
        Seat.visible_to(actor)
        .filter(meeting_id__in=order)
        .exclude(discipline=IN_ATTENDANCE)
        .select_related("agency")
        .prefetch_related("agency__names")
    )
    sat: dict[tuple[int, UUID], list[Seat]] = defaultdict(list)
    for seat in seats:
        sat[(order[seat.meeting_id], seat.agency_id)].append(seat)
    found: dict[UUID, Attendance] = {}
    for (_, agency), of_agency in sorted(sat.items(), key=lambda one: one[0][0], reverse=True):
        _count(found.setdefault(agency, Attendance(of_agency[0].agency.name)), {seat.presence for seat in of_agency})
    return sorted(found.values(), key=lambda one: one.agency)


def _count(row: Attendance, presences: set[str]) -> None:
    """One sitting for one agency, however many seats it has: a member came, else a deputy, else nobody."""
    presence = Seat.Presence
    if presences == {presence.NOT_REQUIRED}:
        return
    row.wanted += 1
    row.came += presence.HERE in presences
    row.deputised += presence.DEPUTY in presences and presence.HERE not in presences
    row.silent.append(presences <= {presence.NO_APOLOGY, presence.NOT_REQUIRED})


def papers_due(opened: Any) -> Any:
    """The clock of a sitting's papers, running or stopped; None where none was started."""
    return next((clock for clock in reversed(opened.matter.clocks) if clock.key == "papers_in_time"), None)


def days_late(sent: Any, due: Any) -> int:
    """Working days between the day on which papers were due and the day on which one was sent; 0 where in time."""
    if sent is None or due is None or sent <= due:
        return 0
    return max(1, calendar.working_days_between(calendar.local_date(due), calendar.local_date(sent)))


def next_by(one: GroupSittings) -> date | None:
    """The latest day for the next sitting by the group's terms; None where they do not say, or none was held."""
    if not (one.held and one.terms.weeks):
        return None
    return calendar.local_date(one.held[0].held_at) + timedelta(weeks=one.terms.weeks)


PROCESS = GroupMeeting.key
