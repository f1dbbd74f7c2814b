"""Which matters came of a case: those that it asked of agencies, those that it opened, and what came of them."""

from collections.abc import Iterable
from uuid import UUID

from sightline.engine.models import Case, Link

HANDS_ON = ("asked", "opened")
"""Kinds of link by which a matter is handed the people of another; what repeats another was told afresh."""


def came_of(cases: Iterable[UUID]) -> set[UUID]:
    """Ids of every matter that came of these, themselves left out, as far as the transaction's account sees them."""
    given = set(cases)
    found, last = set(given), set(given)
    while last:
        asked = Case.objects.filter(parent__in=last).values_list("pk", flat=True)
        opened = Link.objects.filter(source__in=last, kind__in=HANDS_ON).values_list("target_id", flat=True)
        last = {*asked, *opened} - found
        found |= last
    return found - given
