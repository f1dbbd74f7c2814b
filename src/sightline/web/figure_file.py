"""Figures as a CSV file: every place and period, with the state of each and where it came from."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from sightline.datasets.spreadsheet import safe_cell
from sightline.indicators.results import MeasuredSeries

CSV_COLUMNS = ("place", "period", "value", "unit", "state", "numerator", "denominator", "source", "revision", "as_at")


def csv_answer(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A CSV download with a name."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(rows)
    return answer


def rows_of(series: MeasuredSeries) -> list[list[str]]:
    """A line for each period; text that a spreadsheet would run is made harmless."""
    unit = "percent" if series.indicator.unit == "%" else series.indicator.unit.strip()
    place = f"{series.scope}: {series.group}" if series.group else series.scope
    return [
        [
            safe_cell("" if cell is None else str(cell))
            for cell in (
                *(place, reading.period.key, _plain(reading.value), unit, reading.state.value),
                *(_plain(reading.numerator), _plain(reading.denominator)),
                *(reading.source, reading.revision, reading.as_at.isoformat()),
            )
        ]
        for reading in series.readings
    ]


def _plain(number: Any) -> str | None:
    return None if number is None else f"{number.normalize():f}"
