"""Who sits on a group on a day, for which agency, and who may come in a member's place?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.people.models import Agency, Group, GroupMembership, Partnership, RoleHeld, Worker
from sightline.people.models.groups import NO_SAY
from sightline.vocabulary.roles import SCRUTINEER

DEPUTY, CHAIR = "deputy", "chair"


@dataclass(frozen=True)
class MemberSeat:
    """One seat on a group: an agency's, filled by a named worker where there is one. `counts`: towards the quorum."""

    agency: Agency
    worker: Worker | None
    capacity: str
    counts: bool

    @property
    def name(self) -> str:
        """The member's name; empty for an agency's own seat."""
        return self.worker.display_name if self.worker else ""


def groups_on(partnership: Partnership, on: date) -> list[Group]:
    """The partnership's groups that are there on a day, by name."""
    return list(Group.objects.on(on).filter(partnership=partnership).order_by("name"))


def seats_on(group: Group, on: date) -> list[MemberSeat]:
    """Every seat of a group on a day, the chair first; whoever sits twice (chair and member) sits once.

    The independent scrutineer is in attendance whatever the membership says: heard, never counted, never in the chair.
    """
    memberships = _memberships(group, on)
    independent = workers_holding(group.partnership, (SCRUTINEER.key,), on)
    agencies = _agencies_of([one.worker_id for one in memberships if one.worker_id], group.partnership, on)
    found: dict[tuple[UUID | None, UUID], MemberSeat] = {}
    for one in memberships:
        agency = one.agency or agencies.get(one.worker_id)
        if one.capacity == DEPUTY or agency is None:
            continue
        outside = one.worker_id in independent or one.capacity in NO_SAY
        capacity = "in attendance" if one.worker_id in independent else one.capacity
        found.setdefault((one.worker_id, agency.pk), MemberSeat(agency, one.worker, capacity, counts=not outside))
    return list(found.values())


def deputies_on(group: Group, on: date) -> list[tuple[Worker, Agency]]:
    """The deputy list of a day: members of the group in the capacity of deputy, with the agency that they stand for.

    The independent scrutineer stands for nobody, whatever the membership says.
    """
    independent = workers_holding(group.partnership, (SCRUTINEER.key,), on)
    named = [(one.worker, one.agency) for one in _memberships(group, on) if one.capacity == DEPUTY and one.worker]
    listed = [(worker, agency) for worker, agency in named if worker.pk not in independent]
    agencies = _agencies_of([worker.pk for worker, _ in listed], group.partnership, on)
    return [(worker, agency) for worker, own in listed if (agency := own or agencies.get(worker.pk))]


def workers_holding(partnership: Partnership, role_keys: Iterable[str], on: date) -> set[UUID]:
    """Keys of the workers who hold any of these roles in the partnership on a day, by themselves or as cover."""
    held = RoleHeld.objects.on(on).filter(partnership=partnership, role__in=list(role_keys))
    return set(held.values_list("worker_id", flat=True))


def _memberships(group: Group, on: date) -> list[GroupMembership]:
    rows = GroupMembership.objects.on(on).filter(group=group).select_related("worker", "agency")
    return sorted(
        rows.prefetch_related("agency__names"),
        key=lambda one: (one.capacity != CHAIR, one.worker.family_name if one.worker else "", str(one.pk)),
    )


def _agencies_of(workers: list[UUID], partnership: Partnership, on: date) -> dict[UUID | None, Agency]:
    held = RoleHeld.objects.on(on).filter(worker_id__in=workers, partnership=partnership, agency__isnull=False)
    rows = held.select_related("agency").prefetch_related("agency__names").order_by("deputy_for", "valid_from")
    found: dict[UUID | None, Agency] = {}
    for row in rows:
        found.setdefault(row.worker_id, row.agency)
    return found
