"""How long do the daily pages take on two years of history, and how many queries do they ask?

Goes through Django's whole stack (middleware, sight, audit, templates) in this process, on the demonstration's
database. Prints median and 95th percentile in milliseconds, the ratio to the plainest page, and queries asked.
The target for the worklist, case and decision pages is 300 ms at the 95th percentile on two cores.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
ROUNDS = 60


def main() -> None:
    from sightline.cli.database import database_ready

    with database_ready(migrated=False):
        from django.conf import settings

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        rows = [measure(name, visit) for name, visit in pages()]
    plain = rows[0][1]
    print(f"{'page':<28}{'median ms':>10}{'p95 ms':>9}{'ratio':>8}{'queries':>9}")
    for name, median, high, queries in rows:
        print(f"{name:<28}{median:>10.1f}{high:>9.1f}{median / plain:>8.1f}{queries:>9}")


def pages() -> list[tuple[str, Callable[[], str]]]:
    """Each page's name and a function that gives the next address to visit, signed in as who would."""
    cases = case_addresses()
    pick = random.Random(7)
    return [
        ("sign-in (the plainest)", lambda: "-:/sign-in"),
        ("worklist, social worker", lambda: "front-door-worker:/work/"),
        ("worklist, team", lambda: "front-door-worker:/work/?show=team"),
        ("worklist, school", lambda: "school-lead:/work/"),
        ("front-door queue", lambda: "front-door-worker:/front-door/"),
        ("case, any contact", lambda: f"front-door-manager:/cases/{pick.choice(cases['contact'])}/"),
        ("case, strategy discussion", lambda: f"team-manager:/cases/{pick.choice(cases['strategy-discussion'])}/"),
        ("decision", lambda: f"front-door-worker:/cases/{pick.choice(cases['decide'])}/do/propose/"),
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
        return {**found, "decide": [str(key) for key in waiting.values_list("pk", flat=True)]}


def measure(name: str, visit: Callable[[], str]) -> tuple[str, float, float, int]:
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sightline.people.models import Account

    client, signed_in, took, queries = Client(), "", [], 0
    for turn in range(ROUNDS + 5):
        who, _, address = visit().partition(":")
        if who != signed_in and who != "-":
            client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
            signed_in = who
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            began = time.perf_counter()
            response = client.get(address)
            spent = (time.perf_counter() - began) * 1000
        if response.status_code != 200:
            sys.exit(f"{address} as {who} answered {response.status_code}")
        if turn >= 5:  # the first few fill caches
            took.append(spent)
            queries = max(queries, len(asked))
    return name, statistics.median(took), statistics.quantiles(took, n=20)[-1], queries


if __name__ == "__main__":
    main()
