"""Every fault of a file of statistical neighbours. Needs no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sightline.datasets.areas import Area, areas_by_number
from sightline.datasets.faults import Checked, Fault, spreadsheet_row
from sightline.datasets.intake import Asked
from sightline.datasets.neighbours.layouts import CLOSENESS, EDITION, LAYOUTS, Layout, layout_of
from sightline.datasets.reading import fingerprint, rows_of

TABLE = "neighbours"


@dataclass(frozen=True, slots=True)
class Near:
    """One neighbour: rank 1 is the nearest."""

    rank: int
    area: Area
    closeness: str


@dataclass(frozen=True, slots=True)
class NeighboursOf:
    """An authority's neighbours, the nearest first."""

    area: Area
    near: tuple[Near, ...]


def check(path: Path, asked: Asked, keep: Callable[[NeighboursOf], None] | None = None) -> Checked:
    """Read a file and list its faults; `keep` is called with each row that has none. Raises UnreadableFile.

    `asked.period` is the month from which the set holds, such as "2025-05", where the file does not say it.
    """
    checked = Checked(path.name, fingerprint(path), asked.dataset or None)
    with rows_of(path) as rows:
        header = [name.strip() for name in next(rows, [])]
        layout = next((each for each in LAYOUTS if each.key == asked.dataset), None) or layout_of(header)
        if layout is None:
            _note_header(checked, "these column names are not those of a file of statistical neighbours.")
            return checked
        checked.dataset = layout.key
        _Reading(layout, header, checked, asked.period, keep).read(rows)
    return checked


def _note_header(checked: Checked, words: str) -> None:
    checked.faults.append(Fault("structure.missing_column", "error", TABLE, (), None, None, None, f"Row 1: {words}"))


@dataclass(slots=True)
class _Reading:
    layout: Layout
    header: list[str]
    checked: Checked
    period: str
    keep: Callable[[NeighboursOf], None] | None
    rows_seen: dict[str, int] = field(default_factory=dict)
    editions: set[str] = field(default_factory=set)

    def read(self, rows: Iterator[list[str]]) -> None:
        wanted = [self.layout.area, *self.layout.neighbour_columns(), *(["edition"] if self.layout.extract else [])]
        missing = [name for name in wanted if name not in self.header]
        for name in missing:
            _note_header(self.checked, f"the column “{name}” is missing.")
        self.checked.rows[TABLE] = 0
        if missing:
            return
        for position, cells in enumerate(rows):
            if self._has_figures(cells):
                self.checked.rows[TABLE] += 1
                self._read_row(position, [cell.strip() for cell in cells])
        if not self.checked.rows[TABLE]:
            self._note("structure.no_rows", "The file has column names and no rows. Send the file with the sets.")
        self._settle_edition()

    def _has_figures(self, cells: list[str]) -> bool:
        """Blank lines, and headings between rows, have no number and no neighbour."""
        kept = (self.layout.area, self.layout.neighbour_columns()[0])
        places = [self.header.index(name) for name in kept]
        return any(place < len(cells) and cells[place].strip() for place in places)

    def _read_row(self, position: int, cells: list[str]) -> None:
        before = len(self.checked.faults)
        if len(cells) != len(self.header):
            words = f"it has {len(cells)} cells and row 1 has {len(self.header)}. The file may have been cut short."
            self._note("structure.row_length", f"Row {spreadsheet_row(position)}: {words}", position)
            return
        number = cells[self.header.index(self.layout.area)]
        area = self._area(position, self.layout.area, number, number)
        first = self.rows_seen.setdefault(number, position)
        if area and first != position:
            words = f"{area.name} is already in row {spreadsheet_row(first)}. Keep one of the two rows."
            self._note_cell("unique.area", position, self.layout.area, number, words, number)
        near = tuple(self._near(position, cells, number))
        self.editions.add(cells[self.header.index("edition")] if self.layout.extract else self.layout.edition)
        if self.keep and area and len(self.checked.faults) == before:
            self.keep(NeighboursOf(area, near))

    def _near(self, position: int, cells: list[str], number: str) -> Iterator[Near]:
        seen = {number}
        for rank, column in enumerate(self.layout.neighbour_columns(), start=1):
            place = self.header.index(column)
            text = cells[place]
            area = self._area(position, column, text, number)
            words = (cells[place + 1] if place + 1 < len(cells) else "").lower()
            if words not in CLOSENESS:
                said = (
                    f"“{words}” is not a word for how close two areas are. It should be one of {', '.join(CLOSENESS)}."
                )
                self._note_cell("code.unknown", position, f"after {column}", words, said, number)
            if text in seen:
                said = f"“{text}” is the area itself, or is its neighbour already. Each neighbour appears once."
                self._note_cell("unique.neighbour", position, column, text, said, number)
            seen.add(text)
            if area:
                yield Near(rank, area, words)

    def _area(self, position: int, column: str, number: str, record: str) -> Area | None:
        area = areas_by_number().get(number)
        if area is None:
            words = f"“{number}” is not the number of a local authority that we know. It has three digits."
            self._note_cell("code.unknown", position, column, number, words, record)
        return area

    def _settle_edition(self) -> None:
        """The month from which the set holds: what the sender says of it, else what the file does."""
        if self.layout.extract and self.period:
            self.editions.add(self.period)
        editions = {self.period} if self.period and not self.layout.extract else self.editions
        if len(editions) > 1 or not all(EDITION.fullmatch(each) for each in editions):
            named = ", ".join(sorted(editions))
            self._note(
                "period.edition",
                f"The month from which the set holds is given as “{named}”. Give one month, such as 2025-05.",
            )
        elif editions:
            self.checked.label = editions.pop()

    def _note_cell(self, rule: str, position: int, column: str, value: str, words: str, record: str) -> None:
        said = f"Row {spreadsheet_row(position)}, column “{column}”: {words}"
        self.checked.faults.append(Fault(rule, "error", TABLE, (column,), record or None, position, value, said))

    def _note(self, rule: str, message: str, row: int | None = None) -> None:
        self.checked.faults.append(Fault(rule, "error", TABLE, (), None, row, None, message))
