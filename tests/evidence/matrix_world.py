"""The world of the matrix: somebody for each role and relation, a record of each class, tier and state.

Every row is made once. The records are copies of four that the engine made; a superuser writes the copies and who is
what to them, so that nothing of the rules that are asked about has a hand in it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg

from sightline.engine.models import Case
from sightline.people.actor import Actor, actor_for
from sightline.people.models import Account
from sightline.platform import audit
from sightline.platform.database import as_account
from sightline.vocabulary.process import process_named
from tests.journey import Journey
from tests.recommending import Recommending

from . import oracle
from .matters import Matters
from .own_database import administrator
from .world_of_people import AGENCY_OF, make_people

CLOSED_AT = {
    "contact": "closed",
    "agency-enquiry": "withdrawn",
    "strategy-discussion": "closed",
    "recommendation": "closed",
}
OPEN_CHILD, SEALED_CHILD, UNTOLD_CHILD = "the child", "the sealed child", "a child of no record"
OTHER = tuple(key for key in oracle.COMPARTMENTS if key not in ("front-door", "partnership"))


@dataclass
class Made:
    """The facts that the oracle is asked about, and the rows that stand for them."""

    matters: Matters
    people: dict[oracle.Person, Account]
    records: dict[oracle.Record, UUID] = field(default_factory=dict)
    children: dict[str, UUID] = field(default_factory=dict)
    """OPEN_CHILD, SEALED_CHILD, and UNTOLD_CHILD: known to the front door, and in no record."""
    references: dict[oracle.Record, str] = field(default_factory=dict)
    actors: dict[oracle.Person, Actor] = field(default_factory=dict)
    asked: dict[oracle.Person, set[UUID]] = field(default_factory=dict)

    def actor(self, person: oracle.Person) -> Actor:
        if person not in self.actors:
            self.actors[person] = actor_for(self.people[person])
        return self.actors[person]

    @contextmanager
    def acting(self, person: oracle.Person) -> Iterator[Actor]:
        """The person, bound for the wall and for the audit."""
        account = self.people[person].pk
        with as_account(account), audit.request(account_id=account):
            yield self.actor(person)

    def about(self, child: str) -> list[oracle.Record]:
        """Records about a child."""
        return [one for one in self.records if one.child and _child_of(one) == child]

    def knows(self, person: oracle.Person, child: str) -> bool:
        """What the oracle says of a person and a child."""
        return oracle.sees_person(person, self.about(child), sealed=child == SEALED_CHILD)

    def shown(self, person: oracle.Person) -> set[UUID]:
        """Records and children that the oracle shows somebody."""
        if person not in self.asked:
            records = {key for record, key in self.records.items() if oracle.sees(person, record)}
            known = {key for child, key in self.children.items() if self.knows(person, child)}
            self.asked[person] = records | known
        return self.asked[person]


def _child_of(record: oracle.Record) -> str:
    return SEALED_CHILD if record.tier == "sealed" else OPEN_CHILD


def make_matrix_world() -> Made:
    """Some 640 people and 60 records, in a database that is empty but for its migrations."""
    from tests.world import make_world

    matters = Matters(make_world())
    originals = _originals(matters)
    with psycopg.connect(administrator(), autocommit=True) as superuser:
        made = Made(matters, make_people(superuser, matters.world))
        child = _row(superuser, "select person_id from engine_casesubject where person_id is not null limit 1")[0]
        made.children = {
            OPEN_CHILD: child,
            SEALED_CHILD: _twin(superuser, child, sealed=True),
            UNTOLD_CHILD: _twin(superuser, child, sealed=False),
        }
        for record in _records():
            made.records[record] = _copied(superuser, originals[record.kind], record, made)
        superuser.execute("delete from engine_involvement where case_id <> all (%s)", [list(made.records.values())])
        _relate(superuser, made)
    return made


def _originals(matters: Matters) -> dict[str, Case]:
    """One matter of each kind, begun by the engine; the superuser tidies away what they make of parts."""
    journey = Journey(matters.world, _acting)
    asked = journey.asked("ardenvale-police")
    return {
        "contact": asked,
        "agency-enquiry": journey.enquiry(asked, "ardenvale-police"),
        "strategy-discussion": journey.strategy(),
        "recommendation": Recommending(matters.world, _acting).planned(),
    }


@contextmanager
def _acting(actor: Actor) -> Iterator[None]:
    with as_account(actor.account.pk), audit.request(account_id=actor.account.pk):
        yield


def _records() -> list[oracle.Record]:
    """Four kinds of matter at every tier, open and closed; at every tier a contact of each other class, and what asks
    one agency of how it works.
    """
    stages = {"contact": "being_checked", "agency-enquiry": "asked", "strategy-discussion": "need_identified"}
    found = []
    for kind, closed in CLOSED_AT.items():
        compartment = "partnership" if kind == "recommendation" else "front-door"
        for tier in oracle.TIERS:
            for stage in (stages.get(kind, "planned"), closed):
                is_open, child = stage != closed, kind != "recommendation"
                answers = kind == "agency-enquiry"
                found.append(oracle.Record(kind, compartment, tier, is_open, stage, child, answers))
    for compartment in OTHER:
        found += [oracle.Record("contact", compartment, tier, True, "being_checked", True) for tier in oracle.TIERS]
    answering = ("recommendation", "partnership")
    found += [oracle.Record(*answering, tier, True, "planned", False, answers=True) for tier in oracle.TIERS]
    return found


def _copied(superuser: psycopg.Connection[Any], original: Case, record: oracle.Record, made: Made) -> UUID:
    """A copy of a case with its typed columns, steps and whom it is about, of the record's class, tier and state."""
    key = uuid4()
    reference = f"{process_named(record.kind).prefix}-{len(made.records):06}"
    asked = str(made.matters.world.agency(AGENCY_OF["asked"]).pk) if record.answers else None
    changed = {
        "id": str(key), "reference": reference, "compartment": record.compartment, "tier": record.tier,
        "stage": record.stage, "parent_id": None, "answering_id": asked,
        "closed_at": None if record.open else "2999-01-01",
    }  # fmt: skip
    _copy(superuser, "engine_case", "id", original.pk, changed)
    _copy(superuser, process_named(record.kind).record._meta.db_table, "case_id", original.pk, {"case_id": str(key)})
    rows = {"case_id": str(key)}
    _copy(superuser, "engine_casestep", "case_id", original.pk, rows, fresh=True)
    child = {"person_id": str(made.children[_child_of(record)])}
    _copy(superuser, "engine_casesubject", "case_id", original.pk, rows | child, fresh=True, only="kind = 'child'")
    made.references[record] = reference
    return key


