"""Every fault of a file, by row, in the sender's own column names. Needs no database."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sightline.datasets.areas import Area
from sightline.datasets.cells import BadCell, Figure, check_label, read_figure
from sightline.datasets.faults import Checked, Fault, Severity, spreadsheet_row, too_many
from sightline.datasets.intake import Asked
from sightline.datasets.published import DATASETS
from sightline.datasets.published.layouts import CODE, area_columns, area_of
from sightline.datasets.published.recognising import other_publication, recognise
from sightline.datasets.reading import fingerprint, rows_of
from sightline.datasets.rounding import percent_agrees
from sightline.vocabulary.dataset import Dataset


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row without errors: its area, its year, and each figure by column name."""

    area: Area
    year: int
    figures: dict[str, Figure]


def check(
    path: Path,
    *,
    dataset: Dataset | None = None,
    keep: Callable[[ReadRow], None] | None = None,
) -> Checked:
    """Read a file and list its faults; `keep` is called with each row that has no error.

    Without `dataset` the file is recognised by its columns. Raises UnreadableFile if it is not a CSV.
    """
    checked = Checked(path.name, fingerprint(path), dataset.key if dataset else None)
    with rows_of(path) as rows:
        header = [name.strip() for name in next(rows, [])]
        dataset = _settle_dataset(header, dataset, checked)
        if dataset:
            checked.dataset = dataset.key
            _Reading(dataset, header, checked, keep).read(rows)
    return checked


def check_asked(path: Path, asked: Asked) -> Checked:
    """As `check`, of the dataset that was asked for by its key."""
    return check(path, dataset=DATASETS[asked.dataset] if asked.dataset else None)


def _settle_dataset(header: list[str], asked: Dataset | None, checked: Checked) -> Dataset | None:
    """The dataset to read the file as, or None after noting why there is none."""
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        _note_file(
            checked,
            "structure.separator",
            "Row 1: the columns are not separated by commas. Save the file as CSV with commas between columns.",
        )
        return None
    found = recognise(header)
    title = other_publication(header) or (found.title if found and asked and found is not asked else None)
    if title:
        wanted = f"You asked for “{asked.title}”." if asked else "We do not load that one."
        message = f"Row 1: this looks like another publication, “{title}”. {wanted} Check which file you chose."
        _note_file(checked, "dataset.another", message)
        return None
    if asked is None and found is None:
        _note_file(
            checked,
            "dataset.unknown",
            "Row 1: these column names are not those of any file that we load: "
            f"{', '.join(header[:6])}{' and more' if len(header) > 6 else ''}. Check which file you chose, "
            "and that row 1 holds the column names.",
        )
    return asked or found


def _note_file(checked: Checked, rule: str, message: str) -> None:
    checked.faults.append(Fault(rule, "error", "", (), None, None, None, message))


