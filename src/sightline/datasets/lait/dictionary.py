"""The tool's dictionary: what each measure is, which way is better, and who publishes it. CSV, gzipped or not."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from sightline.datasets.faults import Checked, Fault, UnreadableFile, spreadsheet_row
from sightline.datasets.intake import Asked
from sightline.datasets.reading import digest

KEY = "lait_dictionary"
TITLE = "Local Authority Interactive Tool, dictionary of measures"
TABLE = "measures"
POLARITIES = ("High", "Low", "-", "NA")
NOT_GIVEN = "NA"
MOST_BYTES = 50_000_000
"""Unpacked. The dictionary is well under one megabyte; what unpacks to more was made to do harm."""
NAMES = {
    "measure": "Measure_short",
    "name": "Measure",
    "topic": "Topic",
    "polarity": "Polarity",
    "unit": "y_axis_name",
    "decimals": "dps",
    "kind_of_year": "Year_Type",
    "publisher": "Data Owner (DO) /Supplier and Contact Details",
    "description": "Description",
    "method": "Methodology",
}
LIMITS = {"measure": 60, "name": 200, "topic": 100, "unit": 100, "kind_of_year": 40, "publisher": 200}
GZIPPED = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Note:
    """One measure, as the dictionary describes it. `polarity` is High, Low or "-" for neither."""

    measure: str
    name: str
    topic: str
    polarity: str
    unit: str
    decimals: int | None
    kind_of_year: str
    publisher: str
    description: str
    method: str


def looks_like_one(start: bytes) -> bool:
    """Whether the first bytes are those of the dictionary, packed or not."""
    if start.startswith(GZIPPED):
        try:
            start = gzip.GzipFile(fileobj=io.BytesIO(start)).read(512)
        except (OSError, EOFError, zlib.error):
            return False
    return b"Measure_short" in start.partition(b"\n")[0]


def check(path: Path, asked: Asked, keep: Callable[[Note], None] | None = None) -> Checked:
    """Every fault of the dictionary, by row; `keep` is called with each measure. Raises UnreadableFile."""
    checked = Checked(path.name, digest(path), KEY, label="dictionary")
    checked.rows[TABLE] = 0
    try:
        _read_rows(csv.DictReader(io.StringIO(_text(path), newline="")), checked, keep)
    except csv.Error as problem:
        raise UnreadableFile(
            f"The file cannot be read as CSV ({problem}). Look for a quotation mark that is never closed.",
            "file.broken_row",
        ) from problem
    return checked


def _read_rows(reader: csv.DictReader[str], checked: Checked, keep: Callable[[Note], None] | None) -> None:
    missing = [name for name in NAMES.values() if name not in (reader.fieldnames or ())]
    for name in missing:
        _note(checked, "structure.missing_column", f"Row 1: the column “{name}” is missing.", name)
    seen: dict[str, Note] = {}
    for position, row in enumerate([] if missing else reader):
        checked.rows[TABLE] += 1
        note = _read(row, position, checked)
        if note is None:
            continue
        first = seen.setdefault(note.measure, note)
        if first is note:
            if keep:
                keep(note)
        elif first.polarity != note.polarity:
            words = f"“{note.measure}” is there twice, with polarity {first.polarity} and {note.polarity}. Keep one."
            _cell(checked, "unique.measure", position, NAMES["polarity"], note.polarity, words)


def _text(path: Path) -> str:
    try:
        with _opened(path) as opened:
            held = opened.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise UnreadableFile("The file cannot be unpacked. Fetch it again.", "file.unreadable") from problem
    if b"\x00" in held:
        raise UnreadableFile("The file is not text: it has empty (NUL) characters in it.", "file.not_text")
    if len(held) > MOST_BYTES:
        raise UnreadableFile("The file unpacks to more than any dictionary holds. Fetch it again.", "file.too_large")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def _opened(path: Path) -> gzip.GzipFile | BufferedReader:
    with path.open("rb") as opened:
        packed = opened.read(2) == GZIPPED
    return gzip.open(path, "rb") if packed else path.open("rb")


def _read(row: dict[str, str | None], position: int, checked: Checked) -> Note | None:
    said = {name: (row.get(column) or "").strip() for name, column in NAMES.items()}
    before = len(checked.faults)
    for name in ("measure", "name", "topic"):
        if not said[name]:
            _cell(checked, "structure.blank", position, NAMES[name], "", "this cell is empty. Every measure needs it.")
    if said["polarity"] not in POLARITIES:
        words = f"“{said['polarity']}” is not a polarity. It should be High, Low or -."
        _cell(checked, "code.unknown", position, NAMES["polarity"], said["polarity"], words)
    decimals = said.pop("decimals")
    if decimals not in ("", NOT_GIVEN) and not (decimals.isdecimal() and len(decimals) == 1):
        words = f"“{decimals}” is not a number of decimal places from 0 to 9."
        _cell(checked, "type.number", position, NAMES["decimals"], decimals, words)
    if len(checked.faults) > before:
        return None
    kept = {name: "" if text == NOT_GIVEN else text[: LIMITS.get(name)] for name, text in said.items()}
    kept["polarity"] = kept["polarity"] or "-"
    return Note(**kept, decimals=int(decimals) if decimals.isdecimal() else None)


def _cell(checked: Checked, rule: str, position: int, column: str, value: str, words: str) -> None:
    said = f"Row {spreadsheet_row(position)}, column “{column}”: {words}"
    checked.faults.append(Fault(rule, "error", TABLE, (column,), None, position, value, said))


def _note(checked: Checked, rule: str, message: str, column: str) -> None:
    checked.faults.append(Fault(rule, "error", TABLE, (column,), None, None, None, message))
