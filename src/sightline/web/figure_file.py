"""Figures as a CSV file: every place and period, with the state of each and where it came from."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from sightline.indicators.results import MeasuredSeries, Reading
from sightline.indicators.suppression import for_release, for_release_together
from sightline.outgoing.fragments import Outgoing, Recipient, Standing, plain_fragments, with_texts
from sightline.outgoing.gate import passed_or_kept_in
from sightline.outgoing.spreadsheet import CSV_TYPE, csv_file
from sightline.vocabulary.dataset import State
from sightline.web.leaving import file_answer

CSV_COLUMNS = ("place", "period", "value", "unit", "state", "numerator", "denominator", "source", "revision", "as_at")


def csv_answer(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A CSV download with a name, of figures whose small numbers are hidden already: it is about nobody."""
    lines = [list(row) for row in rows]
    to = Recipient(Standing.STAFF, "whoever takes the figures")
    passed = passed_or_kept_in(Outgoing("figures", to, "figures to use elsewhere", plain_fragments(lines, name)))
    whole = with_texts(lines, str, iter(passed.texts))
    return file_answer(passed, csv_file(CSV_COLUMNS, whole), CSV_TYPE, f"{name}.csv")


def released(whole: Sequence[MeasuredSeries], splits: Iterable[Sequence[MeasuredSeries]]) -> list[MeasuredSeries]:
    """An indicator's own series and the parts of each of its breakdowns, as they may leave the secure group.

    The whole is hidden wherever any breakdown would give it away. `whole` is empty for whoever sees parts alone.
    """
    own = for_release(whole[0]) if whole else None
    shown: list[MeasuredSeries] = []
    for parts in filter(None, splits):
        *kept, last = for_release_together(parts, whole[0] if whole else None)
        if own is None:
            kept.append(last)
        else:
            own = replace(own, readings=tuple(map(_more_hidden, own.readings, last.readings)))
        shown += kept
    return [own, *shown] if own else shown


def _more_hidden(one: Reading, other: Reading) -> Reading:
    return other if other.state is State.HIDDEN else one


def rows_of(series: MeasuredSeries) -> list[list[str]]:
    """A line for each period."""
    unit = "percent" if series.indicator.unit == "%" else series.indicator.unit.strip()
    place = f"{series.scope}: {series.group}" if series.group else series.scope
    return [
        [
            _without(reading) if cell is None else str(cell)
            for cell in (
                *(place, reading.period.key, _plain(reading.value), unit, reading.state.value),
                *(_plain(reading.numerator), _plain(reading.denominator)),
                *(reading.source, reading.revision, reading.as_at.isoformat()),
            )
        ]
        for reading in series.readings
    ]


def _without(reading: Reading) -> str:
    return "c" if reading.state is State.HIDDEN else ""


def _plain(number: Any) -> str | None:
    return None if number is None else f"{number.normalize():f}"
