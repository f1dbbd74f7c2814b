"""Who is here today, by role: for allocating work, and for the board's line of staff."""

from collections.abc import Iterable
from datetime import date

from sightline.people.models import Partnership, RoleHeld, Worker


def holding(partnership: Partnership, role_keys: Iterable[str], on: date) -> list[RoleHeld]:
    """Every role of these kinds in force in the partnership on a day, with its worker and agency. One query."""
    held = RoleHeld.objects.on(on).filter(partnership=partnership, role__in=list(role_keys))
    return list(held.select_related("worker", "agency").order_by("worker__family_name", "worker__given_name", "id"))


def workers_holding(partnership: Partnership, role_keys: Iterable[str], on: date) -> list[Worker]:
    """The workers who hold any of these roles, each once, by family name."""
    return list({held.worker_id: held.worker for held in holding(partnership, role_keys, on)}.values())
