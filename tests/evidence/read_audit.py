"""Is every page that showed a child written down? Random requests, as everybody, over every address there is.

What a page showed is read off the page itself: each child has a name that stands nowhere else, and some of what was
told has a word of its own, which a later contact about the same child shows beside it. A page with either must have
exactly one committed row that names the child's case, or one of their person, under the request's own name.
"""

import logging
import random
import re
import sys
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sightline.vocabulary.process import PROCESSES

from .matters import Matters, make_matters, with_families
from .own_database import administrator
from .row import Row

SIZES = {"small": (200, 10), "full": (4_000, 60)}
"""Requests, and cases."""
AGAIN = 0.5
"""Share of requests that ask again, of other records, as somebody at an address who was shown a child there before."""
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
WITH_BROKEN_SINK = 10
"""For how many requests one is made again with the sink broken."""
NAMED = """
select count(*), coalesce(max(times), 0) from (
  select subject, shown, action, count(*) times from audit_auditrow, unnest(object_ids) shown
  where request_id = %(request)s and (subject = 'engine.Case' and shown = any(%(cases)s::uuid[])
    or subject = 'people.Person' and shown = any(%(persons)s::uuid[]))
  group by subject, shown, action) named
"""
"""How many of a child's records a request's rows name, and the most times that one is named as read (or as anything
else: a page that is a deed, too, says so in a row of its own)."""
WHOSE = """
select given_names, array_agg(distinct case_id), array_agg(distinct person_id) from engine_casesubject group by 1
"""
WHERE_TOLD = "select array_agg(distinct case_id) from engine_casestep where answers::text like %s"
BREAK = "alter table audit_auditrow add constraint sink_is_broken check (action is null) not valid"
MEND = "alter table audit_auditrow drop constraint sink_is_broken"


@dataclass
class Replayed:
    """What was asked, what was shown, and what is wrong with what was written of it."""

    asked: int = 0
    shown: int = 0
    addresses: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    with_broken_sink: int = 0
    answered_unaudited: list[str] = field(default_factory=list)


def measure(size: str, seed: int) -> list[Row]:
    """Pages that showed a child with exactly one row; and pages that were shown although no row could be written."""
    requests, cases = SIZES[size]
    replay = Replay(with_families(make_matters(cases)), random.Random(seed))
    logging.getLogger("django").setLevel(logging.CRITICAL)  # most of what is asked at random is refused
    with psycopg.connect(administrator(), autocommit=True) as superuser:
        done = replay.run(requests, superuser)
    print("\n".join([*done.faults[:20], *done.answered_unaudited[:20]]), file=sys.stderr)
    share = 100 * (1 - len(done.faults) / done.shown) if done.shown else 0.0
    answered = len(done.answered_unaudited)
    print(
        f"{done.shown:,} of {done.asked:,} pages, of {len(done.addresses)} addresses, showed a child", file=sys.stderr
    )
    said = "pages that showed a child and have exactly one audit row that names it"
    return [
        Row("read-audit", said, share, "%", "100", share == 100, done.shown, seed),
        Row("read-audit", "pages shown while the audit could not be written", answered, "pages", "0",
            not answered and done.with_broken_sink > 0, done.with_broken_sink, seed),
    ]  # fmt: skip


