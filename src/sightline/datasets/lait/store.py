"""The tool's store of figures, checked and read with DuckDB: what is wrong with it, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from sightline.datasets.areas import Area, areas_by_number
from sightline.datasets.cells import Figure
from sightline.datasets.faults import Checked, Fault, Severity, UnreadableFile
from sightline.datasets.intake import Asked
from sightline.datasets.lait.years import last_year
from sightline.datasets.published import interactive_tool
from sightline.datasets.reading import digest
from sightline.vocabulary.dataset import State

TABLE = "figures"
COLUMNS = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
SIX_PLACES = Decimal("0.000001")
MOST_DIGITS = Decimal(10) ** 12
LONGEST_MEASURE = 60
ROWS_AT_ONCE = 10_000
MEMORY = "1GB"
NOT_PARQUET = "The file is not a Parquet file that can be read, or it was cut short. Fetch it again."
BROKEN_INSIDE = "The file is broken inside, or holds more than can be read at once. Fetch it again."
TYPED = """CREATE VIEW store AS SELECT
    CAST("Short Desc" AS VARCHAR) AS "Short Desc", CAST("Years" AS VARCHAR) AS "Years",
    CAST("LA and Regions" AS VARCHAR) AS "LA and Regions", CAST("Values" AS VARCHAR) AS "Values",
    TRY_CAST("LA Number" AS DOUBLE) AS "LA Number"
FROM sent"""

StoreRow = tuple[str, str, Area, int, Figure]
"""Measure, the publisher's words for the period, area, year that the period ends in, figure."""


def check(path: Path, asked: Asked) -> Checked:
    """Every kind of fault of the store, each with how many rows have it. Raises UnreadableFile."""
    checked = Checked(path.name, digest(path), interactive_tool.key)
    with _Store(path) as store:
        for name in store.missing():
            message = f"The column “{name}” is missing. Check that this is the tool's store of figures."
            checked.faults.append(Fault("structure.missing_column", "error", TABLE, (name,), None, None, None, message))
        if not checked.faults:
            checked.rows[TABLE] = int(next(store.ask("SELECT count(*) FROM store"))[0])
            if not checked.rows[TABLE]:
                _note(checked, "structure.no_rows", "The file has columns and no rows. Check which file you chose.")
            _check_labels(store, checked)
            _check_values(store, checked)
            _check_twice(store, checked)
    return checked


def rows(path: Path) -> Iterator[StoreRow]:
    """The figures of a store without errors, a batch at a time in memory. Rows without a year are left out."""
    areas = areas_by_number()
    with _Store(path) as store:
        store.missing()
        years = {label: last_year(label or "") for (label,) in store.ask('SELECT DISTINCT "Years" FROM store')}
        wanted = 'SELECT "Short Desc", "Years", CAST("LA Number" AS INTEGER), "Values" FROM store'
        for measure, label, number, text in store.ask(wanted):
            year = years[label]
            if year is not None:
                yield measure, label, areas[f"{number:03}"], year, figure_of(text or "")


def figure_of(text: str) -> Figure:
    """The figure in a cell of the store, or why there is none. The store keeps some as "81.100000000000009".

    Raises ValueError for what is neither.
    """
    if text in interactive_tool.missing:
        return Figure(None, interactive_tool.missing[text])
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d{1,2})?", text, re.ASCII):
        raise ValueError(text)
    value = Decimal(text)
    if abs(value) >= MOST_DIGITS:
        raise ValueError(text)
    value = value.quantize(SIX_PLACES, ROUND_HALF_UP)
    return Figure(value, State.GIVEN if value else State.NIL)


