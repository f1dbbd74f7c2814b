"""The database's wall with no rule of the application's before it: raw SQL in each person's name, against the oracle.

Reads: `select id` of every walled table of cases and persons. Writes: of each record that somebody does not see, a row
added, changed and moved to it; the database refuses the first and the last, and the second finds nothing to change.
"""

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import Error, connection, transaction

from sightline.platform.database.tokens import token_for

from . import oracle
from .matrix_world import Made, written
from .oracle import Person, Record
from .world_of_people import TWO_HATS

CASES = ("engine_casestep", "engine_casesubject", "engine_involvement", "front_door_contactrecord")
PERSONS = ("people_personname",)
SPINE = ("engine_case", "people_person")
"""Of a partnership each; all others are of a case or a person."""


@dataclass
class Rows:
    """What a superuser sees: of each table, the case or person of each row; and one row of each to try to write."""

    of_cases: dict[str, dict[Any, UUID]]
    of_persons: dict[str, dict[Any, UUID]]
    example: dict[str, tuple[dict[str, Any], str]]
    elsewhere: UUID
    """The partnership with no record."""


TOLD = """
insert into notices_notice (id, partnership_id, role, worker_id, case_id, page, reference, concerns, says, created_at,
  attempts, email_fault)
select gen_random_uuid(), matter.partnership_id, '', account.worker_id, matter.id, '', matter.reference,
  matter.concerns, 'For the matrix', now(), 0, ''
from engine_case matter, people_account account where matter.id = any (%s) and account.id = any (%s)
"""


def rows_of(made: Made, administrator: str) -> Rows:
    """The rows as they are; and each person is told of each record by a notice."""
    with psycopg.connect(administrator, autocommit=True) as superuser:
        known = list(made.records.values())
        superuser.execute(TOLD, [known, [account.pk for account in made.people.values()]])
        children = list(made.children.values())
        cases = {table: _owned(superuser, table, "case_id", known) for table in CASES}
        persons = {table: _owned(superuser, table, "person_id", children) for table in PERSONS}
        example = {
            table: (_example(superuser, table, column), written(superuser, table))
            for table, column in [
                *((one, "case_id") for one in CASES),
                *((one, "person_id") for one in PERSONS),
                *((one, "id") for one in SPINE),
            ]
        }
        (elsewhere,) = superuser.execute("select id from people_partnership where key = 'thornmere'").fetchall()[0]
    return Rows(cases, persons, example, elsewhere)


def _key(table: str) -> str:
    return "case_id" if table.endswith("record") else "id"


def _owned(superuser: psycopg.Connection[Any], table: str, column: str, known: list[UUID]) -> dict[Any, UUID]:
    statement = f"select {_key(table)}, {column} from {table} where {column} = any (%s)"
    return dict(superuser.execute(statement, [known]).fetchall())


def _example(superuser: psycopg.Connection[Any], table: str, column: str) -> dict[str, Any]:
    found = superuser.execute(f"select to_jsonb(old) from {table} old where {column} is not null limit 1").fetchone()
    assert found, table
    return dict(found[0])


def reads_wrong(made: Made, rows: Rows, person: Person) -> Iterator[str]:
    """Rows of cases and persons that the database shows to somebody wrongly, or keeps from them, in words."""
    with made.acting(person):
        seen = {table: _ids(f"select {_key(table)} from {table}") for table in (*rows.of_cases, *rows.of_persons)}
    for table, owned in (*rows.of_cases.items(), *rows.of_persons.items()):
        for key, owner in owned.items():
            if (key in seen[table]) != (owner in made.shown(person)):
                yield f"{person} {'is' if key in seen[table] else 'is not'} shown a row of {table} of {owner}"
                break


def old_token_wrong(made: Made, administrator: str) -> Iterator[str]:
    """Whether a token that was made more than a day ago still shows anything."""
    person = Person("front-door-worker", "none")
    token = token_for(made.people[person].pk)
    aged = "update wall_token set made_at = made_at {} interval '24.5 hours'"
    with psycopg.connect(administrator, autocommit=True) as superuser:
        superuser.execute(aged.format("-"))
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select set_config('sightline.token', %s, true)", [token])
                shown = _count("engine_case")
        finally:
            superuser.execute(aged.format("+"))
    if shown:
        yield f"{person} is shown {shown} records by a token of yesterday"


def reads_of(rows: Rows) -> int:
    """Rows that each person is asked about."""
    return sum(len(owned) for owned in (*rows.of_cases.values(), *rows.of_persons.values()))


