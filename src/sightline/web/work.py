"""What must this person do next, and what of theirs is late? The worklist's groups, and the number beside "Work".

The engine says which open cases wait for a role; here they become this person's own or their team's, in time order.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from sightline.engine.models import Case, CaseClock, CaseStep
from sightline.engine.worklist import next_clock, tasks_for
from sightline.people.actor import Actor
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.process import PROCESSES, Step
from sightline.vocabulary.roles import role_named

AHEAD_WORKING_DAYS = 10


@dataclass(frozen=True)
class Todo:
    """One line of the worklist. `waits_for`: "you", or who else in a few words."""

    case: Case
    step: Step
    clock: CaseClock | None
    waits_for: str

    @property
    def due_at(self) -> datetime | None:
        return self.clock.due_at if self.clock else None


@dataclass
class Work:
    """The groups, each in the order of its clocks. `team` says whose: the team's, or this person's own."""

    late: list[Todo] = field(default_factory=list)
    today: list[Todo] = field(default_factory=list)
    coming: list[Todo] = field(default_factory=list)
    others: list[Todo] = field(default_factory=list)
    done: list[CaseStep] = field(default_factory=list)
    elsewhere: int = 0

    @property
    def due_now(self) -> int:
        """How many are late or due today."""
        return len(self.late) + len(self.today)

    @property
    def to_do(self) -> int:
        return len(self.late) + len(self.today) + len(self.coming)


def work_of(actor: Actor, *, team: bool = False) -> Work:
    """This person's work, or with `team` everything that waits for their roles. A constant number of queries."""
    tasks = [(task.case, step, task.clock) for task in tasks_for(actor) if (step := next_step(task.case, actor))]
    made, answered = _already(actor, [(case, step) for case, step, _ in tasks])
    waiting, own = Work(), {case.pk for case, _, _ in tasks}
    for case, step, clock in tasks:
        mine = _is_mine(case, step, actor)
        if case.pk in made | answered:
            own.discard(case.pk)
        elif team or mine:
            _put(waiting, Todo(case, step, clock, "you" if mine else _owner(case)))
        else:
            waiting.elsewhere += 1
    waiting.others = _others(actor, own, answered)
    waiting.done = _done_today(actor)
    return waiting


def due_now(actor: Actor) -> int:
    """How many of this person's own things are late or due today: the worklist's first two groups. Two queries."""
    ends = calendar.end_of_day(calendar.today())
    due = _open_for(actor).filter(clocks__stopped_at__isnull=True, clocks__due_at__lte=ends).distinct()
    columns = ("id", "process", "stage", "owner_id", "answering_id")
    found = [Case(**row) for row in due.values(*columns)]
    mine = [(case, step) for case in found if (step := next_step(case, actor)) and _is_mine(case, step, actor)]
    made, answered = _already(actor, mine)
    return sum(case.pk not in made | answered for case, _ in mine)


def next_step(case: Case, actor: Actor) -> Step | None:
    """What this person would do next: of the steps that wait for a role of theirs, the first that moves it on."""
    steps = [step for step in case.declared.steps_at(case.stage) if step.next_up and _theirs(case, step, actor)]
    return next((step for step in steps if _moves(case, step)), steps[0] if steps else None)


def _moves(case: Case, step: Step) -> bool:
    return step.to is not None and step.to.key != case.stage


def _theirs(case: Case, step: Step, actor: Actor) -> bool:
    keys = {role.key for role in step.by}
    return any(
        held.role in keys and (not _by_agency(held) or case.answering_id is None or case.answering_id == held.agency_id)
        for held in actor.roles
    )


def _by_agency(held: RoleHeld) -> bool:
    return role_named(held.role).by_agency


def _open_for(actor: Actor) -> QuerySet[Case]:
    keys = {
        stage.key
        for process in PROCESSES.values()
        for stage in process.stages.values()
        for step in process.steps_at(stage.key)
        if step.next_up and any(actor.holds(role.key) for role in step.by)
    }
    return Case.visible_to(actor).filter(closed_at__isnull=True, stage__in=keys)


