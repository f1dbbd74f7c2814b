"""Which matters came of a case: those that it asked of agencies, those that it opened, and what came of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from sightline.engine.models import Case, Link

HANDS_ON = ("asked", "opened")
"""Kinds of link by which a matter is handed the people of another; what repeats another was told afresh."""


def came_of(cases: Iterable[UUID], kinds: Iterable[str] = HANDS_ON, *, lock: bool = False) -> set[UUID]:
    """Ids of every matter that came of these, themselves left out, as far as the transaction's account sees them.

    `lock`: level by level, so that nothing is opened from one of them unnoticed meanwhile.
    """
    given = set(cases)
    found, last = set(given), set(given)
    while last:
        linked = Link.objects.filter(source__in=last, kind__in=kinds).values("target_id")
        rows = Case.objects.filter(Q(parent__in=last) | Q(pk__in=linked)).exclude(pk__in=found).order_by("pk")
        last = set((rows.select_for_update(of=("self",)) if lock else rows).values_list("pk", flat=True))
        found |= last
    return found - given
