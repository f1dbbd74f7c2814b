"""Tampers with a sealed audit in every way that a superuser could, at random, and sees whether it is found and named.

    .venv/bin/python -m tests.evidence --only tamper [--seed 4]

Each trial changes the log inside a transaction, with the triggers off, checks it, and takes the change back. Every
tenth trial changes nothing, and must be silent. `tests/specs/test_tampering.py` runs a small size of the same.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import IsolationLevel

from sightline.platform.audit.reading import heads, lines
from sightline.platform.audit.sealing import Sealer
from sightline.platform.audit.verifier import Check, Fault, Head, commitment_hash, leaf_hash

from .own_database import administrator
from .row import Row

Connection = psycopg.Connection[Any]
INSERT = """
insert into audit_auditrow (id, account_id, agency, role, action, subject, object_ids, detail, outcome, request_id,
  code_version) values (%s, %s, %s, %s, %s, 'engine.Case', %s, %s, 'allowed', %s, '0.4')
"""
ODD = ("tab\there", "back\\slash", 'a "quote"', "line\nbreak", "Zoë 🙂", "", "content removed")


@dataclass
class Log:
    """A sealed log of invented rows, the heads that an agency kept of it, and a superuser's connection to it."""

    connection: Connection
    drawn: random.Random
    kept: list[Head] = field(default_factory=list)
    keys: frozenset[str] = frozenset()
    size: int = 0

    def fill(self, rows: int) -> None:
        """Write rows and seal them, one to five under each head; the agency keeps every third head, and the last."""
        self.connection.isolation_level = IsolationLevel.REPEATABLE_READ
        sealer = Sealer(self.connection, Ed25519PrivateKey.generate())
        while sealer.tree.size < rows:
            for _ in range(self.drawn.randint(1, 5)):
                self.write()
            sealer.seal()
        signed = list(heads(self.connection))
        self.kept, self.size = [*signed[::3], signed[-1]], sealer.tree.size
        self.keys = frozenset({sealer.public})

    def write(self) -> UUID:
        """One more row."""
        key, account = self._uuid(), self._uuid()
        shown = [self._uuid() for _ in range(self.drawn.randint(0, 4))]
        detail = json.dumps({"terms": self.drawn.choice(ODD), "rows": self.drawn.randint(0, 99)})
        action, request = self.drawn.choice(("read", "step", "search")), self.drawn.choice(ODD)
        self.connection.execute(INSERT, [key, account, "police", "worker", action, shown, detail, request])
        return key

    def check(self) -> Check:
        """The log as it is now; a row is late at once, because these are written and sealed within seconds."""
        signed = list(heads(self.connection))
        return Check(signed, self.kept, self.keys, late_after=timedelta(0)).run(lines(self.connection))

    def number(self, position: int) -> int:
        """The number of the row at a position."""
        return self.one("select number from audit_leaf where position = %s", position)

    def one(self, statement: str, *values: Any) -> Any:
        """The one value that a statement gives."""
        return self.connection.execute(statement, values).fetchone()[0]

    def change(self, statement: str, *values: Any) -> None:
        """Run a statement that must change something."""
        assert self.connection.execute(statement, values).rowcount, f"{statement} changed nothing"

    def seal_afresh(self, number: int) -> None:
        """What a careful forger does: make the stored hashes of a row fit what it says now."""
        found = {line.split(b"\t", 2)[1]: line for line in lines(self.connection)}
        _, _, _, _, salt, objects, detail, row = found[str(number).encode()].split(b"\t", 7)
        commitment = commitment_hash(bytes.fromhex(salt.decode()), objects + b"\t" + detail)
        leaf = leaf_hash(commitment, row)
        self.change("update audit_leaf set hash = %s, commitment = %s where number = %s", leaf, commitment, number)

    def shift(self, position: int, by: int) -> None:
        """Move every leaf from this position on."""
        self.connection.execute("update audit_leaf set position = -1 - position where position >= %s", [position])
        self.connection.execute("update audit_leaf set position = %s - 1 - position where position < 0", [by])

    def _uuid(self) -> UUID:
        return UUID(int=self.drawn.getrandbits(128))


