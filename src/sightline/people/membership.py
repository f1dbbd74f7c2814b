"""Which agencies belong to a partnership, and who holds a role in it?"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sightline.people.directory import with_agencies
from sightline.people.models import Agency, Partnership, PartnershipMembership, RoleHeld, Worker


def member_agencies(partnership: Partnership, on: date) -> list[Agency]:
    """Agencies that belong to the partnership on a day, by name. Two queries; their names are read with them."""
    members = PartnershipMembership.objects.on(on).filter(partnership=partnership).values("agency_id")
    agencies = Agency.objects.filter(pk__in=members).prefetch_related("names")
    return sorted(agencies, key=lambda agency: agency.name_on(on))


def holders(partnership: Partnership, role_keys: Iterable[str], on: date) -> list[Worker]:
    """Workers with an account in use who hold any of these roles in the partnership on a day, by family name."""
    held = RoleHeld.objects.on(on).filter(partnership=partnership, role__in=list(role_keys))
    people = Worker.objects.filter(pk__in=held.values("worker_id"), accounts__is_active=True)
    return list(people.filter(accounts__kind="person").distinct())


def holders_at(agency: Agency, partnership: Partnership, role_keys: Iterable[str], on: date) -> list[Worker]:
    """The same at one agency: who holds any of these roles for it in the partnership on a day."""
    held = RoleHeld.objects.on(on).filter(partnership=partnership, agency=agency, role__in=list(role_keys))
    people = Worker.objects.filter(pk__in=held.values("worker_id"), accounts__is_active=True)
    return list(people.filter(accounts__kind="person").distinct())


def agencies_by_worker(partnership: Partnership, on: date) -> dict[UUID, list[Agency]]:
    """For everybody who holds a role in the partnership on a day, by the worker: their agencies there, each once."""
    held = list(RoleHeld.objects.on(on).filter(partnership=partnership))
    with_agencies(held)
    found: dict[UUID, list[Agency]] = {}
    for one in held:
        there = found.setdefault(one.worker_id, [])
        if one.agency and one.agency not in there:
            there.append(one.agency)
    return found
