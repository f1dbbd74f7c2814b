"""Loads the demonstration: the small part before the first page is shown, two years of history behind it.

Both may be called again at any time: what is there is left alone, and history goes on where it stopped.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connections, transaction

from sightline.people.models import Partnership
from sightline.platform import calendar

from .batches import LATELY, Batches, name_of
from .cast import KEY, write_cast
from .copying import OWNER, copy_rows
from .history import Maker
from .live import live_stories
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
    batches = _batches()
    if not _loaded(batches, LATELY):
        tell("Loading today's work.")
        load_batch(batches, LATELY)


def load_history(progress: Progress | None = None) -> None:
    """Two years of contacts, a month at a time, the newest first. Needs the small part."""
    tell = progress or _silent
    batches = _batches()
    total, done = len(batches.plan.arrivals), 0
    for month in batches.months:
        waiting = not _loaded(batches, month)
        if waiting:
            load_batch(batches, month)
        done += len(batches.arrivals(month))
        if waiting:
            tell(f"History: {done:,} of {total:,} contacts")


def load_batch(batches: Batches, month: date) -> int:
    """Make and copy one month, in one transaction; gives how many rows."""
    with drawn() as drawing:
        maker = Maker(batches.standing, drawing, batches.plan.until)
        for family in batches.families(month):
            maker.keep(family.rows())
        for story in batches.stories(month):
            maker.play(story)
        if month == LATELY:
            for family, story in live_stories(batches.standing, batches.plan.until):
                if family:
                    maker.keep(family.rows())
                maker.play(story)
    return copy_rows(maker.rows)


def _batches() -> Batches:
    partnership = Partnership.objects.get(key=KEY)
    until = datetime.fromisoformat(partnership.published_texts["made_at"])
    return Batches(Plan(until), Standing(partnership))


def _loaded(batches: Batches, month: date) -> bool:
    """Whether the batch's first contact is there: a batch is written whole or not at all."""
    first = batches.arrivals(month)[0]
    key = Keys(name_of(first), first.number).next_key("engine_case")
    with connections[OWNER].cursor() as cursor:
        cursor.execute("select exists (select from engine_case where id = %s)", [key])
        return bool(cursor.fetchone()[0])


def _silent(line: str) -> None:
    """Nobody is told."""