Named = list[int]
"""The positions of which at least one must be named; empty where any fault will do."""
COLUMNS = {
    "at": "at - interval '1 day'",
    "account_id": "gen_random_uuid()",
    "worker_id": "gen_random_uuid()",
    "agency": "agency || 'x'",
    "role": "'manager'",
    "action": "action || ' '",
    "subject": "'people.Person'",
    "outcome": "'denied'",
    "request_id": "request_id || '0'",
    "object_ids": "object_ids || gen_random_uuid()",
    "detail": "detail || '{\"more\": 1}'",
    "id": "gen_random_uuid()",
}


def edit(log: Log, at: int) -> Named:
    column, value = log.drawn.choice(list(COLUMNS.items()))
    log.change(f"update audit_auditrow set {column} = {value} where number = %s", log.number(at))
    return [at]


def edit_and_seal_afresh(log: Log, at: int) -> Named:
    edit(log, at)
    log.seal_afresh(log.number(at))
    return [at]


def edit_hash(log: Log, at: int) -> Named:
    column = log.drawn.choice(("hash", "commitment"))
    log.change(f"update audit_leaf set {column} = sha256({column}) where position = %s", at)
    return [at]


def edit_salt(log: Log, at: int) -> Named:
    log.change("update audit_salt set salt = substr(sha256(salt), 1, 16) where number = %s", log.number(at))
    return [at]


def empty_without_saying(log: Log, at: int) -> Named:
    number = log.number(at)
    log.change("update audit_auditrow set object_ids = '{}', detail = '{}' where number = %s", number)
    log.change("delete from audit_salt where number = %s", number)
    return [at]


def delete(log: Log, at: int) -> Named:
    log.change("delete from audit_auditrow where number = %s", log.number(at))
    return [at]


def delete_with_leaf(log: Log, at: int) -> Named:
    number = log.number(at)
    for table in ("audit_auditrow", "audit_salt", "audit_leaf"):
        log.change(f"delete from {table} where number = %s", number)
    return [at]


def delete_and_close_up(log: Log, at: int) -> Named:
    delete_with_leaf(log, at)
    log.shift(at + 1, -1)
    return [at]


def insert_unsealed(log: Log, at: int) -> Named:
    key, when = log.write(), log.one("select at from audit_auditrow where number = %s", log.number(at))
    log.change("update audit_auditrow set at = %s where id = %s", when, key)
    number = log.one("select number from audit_auditrow where id = %s", key)
    return [-number]  # it has no position: it must be named by its number


def insert_with_leaf(log: Log, at: int) -> Named:
    log.shift(at, 1)
    key = log.write()
    number = log.one("select number from audit_auditrow where id = %s", key)
    log.change("insert into audit_salt (number, salt) values (%s, %s)", number, log.drawn.randbytes(16))
    log.change("insert into audit_leaf (position, number, hash, commitment) values (%s, %s, '', '')", at, number)
    log.seal_afresh(number)
    return [at]


def insert_at_the_end(log: Log, at: int) -> Named:
    insert_with_leaf(log, log.size)
    return [log.size]


def swap_words(log: Log, at: int) -> Named:
    other = _another(log, at)
    one, two = log.number(at), log.number(other)
    statement = (
        "update audit_auditrow a set account_id = b.account_id, object_ids = b.object_ids, detail = b.detail "
        "from audit_auditrow b where a.number in (%s, %s) and b.number in (%s, %s) and a.number <> b.number"
    )
    log.change(statement, one, two, one, two)
    return [at, other]


def swap_places(log: Log, at: int) -> Named:
    other = _another(log, at)
    log.change("update audit_leaf set position = -1 where position = %s", at)
    log.change("update audit_leaf set position = %s where position = %s", at, other)
    log.change("update audit_leaf set position = %s where position = -1", other)
    return [at, other]


def swap_numbers(log: Log, at: int) -> Named:
    other = _another(log, at)
    one, two = log.number(at), log.number(other)
    for table in ("audit_leaf", "audit_salt"):
        log.change(f"update {table} set number = -1 where number = %s", one)
        log.change(f"update {table} set number = %s where number = %s", one, two)
        log.change(f"update {table} set number = %s where number = -1", two)
    return [at, other]


def cut_tail(log: Log, at: int) -> Named:
    numbers = "select number from audit_leaf where position >= %s"
    for table in ("audit_auditrow", "audit_salt"):
        log.change(f"delete from {table} where number in ({numbers})", at)
    log.change("delete from audit_leaf where position >= %s", at)
    log.change("delete from audit_treehead where size > %s", at)
    return list(range(at, log.size))


