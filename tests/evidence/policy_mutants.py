"""Are the policies tested? Each is changed in one place, in memory or in this throw-away database: is a cell wrong?

The application's rules are asked with the database's wall away (as the tables' owner), the database's with none of the
application's before it: two walls that hide each other's holes would hide a mutant, too.
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import psycopg
from django.db import connections

from . import database_alone, matrix, oracle, record_cells, step_cells
from .database_alone import Rows
from .matrix_world import Made, make_matrix_world
from .mutating_python import Mutant, in_place, mutants_of
from .mutating_sql import SqlMutant, sql_mutants
from .own_database import administrator
from .row import Row

SIZES: dict[str, tuple[int | None, int | None]] = {"small": (6, 6), "full": (None, None)}
"""Mutants drawn of the application's policies and of the database's; none: every one."""
TARGET = 95.0

SIGHT = ("live_parts", "running", "_party", "_named", "opened_by_glass", "kept_from", "_by_role", "cases_of",
    "see_cases", "see_persons")  # fmt: skip
VERDICT = ("can", "_sees", "reads", "_exports")
GROUPS = ("may_see_group",)
PERMISSION = ("role_for", "_party", "_different_person")
POLICIES = {
    "sightline.access.sight": SIGHT,
    "sightline.access.verdict": VERDICT,
    "sightline.access.field_groups": GROUPS,
    "sightline.engine.permission": PERMISSION,
}
TABLES = ("engine_case", "people_person", *database_alone.CASES, *database_alone.PERSONS)
LOOKUPS = frozenset(
    f"wall_{name}"
    for name in ("held", "worker", "reads", "answers", "agency_part", "mine", "kept_persons", "kept_cases", "case",
        "person_within", "person", "may_write_case", "may_write_person")
)  # fmt: skip
"""Lookups behind the policies of TABLES. Those behind others (glass, seats, files, notices) have tests of their own."""


@dataclass
class Bench:
    """The world, and drawn questions that every mutant is asked: enough to tell each rule's parts apart."""

    made: Made
    rows: Rows
    people: Sequence[oracle.Person]
    fields: Sequence[record_cells.Asked]
    steps: Sequence[step_cells.StepCell]


def measure(size: str, seed: int) -> list[Row]:
    """Mutants found by a wrong cell, in percent of all that could be put in place."""
    drawn = random.Random(seed)
    bench = make_bench(make_matrix_world(), drawn)
    with psycopg.connect(administrator(), autocommit=True) as owner:
        of_code, of_sql = SIZES[size]
        code = matrix.some(code_mutants(), of_code, drawn)
        sql = matrix.some(list(database_mutants(owner)), of_sql, drawn)
        survivors = [str(one) for one in code if not code_killed(bench, one)]
        tried = [(one, sql_killed(bench, owner, one)) for one in matrix.told(sql, "mutants of the database")]
    survivors += [str(one) for one, killed in tried if killed is False]
    count = len(code) + sum(killed is not None for _, killed in tried)
    for one in survivors:
        print(f"survived: {one}", file=sys.stderr)
    killed = 100 * (count - len(survivors)) / count
    return [
        Row("policy-mutants", "mutants of the policies that turn a cell wrong", round(killed, 1), "%", "95 or more",
            killed >= TARGET, count, seed)
    ]  # fmt: skip


def make_bench(made: Made, drawn: random.Random) -> Bench:
    """Everybody without a relation, one role of each reach in every relation, and a drawn part of the other cells."""
    reaches = ("front-door-manager", "front-door-worker", "agency-lead", "agency-signatory", "information-governance")
    people = [one for one in made.people if one.relation == "none" or one.role in (*reaches, "scrutineer")]
    fields = matrix.some(record_cells.asked(made), 400, drawn)
    steps = [cell for cell in step_cells.step_cells(made) if _telling(cell)]
    return Bench(made, database_alone.rows_of(made, administrator()), people, fields, steps)


