"""Somebody for each role and relation of the oracle, with an account to sign in with."""

import json
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg

from sightline.people.models import Account, Agency, Partnership
from tests.world import START, World

from . import oracle

AGENCY_OF = {
    "told": "millbrook-school", "asked": "ardenvale-police", "asked-and-glass": "ardenvale-police",
    "invited": "ardenvale-icb", "invited-and-glass": "ardenvale-icb", "invited-until": "larkfield-school",
    "invited-to-open": "northgate-school", "invitation-over": "reedham-school",
    "invitation-to-come": "stanhope-school",
}  # fmt: skip
ANY_OTHER = "tollgate-school"
"""The agency of whoever is related to no record through theirs: it has a part in none."""
TWO_HATS = "covering-until"
"""Whoever covers a role till then has one of their own, too, in the partnership with no record."""
EARLY = date(2020, 6, 1)
"""A day on which all but those to come held theirs."""
LONG_AGO, FAR_OFF = date(2021, 1, 1), date(2999, 1, 1)


class Held(NamedTuple):
    """From and to which day somebody holds their role; and the role that they cover with it, where they do."""

    since: date = START
    until: date | None = None
    covers: tuple[date, date | None] | None = None


HELD = {
    "role-ended": Held(until=LONG_AGO),
    "role-to-come": Held(since=FAR_OFF),
    "covering": Held(covers=(START, None)),
    "covering-until": Held(until=FAR_OFF, covers=(START, FAR_OFF)),
    "cover-of-ended": Held(covers=(START, LONG_AGO)),
    "cover-of-one-to-come": Held(covers=(FAR_OFF, None)),
}
"""Others have held their own since the beginning."""

WORKER = """
insert into people_worker select (jsonb_populate_record(null::people_worker, to_jsonb(old) || %s::jsonb)).*
from people_worker old limit 1
"""
ROLE = """
insert into people_roleheld (id, worker_id, role, agency_id, partnership_id, valid_from, valid_to, deputy_for_id)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def make_people(superuser: psycopg.Connection[Any], world: World) -> dict[oracle.Person, Account]:
    """One person for every role and relation; those "elsewhere" hold their role in a partnership with no record."""
    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere Safeguarding Children Partnership")
    for key in AGENCY_OF.values():
        if key not in world.agencies:
            world.agencies[key] = Agency.objects.create(key=key, kind="edu")
    made = {}
    for role in oracle.ROLES:
        for relation in oracle.RELATIONS:
            person = oracle.Person(role, relation)
            where = elsewhere if relation.startswith("elsewhere") else world.partnership
            worker = _holding(superuser, person, agency_of(world, person), where)
            if relation == TWO_HATS:
                superuser.execute(ROLE, [uuid4(), worker, role, None, elsewhere.pk, START, None, None])
            works = relation != "account-closed"
            made[person] = Account(username=f"{role}.{relation}", worker_id=worker, password="!", is_active=works)
    Account.objects.bulk_create(made.values())
    return made


def agency_of(world: World, person: oracle.Person) -> UUID | None:
    """The agency at which they hold their role, where there is one."""
    return None if person.relation == "of-no-agency" else world.agency(AGENCY_OF.get(person.relation, ANY_OTHER)).pk


def _holding(
    superuser: psycopg.Connection[Any], person: oracle.Person, agency: UUID | None, where: Partnership
) -> UUID:
    """A worker who holds the role, and where it is another's that they cover, that other worker."""
    held, worker, covered = HELD.get(person.relation, Held()), _worker(superuser, person), None
    if held.covers:
        covered = uuid4()
        other = _worker(superuser, person)
        superuser.execute(ROLE, [covered, other, person.role, agency, where.pk, *held.covers, None])
    superuser.execute(ROLE, [uuid4(), worker, person.role, agency, where.pk, held.since, held.until, covered])
    return worker


def _worker(superuser: psycopg.Connection[Any], person: oracle.Person) -> UUID:
    key = uuid4()
    name = {"given_name": person.relation.capitalize(), "family_name": person.role, "email": f"{key}@x.example"}
    superuser.execute(WORKER, [json.dumps({"id": str(key), **name})])
    return key
