"""What a register says on a day, what is coming, what is past, and who changed what, when and why.

Everything here asks who is looking: rows come through the sight rules, and so does what is known of each change.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, QuerySet

from sightline.engine.models import CaseStep
from sightline.people.actor import Actor
from sightline.people.managers import narrowed
from sightline.people.models import Partnership
from sightline.vocabulary.register import REGISTERS, Register
from sightline.vocabulary.roles import ROLES

from .entries import Change
from .proposal import Proposal, address_of, rows_of, versions


@dataclass
class Listing:
    """A register on a day: one row an entry, by name. `waiting`: proposed changes that nobody has settled yet."""

    in_force: list[Any] = field(default_factory=list)
    coming: list[Any] = field(default_factory=list)
    past: list[Any] = field(default_factory=list)
    waiting: list[Change] = field(default_factory=list)


@dataclass
class Act:
    """One step of a change: what was done, by whom and when."""

    says: str
    by: str
    role: str
    step: CaseStep


@dataclass
class Told:
    """A change as its matter tells it: the record and each step taken."""

    change: Change
    acts: list[Act]


@dataclass
class Version:
    """One version of an entry. `begun`, `ended`: what is known of the changes that did so, where the reader may know.

    never: it was replaced from its first day, and so was never in force.
    """

    row: Any
    begun: Told | None = None
    ended: Told | None = None

    @property
    def never(self) -> bool:
        return bool(self.row.valid_to == self.row.valid_from)


def seen_rows(register: type[Register], actor: Actor, partnership: Partnership) -> QuerySet[Any]:
    """Versions that the reader may see, with what they point at. A list that is every partnership's is open to all."""
    rows = rows_of(register, partnership)
    pointing = [c.name for c in register.entry._meta.fields if isinstance(c, ForeignKey) and c.name in register.columns]
    rows = rows.select_related(*pointing) if pointing else rows
    return narrowed(rows, actor) if register.belongs_to else rows


def seen_changes(register: type[Register], actor: Actor, partnership: Partnership) -> QuerySet[Any]:
    """Changes, made or proposed, that the reader may see."""
    rows: QuerySet[Any] = register.change.visible_to(actor).filter(case__partnership=partnership)
    return rows.select_related("case").order_by("case__opened_at")


def listing(register: type[Register], actor: Actor, partnership: Partnership, on: date) -> Listing:
    """The register on a day, as this reader may see it."""
    found = Listing()
    entries: dict[str, list[Any]] = defaultdict(list)
    for row in seen_rows(register, actor, partnership):
        if row.valid_to != row.valid_from:
            entries[address_of(register, row)].append(row)
    for rows in entries.values():
        _place(register, rows, on, found)
    for rows in (found.in_force, found.coming, found.past):
        rows.sort(key=lambda row: (register.called(row).lower(), row.valid_from))
    if register.change:
        waiting = seen_changes(register, actor, partnership).filter(case__closed_at__isnull=True)
        found.waiting = list(waiting)
    return found


def _place(register: type[Register], rows: list[Any], on: date, found: Listing) -> None:
    """Put an entry where it stands: its version of the day, those to come, or its last one."""
    coming = [row for row in rows if row.valid_from > on]
    now = [row for row in rows if row.valid_from <= on and not (row.valid_to and row.valid_to <= on)]
    over = [row for row in now if register.state and getattr(row, register.state) in register.over]
    found.in_force += [row for row in now if row not in over]
    found.coming += coming
    if over or not (now or coming):
        found.past.append((over or rows)[-1])


def history(register: type[Register], actor: Actor, partnership: Partnership, address: str) -> list[Version]:
    """Every version of an entry, newest first, with the changes that began and ended it."""
    found = versions(register, seen_rows(register, actor, partnership), address)
    told = _told(register, actor, [row.pk for row in found]) if register.change else {}
    begun = {one.change.made: one for one in told.values()}
    ended = {one.change.ended: one for one in told.values()}
    return [Version(row, begun.get(row.pk), ended.get(row.pk)) for row in reversed(found)]


def waiting_for(register: type[Register], actor: Actor, partnership: Partnership, address: str) -> list[Change]:
    """Changes to an entry that nobody has settled yet."""
    if not register.change:
        return []
    return list(seen_changes(register, actor, partnership).filter(entry=address, case__closed_at__isnull=True))


def register_of(process_key: str) -> type[Register] | None:
    """The register that a process changes; None for a process of another kind."""
    return next((one for one in REGISTERS.values() if one.change and one.process_key() == process_key), None)


def compared_with(register: type[Register], matter: Any) -> Any:
    """The version that a change ends or would end, for whoever may read the matter; None for a new entry."""
    change: Change = matter.record
    if change.ended:
        return rows_of(register, matter.case.partnership).get(pk=change.ended)
    proposed = Proposal.of(register, matter, {}) if matter.case.open else None
    return proposed.before if proposed else None


def _told(register: type[Register], actor: Actor, rows: Iterable[UUID]) -> dict[UUID, Told]:
    """Changes that began or ended any of these versions, by their case."""
    made = register.change.visible_to(actor).filter(made__in=rows)
    ended = register.change.visible_to(actor).filter(ended__in=rows)
    changes: dict[UUID, Change] = {one.pk: one for one in (*made.select_related("case"), *ended.select_related("case"))}
    steps = CaseStep.visible_to(actor).filter(case_id__in=changes).select_related("worker", "case").order_by("number")
    acts: dict[UUID, list[Act]] = defaultdict(list)
    for step in steps:
        acts[step.case_id].append(_act(step))
    return {key: Told(change, acts[key]) for key, change in changes.items()}


def _act(step: CaseStep) -> Act:
    declared = step.case.declared.steps.get(step.step)
    role = ROLES.get(step.role)
    return Act(
        declared.done if declared else step.step,
        step.worker.display_name if step.worker else "Somebody whose name is not held",
        role.name if role else "",
        step,
    )