class Replay:
    """Requests drawn over every address of the URL configuration, with ids of this world's own rows."""

    def __init__(self, matters: Matters, drawn: random.Random) -> None:
        self.matters, self.drawn, self.done = matters, drawn, Replayed()
        self.clients: dict[str, Client] = {}
        self.fruitful: list[tuple[str, str]] = []
        """Who was shown a child at which address."""
        every = sorted(addresses())
        self.addresses = every + [one for one in every for _ in range(3) if "case_id" in one or "people" in one]
        self.name = re.compile("|".join([*matters.names, *matters.marks]))
        self.named: dict[str, dict[str, list[Any]]] = {}

    def run(self, requests: int, superuser: psycopg.Connection[Any]) -> Replayed:
        self.cases = [key for (key,) in superuser.execute("select id from engine_case order by id")]
        self.others = [key for (key,) in superuser.execute("select id from people_person order by id")]
        for name, cases, persons in superuser.execute(WHOSE):
            self.named[name] = {"cases": cases, "persons": [person for person in persons if person]}
        for mark in self.matters.marks:
            ((cases,),) = superuser.execute(WHERE_TOLD, [f"%{mark}%"])
            self.named[mark] = {"cases": cases, "persons": []}
        shown: list[tuple[str, str]] = []
        for who, address in self.matters.beside:
            shown += self._ask_at(superuser, who, address, address)
        for number in range(requests):
            shown += self._ask(superuser)
            if number % 500 == 499:
                print(f"{number + 1:,} requests, {self.done.shown:,} showed a child", file=sys.stderr, flush=True)
        superuser.execute(BREAK)
        try:
            for who, address in shown[:: max(1, WITH_BROKEN_SINK * len(shown) // max(requests, 1))]:
                self._ask_in_vain(who, address)
        finally:
            superuser.execute(MEND)
        return self.done

    def _ask(self, superuser: psycopg.Connection[Any]) -> list[tuple[str, str]]:
        who, pattern = self._who_and_where()
        return self._ask_at(superuser, who, pattern, self._address(pattern))

    def _ask_at(
        self, superuser: psycopg.Connection[Any], who: str, pattern: str, address: str
    ) -> list[tuple[str, str]]:
        address = f"/{address.lstrip('/')}"
        answer = self._client(who).get(address)
        self.done.asked += 1
        names = set(self.name.findall(_text(answer))) if answer.status_code == 200 else set()
        for name in names:
            found = superuser.execute(NAMED, {**self.named[name], "request": answer["X-Request-Id"]})
            records, times = found.fetchone() or (0, 0)
            if not records or times > 1:
                self.done.faults.append(f"{who} {address} showed {name}: {records} records, one {times} times")
        if not names:
            return []
        self.done.shown += 1
        if (who, pattern) not in self.fruitful:
            self.fruitful.append((who, pattern))
        return [(who, address)]

    def _who_and_where(self) -> tuple[str, str]:
        if self.fruitful and self.drawn.random() < AGAIN:
            return self.drawn.choice(self.fruitful)
        return self.drawn.choice(self.matters.usernames), self.drawn.choice(self.addresses)

    def _ask_in_vain(self, who: str, address: str) -> None:
        answer = self._client(who).get(address)
        self.done.with_broken_sink += 1
        if answer.status_code < 500 and self.name.search(_text(answer)):
            self.done.answered_unaudited.append(f"{who} {address}: {answer.status_code}")

    def _client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = self.matters.signed_in(who)
        return self.clients[who]

    def _address(self, pattern: str) -> str:
        self.done.addresses.add(pattern)
        return "/" + PARAMETER.sub(lambda found: str(self._value(found[1], found[2])), pattern)

    def _value(self, kind: str | None, name: str) -> Any:
        if kind == "uuid":
            return self.drawn.choice(self.cases if name == "case_id" else self.others)
        if kind == "int":
            return self.drawn.randint(1, 3)
        process = PROCESSES["contact"] if self.drawn.random() < 0.7 else self.drawn.choice(list(PROCESSES.values()))
        return {"process_key": process.key, "step_key": self.drawn.choice(list(process.steps))}.get(name, "agencies")


def addresses() -> set[str]:
    """Every address of the URL configuration, save those that end the session or belong to signing in."""

    def below(patterns: list[Any], before: str) -> set[str]:
        found: set[str] = set()
        for one in patterns:
            if isinstance(one, URLResolver):
                found |= below(one.url_patterns, before + str(one.pattern))
            elif isinstance(one, URLPattern):
                found.add(before + str(one.pattern))
        return found

    every = below(get_resolver().url_patterns, "")
    return {one for one in every if not one.startswith(("sign-", "leave", "your-account", "work-account", "static"))}


def _text(answer: Any) -> str:
    return b"".join(answer).decode(errors="replace")
