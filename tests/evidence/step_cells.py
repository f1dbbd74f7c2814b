"""Who may take which step, against the oracle: every declared step, at every stage of its process, by every person.

The matters are in memory, as the engine loads them, so that each process and stage is there without its story.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from sightline.engine.matter import Matter, begin, registers_of
from sightline.engine.models import CaseStep, Involvement
from sightline.engine.refusals import NotAllowed
from sightline.platform import calendar
from sightline.vocabulary.process import PROCESSES, Process, Step

from . import oracle
from .matrix_world import WORKER_PARTS, Made
from .oracle import Person, Record
from .route_cells import declared
from .world_of_people import AGENCY_OF

ANSWERED = ("agency-enquiry", "section-11-return")
"""Processes of which each matter asks one agency."""
PROPOSED = ("nobody", "self", "another")


@dataclass(frozen=True)
class StepCell:
    """One question: may this person take this step of a process at this stage, where so and so proposed?"""

    person: Person
    process: str
    stage: str
    step: str
    proposed_by: str

    def __str__(self) -> str:
        about = f"{self.step} of {self.process} at {self.stage}, proposed by {self.proposed_by}"
        return f"{self.person.role}, {self.person.relation}: {about}"


def step_cells(made: Made) -> Iterator[StepCell]:
    """Steps after the first; one that endorses is asked about three times."""
    for process in PROCESSES.values():
        if not process.__module__.startswith("sightline."):
            continue
        for step in process.steps.values():
            for stage in () if step.opening else process.stages:
                for proposed in PROPOSED if step.endorses else PROPOSED[:1]:
                    for person in made.people:
                        yield StepCell(person, process.key, stage, step.key, proposed)


def wanted(cell: StepCell) -> str:
    """What the oracle says, whether or not the record is seen: that is asked beside it."""
    process = PROCESSES[cell.process]
    child, answers = process.concerns == "child", cell.process in ANSWERED
    record = Record(cell.process, process.compartment, "open", True, cell.stage, child, answers)
    may = oracle.may_take(cell.person, record, declared(cell.process, cell.step), cell.proposed_by)
    return oracle.SHOWN if may else oracle.REFUSED


class Taking:
    """Asks the engine's own rule."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.matters: dict[tuple[str, str], Matter] = {}

    def answer(self, cell: StepCell) -> str:
        from sightline.engine.permission import role_for

        matter, actor = self._matter(cell), self.made.actor(cell.person)
        step = matter.process.steps[cell.step]
        try:
            role_for(matter, _by_who_alone(step), actor)
        except NotAllowed:
            return oracle.REFUSED
        return oracle.SHOWN

    def _matter(self, cell: StepCell) -> Matter:
        process = PROCESSES[cell.process]
        key = (cell.process, cell.person.relation)
        matter = self.matters.get(key) or self._begun(process, cell.person)
        self.matters[key] = matter
        matter.case.stage = cell.stage
        matter.steps[:] = [_row(process.opening_step().key, uuid4()), *self._proposal(cell, process)]
        matter.involvements[:] = [*self._agencies(), *self._own(cell.person)]
        return matter

    def _begun(self, process: type[Process], person: Person) -> Matter:
        partnership = self.made.matters.world.partnership
        matter = begin(process, partnership, calendar.now(), "X-1", registers=registers_of(partnership))
        if process.key in ANSWERED:
            matter.case.answering = self.made.matters.world.agency(AGENCY_OF["asked"])
        return matter

    def _agencies(self) -> list[Any]:
        world = self.made.matters.world
        return [_part(agency_id=world.agency(AGENCY_OF[one]).pk, part=part) for one, part in oracle.BY_AGENCY.items()]

    def _own(self, person: Person) -> list[Any]:
        if person.relation not in WORKER_PARTS:
            return []
        part, starts, ends = WORKER_PARTS[person.relation]
        worker = self.made.people[person].worker_id
        return [_part(worker_id=worker, part=part, starts=_days(starts), ends=_days(ends) if ends else None)]

    def _proposal(self, cell: StepCell, process: type[Process]) -> list[CaseStep]:
        if cell.proposed_by == "nobody":
            return []
        who = self.made.actor(cell.person) if cell.proposed_by == "self" else None
        proposing = process.steps[cell.step].endorses[-1]
        worker = who.worker.pk if who and who.worker else uuid4()
        return [_row(proposing, who.account.pk if who else uuid4(), worker)]


def _by_who_alone(step: Step) -> Any:
    """The step without the condition that goes by what the record holds: that is its own process's, and its tests'."""
    names = ("label", "by", "at", "endorses")
    return SimpleNamespace(**{name: getattr(step, name) for name in names}, only_when=None)


def _row(step: str, account: Any, worker: Any = None) -> CaseStep:
    return CaseStep(step=step, account_id=account, worker_id=worker)


def _days(words: str) -> timedelta:
    return timedelta(days=int(words.split()[0]))


def _part(*, part: str, starts: timedelta = timedelta(days=-1), ends: timedelta | None = None, **whose: Any) -> Any:
    now = calendar.now()
    return Involvement(part=part, basis="", starts_at=now + starts, ends_at=now + ends if ends else None, **whose)