def _copy(
    superuser: psycopg.Connection[Any],
    table: str,
    column: str,
    value: Any,
    changed: dict[str, Any],
    *,
    fresh: bool = False,
    only: str = "true",
) -> None:
    """Copy rows of a table, with some columns changed; `fresh` gives each a key of its own."""
    key = "|| jsonb_build_object('id', gen_random_uuid())" if fresh else ""
    columns = written(superuser, table)
    superuser.execute(
        f"insert into {table} ({columns}) select {columns} from ("
        f"select (jsonb_populate_record(null::{table}, to_jsonb(old) || %s::jsonb {key})).* "
        f"from {table} old where old.{column} = %s and {only}) copied",
        [json.dumps(changed), value],
    )


def written(superuser: psycopg.Connection[Any], table: str) -> str:
    """Names of the columns that are written, not worked out by the database."""
    found = superuser.execute(
        "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute "
        "where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
        [table],
    ).fetchone()
    return str(found[0]) if found else ""


def _twin(superuser: psycopg.Connection[Any], child: UUID, *, sealed: bool) -> UUID:
    twin = uuid4()
    _copy(superuser, "people_person", "id", child, {"id": str(twin), "sealed": sealed})
    _copy(superuser, "people_personname", "person_id", child, {"person_id": str(twin)}, fresh=True)
    return twin


