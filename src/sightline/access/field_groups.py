"""Fields with a rule of their own: seeing the record, or having opened it by glass, is not enough to see them."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from sightline.engine.models import Case, Involvement
from sightline.people.actor import Actor

from .sight import live_parts

ANSWERED_BY = "answered_by"
"""In `only_where`: the kind of the agency that was asked."""


@dataclass(frozen=True)
class FieldGroup:
    """Who may see some columns: by role, by a part in the case, or as the agency that gave them."""

    key: str
    name: str
    roles: frozenset[str]
    parts: frozenset[str]
    own: bool
    ask: str
    columns: frozenset[str] = frozenset()
    only_where: dict[str, str] = field(default_factory=dict)

    @property
    def refusal(self) -> str:
        return f"Kept apart: {self.name}."

    def holds(self, case: Case, record: Any, column: str) -> bool:
        """Whether a column of a record belongs to the group, as the record is answered."""
        if f"{case.process}.{column}" not in self.columns:
            return False
        return all(_answer(case, record, name) == wanted for name, wanted in self.only_where.items())


def _answer(case: Case, record: Any, name: str) -> Any:
    if name == ANSWERED_BY:
        return case.answering.kind if case.answering else ""
    return getattr(record, name)


def _read() -> dict[str, FieldGroup]:
    rows = tomllib.loads(files(__package__).joinpath("field_groups.toml").read_text("utf-8"))
    sets = ("roles", "parts", "columns")
    return {
        key: FieldGroup(key, **{**row, **{name: frozenset(row.get(name, ())) for name in sets}})
        for key, row in rows.items()
    }


FIELD_GROUPS = _read()


def field_group_named(key: str) -> FieldGroup:
    """Raises LookupError naming the key and the groups there are."""
    try:
        return FIELD_GROUPS[key]
    except KeyError:
        raise LookupError(f"There is no field group {key!r}. Groups: {', '.join(sorted(FIELD_GROUPS))}.") from None


def group_of(case: Case, record: Any, column: str) -> FieldGroup | None:
    """The group that a column of a record belongs to, where it belongs to one."""
    return next((group for group in FIELD_GROUPS.values() if group.holds(case, record, column)), None)


def may_see_group(actor: Actor, case: Case, group: FieldGroup, given_by: Any = None) -> bool:
    """Whether somebody who sees the case may see this group of its fields, too.

    given_by: id of the agency that gave them.
    """
    if any(held.partnership_id == case.partnership_id and held.role in group.roles for held in actor.roles):
        return True
    if group.own and given_by is not None and given_by in {held.agency_id for held in actor.roles}:
        return True
    parts = set(Involvement.objects.filter(live_parts(actor), case=case).values_list("part", flat=True))
    return bool(parts & group.parts)
