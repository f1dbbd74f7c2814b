"""How long do the daily pages take on two years of history, and how many queries do they ask?

Goes through Django's whole stack (middleware, sight, audit, templates) in this process, on the demonstration's
database. Prints median and 95th percentile in milliseconds, this process's own CPU time (which a busy machine and the
database leave alone), the ratio to the plainest page, and queries asked. Words after the command choose pages by name.
The target for every daily page is 300 ms at the 95th percentile on two cores.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
ROUNDS = 60


def main() -> None:
    from sightline.cli.database import database_ready

    with database_ready(migrated=False):
        from django.conf import settings

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        wanted = sys.argv[1:]
        chosen = [(name, visit) for name, visit in pages() if not wanted or any(word in name for word in wanted)]
        rows = [measure(name, visit) for name, visit in chosen]
    plain = rows[0].median
    print(f"{'page':<28}{'median ms':>10}{'p95 ms':>9}{'CPU ms':>8}{'ratio':>8}{'queries':>9}")
    for row in rows:
        ratio = row.median / plain
        print(f"{row.name:<28}{row.median:>10.1f}{row.high:>9.1f}{row.cpu:>8.1f}{ratio:>8.1f}{row.queries:>9}")


@dataclass(frozen=True)
class Measured:
    """One page: wall time at the median and the 95th percentile, median CPU time of this process, most queries."""

    name: str
    median: float
    high: float
    cpu: float
    queries: int


def pages() -> list[tuple[str, Callable[[], str]]]:
    """Each page's name and a function that gives the next address to visit, signed in as who would."""
    cases = case_addresses()
    pick = random.Random(7)
    return [
        ("sign-in (the plainest)", lambda: "-:/sign-in"),
        ("worklist, social worker", lambda: "front-door-worker:/work/"),
        ("worklist, team", lambda: "front-door-worker:/work/?whose=team"),
        ("worklist, school", lambda: "school-lead:/work/"),
        ("worklist, police", lambda: "police:/work/"),
        ("home, front-door manager", lambda: "front-door-manager:/"),
        ("home, team manager", lambda: "team-manager:/"),
        ("home, police", lambda: "police:/"),
        ("front-door queue", lambda: "front-door-worker:/front-door/"),
        ("case, any contact", lambda: f"front-door-manager:/cases/{pick.choice(cases['contact'])}/"),
        ("case, strategy discussion", lambda: f"team-manager:/cases/{pick.choice(cases['strategy-discussion'])}/"),
        ("decision", lambda: f"front-door-worker:/cases/{pick.choice(cases['decide'])}/do/propose/"),
        ("scorecard, partner", lambda: "partner-council:/scorecard/"),
        ("a measure, partner", lambda: "partner-council:/scorecard/assessments-within-45-working-days/"),
        ("published figures", lambda: "partner-council:/figures/plan-rate/"),
        ("recording a strategy", lambda: f"team-manager:/cases/{pick.choice(cases['to hold'])}/do/record_meeting/"),
    ]


def case_addresses() -> dict[str, list[str]]:
    from sightline.engine.models import Case
    from sightline.people.models import Account
    from sightline.platform import audit
    from sightline.platform.database import as_account

    account = Account.objects.get(username="front-door-manager").pk
    with as_account(account), audit.request(account_id=account):
        found = {
            process: [str(key) for key in Case.objects.filter(process=process).values_list("pk", flat=True)[:4000]]
            for process in ("contact", "strategy-discussion")
        }
        waiting = Case.objects.filter(process="contact", stage__in=("logged", "priority_set", "being_checked"))
        to_hold = Case.objects.filter(process="strategy-discussion", stage__in=("need_identified", "called"))
        return {
            **found,
            "decide": [str(key) for key in waiting.values_list("pk", flat=True)],
            "to hold": [str(key) for key in to_hold.values_list("pk", flat=True)],
        }


def measure(name: str, visit: Callable[[], str]) -> Measured:
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sightline.people.models import Account

    client, signed_in, queries = Client(), "", 0
    took: list[float] = []
    cpu: list[float] = []
    for turn in range(ROUNDS + 5):
        who, _, address = visit().partition(":")
        if who != signed_in and who != "-":
            client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
            signed_in = who
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            began, began_cpu = time.perf_counter(), time.process_time()
            response = client.get(address)
            spent, spent_cpu = time.perf_counter() - began, time.process_time() - began_cpu
        if response.status_code != 200:
            sys.exit(f"{address} as {who} answered {response.status_code}")
        if turn >= 5:  # the first few fill caches
            took.append(spent * 1000)
            cpu.append(spent_cpu * 1000)
            queries = max(queries, len(asked))
    high = statistics.quantiles(took, n=20)[-1]
    return Measured(name, statistics.median(took), high, statistics.median(cpu), queries)


if __name__ == "__main__":
    main()