PART = """
insert into engine_involvement (id, case_id, agency_id, worker_id, part, basis, starts_at, ends_at)
select gen_random_uuid(), matter.id, %(agency)s, %(worker)s, %(part)s, 'For the matrix',
  now() + %(starts)s::interval, now() + %(ends)s::interval from engine_case matter where matter.id = any (%(cases)s)
  and (%(agency)s::uuid is null or matter.answering_id is distinct from %(agency)s)
"""
"""Whoever is asked sees what asks them by that alone."""
GLASS = """
insert into access_glass (id, case_id, partnership_id, account_id, role, reason, words, opened_at, ends_at,
  review_due_at, told, finding, review_words)
select gen_random_uuid(), matter.id, matter.partnership_id, %(account)s, %(role)s, 'child-at-risk-now',
  'For the matrix', now() + %(starts)s::interval, now() + %(ends)s::interval, now() + '2 days', '{}', '', ''
from engine_case matter where matter.id = any (%(cases)s)
"""
KEPT = """
insert into access_interest (id, worker_id, person_id, partnership_id, how, found_at, cleared_at, cleared_by_id,
  cleared_words)
values (gen_random_uuid(), %(worker)s, %(child)s, %(partnership)s, 'For the matrix', now(), %(cleared)s, %(by)s, '')
"""
WORKER_PARTS: dict[str, tuple[str, str, str | None]] = {
    "owner": ("owner", "-1 day", None),
    "named": ("named", "-1 day", None),
    "named-until": ("named", "-1 day", "9 days"),
    "part-ended": ("owner", "-9 days", "-1 day"),
    "part-to-come": ("owner", "1 day", None),
    "kept-away-though-named": ("named", "-1 day", None),
    "elsewhere-but-named": ("named", "-1 day", None),
    "owner-of-open": ("owner", "-1 day", None),
    **dict.fromkeys(oracle.NO_ROLE_NOW, ("owner", "-1 day", None)),
}
AGENCY_PARTS: dict[str, tuple[str, str, str | None]] = {
    "told": ("referrer", "-1 day", None),
    "asked": ("asked", "-1 day", None),
    "invited": ("invited", "-1 day", None),
    "invited-until": ("invited", "-1 day", "9 days"),
    "invited-to-open": ("invited", "-1 day", None),
    "invitation-over": ("invited", "-9 days", "-1 day"),
    "invitation-to-come": ("invited", "1 day", None),
}
"""By the relation whose agency it is (`AGENCY_OF`); others are of the same agencies."""
OPEN_GLASS = ("-1 hour", "3 hours")
GLASSES = {
    **dict.fromkeys(oracle.GLASS | oracle.NO_ROLE_NOW, OPEN_GLASS),
    "glass-over": ("-5 hours", "-1 hour"),
    "glass-to-come": ("1 hour", "4 hours"),
}


def _relate(superuser: psycopg.Connection[Any], made: Made) -> None:
    """Give each person, or their agency, what they are to every record, or to those held open."""
    for relation, part in AGENCY_PARTS.items():
        agency = made.matters.world.agency(AGENCY_OF[relation]).pk
        superuser.execute(PART, _part(part, _theirs(made, relation), agency=agency))
    for person, account in made.people.items():
        if person.relation in WORKER_PARTS:
            part = WORKER_PARTS[person.relation]
            superuser.execute(PART, _part(part, _theirs(made, person.relation), worker=account.worker_id))
        if person.relation in GLASSES:
            starts, ends = GLASSES[person.relation]
            cases = list(made.records.values())
            broken = {"account": account.pk, "role": person.role, "starts": starts, "ends": ends, "cases": cases}
            superuser.execute(GLASS, broken)
        if person.relation.startswith("kept-away"):
            _keep_away(superuser, made, account, person.relation)


def _theirs(made: Made, relation: str) -> list[UUID]:
    return [key for one, key in made.records.items() if one.tier == "open" or not relation.endswith("-open")]


def _part(
    part: tuple[str, str, str | None], cases: list[UUID], *, agency: Any = None, worker: Any = None
) -> dict[str, Any]:
    name, starts, ends = part
    return {"agency": agency, "worker": worker, "part": name, "starts": starts, "ends": ends, "cases": cases}


def _keep_away(superuser: psycopg.Connection[Any], made: Made, account: Account, relation: str) -> None:
    """From every child; whoever is named all the same, from the one who is told of openly."""
    cleared = relation == "kept-away-cleared"
    by = made.matters.world.accounts["ig"].pk if cleared else None
    for which, child in made.children.items():
        about = {"worker": account.worker_id, "child": child, "partnership": made.matters.world.partnership.pk}
        if which == OPEN_CHILD or relation != "kept-away-though-named":
            superuser.execute(KEPT, {**about, "cleared": "2020-01-01" if cleared else None, "by": by})


def _row(superuser: psycopg.Connection[Any], statement: str) -> Any:
    row = superuser.execute(statement).fetchone()
    assert row
    return row
