"""Which records are kept apart from which, and which roles read each? Data, read by information governance."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from .roles import ROLES, Reach

FRONT_DOOR, PARTNERSHIP = "front-door", "partnership"


@dataclass(frozen=True)
class Compartment:
    """Records that the same roles read. `letter` is the partnership's own classification, where it has one.

    glass: whether a record of it may be opened for a time by somebody without a part in it.
    """

    key: str
    name: str
    readers: frozenset[str]
    letter: str = ""
    glass: bool = False


def _readers(row: dict[str, Any]) -> frozenset[str]:
    if "reach" in row:
        return frozenset(key for key, role in ROLES.items() if role.reach is Reach(row["reach"]))
    return _known(row["roles"])


def _known(roles: list[str]) -> frozenset[str]:
    if unknown := set(roles) - ROLES.keys():
        raise LookupError(f"compartments.toml names roles that there are not: {', '.join(sorted(unknown))}.")
    return frozenset(roles)


_ROWS = tomllib.loads(files(__package__).joinpath("compartments.toml").read_text("utf-8"))
TIERS = {tier: _known(roles) for tier, roles in _ROWS.pop("tiers").items()}
"""By tier beyond the open one, the roles that read it in their compartments without a part in the case."""
MAY_HOLD_CLOSELY = _known(_ROWS.pop("holding")["roles"])
"""Roles that say how closely a case is held, and name people on it."""
COMPARTMENTS = {
    key: Compartment(key, row["name"], _readers(row), row["letter"], row.get("glass", False))
    for key, row in _ROWS.items()
}


def compartments_of(role: str) -> frozenset[str]:
    """Keys of the compartments that a role reads."""
    return frozenset(key for key, one in COMPARTMENTS.items() if role in one.readers)


def tiers_of(role: str) -> frozenset[str]:
    """The tiers that a role reads in its compartments."""
    return frozenset({"open", *(tier for tier, readers in TIERS.items() if role in readers)})
