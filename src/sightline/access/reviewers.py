"""Who reviews a record opened without a part in it? Somebody outside the line of whoever opened it, where there is one.

Outside: whoever holds no role at that agency today. Custom: nobody is judged by those they work beside.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sightline.people.models import Agency
from sightline.people.roles_held import held_at_work
from sightline.platform.settings.doctor import Fault
from sightline.platform.settings.environment import Environment
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, ROLES, Reach

MEND = "Give the role of information governance to somebody of another agency"
_FRONT_DOOR = [role.key for role in ROLES.values() if role.reach is Reach.PARTNERSHIP]


class Reviewers:
    """Reviewers at work today, in these partnerships or in all. Two queries, one where there are none."""

    def __init__(self, partnerships: Collection[UUID] | None = None) -> None:
        held = held_at_work().filter(role=INFORMATION_GOVERNANCE.key)
        held = held if partnerships is None else held.filter(partnership__in=partnerships)
        self._of: dict[UUID, set[UUID]] = defaultdict(set)
        for partnership, worker in held.values_list("partnership_id", "worker_id"):
            self._of[partnership].add(worker)
        workers = set().union(*self._of.values())
        works_at = held_at_work().filter(worker__in=workers) if workers else held.none()
        self._at = set(works_at.values_list("worker_id", "agency_id"))

    def outside(self, partnership: UUID, agency: UUID | None, opener: UUID | None = None) -> set[UUID]:
        """Reviewers who hold no role at the agency, and are not the one who opened the record."""
        there = self._of.get(partnership, set())
        return {one for one in there if one != opener and (agency is None or (one, agency) not in self._at)}

    def of(self, partnership: UUID, agency: UUID | None, opener: UUID | None) -> set[UUID]:
        """Who reviews it: those outside, or where there are none whoever is left."""
        return self.outside(partnership, agency, opener) or self._of.get(partnership, set()) - {opener}


def nobody_outside(partnerships: Collection[UUID] | None = None) -> list[str]:
    """A sentence for each agency whose people may open records and whom nobody outside it reviews. Four queries."""
    opening = held_at_work().filter(role__in=_FRONT_DOOR, agency__isnull=False)
    opening = opening if partnerships is None else opening.filter(partnership__in=partnerships)
    reviewers = Reviewers(partnerships)
    pairs = set(opening.values_list("partnership_id", "agency_id"))
    alone = {agency for partnership, agency in pairs if not reviewers.outside(partnership, agency)}
    names = sorted(str(one) for one in Agency.objects.filter(pk__in=alone).prefetch_related("names")) if alone else []
    return [f"Nobody outside {name} reviews the records that its people open without a part in them" for name in names]


def reviewed_from_outside(environment: Environment) -> str:
    """For `sightline doctor`: what is opened without a part is reviewed outside the agency of whoever opened it."""
    if alone := nobody_outside():
        raise Fault(f"{'. '.join(alone)}. {MEND}.")
    return "records opened without a part in them are reviewed by another agency"
