"""A series of figures from a CSV file: columns `period` and `value`, and `rebase` (1 on a segment's first point)."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NEEDED = ("period", "value")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}
HEADER_ROW = 1

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
_IN_ORDER = (re.compile(r"\d{4}"), re.compile(r"\d{4}-(\d\d|Q[1-4])"), re.compile(r"\d{4}-\d\d-\d\d"))


@dataclass(slots=True)
class Series:
    """Periods and their values in the file's order, and the positions (from 0) that begin a new segment."""

    periods: list[str] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    rebase: list[int] = field(default_factory=list)


class UnreadableSeries(Exception):
    """The file is no series. `faults` says every fault, by the row that a spreadsheet shows."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


def read_series(content: bytes) -> Series:
    """The series that a file holds. Raises UnreadableSeries with every fault found."""
    rows = _rows(_text(content))
    columns = _columns(rows)
    series, faults = Series(), list[tuple[int, str]]()
    seen: dict[str, int] = {}
    for row, cells in enumerate(rows[HEADER_ROW:], start=HEADER_ROW + 1):
        if any(cell.strip() for cell in cells):
            faults += [(row, fault) for fault in _read_row(cells, rows[0], columns, row, seen, series)]
    faults = sorted([*faults, *_out_of_order(seen)], key=lambda fault: fault[0])
    if faults:
        raise UnreadableSeries([f"Row {row}: {fault}" for row, fault in faults])
    if not series.values:
        raise UnreadableSeries(["There are no figures under the column names. Add a row for each period."])
    return series


def _text(content: bytes) -> str:
    if content.startswith(b"PK"):
        raise UnreadableSeries(["This is a workbook, not a CSV file. Save the sheet as CSV and try again."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        row = content.count(b"\n", 0, wrong.start) + 1
        raise UnreadableSeries([f"Row {row}: this is not UTF-8 text. Save the file as “CSV UTF-8”."]) from None
    if "\0" in text:
        raise UnreadableSeries(["This is not a text file. Save the figures as CSV and try again."])
    if not text.strip():
        raise UnreadableSeries(["The file is empty. It needs the columns period and value."])
    return text


def _rows(text: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(reader)
    except csv.Error as wrong:
        raise UnreadableSeries(
            [f"Row {reader.line_num}: this is not CSV ({wrong}). Check for a stray quote."]
        ) from None


def _columns(rows: list[list[str]]) -> Mapping[str, int]:
    header = [name.strip().casefold() for name in rows[0]]
    if len(header) == 1:
        for mark, word in SEPARATORS.items():
            if mark in header[0]:
                raise UnreadableSeries([f"Row 1: the columns are separated by {word}. Save the file with commas."])
    missing = [name for name in NEEDED if name not in header]
    faults = [
        f"Row 1: there is no column called {name}. The file needs the columns period and value." for name in missing
    ]
    twice = [name for name in (*NEEDED, "rebase") if header.count(name) > 1]
    faults += [f"Row 1: there are two columns called {name}. Leave one out." for name in twice]
    if faults:
        raise UnreadableSeries(faults)
    return {name: header.index(name) for name in (*NEEDED, "rebase") if name in header}


def _read_row(
    cells: list[str], header: list[str], columns: Mapping[str, int], row: int, seen: dict[str, int], into: Series
) -> list[str]:
    """Put one row into the series and return what is wrong with it."""
    faults = []
    if len(cells) > len(header):
        faults.append(f"there are {len(cells)} cells under {len(header)} columns. Put a number like 1,200 as 1200.")
    read = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
    period, value, rebase = read["period"], read["value"], read.get("rebase", "")
    if not period:
        faults.append("there is no period. Give each row its own.")
    elif period in seen:
        faults.append(f"the period “{period}” is already in row {seen[period]}. Give each period once.")
    else:
        seen[period] = row
    if not value:
        faults.append("there is no value. Leave the whole row out if the figure is not known.")
    elif not _NUMBER.fullmatch(value):
        faults.append(f"the value “{value}” is not a number. Type digits only, for example 12.5.")
    if rebase not in ("", "0", "1"):
        faults.append(f"rebase is “{rebase}”. Put 1 where a new segment begins, and nothing elsewhere.")
    if not faults:
        if rebase == "1":
            into.rebase.append(len(into.values))
        into.periods.append(period)
        into.values.append(float(value))
    return faults


def _out_of_order(seen: Mapping[str, int]) -> list[tuple[int, str]]:
    """Row and fault of periods that are dates, all written one way, and do not follow one another."""
    if not any(all(shape.fullmatch(period) for period in seen) for shape in _IN_ORDER):
        return []
    periods = list(seen)
    return [
        (seen[later], f"{later} comes after {earlier} in the file. Put the rows in date order.")
        for earlier, later in zip(periods, periods[1:], strict=False)
        if later < earlier
    ]
