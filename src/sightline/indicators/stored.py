"""Figures as they are kept, read for one person: series of readings, the oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sightline.indicators.models import Result
from sightline.indicators.periods import month_of, quarter_of, year_of
from sightline.indicators.results import Period, PeriodKind, Reading
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.vocabulary.dataset import State

type Shown = dict[tuple[str, str], list[Reading]]
"""Readings by indicator and part, the oldest first."""

PERIODS: Mapping[str, Callable[[date], Period]] = {"month": month_of, "quarter": quarter_of, "year": year_of}
MOST_READINGS = {"month": 36, "quarter": 20, "year": 13}
"""How many of the newest periods a page shows: three years of months."""


def stored_readings(
    who: Actor | None, partnership: Partnership, keys: Iterable[str], *, by: str = "", kind: PeriodKind = "month"
) -> Shown:
    """The current readings that `who` may see, by indicator and part ("" for all). One query.

    Without a reader, all of the partnership's: only for what hides small counts before anybody reads it.
    """
    seen = Result.visible_to(who) if who else Result.visible_to(None, working_out=partnership)
    rows = seen.filter(partnership=partnership, superseded=False, indicator__in=list(keys), by=by, kind=kind)
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for row in rows.order_by("period_start"):
        found[row.indicator, row.group].append(reading_of(row))
    return {place: _whole(readings)[-MOST_READINGS[kind] :] for place, readings in found.items()}


def reading_of(row: Result) -> Reading:
    """A stored figure as a reading."""
    return Reading(
        period=PERIODS[row.kind](row.period_start),
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        state=State(row.state),
        revision=row.revision,
        source=row.source,
        as_at=row.as_at,
    )


def _whole(readings: Sequence[Reading]) -> list[Reading]:
    """Without the periods at either end that nobody has a source for; those between stay, as gaps."""
    given = [place for place, reading in enumerate(readings) if reading.state is not State.BLANK]
    return list(readings[given[0] : given[-1] + 1]) if given else []
