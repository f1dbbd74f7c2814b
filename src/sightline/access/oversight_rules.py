"""The figures and lists of `oversight.toml`, read once."""

import tomllib
from importlib.resources import files
from typing import Any

from sightline.vocabulary.roles import CLOCKWORK, PUBLIC_INTAKE, ROLES

_ROWS: dict[str, Any] = tomllib.loads(files(__package__).joinpath("oversight.toml").read_text("utf-8"))

LOOKED_ROLES: frozenset[str] = frozenset(_ROWS["looked"]["roles"])
"""Roles that may see who has looked at a record of their partnership."""
SIGNS_OUT_OWN_AGENCY: frozenset[str] = frozenset(_ROWS["sign-out"]["own_agency"])
SIGNS_OUT_ANYWHERE: frozenset[str] = frozenset(_ROWS["sign-out"]["anywhere"])
"""Roles that may sign out, or close the accounts of, people of their own agency; and of any in the partnership."""
OWN_NAME_MOST: int = _ROWS["own-name"]["most_people"]
"""How many adults on record may bear the name of a worker's account for it to say something by itself."""
READS_A_WORKER: int = _ROWS["sample"]["reads_a_worker"]
MANAGERS: dict[str, tuple[str, ...]] = {key: tuple(roles) for key, roles in _ROWS["sample"]["managers"].items()}
"""By a manager's role, the roles whose reads they look at."""
MISSED_DAYS: int = _ROWS["missed"]["days"]
MISSED_WEEKS: int = _ROWS["missed"]["weeks"]
"""How far back the night and the Monday are made good that the worker missed."""
UNUSUAL: dict[str, dict[str, Any]] = _ROWS["unusual"]
"""What makes access unusual, by key, with its name and its figures."""
OVERSEEING_ROLES: frozenset[str] = frozenset(UNUSUAL["no-action"]["not_roles"])
ACTING_ROLES: frozenset[str] = (
    frozenset(role.key for role in ROLES.values() if role.of_children and role not in (CLOCKWORK, PUBLIC_INTAKE))
    - OVERSEEING_ROLES
)
"""Roles that read children's records to act on them: all that read any, but those that oversee what others do."""
PURPOSES: dict[str, str] = {key: row["name"] for key, row in _ROWS["purposes"].items()}
"""What an independent scrutineer may read for, by key."""
