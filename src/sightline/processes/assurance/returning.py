"""Reading a cycle: who has sent theirs, who is late and was late before, as far as the reader may see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.engine.models import Case, CaseClock
from sightline.instruments.models import Answer, Moderation
from sightline.people.actor import Actor
from sightline.people.models import Agency
from sightline.platform import calendar
from sightline.vocabulary.instrument import Scores

from .section_11_cycle import NOT_SENT, Section11Cycle
from .section_11_return import Section11Return


@dataclass(frozen=True)
class Returned:
    """One agency's return in a cycle. `streak`: cycles in a row, this one included, in which it was late."""

    case: Case
    agency: str
    sent: bool
    late: bool
    due_at: datetime | None
    streak: int

    @property
    def withdrawn(self) -> bool:
        return self.case.stage == Section11Return.withdrawn.key


def cycles(actor: Actor) -> list[Case]:
    """Cycles that this person sees, newest first."""
    rows = Case.visible_to(actor).filter(process=Section11Cycle.key)
    return list(rows.select_related("partnership").order_by("-opened_at"))


def returns_in(actor: Actor, cycle_ids: list[UUID]) -> dict[UUID, list[Case]]:
    """The returns of each cycle that this person sees, by agency."""
    found: dict[UUID, list[Case]] = defaultdict(list)
    rows = Case.visible_to(actor).filter(process=Section11Return.key, parent_id__in=cycle_ids)
    for case in rows.select_related("answering").prefetch_related("answering__names"):
        if case.parent_id:
            found[case.parent_id].append(case)
    return {key: sorted(cases, key=lambda case: agency_of(case).name) for key, cases in found.items()}


def agency_of(case: Case) -> Agency:
    """The agency whose return it is: every return has one."""
    assert case.answering is not None  # noqa: S101 - set as the return is opened
    return case.answering


def before(actor: Actor, cycle: Case) -> Case | None:
    """The cycle before this one in the same partnership."""
    earlier = (one for one in cycles(actor) if one.partnership_id == cycle.partnership_id)
    return next((one for one in earlier if one.opened_at < cycle.opened_at), None)


def returned(actor: Actor, cycle: Case) -> list[Returned]:
    """Every return of a cycle, by agency. A constant number of queries."""
    return returned_by_cycle(actor, _so_far(cycle, cycles(actor)))[cycle.pk]


def returned_by_cycle(actor: Actor, newest_first: list[Case]) -> dict[UUID, list[Returned]]:
    """The same for several cycles, in as many queries as for one; being late counts over those given."""
    found = returns_in(actor, [one.pk for one in newest_first])
    every = [case for cases in found.values() for case in cases]
    clocks = _clocks(actor, every)
    late = {case.pk: _late(clocks.get(case.pk)) for case in every}

    def of(case: Case, so_far: list[Case]) -> Returned:
        return Returned(
            case=case,
            agency=agency_of(case).name,
            sent=case.stage not in NOT_SENT,
            late=late[case.pk],
            due_at=clocks[case.pk].due_at if case.pk in clocks else None,
            streak=_streak(case, so_far, found, late),
        )

    return {
        cycle.pk: [of(case, _so_far(cycle, newest_first)) for case in found.get(cycle.pk, [])] for cycle in newest_first
    }


def _so_far(cycle: Case, every: list[Case]) -> list[Case]:
    """The cycle and those before it in the same partnership, in the order given."""
    here = (one for one in every if one.partnership_id == cycle.partnership_id)
    return [one for one in here if one.opened_at <= cycle.opened_at]


def _clocks(actor: Actor, cases: list[Case]) -> dict[UUID, CaseClock]:
    key = Section11Return.return_in_time.key
    rows = CaseClock.visible_to(actor).filter(case__in=[case.pk for case in cases], key=key)
    return {clock.case_id: clock for clock in rows}


def _late(clock: CaseClock | None) -> bool:
    if clock is None:
        return False
    return clock.ended == CaseClock.Ended.LATE or (clock.stopped_at is None and clock.due_at < calendar.now())


def _streak(case: Case, newest_first: list[Case], found: dict[UUID, list[Case]], late: dict[UUID, bool]) -> int:
    count = 0
    for cycle in newest_first:
        theirs = next((one for one in found.get(cycle.pk, []) if one.answering_id == case.answering_id), None)
        if theirs is None or not late[theirs.pk]:
            break
        count += 1
    return count


def self_scores(actor: Actor, cases: list[Any]) -> dict[UUID, Scores]:
    """What each return says of itself now: scores by item. One query."""
    rows = Answer.visible_to(actor).filter(case__in=[case.pk for case in cases]).order_by("version")
    return _by_case(rows)


def moderated_scores(actor: Actor, cases: list[Any]) -> dict[UUID, Scores]:
    """What moderators say of each return now, beside its own: scores by item. One query."""
    rows = Moderation.visible_to(actor).filter(case__in=[case.pk for case in cases]).order_by("number")
    return _by_case(rows)


def _by_case(rows: Any) -> dict[UUID, Scores]:
    found: dict[UUID, dict[str, int | None]] = defaultdict(dict)
    for row in rows:
        found[row.case_id][row.item] = row.score
    return dict(found)
