"""What must this person do next, and what of theirs is late? Worked out from stages and clocks; nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.people.actor import Actor
from sightline.vocabulary.process import PROCESSES, Step
from sightline.vocabulary.roles import role_named

from .models import Case, CaseClock, CaseStep


@dataclass(frozen=True)
class Task:
    """The step that a case waits for, the clock that ends first (if any), and whether it is this person's own."""

    case: Case
    step: Step
    clock: CaseClock | None
    mine: bool

    @property
    def due_at(self) -> datetime | None:
        return self.clock.due_at if self.clock else None


def tasks_for(actor: Actor) -> list[Task]:
    """Open cases that wait for a role this person holds, soonest due first. A constant number of queries."""
    stages = {
        (process.key, stage.key)
        for process in PROCESSES.values()
        for stage in process.stages.values()
        for step in process.steps_at(stage.key)
        if step.next_up and any(actor.holds(role.key) for role in step.by)
    }
    keys = {stage for _, stage in stages}
    cases = Case.visible_to(actor).filter(closed_at__isnull=True, stage__in=keys)
    loaded = cases.select_related("owner", "answering").prefetch_related("clocks", "subjects", "answering__names")
    agencies = {held.agency_id for held in actor.roles}
    mine = CaseStep.objects.filter(case__in=[case.pk for case in loaded], agency_id__in=agencies)
    done = set(mine.values_list("case_id", "step"))
    waiting = [task for case in loaded if (case.process, case.stage) in stages for task in _tasks(case, actor, done)]
    return sorted(waiting, key=lambda task: (task.due_at is None, task.due_at or task.case.opened_at))


def _tasks(case: Case, actor: Actor, done: set[tuple[UUID, str]]) -> Iterable[Task]:
    steps = [s for s in case.declared.steps_at(case.stage) if s.next_up and _theirs(case, s, actor)]
    steps = [s for s in steps if not (s.once_each and (case.pk, s.key) in done)]
    if steps:
        own = case.owner_id == getattr(actor.worker, "pk", None) or case.answering_id is not None
        yield Task(case, steps[0], next_clock(case), own)


def _theirs(case: Case, step: Step, actor: Actor) -> bool:
    for held in actor.roles:
        if held.role in {role.key for role in step.by}:
            by_agency = role_named(held.role).by_agency and case.answering_id is not None
            if not by_agency or case.answering_id == held.agency_id:
                return True
    return False


def next_clock(case: Case) -> CaseClock | None:
    """The running clock that ends first; reads prefetched `clocks`."""
    running = [clock for clock in case.clocks.all() if clock.stopped_at is None]
    return min(running, key=lambda clock: clock.due_at, default=None)
