"""Does a pooled connection ever carry one person's name to the next? Alternating users, threads and aborted work.

Asks the database alone: the rows come through no rule of the application's, only through row-level security under
`as_account`. Each answer must be exactly the set of ids that its reader saw before any load; a row more is a leak.
"""

import random
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import Error, connection, connections

from sightline.engine.models import Case, CaseClock, CaseStep, CaseSubject, Involvement
from sightline.people.models import Person
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice

from .matters import Matters, make_matters
from .row import Row

SIZES = {"small": (200, 4_000, 20), "full": (20_000, 1_000_000, 200)}
"""Queries through a pool of one, queries through the large pool, and threads at that."""
LARGE_POOL = 10
MODELS = (Case, CaseStep, CaseClock, CaseSubject, Involvement, Notice, Person)
EVERY_ID = {model: f"select id from {model._meta.db_table}" for model in MODELS}  # noqa: S608 - names of our own tables
READERS = ("school", "other_school", "police", "health", "worker", "manager", "analyst", "hub", "lead_worker")
NOBODY = ""
EVERY = 50_000
"""Queries from one line of progress to the next."""
ABORTS = 0.1
"""Share of transactions that end badly: an exception, a failed statement, or the connection gone."""


class Aborted(Exception):
    """Work that ends in the middle, on purpose."""


@dataclass
class Asked:
    """What was asked, by all threads together, and answers that were not the reader's own rows."""

    queries: int = 0
    aborted: int = 0
    leaks: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)


def measure(size: str, seed: int) -> list[Row]:
    """Answers with a row of somebody else's, and answers that lacked one of the reader's own."""
    alone, many, threads = SIZES[size]
    matters = make_matters(15)
    expected = {who: _sees(matters, who) for who in READERS}
    expected[NOBODY] = {model: set() for model in MODELS}
    assert len({frozenset(rows[Case]) for rows in expected.values()}) > 3
    rows = []
    for words, queries, pool, at_once in (
        ("through a pool of one, users alternating", alone, 1, 4),
        (f"by {threads} threads, {100 * ABORTS:.0f} % of transactions aborted", many, LARGE_POOL, threads),
    ):
        with pooled(pool):
            asked = ask(matters, expected, queries, at_once, seed)
        wrong = len(asked.leaks) + len(asked.missing)
        print(*asked.leaks[:10], *asked.missing[:10], f"{asked.aborted:,} aborted", sep="\n", file=sys.stderr)
        rows.append(Row("pool-leak", f"answers {words}, not exactly the reader's own rows", wrong, "answers", "0",
                        not wrong, asked.queries, seed))  # fmt: skip
    return rows


@contextmanager
def pooled(size: int) -> Iterator[None]:
    """Every thread's connection comes from one pool of this size, as in a process that answers pages."""
    settings = connections.settings["default"]
    earlier, own = settings["OPTIONS"], connections["default"]
    own.close()
    settings["OPTIONS"] = {**earlier, "pool": {"min_size": size, "max_size": size, "timeout": 300}}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"].close_pool()
        settings["OPTIONS"] = earlier
        connections["default"] = own


def ask(matters: Matters, expected: dict[str, Any], queries: int, threads: int, seed: int) -> Asked:
    """So many queries, each thread as a reader drawn anew for every transaction."""
    asked = Asked()
    accounts: dict[str, UUID | None] = {who: matters.world.accounts[who].pk for who in READERS}
    accounts[NOBODY] = None

    def work(number: int) -> None:
        drawn = random.Random(f"{seed} {number}")
        while asked.queries < queries:
            who = drawn.choice((*READERS, NOBODY))
            with suppress(Aborted, Error):
                _transaction(asked, who, accounts[who], expected[who], drawn)
            connection.close()  # as at the end of a request: back to the pool
            if number == 0 and drawn.random() < 0.02:
                print(f"{asked.queries:,} of {queries:,} queries", file=sys.stderr, flush=True)

    with ThreadPoolExecutor(threads) as workers:
        for done in [workers.submit(work, number) for number in range(threads)]:
            done.result()
    return asked


def _transaction(asked: Asked, who: str, account: UUID | None, own: Any, drawn: random.Random) -> None:
    models = drawn.sample(MODELS, len(MODELS))
    ends_badly = drawn.random() < ABORTS
    if ends_badly:
        models = models[: drawn.randint(1, len(models))]
    with as_account(account):
        found = _found(models)
        with asked.turn:
            asked.queries += len(models)
            if asked.queries % EVERY < len(models):
                print(f"{asked.queries:,} queries", file=sys.stderr, flush=True)
            asked.aborted += ends_badly
            for model, rows in found.items():
                if more := rows - own[model]:
                    asked.leaks.append(f"{who or 'nobody'} was given {len(more)} rows of {model.__name__}")
                if less := own[model] - rows:
                    asked.missing.append(f"{who} was not given {len(less)} rows of {model.__name__}")
        if ends_badly:
            _end_badly(drawn)


def _found(models: Sequence[Any]) -> dict[Any, set[Any]]:
    """The ids that the database gives of each, a query for each, sent one after the other without waiting."""
    raw = connection.connection
    with raw.pipeline():
        cursors = {model: raw.execute(EVERY_ID[model], prepare=True) for model in models}
        return {model: {key for (key,) in cursor.fetchall()} for model, cursor in cursors.items()}


def _end_badly(drawn: random.Random) -> None:
    way = drawn.randrange(4)
    if way == 0:
        raise Aborted
    if way == 1:
        with connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
    if way == 2:
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 1")
            cursor.execute("select pg_sleep(1)")
    connection.connection.close()  # the server is gone in the middle
    raise Aborted


def _sees(matters: Matters, who: str) -> dict[Any, set[Any]]:
    """The ids that one reader is given by the database, asked calmly."""
    account = matters.world.accounts[who].pk if who else None
    with as_account(account):
        return _found(MODELS)
