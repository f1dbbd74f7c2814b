"""What follows from a step: every row, worked out in memory, nothing saved.

`perform` saves what this returns; the demonstration bulk-copies it. A process's own `then` may only use a deed's verbs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from sightline.people.actor import Actor
from sightline.people.models import Agency, Worker
from sightline.platform import calendar
from sightline.platform.notices.models import Notice
from sightline.platform.settings.due import due
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Opens, Process, Step, process_named

from .answers import frozen
from .matter import Matter, begin
from .models import Case, CaseClock, CaseStep, Involvement, Link
from .part import PARTS
from .references import new_reference


@dataclass
class Deed:
    """One taking of one step: what it reads (`matter`, `answers`) and the rows it makes or changes.

    afterwards: what follows in other matters once those rows are written, in the same transaction.
    """

    matter: Matter
    step: Step
    by: Actor
    answers: dict[str, Any]
    row: CaseStep
    new: list[models.Model] = field(default_factory=list)
    changed: list[models.Model] = field(default_factory=list)
    opened: "list[Deed]" = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def case(self) -> Case:
        return self.matter.case

    @property
    def role(self) -> str:
        """Key of the role in which it is done."""
        return self.by.role_key

    @property
    def record(self) -> Any:
        return self.matter.record

    @property
    def at(self) -> datetime:
        return self.row.at

    def add(self, row: models.Model) -> None:
        self.new.append(row)

    def change(self, row: models.Model) -> None:
        if not any(row is other for other in (*self.changed, *self.new)):
            self.changed.append(row)

    def own(self, worker: Worker | None, *, named: bool = True) -> None:
        """Make a worker responsible. `named` is false for the duty manager's ownership by default."""
        self.case.owner, self.case.named_owner = worker, named and worker is not None
        for part in self.matter.involvements:
            if part.part == "owner" and part.ends_at is None and part.worker_id != _pk(worker):
                part.ends_at = self.at
                self.change(part)
        if worker:
            self.involve(worker=worker, part="owner", basis="Allocated" if named else "Duty manager on receipt")

    def holder(self, role: str) -> Worker | None:
        """Who holds a role in the case's partnership on the day of the deed."""
        return self.matter.holder(role, calendar.local_date(self.row.recorded_at))

    def involve(self, *, part: str, basis: str, agency: Agency | None = None, worker: Worker | None = None) -> None:
        """Give an agency or worker a part in the case from now on; a part they already have is left as it is."""
        for there in self.matter.involvements:
            same = (there.part, there.agency_id, there.worker_id) == (part, _pk(agency), _pk(worker))
            if same and there.ends_at is None:
                return
        row = Involvement(
            case=self.case,
            agency=agency,
            worker=worker,
            part=part,
            basis=basis,
            granted_by=self.by.worker,
            starts_at=self.at,
        )
        self.matter.involvements.append(row)
        self.add(row)

    def tell(
        self,
        says: str,
        *,
        role: str = "",
        agency: Agency | None = None,
        worker: Worker | None = None,
        due_at: datetime | None = None,
    ) -> None:
        """Queue a notice: a verb and a reference, never a name or anything that was said."""
        self.add(
            Notice(
                partnership_id=self.case.partnership_id,
                role=role,
                agency_id=_pk(agency),
                worker_id=_pk(worker),
                case_id=self.case.pk,
                reference=self.case.reference,
                concerns=self.case.concerns,
                says=says,
                due_at=due_at,
                created_at=self.row.recorded_at,
            )
        )

    def every(self) -> "list[Deed]":
        """This deed and those of the matters it opened."""
        return [self, *(deed for opened in self.opened for deed in opened.every())]


opened_from: set[Callable[[Matter, Deed], None]] = set()
"""What a layer above makes of a matter that another opened, given that other: how closely it is held, say."""


def _pk(row: models.Model | None) -> UUID | None:
    return row.pk if row is not None else None


def work_out(
    matter: Matter,
    step: Step,
    *,
    by: Actor,
    answers: dict[str, Any],
    recorded_at: datetime,
    key: UUID | None = None,
    left: list[str] | None = None,
) -> Deed:
    """Everything that follows from taking `step` with cleaned `answers`. Changes `matter` in memory only."""
    opening = not matter.steps
    row = step_row(matter, step, by, answers, recorded_at)
    row.idempotency_key, row.left_for_later = key, left or []
    deed = Deed(matter, step, by, answers, row)
    (deed.add if opening else deed.change)(matter.case)
    (deed.add if opening else deed.change)(matter.record)
    deed.add(row)
    matter.steps.append(row)
    _set_columns(deed)
    _move(deed)
    for part in step.parts:
        PARTS[part].apply(deed, answers.get(part) or [])
    _run_clocks(deed)
    for link in step.opens:
        _open_linked(deed, link)
    for told in step.tells:
        deed.tell(step.done, role=told.key)
    if step.then:
        step.then(deed)
    return deed


