"""Who is acting: an account, the worker behind it, and the role, agency and partnership they act in now."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sightline.people.models import Account, Agency, Partnership, RoleHeld, Worker
from sightline.people.roles_held import roles_held


class RoleNotHeld(LookupError):
    """The actor asked to act in a role that they do not hold today."""


@dataclass(frozen=True)
class Actor:
    """`role` is the hat worn for this act; `roles` are all that the worker may wear, own roles before covered ones."""

    account: Account
    worker: Worker | None
    role: RoleHeld | None
    roles: tuple[RoleHeld, ...]
    agency: Agency | None
    partnership: Partnership | None

    def holds(self, role_key: str) -> bool:
        return any(held.role == role_key for held in self.roles)

    def acting_as(self, role_key: str) -> "Actor":
        """The same person wearing another of their roles. Raises RoleNotHeld."""
        for held in self.roles:
            if held.role == role_key:
                return self.wearing(held)
        mine = ", ".join(held.role for held in self.roles) or "none"
        raise RoleNotHeld(f"{self.name} does not hold the role {role_key!r} today. Roles held: {mine}.")

    def wearing(self, held: RoleHeld) -> "Actor":
        """The same person in one of the roles that they hold."""
        return replace(self, role=held, agency=held.agency, partnership=held.partnership)

    @property
    def name(self) -> str:
        return self.worker.display_name if self.worker else self.account.username

    @property
    def role_key(self) -> str:
        """The key of the role worn, or an empty string."""
        return self.role.role if self.role else ""

    @property
    def deputising(self) -> bool:
        return self.role is not None and self.role.deputy_for_id is not None


def bound(actor: Actor) -> dict[str, Any]:
    """What `audit.request` is told of whoever acts."""
    return {
        "account_id": actor.account.pk,
        "worker_id": actor.worker.pk if actor.worker else None,
        "agency": actor.agency.key if actor.agency else "",
        "role": actor.role_key,
        "actor": actor,
    }


def actor_for(account: Account, on: date | None = None, partnership: Partnership | None = None) -> Actor:
    """The account with the roles it holds on a day, in one partnership when given. At most two queries."""
    held = tuple(roles_held(account, on))
    if partnership is not None:
        held = tuple(role for role in held if role.partnership_id == partnership.id)
    role = held[0] if held else None
    return Actor(
        account=account,
        worker=account.worker,
        role=role,
        roles=held,
        agency=role.agency if role else None,
        partnership=role.partnership if role else partnership,
    )
