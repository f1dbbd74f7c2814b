"""Are the policies tested? Each is changed in one place, in memory or in this throw-away database: is a cell wrong?

The application's rules are asked with the database's wall away (as the tables' owner), the database's with none of the
application's before it: two walls that hide each other's holes would hide a mutant, too.
"""

import random
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import psycopg
from django.db import connections

from sightline.access import door
from sightline.people import roles_held as roles

from . import database_alone, matrix, oracle, record_cells, step_cells
from .database_alone import Rows
from .equivalent_mutants import EQUIVALENT
from .matrix_world import Made, make_matrix_world
from .mutating_python import Mutant, in_place, mutants_of, unchanged
from .mutating_sql import SqlMutant, sql_mutants
from .own_database import administrator
from .row import Row
from .world_of_people import EARLY, TWO_HATS

SIZES: dict[str, tuple[int | None, int | None]] = {"small": (6, 6), "full": (None, None)}
"""Mutants drawn of the application's policies and of the database's; none: every one."""
TARGET = 95.0

SIGHT = ("_agencies", "answers_for", "live_parts", "parts_that_show", "_own", "running", "_party", "_named",
    "opened_by_glass", "seen_through_glass", "_close_to", "kept_from", "_by_role", "cases_of", "see_cases",
    "see_persons")  # fmt: skip
VERDICT = ("can", "_sees", "reads", "_by_role", "_by_agency", "_by_part", "_by_glass", "_takes", "_exports")
GROUPS = ("may_see_group",)
PERMISSION = ("role_for", "_party", "_different_person")
POLICIES = {
    "sightline.access.sight": SIGHT,
    "sightline.access.verdict": VERDICT,
    "sightline.access.field_groups": GROUPS,
    "sightline.access.door": ("at_the_door",),
    "sightline.people.roles_held": ("roles_held",),
    "sightline.engine.permission": PERMISSION,
}
TABLES = ("engine_case", "people_person", *database_alone.CASES, *database_alone.PERSONS)
DOOR = "sightline_at_the_door"
LOOKUPS = {
    "sightline_whoami", DOOR, *(
        f"wall_{name}" for name in ("held", "worker", "reads", "answers", "agency_part", "mine", "kept_persons",
            "kept_cases", "case", "person_within", "person", "may_write_case", "may_write_person")
    )
}  # fmt: skip
"""Lookups behind the policies of TABLES. Those behind others (glass, seats, files, notices) have tests of their own."""


type Check = Callable[[Bench], Generator[str]]


@dataclass
class Bench:
    """The world, and drawn questions that every mutant is asked: enough to tell each rule's parts apart."""

    made: Made
    rows: Rows
    people: Sequence[oracle.Person]
    records: Sequence[record_cells.Asked]
    groups: Sequence[record_cells.Asked]
    steps: Sequence[step_cells.StepCell]


def measure(size: str, seed: int) -> list[Row]:
    """Mutants found by a wrong cell, in percent of all that could be put in place and would change anything."""
    drawn = random.Random(seed)
    bench = make_bench(make_matrix_world(), drawn, None if size == "full" else 300)
    with psycopg.connect(administrator(), autocommit=True) as owner:
        of_code, of_sql = SIZES[size]
        code = matrix.some(that_count(code_mutants()), of_code, drawn)
        sql = matrix.some(that_count(database_mutants(owner)), of_sql, drawn)
        for table in database_alone.SPINE:  # else it would refuse what a policy has to
            owner.execute(f"alter table {table} disable trigger never_changes")
        _right_as_they_are(bench, code, sql)
        survivors = [
            str(one) for one in matrix.told(code, "mutants of the code", each=20) if not code_killed(bench, one)
        ]
        tried = [(one, sql_killed(bench, owner, one)) for one in matrix.told(sql, "mutants of the database", each=20)]
    survivors += [str(one) for one, killed in tried if killed is False]
    count = len(code) + sum(killed is not None for _, killed in tried)
    for one in survivors:
        print(f"survived: {one}", file=sys.stderr)
    killed = 100 * (count - len(survivors)) / count
    return [
        Row("policy-mutants", "mutants of the policies that turn a cell wrong", round(killed, 1), "%", "95 or more",
            killed >= TARGET, count, seed)
    ]  # fmt: skip


