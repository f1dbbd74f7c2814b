"""How long does it take to verify an audit of ten million rows? From the database, and from an export by itself.

As `benchmarks/audit_verify.py`, whose server, sealer and export it uses; both ways must end in time and find no fault.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from benchmarks.audit_verify import TARGET_ROWS, TARGET_SECONDS, fill, more_heads, public, seal

from .own_database import administrator
from .row import Row

SIZES = {"small": 5_000, "full": TARGET_ROWS}
UNDER_A_HEAD = 5
"""Rows that each signed head adds, as in a working day."""


def measure(size: str, seed: int) -> list[Row]:
    """Seconds for both ways of verifying; a small size says what ten million rows would take. A fault raises."""
    from sightline.platform.audit.proving import export, verify

    rows = SIZES[size]
    with psycopg.connect(administrator(), autocommit=True) as superuser:
        _say(f"writing {rows:,} rows")
        fill(superuser, rows)
        _say("sealing them")
        key = seal(superuser)
        _say("signing heads")
        more_heads(superuser, key, UNDER_A_HEAD)
        superuser.execute("vacuum analyze audit_auditrow, audit_leaf, audit_salt, audit_treehead")
    keys = frozenset({public(key)})
    _say("verifying from the database")
    took, check = timed(lambda: verify([], keys))
    assert check.count == 0, check.faults
    with TemporaryDirectory() as folder:
        _say("exporting")
        export(Path(folder) / "export")
        _say("verifying the export")
        words = [sys.executable, "-I", "verifier.py", "heads.jsonl", "rows.tsv", "--key", *keys]
        alone, _ = timed(lambda: subprocess.run(words, cwd=Path(folder) / "export", check=True))
    return [
        _row("verify from the database", took, rows, seed),
        _row("verify an export with the stand-alone verifier", alone, rows, seed),
    ]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _row(what: str, seconds: float, rows: int, seed: int) -> Row:
    whole = seconds / rows * TARGET_ROWS
    words = f"{what}, {TARGET_ROWS:,} rows" + ("" if rows == TARGET_ROWS else f" (worked out from {rows:,})")
    target = f"below {TARGET_SECONDS}, no fault"
    return Row("verify-time", words, round(whole, 1), "s", target, whole < TARGET_SECONDS, rows, seed)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
