"""How PostgreSQL carries its wall out: asked once a query, never of each row, on tables that it knows the size of."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from world import World, make_world

from sightline.engine.models import Case
from sightline.people.models import Person
from sightline.platform import calendar
from tests.contacts import bound

COUNT = 3000
"""Cases and persons: enough that a plan that reads them all would cost something."""
LOOKED_UP = {"engine_case": 1, "people_person": 2}
"""Looks by an index for each row that no role shows: for an agency's part in a case, and for a person's cases."""


@pytest.fixture(scope="module")
def world(shared_database: str) -> World:
    """The small world with thousands of cases and persons, of which the planner has been told."""
    made = make_world()
    at, partnership = calendar.now(), made.partnership
    with bound(made.worker):
        Case.objects.bulk_create(
            Case(partnership=partnership, process="contact", reference=f"C-{n:06}", stage="new", opened_at=at)
            for n in range(COUNT)
        )
        Person.objects.bulk_create(Person(partnership=partnership, kind="child") for _ in range(COUNT))
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    return made


def plan_of(query: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain (format json) {query}")
        (found,) = cursor.fetchone()
    plan: dict[str, Any] = (found if isinstance(found, list) else json.loads(found))[0]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(below for part in plan.get("Plans", ()) for below in nodes(part))]


@pytest.mark.parametrize("table", ["engine_case", "people_person"])
@pytest.mark.parametrize("who", ["school", "worker"])
def test_the_wall_is_worked_out_once_a_query_and_leaves_indexes_usable(world: World, table: str, who: str) -> None:
    with bound(getattr(world, who)):
        plan = plan_of(f"select id from {table}")
        by_key = plan_of(f"select id from {table} where id = '{uuid4()}'")
    assert "InitPlan" in {part.get("Parent Relationship") for part in nodes(plan)}
    filters = " ".join(str(part.get("Filter", "")) for part in nodes(plan))
    assert filters.count("SubPlan") - filters.count("hashed SubPlan") == LOOKED_UP[table], "worked out for each row"
    table_reads = {part["Node Type"] for part in nodes(by_key) if part.get("Relation Name") == table}
    assert table_reads
    assert "Seq Scan" not in table_reads