def step_row(matter: Matter, step: Step, by: Actor, answers: dict[str, Any], recorded_at: datetime) -> CaseStep:
    happened = answers.get(step.happened) if step.happened else None
    return CaseStep(
        case=matter.case,
        number=len(matter.steps) + 1,
        step=step.key,
        from_stage=matter.case.stage if matter.steps else "",
        to_stage=step.to.key if step.to else matter.case.stage,
        at=min(happened or recorded_at, recorded_at),
        recorded_at=recorded_at,
        account_id=by.account.pk,
        worker=by.worker,
        role=by.role_key,
        agency=by.agency,
        answers=frozen(answers),
        late_reason=answers.get("late_reason") or "",
    )


def _set_columns(deed: Deed) -> None:
    settled = deed.step.settles(deed.matter, deed.answers) if deed.step.settles else {}
    for name in deed.step.asks:
        if name in deed.answers:
            setattr(deed.record, name, deed.answers[name])
    for name, value in settled.items():
        setattr(deed.record, name, value)
    if deed.matter.process.title:
        deed.case.title = str(getattr(deed.record, deed.matter.process.title))[:200]


def _move(deed: Deed) -> None:
    case = deed.case
    case.revision += 1
    case.stage = deed.row.to_stage
    case.closed_at = (case.closed_at or deed.row.recorded_at) if case.at_stage.final else None


def _run_clocks(deed: Deed) -> None:
    for clock in deed.matter.process.clocks.values():
        starts = deed.step.key in clock.starts and clock.when(deed.matter, deed.answers)
        if deed.step.key in clock.stops or starts:
            for running in deed.matter.running(clock.key):
                _stop(deed, running, replaced=deed.step.key not in clock.stops)
        if starts:
            _start(deed, clock)


def _stop(deed: Deed, clock: CaseClock, *, replaced: bool) -> None:
    late = deed.at > clock.due_at
    clock.stopped_at, clock.stopped_by = deed.at, deed.row
    clock.ended = CaseClock.Ended.REPLACED if replaced else CaseClock.Ended.LATE if late else CaseClock.Ended.MET
    deed.change(clock)


def _start(deed: Deed, clock: Clock) -> None:
    rule_id, _, variant = clock.rule.partition("/")
    if clock.variant:
        variant = str(getattr(deed.record, clock.variant) or "")
        if not variant:
            return
    source = deed.matter.last(clock.counts_from) if clock.counts_from else None
    started_by = source or deed.row
    rule = deed.matter.rules(rule_id, variant, calendar.local_date(started_by.at))
    set_for = getattr(deed.record, clock.until) if clock.until else started_by.at
    if set_for is None:
        return
    deadline = due(rule, set_for)
    running = CaseClock(
        case=deed.case,
        key=clock.key,
        rule=rule.id,
        variant=variant,
        name=rule.name,
        limit=rule.in_words,
        clock_class=rule.clock_class,
        source=f"{rule.source} ({rule.note})" if rule.note else rule.source,
        guidance=rule.guidance,
        calendar_version=calendar.CALENDAR_VERSION,
        started_at=started_by.at,
        started_by=started_by,
        due_at=deadline.at,
        by_the_minute=rule.by_the_minute,
    )
    deed.matter.clocks.append(running)
    deed.add(running)


def _open_linked(deed: Deed, link: Opens) -> None:
    if not link.when(deed.matter, deed.answers):
        return
    for given in [(row,) for row in deed.answers.get(link.each) or []] if link.each else [()]:
        _open_one(deed, process_named(link.process), link.answers(deed.matter, deed.answers, *given), bool(link.each))


def _open_one(deed: Deed, target: type[Process], answers: dict[str, Any], child: bool) -> None:
    case = deed.case
    matter = begin(
        target,
        case.partnership,
        deed.at,
        new_reference(target.prefix),
        registers=deed.matter.registers,
        parent=case if child else None,
    )
    opened = work_out(
        matter,
        target.opening_step(),
        by=deed.by,
        answers=answers,
        recorded_at=deed.row.recorded_at,
    )
    for follow in opened_from:
        follow(deed.matter, opened)
    if child:
        deed.matter.children.append(matter.case)
    opened.add(Link(source=case, target=matter.case, step=deed.row, kind="asked" if child else "opened"))
    deed.opened.append(opened)
