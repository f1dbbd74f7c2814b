"""Measures everything that is claimed of the two walls, the audit, the gate and the site under faults.

    .venv/bin/python -m tests.evidence [--size full|small] [--seed 4] [--only ID]...

Each measurement runs in a process of its own, on a database of its own; two side by side, except those in which
something is timed. Writes `build/evidence.json`, a row for each
figure, and `build/evidence.html` beside it to read. Rows of ids that were not asked for stay as an earlier run left
them. Exit 1 where a target is missed or something is not built.
"""

import argparse
import fcntl
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

from .own_database import own_database
from .page import page
from .register import MODULES, SIZES, TIMED, built, measure_of, nothing
from .row import Row

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "build" / "evidence.json"
PAGE = RESULTS.with_suffix(".html")
SIDE_BY_SIDE = 2


def main() -> int:
    """Measure what is asked for, one after the other, saying what is going on."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--only", action="append", choices=MODULES, metavar="ID", help=", ".join(MODULES))
    parser.add_argument("--alone", metavar="MODULE", help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.alone:
        return _alone(args.alone, args.size, args.seed, args.into)
    began = time.monotonic()
    rows = list(_every(_wanted(args.only or list(MODULES)), args.size, args.seed))
    for row in rows:
        _say(f"{'met   ' if row.met else 'MISSED'} {row.id}: {row.measure}: {row.value} {row.unit} ({row.target})")
    _say(f"{RESULTS} and {PAGE.name}, after {(time.monotonic() - began) / 60:.0f} minutes")
    return int(not all(row.met for row in rows))


def _wanted(ids: list[str]) -> dict[str, list[str]]:
    """Ids by the module that measures them."""
    modules: dict[str, list[str]] = {}
    for one in MODULES:
        if one in ids:
            modules.setdefault(MODULES[one], []).append(one)
    return modules


def _every(wanted: dict[str, list[str]], size: str, seed: int) -> Iterator[Row]:
    """What is timed comes first and by itself, for nothing beside it to slow it down."""
    measured = partial(_measured, size=size, seed=seed)
    timed = {module: ids for module, ids in wanted.items() if module in TIMED}
    others = {module: ids for module, ids in wanted.items() if module not in TIMED}
    for module, ids in timed.items():
        yield from measured(module, ids)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as lanes:
        for found in lanes.map(measured, others, others.values()):
            yield from found


def _measured(module: str, ids: list[str], size: str, seed: int) -> list[Row]:
    """The rows of a module, which are written down too."""
    _say(f"{module}: {time.strftime('%H:%M')}, begins")
    rows = _asked(module, ids, size, seed)
    _write(rows)
    _say(f"{module}: {time.strftime('%H:%M')}, has ended")
    return rows


def _asked(module: str, ids: list[str], size: str, seed: int) -> list[Row]:
    if not built(module):
        return nothing(ids, "not built", seed)
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "rows.json"
        words = ["--alone", module, "--size", size, "--seed", str(seed), "--into", str(into)]
        run = [sys.executable, "-m", "tests.evidence", *words]
        with subprocess.Popen(run, cwd=ROOT, stderr=subprocess.PIPE, text=True) as alone:
            for line in alone.stderr or ():
                _say(f"{module}: {line.rstrip()}")
        if alone.returncode or not into.exists():
            return nothing(ids, f"ended with status {alone.returncode}; what it said is above", seed)
        rows = [Row(**row) for row in json.loads(into.read_text())]
    silent = [one for one in ids if one not in {row.id for row in rows}]
    return rows + nothing(silent, "not measured", seed)


def _alone(module: str, size: str, seed: int, into: Path) -> int:
    with own_database():
        logging.disable(logging.ERROR)  # what is asked in vain on purpose would drown the progress
        rows = measure_of(module)(size, seed)
    into.write_text(json.dumps([asdict(row) for row in rows]))
    return 0


def _write(found: list[Row]) -> None:
    """Put these rows in the place of earlier ones of their ids; one of several runs at a time."""
    order = list(MODULES)
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        earlier = [Row(**row) for row in json.loads(RESULTS.read_text())] if RESULTS.exists() else []
        kept = [row for row in earlier if row.id in order and row.id not in {one.id for one in found}]
        rows = sorted([*kept, *found], key=lambda row: order.index(row.id))
        RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
        PAGE.write_text(page(rows))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
