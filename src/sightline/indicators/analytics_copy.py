"""The analytics copy: one partnership's rows without names, in memory for as long as figures are worked out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sightline.indicators.copy_tables import COPY_TABLES
from sightline.indicators.declared import INDICATORS
from sightline.indicators.engine_room import Room, room
from sightline.people.models import Partnership
from sightline.platform import audit
from sightline.platform.database.reporting import as_reporter

OPEN_TO_EVERYBODY = ("published_figures",)


@dataclass(frozen=True, slots=True)
class CensusHeld:
    """The census of one year as it is held: who sent it, which revision, and the last day that it speaks for."""

    agency: str
    year: str
    reference_date: date
    revision: int
    loaded_at: datetime


@contextmanager
def analytics_copy(partnership: Partnership) -> Iterator[Room]:
    """The partnership's tables, read as the reporting role; one audit row says which definitions and how many rows.

    It lives in memory and is gone at the end of the block. Call within a transaction.
    """
    with as_reporter() as reporter:
        rows = {
            name: reporter.rows(table.view, list(table.columns), partnership_id=partnership.pk)
            for name, table in COPY_TABLES.items()
            if table.of_partnership
        }
    audit.record(
        "work out figures",
        subject="analytics copy",
        detail={
            "partnership": partnership.key,
            "rows": {name: len(found) for name, found in rows.items()},
            "definitions": {indicator.key: indicator.version for indicator in INDICATORS if indicator.measure},
        },
    )
    with room(rows) as opened:
        yield opened


@contextmanager
def published_copy() -> Iterator[Room]:
    """The published figures, which are nobody's secret, to be worked out again from their counts."""
    with as_reporter() as reporter:
        rows = {
            name: reporter.rows(COPY_TABLES[name].view, list(COPY_TABLES[name].columns)) for name in OPEN_TO_EVERYBODY
        }
    with room(rows) as opened:
        yield opened


def censuses_held(partnership: Partnership) -> list[CensusHeld]:
    """The current censuses of a partnership, the oldest first."""
    with as_reporter() as reporter:
        columns = ("agency", "year", "reference_date", "revision", "loaded_at")
        rows = reporter.rows("report_census", columns, partnership_id=partnership.pk)
    return sorted((CensusHeld(*row) for row in rows), key=lambda held: held.reference_date)
