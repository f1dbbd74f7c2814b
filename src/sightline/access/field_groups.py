"""Fields with a rule of their own: seeing the record, or having opened it by glass, is not enough to see them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from sightline.engine.models import Case, Involvement
from sightline.people.actor import Actor

from .sight import live_parts

ANSWERED_BY = "answered_by"
"""In `only_where`: the kind of the agency that was asked."""


@dataclass(frozen=True)
class Fields:
    """Columns (process.column), and the answers of their record with which they are meant."""

    columns: frozenset[str]
    only_where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldGroup:
    """Who may see some columns: by role, by a part in the case, or as the agency that gave them."""

    key: str
    name: str
    roles: frozenset[str]
    parts: frozenset[str]
    own: bool
    ask: str
    fields: tuple[Fields, ...] = ()

    @property
    def refusal(self) -> str:
        return f"Kept apart: {self.name}."

    def holds(self, case: Case, record: Any, column: str) -> bool:
        """Whether a column of a record belongs to the group, as the record is answered."""
        return any(
            f"{case.process}.{column}" in of.columns
            and all(_answer(case, record, name) == wanted for name, wanted in of.only_where.items())
            for of in self.fields
        )


def _answer(case: Case, record: Any, name: str) -> Any:
    if name == ANSWERED_BY:
        return case.answering.kind if case.answering else ""
    return getattr(record, name, "")


def _read() -> dict[str, FieldGroup]:
    rows = tomllib.loads(files(__package__).joinpath("field_groups.toml").read_text("utf-8"))
    return {key: _group(key, **row) for key, row in rows.items()}


def _group(key: str, **row: Any) -> FieldGroup:
    held = tuple(Fields(frozenset(of["columns"]), of.get("only_where", {})) for of in row.pop("fields", ()))
    return FieldGroup(key, fields=held, **{**row, **{name: frozenset(row[name]) for name in ("roles", "parts")}})


FIELD_GROUPS = _read()
_SOMETIMES = frozenset(column for group in FIELD_GROUPS.values() for of in group.fields for column in of.columns)


def field_group_named(key: str) -> FieldGroup:
    """Raises LookupError naming the key and the groups there are."""
    try:
        return FIELD_GROUPS[key]
    except KeyError:
        raise LookupError(f"There is no field group {key!r}. Groups: {', '.join(sorted(FIELD_GROUPS))}.") from None


def groups_of(case: Case, records: Iterable[Any], column: str) -> list[FieldGroup]:
    """The groups that a column belongs to, as any of these is answered: the record now, or as it was."""
    if not sometimes_apart(case, column):
        return []
    held = list(records)
    return [group for group in FIELD_GROUPS.values() if any(group.holds(case, one, column) for one in held)]


def sometimes_apart(case: Case, column: str) -> bool:
    """Whether a column belongs to any group, however its record is answered."""
    return f"{case.process}.{column}" in _SOMETIMES


def may_see_group(actor: Actor, case: Case, group: FieldGroup, given_by: Any = None, *, by_glass: bool) -> bool:
    """Whether somebody who sees the case may see this group of its fields, too.

    given_by: id of the agency that gave them. by_glass: whether nothing but glass shows them the case; it opens none.
    """
    if by_glass:
        return False
    if any(held.partnership_id == case.partnership_id and held.role in group.roles for held in actor.roles):
        return True
    if group.own and given_by is not None and given_by in {held.agency_id for held in actor.roles}:
        return True
    parts = set(Involvement.objects.filter(live_parts(actor), case=case).values_list("part", flat=True))
    return bool(parts & group.parts)
