"""What do row-level security and the audit cost? The ten hottest pages with them and without, turn by turn in one run.

"Without": the same pages over a connection that row-level security does not bind, with no token told and nothing
written to the audit, in this process alone. What the application's own wall narrows stays in both, because it decides
what a page lists. The server trusts its disk and the audit's file is not written, so no waiting for a disk is in
either. The full size works on the demonstration's two years, the small one on its last week.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.test import Client

from .row import Row

SIZES = {"small": (3, False), "full": (120, True)}
"""Visits to each page each way, and whether the two years are loaded."""
WARM_UP = 3
TARGET = 1.10
HOTTEST = (
    "worklist, social worker",
    "worklist, team",
    "worklist, school",
    "worklist, police",
    "home, front-door manager",
    "home, police",
    "front-door queue",
    "case, any contact",
    "case, strategy discussion",
    "decision",
)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Page:
    """Milliseconds of each visit to one page, with walls and audit and without."""

    name: str
    visit: Callable[[], str]
    walled: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))


def measure(size: str, seed: int) -> list[Row]:
    """The sum of the ten pages' 95th percentiles with walls and audit, over that without."""
    visits, two_years = SIZES[size]
    _load(two_years)
    random.seed(seed)
    pages = _pages()
    with unbound() as bare:
        for turn in range(visits + WARM_UP):
            for page in pages:
                _both_ways(page, bare, turn)
            if turn % 10 == 9:
                print(f"{turn + 1 - WARM_UP} of {visits} visits to each page", file=sys.stderr, flush=True)
    print("Milliseconds, with and without: the 95th percentile, and the median", file=sys.stderr)
    for page in pages:
        print(f"{page.name:<28}{_told(page, high)}{_told(page, statistics.median)}", file=sys.stderr)
    ratio = sum(high(page.walled) for page in pages) / sum(high(page.bare) for page in pages)
    said = "95th percentile of the ten hottest pages, with row-level security and audit to without"
    return [Row("walls-cost", said, round(ratio, 3), "times", f"{TARGET} or less", ratio <= TARGET, visits, seed)]


def _told(page: Page, of: Callable[[list[float]], float]) -> str:
    return f"{of(page.walled):10.1f}{of(page.bare):8.1f}"


def _load(two_years: bool) -> None:
    from sightline.demonstration.load import load_history, load_small

    say = lambda line: print(line, file=sys.stderr, flush=True)  # noqa: E731
    load_small(say)
    if two_years:
        load_history(say)
        with connections["owner"].cursor() as cursor:
            cursor.execute("analyze")


def _pages() -> list[Page]:
    from benchmarks.pages import pages
    from sightline.people.models import Account

    found = {name: visit for name, visit in pages() if name in HOTTEST}
    made = [Page(name, found[name]) for name in HOTTEST]
    for page in made:
        who = page.visit().partition(":")[0]
        page.client.force_login(Account.objects.get(username=who), backend=BACKEND)
    return made


def _both_ways(page: Page, bare: Any, turn: int) -> None:
    """One address both ways, the first way alternating, so that neither is always the warmed one."""
    address = page.visit().partition(":")[2]
    for without in (turn % 2 == 0, turn % 2 == 1):
        with bare() if without else _as_it_is():
            began = time.perf_counter()
            status = page.client.get(address).status_code
            took = (time.perf_counter() - began) * 1000
        assert status == 200, f"{address} answered {status}"
        if turn >= WARM_UP:
            (page.bare if without else page.walled).append(took)


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def unbound() -> Iterator[Callable[[], Any]]:
    """Gives a way to work, for as long as a block runs, without row-level security and without writing to the audit."""
    from sightline.platform.audit import log
    from sightline.platform.database import context
    from sightline.platform.database.server import SUPERUSER

    walled, settings = connections["default"], connections.settings["default"]
    earlier = dict(settings)
    options = {**earlier["OPTIONS"], "options": "-c jit=off"}
    del connections["default"]
    settings.update(USER=SUPERUSER, OPTIONS=options)
    free = connections["default"]
    free.ensure_connection()
    settings.update(earlier)
    connections["default"] = walled
    written, told = log.write_shown, context._name

    @contextmanager
    def bare() -> Iterator[None]:
        connections["default"], log.write_shown, context._name = free, lambda who: None, lambda using, account: None
        try:
            yield
        finally:
            connections["default"], log.write_shown, context._name = walled, written, told

    try:
        yield bare
    finally:
        free.close()


def high(took: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return statistics.quantiles(took, n=20, method="inclusive")[-1]
