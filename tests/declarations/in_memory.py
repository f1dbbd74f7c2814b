"""Matters, people and answers made in memory, so that every declaration can be tried at every stage by every role."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models

from sightline.engine.matter import Matter
from sightline.engine.models import Case, CaseClock, CaseStep, CaseSubject
from sightline.people.actor import Actor
from sightline.people.models import Account, Agency, Partnership, RoleHeld, Worker
from sightline.platform import calendar
from sightline.platform.settings.rules import rule_for
from sightline.vocabulary.process import Process, Step
from sightline.vocabulary.roles import Role

PARTNERSHIP = Partnership(key="ardenvale", name="Ardenvale Safeguarding Children Partnership")
AGENCY = Agency(key="ardenvale-police", kind="pol")


def somebody(role: Role, *, partnership: Partnership = PARTNERSHIP, agency: Agency = AGENCY) -> Actor:
    """A worker who holds one role at one agency, with an account; nothing is saved."""
    worker = Worker(given_name="Kay", family_name="Obi")
    held = RoleHeld(worker=worker, role=role.key, agency=agency, partnership=partnership)
    return Actor(Account(username="kay.obi", worker=worker), worker, held, (held,), agency, partnership)


def matter_at(process: type[Process], stage: str | None) -> Matter:
    """A matter at a stage (None: not yet opened) that the agency answers, with every step taken once by others."""
    opened_at = calendar.now() - timedelta(days=30)
    case = Case(
        partnership=PARTNERSHIP,
        process=process.key,
        stage=stage or "",
        opened_at=opened_at,
        answering=AGENCY,
        revision=9,
    )
    matter = Matter(
        case=case,
        record=process.record(case=case),
        rules=rule_for,
        holder=lambda role, on: None,
        agency_for=lambda discipline: None,
        reachable=lambda agency_id: True,
    )
    matter.facts.update(tied=[], earlier=[], may_chair=[])
    if stage is not None:
        matter.steps = [_taken(case, number, key) for number, key in enumerate(process.steps, 1)]
        matter.subjects = [CaseSubject(case=case, given_names="Maya", disposition="included")]
    return matter


def _taken(case: Case, number: int, key: str) -> CaseStep:
    by_another = {"account_id": uuid4(), "worker": Worker(family_name="Another")}
    at = case.opened_at + timedelta(minutes=number)
    return CaseStep(case=case, number=number, step=key, at=at, recorded_at=at, to_stage=case.stage, **by_another)


def run_late(matter: Matter, step: Step) -> None:
    """Every clock that the step stops is running, and its time has passed."""
    past = calendar.now() - timedelta(days=1)
    matter.clocks = [
        CaseClock(case=matter.case, key=clock.key, due_at=past)
        for clock in matter.process.clocks.values()
        if step.key in clock.stops
    ]


def barest(step: Step, matter: Matter) -> dict[str, Any]:
    """Answers with what the step means nothing without, and no more."""
    columns = {column.name: column for column in matter.process.record._meta.fields}
    offered = step.choices(matter) if step.choices else {}
    answers = {name: (offered.get(name) or [_some(columns[name])])[0] for name in step.needs}
    return {**answers, "people": [{"given_names": "Maya"}]} if "people" in step.parts else answers


def _some(column: Any) -> Any:
    if column.choices:
        return column.choices[0][0]
    match column:
        case models.DateTimeField():
            return calendar.now()
        case models.DateField():
            return calendar.today()
        case _:
            return "A few words"


def protective_answers(process: type[Process], step: Step, matter: Matter) -> Iterator[dict[str, Any]]:
    """The barest answers that make the step protective: all of them, or those with a choice that does."""
    bare = barest(step, matter)
    if step.protective:
        yield bare
        return
    for column in process.record._meta.fields:
        if column.name in step.asks:
            for code, _ in column.choices or ():
                if step.protective_when(matter, {**bare, column.name: code}):
                    yield {**bare, column.name: code}