def _telling(cell: step_cells.StepCell) -> bool:
    """Steps of four kinds of matter are enough: the rule is the same for all."""
    chosen = ("contact", "agency-enquiry", "strategy-discussion", "recommendation")
    roles = ("front-door-manager", "agency-decision-maker", "lead-worker", "lead-partner", "assurance-lead")
    return cell.process in chosen and cell.person.role in roles and cell.step in STEPS


WRITERS = (
    ("front-door-worker", "none"),
    ("agency-lead", "invited"),
    ("agency-lead", "asked"),
    ("agency-lead", "told"),
    ("agency-signatory", "invited"),
    ("front-door-manager", "kept-away-though-named"),
)
"""Who tries to write: each way of seeing, and being kept away."""
STEPS = frozenset(["endorse", "add_information", "reply", "finish_actions", "sign", "record_progress", "not_hold"])


def code_mutants() -> list[Mutant]:
    """Of the application's policies, without those that leave the source as it was."""
    return [one for name, functions in POLICIES.items() for one in mutants_of(import_module(name), functions)]


def database_mutants(owner: psycopg.Connection[Any]) -> Iterator[SqlMutant]:
    for one in sql_mutants(owner, TABLES):
        if one.table or one.where.split()[1] in LOOKUPS:
            yield one


def code_killed(bench: Bench, mutant: Mutant) -> bool:
    """Whether a question has a wrong answer, or an error for one, with the mutant in place."""
    name = mutant.module.rpartition(".")[2]
    with in_place(import_module(mutant.module), mutant.source):
        return _finds(lambda: CHECKS[name](bench))


def sql_killed(bench: Bench, owner: psycopg.Connection[Any], mutant: SqlMutant) -> bool | None:
    """The same of the database; none where PostgreSQL does not take the mutant."""
    try:
        owner.execute(mutant.put)
    except psycopg.Error:
        return None
    try:
        return _finds(lambda: _database(bench, mutant.table))
    finally:
        owner.execute(mutant.back)
        connections["default"].close()


def _finds(check: Callable[[], Iterator[str]]) -> bool:
    try:
        return next(check(), None) is not None
    except Exception:  # noqa: BLE001 - whatever it is, it would not pass unseen
        return True


def _sight(bench: Bench) -> Iterator[str]:
    yield from record_cells.ids_wrong(bench.made, bench.people, application=True, using="owner")


def _fields(bench: Bench) -> Iterator[str]:
    for cell, answer in record_cells.answered(bench.made, bench.fields):
        if answer != record_cells.wanted(cell):
            yield str(cell)


def _steps(bench: Bench) -> Iterator[str]:
    taking = step_cells.Taking(bench.made)
    for cell in bench.steps:
        if taking.answer(cell) != step_cells.wanted(cell):
            yield str(cell)


CHECKS = {"sight": _sight, "verdict": _fields, "field_groups": _fields, "permission": _steps}


def _database(bench: Bench, table: str) -> Iterator[str]:
    """Reads of the table (of all, where the mutant is no table's), then writes by a few people."""
    made, rows = bench.made, _only(bench.rows, table)
    people = list(bench.people)
    if table in ("", "engine_case", "people_person"):
        yield from record_cells.ids_wrong(made, people, application=False)
    writers = [oracle.Person(*one) for one in WRITERS]
    for person in people[::2] if rows.of_cases or rows.of_persons else []:
        yield from database_alone.reads_wrong(made, rows, person)
    for person in writers:
        records = [one for one in made.records if one.open][::4]
        yield from (said for said, wrong in database_alone.writes_wrong(made, rows, person, records) if wrong)


def _only(rows: Rows, table: str) -> Rows:
    if not table:
        return rows
    cases = {name: owned for name, owned in rows.of_cases.items() if name == table}
    return replace(rows, of_cases=cases, of_persons={k: v for k, v in rows.of_persons.items() if k == table})
