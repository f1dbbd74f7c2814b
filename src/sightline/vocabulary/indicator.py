"""How is a figure worked out, from what, and how do we know the definition is right?

An indicator says what to count and what to divide by, as functions of a table's columns; it does not say which engine
does so. `sightline.indicators.working_out` hands those functions tables of Ibis; nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sightline.vocabulary.dataset import Dataset

type Row = Mapping[str, Any]
type Rows = Any
"""A table, or one row of it seen as its columns (an Ibis table expression)."""
type Cell = Any
"""A column, or something worked out from columns."""
type Of = Callable[[Rows], Cell]
"""What a row gives: `lambda plan: plan.started_on`."""

BETTER: Final = ("higher", "lower", "neither")
ONCE: Final = "once"
"""A row counts once."""


def once(row: Rows) -> Cell:
    """Every row counts, once."""
    return ONCE


@dataclass(frozen=True, slots=True)
class Example:
    """A few rows of the tables that a measure reads, and what they must give: a value to one decimal, None for none.

    rows: by table name; a column left out is empty. start, end: first and last day of the period that is asked for.
    """

    says: str
    rows: Mapping[str, Sequence[Row]]
    gives: str | None
    start: str = "2025-04-01"
    end: str = "2026-03-31"


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to work an indicator out from rows: one row a thing that happened, or that lasted.

    source: "census" or "cases", where the tables come from. population: the rows, given the tables by name.
    on: the date that places a row in a period; or since and until, for what is counted while it lasts, at the end of
    each period (until may be empty: still going on).
    numerator: true, false or a number; one empty cell makes the period's total missing, not smaller.
    denominator: what the numerator is out of; None for so many of the children who live there (`children`).
    by: what the figure may be split by: key to a text for each row.
    """

    source: Literal["census", "cases"]
    population: Callable[[Any], Rows]
    numerator: Of
    denominator: Of | None = once
    on: Of | None = None
    since: Of | None = None
    until: Of | None = None
    by: Mapping[str, Of] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        if (self.on is None) == (self.since is None or self.until is None):
            raise ValueError("A measure counts rows either on a date or from a date until another: give one of the two")
        if not self.examples:
            raise ValueError("Give at least one worked example of the measure")

    @property
    def flow(self) -> bool:
        """Whether rows are counted as they happen, not as they stand at the end of a period."""
        return self.on is not None

    @property
    def lasts(self) -> tuple[Of, Of]:
        """From when until when a row counts. Raises ValueError where it counts on one day."""
        if self.since is None or self.until is None:
            raise ValueError("This measure counts rows on a date")
        return self.since, self.until

    @property
    def is_rate(self) -> bool:
        """Whether the figure is so many of the children who live there."""
        return self.denominator is None


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a publisher prints the same figure for areas of England, year by year.

    of: the datasets that have it, one or more. value: the column of the figure itself. counts_of: the dataset of the
    counts that it comes from, None where they are not published; numerator, denominator: their columns. children: the
    denominator is the children who lived there at the middle of the year before, as another publisher estimates them.
    table: where in the publication it stands, in words.
    """

    of: tuple[Dataset, ...]
    value: str
    counts_of: Dataset | None = None
    numerator: str = ""
    denominator: str = ""
    children: bool = False
    table: str = ""

    def __post_init__(self) -> None:
        for dataset in self.of:
            _has(dataset, self.value)
        if self.counts_of:
            _has(self.counts_of, self.numerator, self.denominator)
            if bool(self.denominator) == self.children:
                raise ValueError(
                    f"{self.value}: the denominator is a column or the children who live there: one of the two"
                )


def _has(dataset: Dataset, *names: str) -> None:
    known = {column.name for table in dataset.tables for column in table.columns}
    if stray := sorted(set(names) - known - {""}):
        raise ValueError(f"{dataset.key} has no column {stray}")


def slug_of(key: str) -> str:
    """An indicator's part of a web address, by its key."""
    return key.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure that the partnership watches, with what anybody must know to read it.

    number: its place on the scorecard. says: a result in words with `{value}`, `{area}` and `{counts}`.
    population, event, numerator_words, denominator_words: the definition for people. per: the multiplier (100, 10,000).
    breakdowns: key to the words of what it may be split by. target_source: who decides a target. quality: what a
    reader must know of the data. version: goes up when the definition changes.
    """

    key: str
    number: int
    name: str
    says: str
    population: str
    event: str
    numerator_words: str
    denominator_words: str
    unit: str
    per: int
    better: str
    owner: str
    source: str
    quality: str
    measure: Measure | None = None
    printed: Printed | None = None
    breakdowns: Mapping[str, str] = field(default_factory=dict)
    target_source: str = "Decided by the partnership and kept in its register of targets."
    suppression: str = (
        "Counts from 1 to 5 are hidden in whatever leaves the secure group, and what would give them away."
    )
    version: int = 1

    def __post_init__(self) -> None:
        if self.measure is None and self.printed is None:
            raise ValueError(f"Indicator {self.key}: say how it is worked out, or where it is printed")
        if self.better not in BETTER:
            raise ValueError(f"Indicator {self.key}: better is higher, lower or neither")
        split_by = set(self.measure.by) if self.measure else set()
        if split_by != set(self.breakdowns):
            raise ValueError(
                f"Indicator {self.key}: breakdowns {sorted(self.breakdowns)} need words, and a column each"
            )

    @property
    def slug(self) -> str:
        """The indicator's part of a web address."""
        return slug_of(self.key)

    @property
    def is_rate(self) -> bool:
        """Whether the figure is so many for each so many children."""
        return self.per != 100
