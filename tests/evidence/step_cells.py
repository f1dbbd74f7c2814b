"""Who may take which step, against the oracle: every declared step, at every stage of its process, by every person.

The matters are in memory, as the engine loads them, so that each process and stage is there without its story.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from sightline.engine.matter import Matter, begin, registers_of
from sightline.engine.models import CaseStep, Involvement
from sightline.engine.refusals import NotAllowed
from sightline.platform import calendar
from sightline.vocabulary.process import PROCESSES, Process, Step

from . import oracle
from .matrix_world import AGENCY_PARTS, WORKER_PARTS, Made
from .oracle import Person, Record
from .route_cells import declared
from .world_of_people import AGENCY_OF

ANSWERED = ("agency-enquiry", "section-11-return")
"""Processes of which each matter asks one agency."""
PROPOSED = ("nobody", "self", "the same worker", "the same account", "another")
"""Who proposed what is to be endorsed: a worker may have had two accounts, and an account two workers."""


@dataclass(frozen=True)
class StepCell:
    """One question: may this person take this step of a process at this stage, where so and so proposed?

    of_another: whether the process asks it of another of the role, where it is for some of them only (`only_for`).
    """

    person: Person
    process: str
    stage: str
    step: str
    proposed_by: str
    of_another: bool = False

    def __str__(self) -> str:
        about = f"{self.step} of {self.process} at {self.stage or 'none'}, proposed by {self.proposed_by}"
        about += ", asked of another" if self.of_another else ""
        return f"{self.person.role}, {self.person.relation}: {about}"


def step_cells(people: Iterable[Person]) -> Iterator[StepCell]:
    """Every step at every stage, the first at none; one that endorses is asked about for each way of proposing."""
    for process in PROCESSES.values():
        if not process.__module__.startswith("sightline."):
            continue
        for step in process.steps.values():
            proposals = _ways(process, step)
            for stage in [""] if step.opening else process.stages:
                for proposed, another in product(proposals, (False, True) if step.only_for else (False,)):
                    for person in people:
                        yield StepCell(person, process.key, stage, step.key, proposed, another)


def _ways(process: type[Process], step: Step) -> tuple[str, ...]:
    """Who proposed: nobody where nothing is endorsed, and somebody at any rate where beginning the matter is."""
    if not step.endorses:
        return PROPOSED[:1]
    return PROPOSED[1:] if process.opening_step().key in step.endorses else PROPOSED


def wanted(cell: StepCell) -> str:
    """What the oracle says, whether or not the record is seen: that is asked beside it."""
    process = PROCESSES[cell.process]
    child, answers = process.concerns == "child", cell.process in ANSWERED
    record = Record(cell.process, process.compartment, "open", True, cell.stage, child, answers)
    step = replace(declared(cell.process, cell.step), of_another=cell.of_another)
    may = oracle.may_take(cell.person, record, step, cell.proposed_by)
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
            role_for(matter, _by_who_alone(step, cell), actor)
        except NotAllowed:
            return oracle.REFUSED
        return oracle.SHOWN

    def _matter(self, cell: StepCell) -> Matter:
        process = PROCESSES[cell.process]
        key = (cell.process, cell.person.relation)
        matter = self.matters.get(key) or self._begun(process, cell.person)
        self.matters[key] = matter
        matter.case.stage = cell.stage or process.opening_step().to.key
        begun = bool(cell.stage)
        matter.steps[:] = [_row(process.opening_step().key, uuid4()), *self._proposal(cell, process)] if begun else []
        matter.involvements[:] = [*self._agencies(), *self._own(cell.person)] if begun else []
        return matter

    def _begun(self, process: type[Process], person: Person) -> Matter:
        partnership = self.made.matters.world.partnership
        matter = begin(process, partnership, calendar.now(), "X-1", registers=registers_of(partnership))
        if process.key in ANSWERED:
            matter.case.answering = self.made.matters.world.agency(AGENCY_OF["asked"])
        return matter

    def _agencies(self) -> list[Any]:
        world = self.made.matters.world
        return [
            _part(agency_id=world.agency(AGENCY_OF[one]).pk, part=part, starts=_days(starts), ends=_until(ends))
            for one, (part, starts, ends) in AGENCY_PARTS.items()
        ]

    def _own(self, person: Person) -> list[Any]:
        if person.relation not in WORKER_PARTS:
            return []
        part, starts, ends = WORKER_PARTS[person.relation]
        worker = self.made.people[person].worker_id
        return [_part(worker_id=worker, part=part, starts=_days(starts), ends=_until(ends))]

    def _proposal(self, cell: StepCell, process: type[Process]) -> list[CaseStep]:
        if cell.proposed_by == "nobody":
            return []
        who = self.made.people[cell.person]
        account = who.pk if cell.proposed_by in ("self", "the same account") else uuid4()
        worker = who.worker_id if cell.proposed_by in ("self", "the same worker") else uuid4()
        return [_row(process.steps[cell.step].endorses[-1], account, worker)]


def _by_who_alone(step: Step, cell: StepCell) -> Any:
    """The step without the conditions that go by what the record holds: those are its own process's, and its tests'."""
    names = ("label", "by", "at", "endorses", "protective")
    only_for = (lambda matter, by: "It is asked of another." if cell.of_another else "") if step.only_for else None
    return SimpleNamespace(**{name: getattr(step, name) for name in names}, only_when=None, only_for=only_for)


def _row(step: str, account: Any, worker: Any = None) -> CaseStep:
    return CaseStep(step=step, account_id=account, worker_id=worker)


def _days(words: str) -> timedelta:
    return timedelta(days=int(words.split()[0]))


def _until(words: str | None) -> timedelta | None:
    return _days(words) if words else None


def _part(*, part: str, starts: timedelta = timedelta(days=-1), ends: timedelta | None = None, **whose: Any) -> Any:
    now = calendar.now()
    return Involvement(part=part, basis="", starts_at=now + starts, ends_at=now + ends if ends else None, **whose)
