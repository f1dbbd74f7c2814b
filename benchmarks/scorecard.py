"""How long do the scorecard, a measure's page, published figures and a partner's home take?

Goes through Django's whole stack in this process, on the demonstration's database, as `pages.py` does. Figures are
worked out first where they are stale, and how long that took is printed. Prints median and 95th percentile in
milliseconds, CPU time, the ratio to the plainest page, and queries asked. The target is at most 300 ms at the 95th
percentile for the scorecard.
"""

import itertools
import os
import time
from collections.abc import Callable

from pages import Measured, measure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
TARGET_MS = 300


def main() -> None:
    from sightline.cli.database import database_ready

    with database_ready(migrated=False):
        from django.conf import settings

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        work_figures_out()
        report([measure(name, visit) for name, visit in pages()])


def work_figures_out() -> None:
    from sightline.indicators.duties import keep_figures_fresh

    began = time.perf_counter()
    done = keep_figures_fresh()
    print(f"Figures worked out for {done} partnerships in {time.perf_counter() - began:.1f} s")


def pages() -> list[tuple[str, Callable[[], str]]]:
    """Each page's name and a function that gives the next address to visit, signed in as who would."""
    from sightline.indicators.declared import INDICATORS

    own = itertools.cycle(f"hub:/scorecard/{one.slug}/" for one in INDICATORS)
    published = itertools.cycle(f"-:/figures/{one.slug}/" for one in INDICATORS if one.printed)
    return [
        ("sign-in (the plainest)", lambda: "-:/sign-in"),
        ("scorecard", lambda: "hub:/scorecard/"),
        ("scorecard, only changed", lambda: "hub:/scorecard/?change=only"),
        ("scorecard, an agency's", lambda: "police:/scorecard/"),
        ("measure, each in turn", lambda: next(own)),
        ("enquiries by agency", lambda: "hub:/scorecard/enquiries-returned-on-time/"),
        ("published, each in turn", lambda: next(published)),
        ("home, delegated partner", lambda: "partner-council:/"),
        ("home, Support Hub", lambda: "hub:/"),
    ]


def report(rows: list[Measured]) -> None:
    plain = rows[0].median
    print(f"{'page':<28}{'median ms':>10}{'p95 ms':>9}{'CPU ms':>8}{'ratio':>8}{'queries':>9}")
    for row in rows:
        over = "  over the target" if row.high > TARGET_MS else ""
        ratio = row.median / plain
        print(f"{row.name:<28}{row.median:>10.1f}{row.high:>9.1f}{row.cpu:>8.1f}{ratio:>8.1f}{row.queries:>9}{over}")


if __name__ == "__main__":
    main()
