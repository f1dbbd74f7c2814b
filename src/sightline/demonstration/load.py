"""Loads the demonstration: the small part before the first page is shown, two years of history behind it.

Both may be called again at any time: what is there is left alone, and history goes on where it stopped.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction
from psycopg.sql import SQL, Identifier

from sightline.people.models import Partnership
from sightline.platform import calendar

from .batches import LATELY, Batches, name_of
from .cast import KEY, write_cast
from .copying import OWNER, copy_rows
from .figures import refresh_figures
from .history import Maker, Rows
from .in_parallel import shared_out
from .live import live_stories
from .own_work import load_own_work
from .plan import Plan
from .seeding import Keys, drawn
from .standing import Standing

Progress = Callable[[str], None]


def load_small(progress: Progress | None = None) -> None:
    """The partnerships, everybody in them, the last week, and today's work."""
    tell = progress or _silent
    if not Partnership.objects.filter(key=KEY).exists():
        tell("Loading the invented partnership.")
        made_at = calendar.now().replace(second=0, microsecond=0)
        with transaction.atomic():
            write_cast(calendar.local_date(made_at), made_at=made_at.isoformat())
    batches = planned()
    if not is_loaded(batches, LATELY):
        tell("Loading today's work.")
        load_batch(batches, LATELY)


def load_the_rest(progress: Progress | None = None) -> None:
    """All that the first page does not wait for: the partnership's own work, history, and the figures of both."""
    tell = progress or _silent
    load_own_work(tell)
    load_history(tell)
    refresh_figures(tell)


def load_history(progress: Progress | None = None) -> None:
    """Two years of contacts, a month at a time, the newest first. Needs the small part."""
    tell = progress or _silent
    batches = planned()
    load_families(batches)
    waiting = [month for month in batches.months if not is_loaded(batches, month)]
    total = len(batches.plan.arrivals)
    done = total - sum(len(batches.arrivals(month)) for month in waiting)
    for month in shared_out(waiting, lambda month: load_batch(batches, month)):
        done += len(batches.arrivals(month))
        tell(f"History: {done:,} of {total:,} contacts")


def load_batch(batches: Batches, month: date) -> None:
    """Make one month and copy it, in one transaction."""
    with drawn() as drawing, _without_collecting():
        maker = Maker(batches.standing, drawing, batches.plan.until)
        for story in batches.stories(month):
            maker.play(story)
        if month == LATELY:
            _today(batches, maker)
    copy_rows(maker.rows)


def _today(batches: Batches, maker: Maker) -> None:
    """Families of the last days, and today's work with its own."""
    for family in batches.families(lately=True):
        maker.keep(family.rows())
    for theirs, story in live_stories(batches.standing, batches.plan.until):
        if theirs:
            maker.keep(theirs.rows())
        maker.play(story)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing made here is garbage until the batch is copied, and looking for it takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.enable() if was else None


def load_families(batches: Batches) -> None:
    """Families that the front door knew before its first contact with them here, without those already loaded."""
    families = batches.families(lately=False)
    if not _there("people_person", families[0].family.here[0].id):
        rows: Rows = defaultdict(list)
        for family in families:
            for row in family.rows():
                rows[type(row)].append(row)
        copy_rows(rows)


def planned() -> Batches:
    """The plan as it was on the day the small part was loaded."""
    partnership = Partnership.objects.get(key=KEY)
    until = datetime.fromisoformat(partnership.published_texts["made_at"])
    return Batches(Plan(until), Standing(partnership))


def is_loaded(batches: Batches, month: date) -> bool:
    """Whether the batch's first contact is there: a batch is written whole or not at all."""
    first = batches.arrivals(month)[0]
    return _there("engine_case", Keys(name_of(first), first.number).next_key("engine_case"))


def _there(table: str, key: UUID) -> bool:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(SQL("select exists (select from {} where id = %s)").format(Identifier(table)), [key])
        return bool(cursor.fetchone()[0])


def _silent(line: str) -> None:
    """Nobody is told."""
