"""What may a file of figures or rows hold, and who owes it to us by when?

Pure declarations: reading, checking and loading live in `sightline.datasets`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What one cell may hold."""

    TEXT = "text"
    CODE = "code"
    YEAR = "year"
    WHOLE_NUMBER = "whole number"
    PERCENT = "percent"
    RATE = "rate"
    DATE = "date"
    MOMENT = "date and time"
    TRUE_OR_FALSE = "true or false"

    @property
    def is_figure(self) -> bool:
        return self in {Kind.WHOLE_NUMBER, Kind.PERCENT, Kind.RATE}


class State(StrEnum):
    """Why a figure is, or is not, there. Missing is never zero."""

    GIVEN = "given"
    NIL = "nil"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    HIDDEN = "hidden"
    UNRELIABLE = "unreliable"
    LOW = "low"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `share_of` names the (numerator, denominator) columns of a percentage."""

    name: str
    kind: Kind
    description: str
    required: bool = False
    codes: tuple[str, ...] = ()
    shape: str = ""
    shape_words: str = ""
    low: int = 0
    high: int = 999_999_999
    share_of: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if self.kind is Kind.CODE and not (self.codes or self.shape):
            raise ValueError(f"Column {self.name}: a code needs a list of codes or a shape")
        if self.shape and not self.shape_words:
            raise ValueError(f"Column {self.name}: say its shape in words for the sender")
        re.compile(self.shape)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in the order they are documented; the file may order them differently."""

    key: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"Table {self.key}: a column is declared twice")
        named = {name for column in self.columns for name in column.share_of or ()}
        if stray := named - set(names):
            raise ValueError(f"Table {self.key}: share of an unknown column {sorted(stray)}")

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns that hold figures, which may be missing for a stated reason."""
        return tuple(column for column in self.columns if column.kind.is_figure)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A kind of file: who owns it, when it is due, its tables, and its marks for missing.

    `extract_of` is the key of the dataset whose figures this one carries in another layout.
    """

    key: str
    title: str
    publisher: str
    owner: str
    due: str
    licence: str
    tables: tuple[Table, ...]
    missing: Mapping[str, State] = field(default_factory=dict)
    extract_of: str = ""

    def __post_init__(self) -> None:
        if not self.tables:
            raise ValueError(f"Dataset {self.key}: declare at least one table")
        if {State.GIVEN, State.NIL} & set(self.missing.values()):
            raise ValueError(f"Dataset {self.key}: a mark for missing cannot mean a figure")

    @property
    def figures_key(self) -> str:
        """The key under which the figures are kept, whatever layout brought them."""
        return self.extract_of or self.key
