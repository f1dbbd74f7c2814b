"""Kills parts of the running site at random under load, and compares what clients were told with what is kept.

    .venv/bin/python -m tests.faults.killing [--kills 1000] [--seed 4]

Web workers, the jobs worker, database backends and the postmaster are killed with SIGKILL while clients sign in, tell
the front door, log, set priorities, add information and read cases, some sending twice or losing an answer. Whatever is
dead is started again; clients send again under the same key. PostgreSQL runs with fsync and synchronous commit on.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import psycopg

from sightline.platform.database.server import superuser_address
from tests.faults.client import Client, GaveUp
from tests.faults.journal import Comparison, Journal, compare
from tests.faults.live_site import LiveSite, live_site, looked_after

CLIENTS = ("worker", "second_worker", "manager", "second_manager")
KINDS = ("web worker", "jobs worker", "database backend", "postmaster")
STUCK = 120.0
"""Seconds without any answer after which the run is given up."""

type Say = Callable[[str], None]


@dataclass
class Outcome:
    """What was killed, what clients did meanwhile, and what the comparison found."""

    killed: Counter[str] = field(default_factory=Counter)
    journal: Journal = field(default_factory=Journal)
    comparison: Comparison = field(default_factory=Comparison)
    ended_by_themselves: list[str] = field(default_factory=list)
    longest_silence: float = 0.0

    @property
    def acknowledged(self) -> int:
        return sum(one.acknowledged for one in self.journal.sent)

    def __str__(self) -> str:
        found, journal = self.comparison, self.journal
        kills = ", ".join(f"{count} of a {kind}" for kind, count in self.killed.items())
        again = sum(one.tries > 1 for one in journal.sent)
        counts = f"{len(found.lost)} lost, {len(found.doubled)} doubled, {len(found.unaudited)} unaudited"
        return (
            f"{self.killed.total()} kills ({kills}). {self.acknowledged:,} writes acknowledged of "
            f"{len(journal.sent):,} ({again:,} sent more than once), {len(journal.reads):,} cases read: {counts}, "
            f"{len(found.broken)} broken, {len(journal.faults)} server errors; "
            f"longest silence {self.longest_silence:.1f} s"
        )


def run(kills: int, seed: int, say: Say = lambda line: None) -> Outcome:
    """Kill this many times on a site of its own; what happens between is drawn from the seed."""
    words = [sys.executable, "-m", "tests.faults.small_world"]
    with live_site(words) as site:
        outcome = _under_load(site, kills, seed, say)
        outcome.ended_by_themselves = site.ended_by_themselves
        with psycopg.connect(superuser_address(site.place), dbname="sightline") as connection:
            assert _durable(connection)
            outcome.comparison = compare(outcome.journal, connection)
    return outcome


def _durable(connection: psycopg.Connection) -> bool:
    settings = ("fsync", "synchronous_commit", "full_page_writes")
    return all(connection.execute(f"show {name}").fetchone() == ("on",) for name in settings)


def _under_load(site: LiveSite, kills: int, seed: int, say: Say) -> Outcome:
    outcome, over, cases = Outcome(), threading.Event(), []
    clients = [Client(who, site.address, outcome.journal, cases, over, seed) for who in CLIENTS]
    threads = [threading.Thread(target=_work, args=[client], daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    drawn = random.Random(seed)
    try:
        with looked_after(site):
            _wait_for_answers(outcome, 20)
            for number, kind in enumerate(islice(_kinds(kills, drawn), kills)):
                _kill_one(site, outcome, kind, drawn)
                if number % 20 == 19:
                    say(f"{number + 1:,} of {kills:,} kills, {outcome.journal.answered:,} answers")
            _wait_for_answers(outcome, 20)
            over.set()
            for thread in threads:
                thread.join(STUCK)
    finally:
        over.set()
    return outcome


def _kinds(kills: int, drawn: random.Random) -> Iterator[str]:
    """What is killed, in an order drawn anew for each round of all kinds."""
    for _ in range(0, kills, len(KINDS)):
        yield from drawn.sample(KINDS, len(KINDS))


def _kill_one(site: LiveSite, outcome: Outcome, kind: str, drawn: random.Random) -> None:
    time.sleep(drawn.uniform(0, 0.4))
    while not site.kill(kind, drawn):
        time.sleep(0.05)
    outcome.killed[kind] += 1
    _wait_for_answers(outcome, 2)


def _wait_for_answers(outcome: Outcome, more: int) -> None:
    """Until clients were answered so many times more: the next kill comes under load, not into rubble."""
    began, wanted = time.monotonic(), outcome.journal.answered + more
    while outcome.journal.answered < wanted:
        if time.monotonic() - began > STUCK:
            raise GaveUp("Nothing was answered for two minutes")
        time.sleep(0.02)
    outcome.longest_silence = max(outcome.longest_silence, time.monotonic() - began)


def _work(client: Client) -> None:
    try:
        client.work()
    except GaveUp as gave_up:
        client.journal.faults.append(f"gave up: {gave_up}")


def main() -> int:
    """The long run, with progress on standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=4)
    args = parser.parse_args()
    import django

    django.setup()
    outcome = run(args.kills, args.seed, lambda line: print(line, file=sys.stderr, flush=True))
    found = outcome.comparison
    for line in (*found.lost, *found.doubled, *found.unaudited, *found.broken, *outcome.journal.faults):
        print(line)
    print(f"{outcome}; seed {args.seed}")
    return int(not found.sound or bool(outcome.journal.faults))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
    raise SystemExit(main())