def _right_as_they_are(bench: Bench, code: Sequence[Mutant], sql: Sequence[SqlMutant]) -> None:
    """No cell is wrong before any mutant: else every one would seem to be found."""
    for name in {one.module for one in code}:
        assert not code_killed(bench, unchanged(import_module(name))), f"{name} is found wrong as it is"
    for table in {one.table for one in sql}:
        wrong = next(_database(bench, table), None)
        assert wrong is None, f"wrong as it is, of {table or 'any table'}: {wrong}"


def that_count[M: (Mutant, SqlMutant)](mutants: Iterable[M]) -> list[M]:
    """Without those that change nothing, each for a reason that is written down."""
    return [one for one in mutants if str(one) not in EQUIVALENT]


SELDOM = ("of-no-agency", "owner-of-open")
"""Easily taken for who gave what no agency gave, and for the owner of every record: more of their cells are drawn."""
REACHES = ("front-door-worker", "agency-lead", "agency-signatory")
"""A role of each way of seeing; of the others, whoever has no relation is enough."""


def make_bench(made: Made, drawn: random.Random, most: int | None) -> Bench:
    """Everybody without a relation, and a role of each reach in every one; of other cells a part of each relation's.

    most: cells of each kind, where it is not all of these.
    """
    people = [one for one in made.people if one.relation == "none" or one.role in REACHES]
    ways = oracle.BY_AGENCY | oracle.NAMED | oracle.GLASS | {"none"}
    telling = [one for one in people if one.role in REACHES and one.relation in ways]
    records = [record_cells.Asked(who, record, "see") for who in telling for record in _of_each_class(made)]
    groups: dict[tuple[str, ...], list[record_cells.Asked]] = {}
    for cell in record_cells.asked(made):
        if cell.what not in oracle.GROUPS:
            groups.setdefault((cell.person.relation, cell.what), []).append(cell)
        elif made.records[cell.record] in made.shown(cell.person):
            kind = (cell.person.relation, cell.what, cell.given_by, cell.record.tier)
            groups.setdefault(kind, []).append(cell)
    drawn_of = {kind: matrix.some(cells, 8 if kind[0] in SELDOM else 1, drawn) for kind, cells in groups.items()}
    records += [cell for kind, cells in drawn_of.items() for cell in cells if len(kind) == 2]
    of_groups = [cell for kind, cells in drawn_of.items() for cell in cells if len(kind) > 2]
    steps = [cell for cell in step_cells.step_cells(made.people) if _telling(cell)]
    for cells in (records, of_groups, steps):
        drawn.shuffle(cells)  # type: ignore[arg-type]
    rows = database_alone.rows_of(made, administrator())
    return Bench(made, rows, people, records[:most], of_groups[:most], steps[: most and 20 * most])


def _of_each_class(made: Made) -> list[oracle.Record]:
    """Open records: of the front door at each tier, of nobody by role, of the partnership; and what asks an agency."""
    held_open = [one for one in made.records if one.open and one.tier in ("open", "team")]
    return [
        *(one for one in made.records if one.open and one.kind == "contact" and one.compartment == "front-door"),
        *(one for one in held_open if one.compartment == "partnership" or one.answers),
        *(one for one in made.records if one.kind == "agency-enquiry" and one.open and one.tier == "restricted"),
        *(one for one in held_open if one.compartment == "allegations" and one.tier == "open"),
    ]


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
    ("front-door-worker", "elsewhere-but-named"),
    ("front-door-worker", "role-ended"),
)
"""Who tries to write: each way of seeing, and being kept away."""
STEPS = frozenset(
    ["endorse", "add_information", "reply", "finish_actions", "sign", "record_progress", "not_hold", "tell", "log"]
)


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
        return _finds(
            lambda: _door(bench) if DOOR in mutant.where else _database(bench, mutant.table, mutant.where.split()[1])
        )
    finally:
        owner.execute(mutant.back)
        connections["default"].close()


def _finds(check: Callable[[], Generator[str]]) -> bool:
    try:
        with closing(check()) as found:  # or its transaction would stand before what puts the mutant back
            return next(found, None) is not None
    except Exception:  # noqa: BLE001 - whatever it is, it would not pass unseen
        return True