def _ids(statement: str) -> set[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] for row in cursor.fetchall()}


def writes_wrong(made: Made, rows: Rows, person: Person, records: Iterable[Record]) -> Generator[tuple[str, bool]]:
    """Each attempt to write in a record's or a child's rows, in words, and whether the answer was wrong."""
    with made.acting(person):
        if person.here:
            for table in ("engine_case", "people_person", *rows.of_cases, *rows.of_persons):
                if table in BLIND:
                    yield f"{person}: change all of {table}, looking at none", _blindly(table) != _count(table)
        for table in SPINE:
            yield from _in_partnerships(made, rows, table, person)
        for record in records:
            key, seen = made.records[record], oracle.sees(person, record)
            for table in rows.of_cases:
                if key in rows.of_cases[table].values() or not seen:
                    yield from _attempts(rows, table, "case_id", key, seen, f"{person}: a row of {table} of {record}")
            yield f"{person}: change {record}", (_changed("engine_case", "id", key) > 0) != (seen and person.here)
        for child, key in made.children.items():
            known = made.knows(person, child)
            for table in rows.of_persons:
                yield from _attempts(rows, table, "person_id", key, known, f"{person}: {table} of {child}")
            may = known and person.here
            yield f"{person}: change {child}", (_changed("people_person", "id", key) > 0) != may


def _in_partnerships(made: Made, rows: Rows, table: str, person: Person) -> Iterator[tuple[str, bool]]:
    """A row added in each partnership, and every row that can be, moved there: to where the person works, no other."""
    ours = made.matters.world.partnership.pk
    there = person.relation.startswith("elsewhere") or person.relation == TWO_HATS
    works_in = ({ours} if person.here else set()) | ({rows.elsewhere} if there else set())
    for where in (ours, rows.elsewhere):
        changed = {"id": str(uuid4()), "partnership_id": str(where)}
        if table == "engine_case":
            changed["reference"] = f"X-{changed['id'][:8]}"
        refused = _added(rows, table, changed)
        yield f"{person}: add a row of {table} in {where}", refused == (where in works_in)
        if where not in works_in:
            moved = _changed(table, "partnership_id", where, everywhere=True)
            yield f"{person}: move rows of {table} to {where}", moved > 0


def _added(rows: Rows, table: str, changed: dict[str, Any]) -> bool:
    """Whether the wall refuses a row like the example, with some of its columns changed."""
    example, columns = rows.example[table]
    return _refused(
        f"insert into {table} ({columns}) select {columns} from jsonb_populate_record(null::{table}, %s::jsonb)",
        [json.dumps({**example, **changed})],
    )


def _attempts(rows: Rows, table: str, column: str, key: UUID, seen: bool, said: str) -> Iterator[tuple[str, bool]]:
    fresh = {"id": str(uuid4())} if "id" in rows.example[table][0] else {}
    refused = _added(rows, table, {column: str(key), **fresh})
    yield f"add {said}", refused == seen
    if table not in APPEND_ONLY:
        yield f"change {said}", (_changed(table, column, key) > 0) != seen
        if not seen:
            moved = _changed(table, column, key, everywhere=True)
            yield f"move to {said}", moved > 0


REFUSALS = ("row-level security", "keeps its partnership")
APPEND_ONLY = ("engine_casestep",)
BLIND = {
    "engine_case": "revision = 9",
    "people_person": "sealed = false",
    "engine_casesubject": "given_names = ''",
    "engine_involvement": "basis = ''",
    "front_door_contactrecord": "referrer_name = ''",
    "people_personname": "given_names = ''",
}
"""A change that reads no column, so that only the rule of what may be changed stands before it."""


def _blindly(table: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update {table} set {BLIND[table]}")
        count = cursor.rowcount
        transaction.set_rollback(True)
    return count


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        (count,) = cursor.fetchone()
    return int(count)


def _refused(statement: str, values: list[Any]) -> bool:
    """Whether the wall refuses a statement; what another rule of the table refuses has passed the wall."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            transaction.set_rollback(True)
    except Error as error:
        return "row-level security" in str(error)
    return False


def _changed(table: str, column: str, key: UUID, *, everywhere: bool = False) -> int:
    """How many rows of this owner can be changed; or with `everywhere`, any row at all be moved to it."""
    where = "" if everywhere else f"where {column} = %s"
    values = [key] if everywhere else [key, key]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update {table} set {column} = %s {where}", values)
            count = cursor.rowcount
            transaction.set_rollback(True)
    except Error as error:
        return 0 if any(said in str(error) for said in REFUSALS) else 1
    return count