@dataclass(slots=True)
class _Reading:
    """One pass over the rows of one file."""

    dataset: Dataset
    header: list[str]
    checked: Checked
    keep: Callable[[ReadRow], None] | None
    rows_seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, rows: Iterator[list[str]]) -> None:
        table = self.dataset.tables[0]
        whole = self._check_header()
        self.checked.rows[table.key] = 0
        for position, cells in enumerate(rows):
            if not any(cell.strip() for cell in cells):
                continue
            self.checked.rows[table.key] += 1
            self._read_row(position, cells, whole)
            if too_many(self.checked):
                return
        if not self.checked.rows[table.key]:
            self._note("structure.no_rows", "The file has column names and no rows. Send the file with the figures.")

    def _check_header(self) -> bool:
        """Note every column missing, unknown or repeated; whether the rows can be read in full."""
        declared = [column.name for column in self.dataset.tables[0].columns]
        before = len(self.checked.faults)
        for name in declared:
            if name not in self.header:
                self._note("structure.missing_column", f"Row 1: the column “{name}” is missing.", (name,))
        for name in dict.fromkeys(self.header):
            if name not in declared:
                self._note("structure.unknown_column", self._unknown_column(name, declared), (name,))
            elif self.header.count(name) > 1:
                self._note("structure.repeated_column", f"Row 1: the column “{name}” appears more than once.", (name,))
        return len(self.checked.faults) == before

    def _unknown_column(self, name: str, declared: list[str]) -> str:
        if not name:
            return "Row 1: a column has no name. Name it, or remove it if it is empty."
        missing = [each for each in declared if each not in self.header]
        near = difflib.get_close_matches(name.lower(), missing, n=1)
        advice = f"Should it be “{near[0]}”?" if near else "Remove it, or check which file you chose."
        return f"Row 1: we do not know the column “{name}”. {advice}"

    def _read_row(self, position: int, cells: list[str], whole: bool) -> None:
        before = len(self.checked.faults)
        if len(cells) != len(self.header):
            self._wrong_length(position, cells)
            return
        row = dict(zip(self.header, (cell.strip() for cell in cells), strict=True))
        record = self._record(row)
        figures = self._check_cells(position, row, record)
        if not whole:
            return
        area = area_of(row)
        if area is None:
            self._note_unknown_area(position, row[CODE.name], record)
            return
        self._check_area(position, area, record)
        self._check_twice(position, area, row["time_period"], record)
        if len(self.checked.faults) > before:  # all of them errors: queries come last
            return
        self._query_percentages(position, area, figures, record)
        self.checked.years.add(int(row["time_period"]))
        if self.keep:
            self.keep(ReadRow(area, int(row["time_period"]), figures))

    def _wrong_length(self, position: int, cells: list[str]) -> None:
        few = len(cells) < len(self.header)
        advice = (
            "The row, or the file, may have been cut short." if few else "Look for a comma inside a name or a number."
        )
        self._note(
            "structure.row_length",
            f"Row {spreadsheet_row(position)}: it has {len(cells)} cells and row 1 has {len(self.header)}. {advice}",
            row=position,
        )

    def _check_cells(self, position: int, row: dict[str, str], record: str | None) -> dict[str, Figure]:
        figures = {}
        for column in self.dataset.tables[0].columns:
            if column.name not in row:
                continue
            text = row[column.name]
            try:
                if column.kind.is_figure:
                    figures[column.name] = read_figure(column, text, self.dataset)
                else:
                    check_label(column, text)
            except BadCell as bad:
                self._note_cell(bad.rule, position, column.name, text, str(bad), record)
        return figures

    def _note_unknown_area(self, position: int, code: str, record: str | None) -> None:
        if re.fullmatch(CODE.shape, code, re.ASCII):  # else its shape is a fault already
            message = f"“{code}” is not the code of an area that we know. Check it against the publisher's list."
            self._note_cell("code.unknown", position, CODE.name, code, message, record)

    def _check_area(self, position: int, area: Area, record: str | None) -> None:
        if CODE.name in self.header:
            return
        code, name = area_columns(area.level)
        for column, text in ((code, area.code), (name, area.name)):
            if not text:
                message = f"this cell is empty, and a row for “{area.level}” needs it."
                self._note_cell("structure.area", position, column, "", message, record)

    def _check_twice(self, position: int, area: Area, year: str, record: str | None) -> None:
        first = self.rows_seen.setdefault((area.code, year), position)
        if first != position and area.code:
            message = f"{area.name} {year} is already in row {spreadsheet_row(first)}. Keep one of the two rows."
            self._note_cell("unique.area_year", position, "time_period", year, message, record)

    def _query_percentages(self, position: int, area: Area, figures: dict[str, Figure], record: str | None) -> None:
        for column in self.dataset.tables[0].columns:
            if column.share_of is None:
                continue
            top, bottom, percent = (figures[name].value for name in (*column.share_of, column.name))
            if top is None or bottom is None or percent is None or percent_agrees(top, bottom, percent, area.level):
                continue
            message = (
                f"“{percent}” is not what {column.share_of[0]} and {column.share_of[1]} give "
                f"({top} of {bottom} is {100 * top / bottom:.1f}). Check all three."
            )
            self._note_cell("percent.disagrees", position, column.name, str(percent), message, record, "query")

    def _record(self, row: dict[str, str]) -> str | None:
        """The area and year as the sender would look them up."""
        named = (row.get(name) for name in ("area_code", "new_la_code", "region_code", "country_code"))
        code = next((text for text in named if text), "")
        return f"{code} {row.get('time_period', '')}".strip() or None

    def _note_cell(
        self,
        rule: str,
        position: int,
        column: str,
        value: str,
        message: str,
        record: str | None,
        severity: Severity = "error",
    ) -> None:
        said = f"Row {spreadsheet_row(position)}, column “{column}”: {message}"
        table = self.dataset.tables[0].key
        self.checked.faults.append(Fault(rule, severity, table, (column,), record, position, value, said))

    def _note(self, rule: str, message: str, fields: tuple[str, ...] = (), row: int | None = None) -> None:
        table = self.dataset.tables[0].key
        self.checked.faults.append(Fault(rule, "error", table, fields, None, row, None, message))
