"""What a partnership's registers answer: who holds a role, which agency stands for a discipline, who is reachable."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sightline.people.models import Agency, Partnership, PartnershipMembership, RoleHeld, Worker
from sightline.platform import calendar
from sightline.vocabulary.meeting import DISCIPLINES
from sightline.vocabulary.roles import ROLES

Directory = Callable[[str, date], Worker | None]
Agencies = Callable[[str], Agency | None]
Reach = Callable[[UUID], bool]
SENT_THINGS = tuple(key for key, role in ROLES.items() if role.of_children)
"""Roles whose holders may open what is sent about a child."""


def directory(partnership: Partnership) -> Directory:
    """Who holds a role in this partnership on a day: deputies before those they cover, then the longest holder."""

    def find(role: str, on: date) -> Worker | None:
        held = RoleHeld.objects.on(on).filter(partnership=partnership, role=role)
        first = held.select_related("worker").order_by("deputy_for", "valid_from", "id").first()
        return first.worker if first else None

    return find


def partner_agencies(partnership: Partnership) -> Agencies:
    """The agency that stands for a discipline: by the order of kinds in `DISCIPLINES`, then by key."""
    kinds = list(DISCIPLINES)

    def find(discipline: str) -> Agency | None:
        members = PartnershipMembership.objects.on(calendar.today()).filter(partnership=partnership)
        standing = [kind for kind in kinds if DISCIPLINES[kind] == discipline]
        agencies = Agency.objects.filter(pk__in=members.values("agency_id"), kind__in=standing)
        return min(
            agencies.prefetch_related("names"),
            key=lambda agency: (kinds.index(agency.kind), agency.key),
            default=None,
        )

    return find


def reach(partnership: Partnership) -> Reach:
    """Whether an agency has anybody here who can be sent something about a child."""

    def reachable(agency_id: UUID) -> bool:
        held = RoleHeld.objects.on(calendar.today()).filter(partnership=partnership, agency_id=agency_id)
        held = held.filter(role__in=SENT_THINGS)
        return bool(held.filter(worker__accounts__is_active=True).exists())

    return reachable


def with_agencies(*rows: Iterable[Any]) -> None:
    """Give every row its agency, names read, from one look-up for all of them: two queries, however many lists.

    What a case has is the agency that answers it (`answering`); what every other row has is its `agency`.
    """
    asked = [(row, "answering" if hasattr(row, "answering_id") else "agency") for several in rows for row in several]
    wanted = {key for row, name in asked if (key := getattr(row, f"{name}_id"))}
    found = Agency.objects.prefetch_related("names").in_bulk(wanted) if wanted else {}
    for row, name in asked:
        if key := getattr(row, f"{name}_id"):
            setattr(row, name, found[key])