def edit_head(log: Log, at: int) -> Named:
    column, value = log.drawn.choice(
        [
            ("root", "sha256(root)"),
            ("previous", "sha256(previous)"),
            ("at", "at + interval '1 second'"),
            ("signature", "sha256(signature) || sha256(root)"),
            ("key", "sha256(key)"),
        ]
    )
    log.change(f"update audit_treehead set {column} = {value} where size = %s", _head_over(log, at))
    return []


def delete_head(log: Log, at: int) -> Named:
    log.change("delete from audit_treehead where size = %s", _head_over(log, at))
    return []


TAMPERINGS: tuple[Callable[[Log, int], Named], ...] = (
    edit,
    edit_and_seal_afresh,
    edit_hash,
    edit_salt,
    empty_without_saying,
    delete,
    delete_with_leaf,
    delete_and_close_up,
    insert_unsealed,
    insert_with_leaf,
    insert_at_the_end,
    swap_words,
    swap_places,
    swap_numbers,
    cut_tail,
    edit_head,
    delete_head,
)


def _another(log: Log, at: int) -> int:
    return (at + log.drawn.randrange(1, log.size)) % log.size


def _head_over(log: Log, at: int) -> int:
    return int(log.one("select min(size) from audit_treehead where size > %s", at))


def names(fault: Fault, positions: Named) -> bool:
    """Whether a fault names one of these positions, or the row with this number where one is negative."""
    if any(position < 0 and fault.number == -position for position in positions):
        return True
    return fault.first is not None and any(fault.first <= position <= (fault.last or 0) for position in positions)


@dataclass
class Outcome:
    """What a run of trials came to. `widest` is the most positions that a fault which named the right one gave."""

    trials: int = 0
    untouched: int = 0
    found: int = 0
    named: int = 0
    false_alarms: int = 0
    widest: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def trial(log: Log, outcome: Outcome, number: int) -> None:
    """One change, or none, looked for and taken back."""
    with log.connection.transaction(force_rollback=True):
        log.connection.execute("set local session_replication_role = replica")
        if number % 10 == 9:
            outcome.untouched += 1
            outcome.false_alarms += bool(log.check().count)
            return
        tampering, at = TAMPERINGS[(number - number // 10) % len(TAMPERINGS)], log.drawn.randrange(log.size)
        positions = tampering(log, at)
        faults = log.check().faults
    naming = [fault for fault in faults if not positions or names(fault, positions)]
    outcome.trials += 1
    outcome.kinds[tampering.__name__] += 1
    outcome.found += bool(faults)
    outcome.named += bool(naming)
    if naming and tampering is not cut_tail:
        widths = [(fault.last or 0) - (fault.first or 0) + 1 for fault in naming]
        outcome.widest = max(outcome.widest, min(widths))
    if not naming:
        outcome.missed.append(f"trial {number}: {tampering.__name__} at {at}: {[str(fault) for fault in faults]}")


def run(log: Log, trials: int, said: Callable[[str], None] = lambda words: None) -> Outcome:
    """This many trials on a log that is filled already."""
    outcome = Outcome()
    for number in range(trials + trials // 9):
        trial(log, outcome, number)
        if number % 500 == 499:
            said(f"{number + 1:,} trials: {outcome.found:,} of {outcome.trials:,} found, {outcome.named:,} named")
    return outcome


SIZES = {"small": (150, 120), "full": (10_000, 240)}
"""Changes, and rows of the log that they are made to."""


def measure(size: str, seed: int) -> list[Row]:
    """Changes found with the row named, of all that were made; and alarms raised over logs that nobody changed."""
    trials, rows = SIZES[size]
    with psycopg.connect(administrator(), autocommit=True) as connection:
        log = Log(connection, random.Random(seed))
        log.fill(rows)
        outcome = run(log, trials, lambda words: print(words, file=sys.stderr, flush=True))
    print("\n".join(outcome.missed), file=sys.stderr)
    share, false_alarms = 100 * outcome.named / outcome.trials, outcome.false_alarms
    return [
        Row("tamper", "changes by a superuser found, the row named", share, "%", "100", share == 100, trials, seed),
        Row("tamper", "alarms over a log that nobody changed", false_alarms, "alarms", "0", not false_alarms,
            outcome.untouched, seed),
    ]  # fmt: skip
