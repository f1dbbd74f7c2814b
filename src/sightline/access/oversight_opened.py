"""What did each worker open, as the audit has it: cases and people, told from what they only saw in a list."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sightline.engine.models import Case
from sightline.people.models import Partnership, Person
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow

CASE, PERSON = Case._meta.label, Person._meta.label
DRAWN_FROM = (Case.Tier.OPEN, Case.Tier.TEAM)
NOT_SEALED = (Case.Tier.OPEN, Case.Tier.TEAM, Case.Tier.RESTRICTED)

type Record = tuple[str, UUID]
"""What a record is, CASE or PERSON, and its id."""


@dataclass(frozen=True)
class Opened:
    """One record that a worker opened on a page, as the audit has it."""

    row: UUID
    worker: UUID
    record: Record
    at: datetime


def opened_in(
    partnership: Partnership, first: date, until: date, workers: set[UUID], tiers: tuple[str, ...] = DRAWN_FROM
) -> dict[UUID, list[Opened]]:
    """What each worker opened from a day to the day before `until`: one read of each record, the first. Three queries.

    Cases of these tiers, and people who are not sealed.
    """
    first_reads: dict[tuple[UUID, Record], Opened] = {}
    for row, worker, record, at in _rows(first, until, workers):
        first_reads.setdefault((worker, record), Opened(row, worker, record, at))
    records = {record for _, record in first_reads}
    here = ids_of(records, CASE), ids_of(records, PERSON)
    cases = Case.objects.filter(pk__in=here[0], partnership=partnership, tier__in=tiers)
    people = Person.objects.filter(pk__in=here[1], partnership=partnership, sealed=False)
    known = {(CASE, key) for key in _keys(cases)} | {(PERSON, key) for key in _keys(people)}
    found = defaultdict(list)
    for (worker, record), one in first_reads.items():
        if record in known:
            found[worker].append(one)
    return dict(found)


def ids_of(records: set[Record], subject: str) -> set[UUID]:
    """The ids of the records of one subject."""
    return {key for kind, key in records if kind == subject}


def days_opened(first: date, until: date, workers: set[UUID]) -> Iterator[tuple[UUID, Record, date]]:
    """Worker, record and day of each opening from a day to the day before `until`. One query."""
    for _, worker, record, at in _rows(first, until, workers):
        yield worker, record, calendar.local_date(at)


def _keys(rows: QuerySet[Any]) -> set[UUID]:
    return set(rows.values_list("pk", flat=True))


def _rows(first: date, until: date, workers: set[UUID]) -> Iterator[tuple[UUID, UUID, Record, datetime]]:
    rows = AuditRow.objects.filter(
        action="read",
        subject__in=(CASE, PERSON),
        worker_id__in=workers,
        at__gte=calendar.start_of_day(first),
        at__lt=calendar.start_of_day(until),
        detail__has_key="opened",
    )
    found: Any = rows.order_by("at").values_list("pk", "worker_id", "subject", "at", "detail__opened")
    for key, worker, subject, at, opened in found:
        for one in opened:
            yield key, worker, (subject, UUID(one)), at
