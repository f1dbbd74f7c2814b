"""Figures as a CSV file: every place and period, with the state of each and where it came from."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from sightline.datasets.spreadsheet import safe_cell
from sightline.indicators.results import MeasuredSeries, Reading
from sightline.indicators.suppression import for_release, for_release_together
from sightline.vocabulary.dataset import State

CSV_COLUMNS = ("place", "period", "value", "unit", "state", "numerator", "denominator", "source", "revision", "as_at")


def csv_answer(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A CSV download with a name."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(rows)
    return answer


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
    """A line for each period; text that a spreadsheet would run is made harmless."""
    unit = "percent" if series.indicator.unit == "%" else series.indicator.unit.strip()
    place = f"{series.scope}: {series.group}" if series.group else series.scope
    return [
        [
            safe_cell(_without(reading) if cell is None else str(cell))
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
