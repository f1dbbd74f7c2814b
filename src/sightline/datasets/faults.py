"""What is wrong with a file, said so that the sender can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["query", "error"]

HEADER_ROW = 1
MOST_FAULTS = 20_000
"""After so many we stop reading: the file was made wrongly, and a list of more would help nobody mend it."""


def spreadsheet_row(row: int) -> int:
    """The row a spreadsheet shows for 0-based data row `row` (the header is row 1)."""
    return row + HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. `row` is the 0-based position in the table, None for the whole file."""

    rule: str
    severity: Severity
    table: str
    fields: tuple[str, ...]
    record: str | None
    row: int | None
    value: str | None
    message: str

    def as_json(self) -> dict[str, Any]:
        """The fault as plain JSON types, in the documented key order."""
        return {**asdict(self), "fields": list(self.fields)}


@dataclass(slots=True)
class Checked:
    """What checking a file found. `years` are those of the rows without errors.

    `label` is the period in the dataset's own words, such as "2025-26", where plain years would not say it.
    """

    file: str
    sha256: str
    dataset: str | None
    rows: dict[str, int] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    label: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def year(self) -> str | None:
        """The last year that the file covers."""
        if self.label:
            return self.label
        return str(max(self.years)) if self.years else None

    @property
    def period(self) -> str:
        """The years that the file covers, such as "2013-2025"."""
        if self.label or not self.years:
            return self.label
        first, last = min(self.years), max(self.years)
        return str(first) if first == last else f"{first}-{last}"

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.severity == "error"]

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "sha256": self.sha256,
            "dataset": self.dataset,
            "year": self.year,
            "rows": self.rows,
            "faults": [fault.as_json() for fault in self.faults],
        }


def too_many(checked: Checked) -> bool:
    """Whether to stop reading a file, once that has been said as a fault of its own."""
    if len(checked.faults) < MOST_FAULTS:
        return False
    words = f"We stopped reading after {MOST_FAULTS:,} faults. Mend these, or how the file is made, then send it again."
    checked.faults.append(Fault("file.too_many_faults", "error", "", (), None, None, None, words))
    return True


class UnreadableFile(Exception):
    """The file is not a table of text at all. The message says what it is and what to do."""

    def __init__(self, message: str, rule: str = "file.unreadable") -> None:
        super().__init__(message)
        self.rule = rule


class UnableToLoad(Exception):
    """The file has errors, so nothing of it was saved. `checked` lists every fault."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(f"{checked.file} has not been loaded. {count_words(checked.faults)}.")
        self.checked = checked


def count_words(faults: Iterable[Fault]) -> str:
    """For example "3 errors and 1 query"."""
    found = [fault.severity for fault in faults]
    errors, queries = found.count("error"), found.count("query")
    said = [f"{errors} error{'' if errors == 1 else 's'}"] if errors or not queries else []
    if queries:
        said.append(f"{queries} quer{'y' if queries == 1 else 'ies'}")
    return " and ".join(said)
