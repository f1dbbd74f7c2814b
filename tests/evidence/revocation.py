"""How soon does somebody whose part, role or account has ended see nothing more? A live session asks all the while.

The end is written by another connection, as another worker's or an administrator's is. A request that begins after that
write has committed and still shows the case is a failure; the time is from the commit to the first refusal.
"""

import random
import sys
import threading
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any

import psycopg
from django.db import connection

from .matters import Matters, make_matters
from .own_database import administrator
from .row import Row

SIZES = {"small": 6, "full": 200}
"""Ends."""
TARGET = 1.0
PATIENCE = 10.0
HOLDER = "police"
"""Whose access ends; they see a case through their agency's part in it."""

END_PART = """
update engine_involvement set ends_at = clock_timestamp()
where case_id = %(case)s and ends_at is null and (worker_id = %(worker)s or agency_id = %(agency)s)
"""
END_ROLE = (
    "update people_roleheld set valid_to = (now() at time zone 'Europe/London')::date where worker_id = %(worker)s"
)
END_ACCOUNT = "update people_account set is_active = false where worker_id = %(worker)s"
ENDS = {"part": END_PART, "role": END_ROLE, "account": END_ACCOUNT}
BEGIN_AGAIN = (
    """
    update engine_involvement set ends_at = null
    where case_id = %(case)s and (worker_id = %(worker)s or agency_id = %(agency)s)
    """,
    "update people_roleheld set valid_to = null where worker_id = %(worker)s",
    "update people_account set is_active = true where worker_id = %(worker)s",
)


def measure(size: str, seed: int) -> list[Row]:
    """The 99th percentile of the time to the first refusal, and requests answered after the end."""
    matters, drawn = make_matters(10), random.Random(seed)
    took: list[float] = []
    late: list[str] = []
    with psycopg.connect(administrator(), autocommit=True) as superuser:
        for number in range(SIZES[size]):
            what = list(ENDS)[number % len(ENDS)]
            seconds, after = one_end(matters, superuser, what, drawn)
            took.append(seconds)
            late += [what] * after
            if number % 20 == 19:
                print(f"{number + 1} of {SIZES[size]} ends", file=sys.stderr, flush=True)
    print(f"slowest {max(took) * 1000:.0f} ms", file=sys.stderr)
    high = quantiles(took, n=100, method="inclusive")[98]
    return [
        Row("revocation", "from the end of a part, a role or an account to the first refusal, 99th percentile",
            round(high, 4), "s", "below 1", high < TARGET, len(took), seed),
        Row("revocation", "requests begun after the end and still answered", len(late), "requests", "0", not late,
            len(took), seed),
    ]  # fmt: skip


def one_end(matters: Matters, superuser: psycopg.Connection[Any], what: str, drawn: random.Random) -> tuple[float, int]:
    """Seconds until a session that keeps asking is refused, and requests begun after the commit that were not."""
    case, known = _case_of_holder(matters)
    actor = getattr(matters.world, HOLDER)
    given = {"case": case, "worker": actor.worker.pk, "agency": actor.agency.pk}
    asked = Asking(matters.signed_in(HOLDER), f"/cases/{case}/", known)
    asked.start()
    try:
        asked.wait(lambda: asked.answers > 1)
        time.sleep(drawn.uniform(0, 0.05))
        superuser.execute(ENDS[what], given)
        ended = time.monotonic()
        asked.wait(lambda: asked.refused_at is not None)
    finally:
        asked.stop()
        for statement in BEGIN_AGAIN:
            superuser.execute(statement, given)
    return (asked.refused_at or ended) - ended, sum(began > ended for began in asked.shown)


class Asking(threading.Thread):
    """A live session that opens one page again and again until it is refused."""

    def __init__(self, client: Any, address: str, known: str) -> None:
        super().__init__(daemon=True)
        self.client, self.address, self.known = client, address, known
        self.shown: list[float] = []
        self.refused_at: float | None = None
        self.over = threading.Event()

    @property
    def answers(self) -> int:
        return len(self.shown)

    def run(self) -> None:
        try:
            while not self.over.is_set() and self.refused_at is None:
                began = time.monotonic()
                answer = self.client.get(self.address)
                if answer.status_code == 200 and self.known in answer.content.decode():
                    self.shown.append(began)
                else:
                    self.refused_at = time.monotonic()
        finally:
            connection.close()

    def wait(self, until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.address} after {PATIENCE:.0f} s: {len(self.shown)} answers, not refused")
            time.sleep(0.005)

    def stop(self) -> None:
        self.over.set()
        self.join(PATIENCE)


def _case_of_holder(matters: Matters) -> tuple[Any, str]:
    """A strategy discussion that the holder's agency has a part in, and words of it that only its readers see."""
    from sightline.engine.models import Case

    with matters.acting(HOLDER) as actor:
        case = Case.visible_to(actor).filter(process="strategy-discussion").order_by("opened_at").first()
        assert case
        return case.pk, case.reference