def _sight(bench: Bench) -> Generator[str]:
    """Which rows; and what is said of them, and shown within them, by the same parts, questions and glass."""
    yield from record_cells.ids_wrong(bench.made, bench.people, application=True, using="owner")
    yield from _verdicts(bench)


def _records(bench: Bench) -> Generator[str]:
    yield from _asked(bench, bench.records)


def _verdicts(bench: Bench) -> Generator[str]:
    yield from _records(bench)
    yield from _groups(bench)


def _groups(bench: Bench) -> Generator[str]:
    yield from _asked(bench, bench.groups)


def _asked(bench: Bench, cells: Sequence[record_cells.Asked]) -> Generator[str]:
    for cell, answer in record_cells.answered(bench.made, cells):
        if answer != record_cells.wanted(cell):
            yield str(cell)


def _door(bench: Bench) -> Generator[str]:
    """What somebody is told to be there of each child, and of some records by their key and by their reference."""
    made, some = bench.made, [one for one in bench.made.records if one.open][::5]
    questions = [({made.records[one] for one in made.about(child)}, {"person": made.children[child]})
                 for child in made.children]  # fmt: skip
    questions += [({made.records[one]}, {"case": made.records[one]}) for one in some]
    questions += [({made.records[one]}, {"reference": made.references[one]}) for one in some]
    for person in (one for one in bench.people if one.relation == "none" or one.role in oracle.FRONT_DOOR):
        told = {key for record, key in made.records.items() if oracle.is_told_of(person, record)}
        with made.acting(person) as actor:
            for about, question in questions:
                if {one.case_id for one in door.at_the_door(actor, **question)} != told & about:
                    yield f"{person}: {question}"


def _steps(bench: Bench) -> Generator[str]:
    taking = step_cells.Taking(bench.made)
    for cell in bench.steps:
        if taking.answer(cell) != step_cells.wanted(cell):
            yield str(cell)


def _roles(bench: Bench) -> Generator[str]:
    """Whether somebody holds a role today, and held one on an early day; and that their own come before one covered."""
    never = {"role-to-come", "cover-of-one-to-come", "account-closed"}
    for person, account in bench.made.people.items():
        now, then = roles.roles_held(account), roles.roles_held(account, EARLY)
        if bool(now) == (person.relation in oracle.NO_ROLE_NOW) or bool(then) == (person.relation in never):
            yield f"{person}: {len(now)} roles today, and {len(then)} on {EARLY}"
        if person.relation == TWO_HATS and now[0].deputy_for_id:
            yield f"{person}: the role covered comes before their own"


CHECKS: dict[str, Check] = {
    "sight": _sight, "verdict": _verdicts, "field_groups": _groups, "door": _door, "permission": _steps,
    "roles_held": _roles,
}  # fmt: skip


def _database(bench: Bench, table: str = "", lookup: str = "") -> Generator[str]:
    """Reads of the table (of all, where the mutant is no table's) and writes by a few: first what tells sooner."""
    checks = (_writes, _reads) if lookup in TO_WRITE else (_reads, _writes)
    for check in checks:
        yield from check(bench, table)


TO_WRITE = frozenset(["wall_may_write_case", "wall_may_write_person", "wall_case", "wall_person"])
"""Lookups that are asked only where a row is written."""


def _reads(bench: Bench, table: str) -> Generator[str]:
    made, rows = bench.made, _only(bench.rows, table)
    if table in ("", "engine_case", "people_person"):
        yield from record_cells.ids_wrong(made, bench.people, application=False)
    for person in bench.people[::2] if rows.of_cases or rows.of_persons else []:
        yield from database_alone.reads_wrong(made, rows, person)
    if not table:
        yield from database_alone.old_token_wrong(made, administrator())


def _writes(bench: Bench, table: str) -> Generator[str]:
    made, rows = bench.made, _only(bench.rows, table)
    for person in (oracle.Person(*one) for one in WRITERS):
        with closing(database_alone.writes_wrong(made, rows, person, _of_each_class(made))) as tried:
            yield from (said for said, wrong in tried if wrong)


def _only(rows: Rows, table: str) -> Rows:
    if not table:
        return rows
    cases = {name: owned for name, owned in rows.of_cases.items() if name == table}
    return replace(rows, of_cases=cases, of_persons={k: v for k, v in rows.of_persons.items() if k == table})