def _put(work: Work, todo: Todo) -> None:
    now = calendar.now()
    if todo.due_at is None:
        work.coming.append(todo)
    elif todo.due_at < now:
        work.late.append(todo)
    elif calendar.local_date(todo.due_at) == calendar.today():
        work.today.append(todo)
    else:
        work.coming.append(todo)


def _is_mine(case: Case, step: Step, actor: Actor) -> bool:
    """Mine: I own it, my agency is asked, or it needs somebody other than its owner to endorse it."""
    owns = actor.worker is not None and case.owner_id == actor.worker.pk
    keys = {role.key for role in step.by}
    asked = any(_by_agency(held) and held.role in keys for held in actor.roles)
    return owns or asked or case.answering_id is not None or bool(step.endorses)


def _already(actor: Actor, tasks: Sequence[tuple[Case, Step]]) -> tuple[set[UUID], set[UUID]]:
    """Cases where this person proposed what has to be endorsed, and where their agency has already answered."""
    if not tasks:
        return set(), set()
    steps = {key for _, step in tasks for key in (*step.endorses, step.key)}
    # By way of the cases, which are few: sight of each step by itself would look at every case there is.
    rows = Case.visible_to(actor).filter(pk__in=[case.pk for case, _ in tasks], steps__step__in=steps)
    taken: dict[UUID, list[tuple[str, UUID, UUID]]] = defaultdict(list)
    for case_id, key, by, agency in rows.values_list("pk", "steps__step", "steps__worker_id", "steps__agency_id"):
        taken[case_id].append((key, by, agency))
    agencies = {held.agency_id for held in actor.roles if _by_agency(held)}
    worker = actor.worker.pk if actor.worker else None
    made = {
        case.pk for case, step in tasks if any(key in step.endorses and by == worker for key, by, _ in taken[case.pk])
    }
    answered = {
        case.pk
        for case, step in tasks
        if not _moves(case, step) and any(key == step.key and agency in agencies for key, _, agency in taken[case.pk])
    }
    return made, answered


def _others(actor: Actor, own: set[UUID], answered: set[UUID]) -> list[Todo]:
    """Open cases of this person's that wait for somebody else, soonest due first."""
    if actor.worker is None:
        return []
    mine = (
        Case.visible_to(actor)
        .filter(Q(owner=actor.worker) | Q(pk__in=answered), closed_at__isnull=True)
        .exclude(pk__in=own)
        .select_related("owner", "answering")
        .prefetch_related("clocks", "subjects", "answering__names")
    )
    found = [todo for case in mine if (todo := _waits(case))]
    return sorted(found, key=lambda todo: (todo.due_at is None, todo.due_at or todo.case.opened_at))


def _waits(case: Case) -> Todo | None:
    steps = [step for step in case.declared.steps_at(case.stage) if step.next_up]
    if not steps:
        return None
    step = next((one for one in steps if _moves(case, one)), steps[0])
    by = case.answering.name if case.answering else " or ".join(role.name.lower() for role in step.by[:2])
    return Todo(case, step, next_clock(case), by[:1].upper() + by[1:])


def _owner(case: Case) -> str:
    if case.owner is None:
        return "Nobody yet"
    return case.owner.display_name if case.named_owner else f"Not yet taken (with {case.owner.display_name})"


def _done_today(actor: Actor) -> list[CaseStep]:
    if actor.worker is None:
        return []
    start = calendar.start_of_day(calendar.today())
    steps = CaseStep.visible_to(actor).filter(worker=actor.worker, recorded_at__gte=start)
    return list(steps.select_related("case").order_by("-recorded_at"))


def covering(actor: Actor) -> list[tuple[str, date | None]]:
    """Whom this person deputises for, and the last day of each cover (None: no end is set)."""
    found = {
        held.deputy_for.worker.display_name: held.valid_to - timedelta(days=1) if held.valid_to else None
        for held in actor.roles
        if held.deputy_for
    }
    return sorted(found.items())
