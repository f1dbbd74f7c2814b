"""How many contacts had no named worker at the end of each day: the dated series behind the word "unallocated"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import FilteredRelation, Min, Q

from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.platform import calendar

from .contact import Contact

NAMES_A_WORKER = tuple(
    step.key
    for step in (Contact.log, Contact.set_priority, Contact.take, Contact.allocate, Contact.route_to_known_worker)
)
"""Steps by which a contact gets a named worker: whoever first works on it, takes it or is given it."""


@dataclass(frozen=True)
class EndOfDay:
    """`unallocated` contacts were open on `day`'s last second and no step had named a worker by then."""

    day: date
    unallocated: int


def unallocated(actor: Actor, days: int = 14) -> Sequence[EndOfDay]:
    """The last `days` whole days, newest first, from what was recorded and when. One query."""
    yesterday = calendar.today() - timedelta(days=1)
    listed = [yesterday - timedelta(days=back) for back in range(days)]
    first, last = calendar.end_of_day(listed[-1]), calendar.end_of_day(listed[0])
    contacts = (
        Case.visible_to(actor)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__gt=first), process=Contact.key, opened_at__lte=last)
        .annotate(naming=FilteredRelation("steps", condition=Q(steps__step__in=NAMES_A_WORKER)))
        .annotate(named_at=Min("naming__recorded_at"))
        .filter(Q(named_at__isnull=True) | Q(named_at__gt=first))
        .values_list("opened_at", "closed_at", "named_at")
    )
    ends = [(day, calendar.end_of_day(day)) for day in listed]
    rows = list(contacts)
    return [
        EndOfDay(
            day,
            sum(
                opened <= end and (closed is None or closed > end) and (named is None or named > end)
                for opened, closed, named in rows
            ),
        )
        for day, end in ends
    ]