def _check_labels(store: _Store, checked: Checked) -> None:
    """Periods, places and measures, each looked at once and not once a row."""
    for label, given, absent in store.ask(
        """SELECT "Years", count(*) FILTER (WHERE "Values" <> '-'), count(*) FROM store GROUP BY 1 ORDER BY 1"""
    ):
        year = last_year(label or "")
        if year is not None:
            checked.years.add(year)
        elif given:
            words = f"“{label}” is not a period, in {_rows(absent)}. Write it as 2025 or 2024-25."
            _note(checked, "type.year", words, "Years", label)
        else:
            words = f"“{label}” is not a period. It stands in {_rows(absent)} without a figure, left out."
            _note(checked, "period.none", words, "Years", label, query=True)
    for number, name, many in store.ask('SELECT "LA Number", max("LA and Regions"), count(*) FROM store GROUP BY 1'):
        if number is None or f"{int(number):03}" not in areas_by_number():
            said = "nothing" if number is None else f"{number:g}"
            words = f"“{said}” ({name}) is not the number of an area that we know, in {_rows(many)}."
            _note(checked, "code.unknown", words, "LA Number", said)
    for (measure,) in store.ask('SELECT DISTINCT "Short Desc" FROM store'):
        if not measure or len(measure) > LONGEST_MEASURE or not measure.isprintable():
            words = (
                f"“{measure or ''}” is not the short name of a measure: 1 to {LONGEST_MEASURE} printable characters."
            )
            _note(checked, "type.text", words, "Short Desc", measure)


def _check_values(store: _Store, checked: Checked) -> None:
    """Each distinct cell that is not a number, nor a mark for missing."""
    for text, measure, many in store.ask('SELECT "Values", max("Short Desc"), count(*) FROM store GROUP BY 1'):
        try:
            figure_of(text or "")
        except ValueError:
            marks = ", ".join(sorted(mark for mark in interactive_tool.missing if mark))
            words = f"“{text}” is not a number, in {_rows(many)}, one of them of “{measure}”. It may be one of {marks}."
            _note(checked, "type.number", words, "Values", text)


def _check_twice(store: _Store, checked: Checked) -> None:
    """Two periods of a measure that end in the same year would be two figures for one place and year."""
    seen: dict[tuple[str, int], str] = {}
    for measure, label in store.ask('SELECT DISTINCT "Short Desc", "Years" FROM store ORDER BY 1, 2'):
        year = last_year(label or "")
        if year is not None and seen.setdefault((measure, year), label) != label:
            words = f"“{measure}” has both “{seen[measure, year]}” and “{label}”, which end in one year. Keep one."
            _note(checked, "unique.area_year", words, "Years", label)
    for measure, label, name in store.ask(
        """SELECT "Short Desc", "Years", max("LA and Regions") FROM store
           GROUP BY "Short Desc", "Years", "LA Number" HAVING count(*) > 1 LIMIT 100"""
    ):
        words = f"{name} has “{measure}” for {label} more than once. Keep one of the rows."
        _note(checked, "unique.area_year", words, "LA Number", name)


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many:,} rows"


def _note(
    checked: Checked, rule: str, message: str, column: str = "", value: str | None = None, *, query: bool = False
) -> None:
    fields = (column,) if column else ()
    said = f"Column “{column}”: {message}" if column else message
    severity: Severity = "query" if query else "error"
    checked.faults.append(Fault(rule, severity, TABLE, fields, None, None, value, said))


class _Store:
    """A Parquet file, asked in SQL. Its columns are text, but for the number of the area."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> _Store:
        import duckdb

        self.connection = duckdb.connect(":memory:")
        self.fault = duckdb.Error
        try:
            self.connection.execute("SET threads = 2")
            self.connection.execute(f"SET memory_limit = '{MEMORY}'")
            self.connection.read_parquet(str(self.path)).create_view("sent")
        except duckdb.Error as problem:
            self.connection.close()
            raise UnreadableFile(NOT_PARQUET, "file.not_parquet") from problem
        return self

    def __exit__(self, *fault: object) -> None:
        self.connection.close()

    def missing(self) -> list[str]:
        """The columns that the file does not have. Where it has them all, `store` can be asked."""
        present = [str(row[0]) for row in self.ask("DESCRIBE sent")]
        missing = [name for name in COLUMNS if name not in present]
        if not missing:
            self.connection.execute(TYPED)
        return missing

    def ask(self, sql: str) -> Iterator[tuple[Any, ...]]:
        try:
            answer = self.connection.cursor().execute(sql)
            while batch := answer.fetchmany(ROWS_AT_ONCE):
                yield from batch
        except self.fault as problem:
            raise UnreadableFile(BROKEN_INSIDE, "file.not_parquet") from problem
