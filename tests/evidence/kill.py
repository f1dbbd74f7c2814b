"""Kills parts of the running site under load: is anything lost that was acknowledged, or done twice, or read unseen?

Measures `kill` and `double-effect` in one run; `tests/faults/killing.py` says how. It starts a durable server of its
own and leaves the database that it is given alone.
"""

import sys

from tests.faults.killing import Outcome, run

from .row import Row

SIZES = {"small": 4, "full": 1000}
"""Kills."""


def measure(size: str, seed: int) -> list[Row]:
    """What was lost, left unaudited or doubled, of all that clients sent and read."""
    outcome = run(SIZES[size], seed, lambda line: print(line, file=sys.stderr, flush=True))
    found = outcome.comparison
    wrong = (*found.lost, *found.doubled, *found.unaudited, *found.broken, *outcome.journal.faults)
    print(*wrong, outcome, sep="\n", file=sys.stderr)
    return rows(outcome, seed)


def rows(outcome: Outcome, seed: int) -> list[Row]:
    """The figures of a run, over as many trials as processes were killed, writes sent and cases read."""
    found, kills = outcome.comparison, outcome.killed.total()
    sent, reads = len(outcome.journal.sent), len(outcome.journal.reads)
    lost, doubled, unaudited = len(found.lost) + len(found.broken), len(found.doubled), len(found.unaudited)
    errors = len(outcome.journal.faults)
    return [
        Row("kill", "acknowledged writes lost or changed", lost, "writes", "0", not lost, kills, seed),
        Row("kill", "deeds and cases read without their audit row", unaudited, "rows", "0", not unaudited, reads, seed),
        Row("kill", "answers of 500", errors, "answers", "0", not errors, sent + reads, seed),
        Row("double-effect", "cases, steps and notices made twice", doubled, "effects", "0", not doubled, sent, seed),
    ]  # fmt: skip
