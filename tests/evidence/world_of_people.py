"""Somebody for each role and relation of the oracle, with an account to sign in with."""

import json
from typing import Any
from uuid import uuid4

import psycopg

from sightline.people.models import Account, Partnership
from tests.world import START, World

from . import oracle

AGENCY_OF = {"told": "millbrook-school", "asked": "ardenvale-police", "invited": "ardenvale-icb"}
ANY_OTHER = "tollgate-school"
"""The agency of whoever is related to no record through theirs: it has a part in none."""

WORKER = """
insert into people_worker select (jsonb_populate_record(null::people_worker, to_jsonb(old) || %s::jsonb)).*
from people_worker old limit 1
"""
ROLE = """
insert into people_roleheld (id, worker_id, role, agency_id, partnership_id, valid_from)
values (gen_random_uuid(), %s, %s, %s, %s, %s)
"""


def make_people(superuser: psycopg.Connection[Any], world: World) -> dict[oracle.Person, Account]:
    """One person for every role and relation; those "elsewhere" hold their role in a partnership with no record."""
    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere Safeguarding Children Partnership")
    made = {}
    for role in oracle.ROLES:
        for relation in oracle.RELATIONS:
            person = oracle.Person(role, relation)
            worker = uuid4()
            name = {"given_name": relation.capitalize(), "family_name": role, "email": f"{role}.{relation}@x.example"}
            superuser.execute(WORKER, [json.dumps({"id": str(worker), **name})])
            agency = world.agency(AGENCY_OF.get(relation, ANY_OTHER)).pk
            partnership = world.partnership if person.here else elsewhere
            superuser.execute(ROLE, [worker, role, agency, partnership.pk, START])
            made[person] = Account(username=f"{role}.{relation}", worker_id=worker, password="!")
    Account.objects.bulk_create(made.values())
    return made
