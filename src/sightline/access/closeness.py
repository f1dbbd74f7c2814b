"""How closely is a matter held? What one opens is held as it is itself, for the same people named one by one."""

from collections.abc import Iterable
from datetime import datetime

from sightline.engine.effects import Deed, opened_from
from sightline.engine.matter import Matter
from sightline.engine.models import Case, Involvement
from sightline.people.models import Worker

from .handed_on import came_of

NAMED = "named"
CLOSE = (Case.Tier.RESTRICTED, Case.Tier.SEALED)
"""Tiers of matters that are read by people named one by one and nobody else, their agencies included."""
OPENED = ("asked", "opened", "said")
"""Kinds of link to a matter that the other opened. The rest join matters that were both there already."""


def as_closely(tier: str, than: str) -> bool:
    """Whether one tier is held as closely as another, or more so."""
    order = list(Case.Tier.values)
    return order.index(tier) >= order.index(than)


def descending(case: Case, *, lock: bool = False) -> list[Case]:
    """Whatever the case opened, what that opened, and so on: as far as whoever asks of the database may see it."""
    return list(Case.objects.filter(pk__in=came_of([case.pk], OPENED, lock=lock)).order_by("pk"))


def hold_as(source: Matter, opened: Deed) -> None:
    """Hold what has just been opened as closely as its source.

    Where that is for named people only, they are named on it too, and nobody else comes into it in person by a custom
    of the process (the team manager who would own it): its owner is the source's, or somebody who is in the source.
    """
    opened.case.tier = source.case.tier
    if source.case.tier in CLOSE:
        there = [part for part in source.involvements if part.worker_id and _in_force(part, opened.row.recorded_at)]
        _keep_to([part.worker for part in there if part.worker], source.case, opened)
        for part in there:
            if part.part == NAMED:
                _name_again(part, opened)
    for deed in opened.opened:
        hold_as(opened.matter, deed)


def _in_force(part: Involvement, at: datetime) -> bool:
    return part.starts_at <= at and (part.ends_at is None or part.ends_at > at)


def _keep_to(there: Iterable[Worker], source: Case, opened: Deed) -> None:
    """Where nobody is left in the source, the opened matter keeps whom its process gives it: it must have somebody."""
    known = {worker.pk: worker for worker in there}
    if not known:
        return
    for part in [part for part in opened.matter.involvements if part.worker_id and part.worker_id not in known]:
        opened.matter.involvements.remove(part)
        opened.new.remove(part)
    if opened.case.owner_id not in known:
        by = opened.by.worker.pk if opened.by.worker else None
        heir = next((key for key in (source.owner_id, by) if key in known), next(iter(known)))
        opened.own(known[heir])


def _name_again(part: Involvement, opened: Deed) -> None:
    same = {name: getattr(part, name) for name in ("worker", "part", "basis", "granted_by_id", "ends_at")}
    again = Involvement(case=opened.case, starts_at=opened.row.recorded_at, **same)
    opened.matter.involvements.append(again)
    opened.add(again)


def register() -> None:
    """Called once at start-up: whatever a step opens is held as its source is."""
    opened_from.add(hold_as)
