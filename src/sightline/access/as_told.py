"""Is a worker, or are their own, told of on a case where nobody has yet found whose record it is?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Replace, Upper

from sightline.engine.models import CaseSubject
from sightline.people.index.agreement import postcode_key
from sightline.people.index.spelling import plain
from sightline.people.models import Partnership, Worker

from .handed_on import came_of
from .models import Interest, OwnDetails

HOW = "the details match somebody told of on a case, whose record is not known"


def matches_as_told(
    worker: Worker, told: Iterable[OwnDetails], partnerships: Iterable[Partnership]
) -> list[dict[str, Any]]:
    """Columns of a new hit for each person told of on a case who is the worker or their own, the oldest case first.

    What came of such a case was handed them with it, and is kept by the same hit, or cleared with it: they are no new
    hit there.
    """
    before = Interest.objects.filter(worker=worker, subject__isnull=False).select_related("subject")
    known = [_Known.of(hit.subject) for hit in before if hit.subject]
    found: list[dict[str, Any]] = []
    for one in told:
        for subject in _told_of(one, partnerships):
            if not any(hit.covers(subject) for hit in known):
                known.append(_Known.of(subject))
                how = f"{one.get_whose_display()}: {HOW}"
                found.append({"subject": subject, "partnership_id": subject.case.partnership_id, "how": how})
    return found


@dataclass(frozen=True)
class _Known:
    """Somebody told of who was matched, and the cases that were handed them."""

    subject: CaseSubject
    handed: set[UUID]

    @classmethod
    def of(cls, subject: CaseSubject) -> Self:
        return cls(subject, came_of([subject.case_id]))

    def covers(self, other: CaseSubject) -> bool:
        same = other.case_id in self.handed and same_name(self.subject, other)
        return same or other.pk == self.subject.pk


def _told_of(one: OwnDetails, partnerships: Iterable[Partnership]) -> list[CaseSubject]:
    """By the rule for those on record: the same family and first given name, and date of birth or postcode."""
    alike = Q()
    if one.date_of_birth:
        alike |= Q(date_of_birth=one.date_of_birth)
    if one.postcode:
        alike |= Q(key=postcode_key(one.postcode))
    if not alike:
        return []
    key = Upper(Replace(F("postcode"), Value(" "), Value("")))
    rows = CaseSubject.objects.filter(person__isnull=True, case__partnership__in=partnerships)
    rows = rows.alias(key=key).filter(alike).select_related("case").order_by("case__opened_at")
    return [row for row in rows if same_name(one, row)]


def same_name(told: Any, held: Any) -> bool:
    """Whether two are called the same: all of the family name, and the first given name."""
    first = [plain(text).split()[:1] for text in (told.given_names, held.given_names)]
    return plain(told.family_name) == plain(held.family_name) and first[0] == first[1]
