"""How is a figure worked out, from what, and how do we know the definition is right?

An indicator says what to add up and divide; it does not say which engine does so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sightline.vocabulary.dataset import Dataset

Row = Mapping[str, Decimal | int | str | None]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the population's rows."""

    name: str


class ThisRow:
    """Names a column without reading one: `this.referral_count`."""

    def __getattr__(self, name: str) -> Field:
        if name.startswith("_"):  # Python asks for dunders when copying or printing
            raise AttributeError(name)
        return Field(name)


this: Final = ThisRow()


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column over the rows. One missing row makes the total missing, not smaller."""

    of: Field


def total(of: Field) -> Total:
    """The sum of a column over the rows of one period and one group."""
    return Total(of)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Counts from 1 up to, but not including, `below` are hidden; 0 hides nothing."""

    below: int
    why: str


@dataclass(frozen=True, slots=True)
class Example:
    """A few rows and what they must give: a value to one decimal, or None for missing."""

    says: str
    rows: Sequence[Row]
    gives: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure over a dataset: numerator over denominator, times `per`.

    `when` is the column that places a row in a period, which `period` puts in words with `{when}`;
    `says` puts a result in words with `{value}`, `{area}` and `{counts}`; `by` are the columns it may
    be split by; `published_as` is the column where the publisher prints the same figure.
    """

    key: str
    name: str
    says: str
    period: str
    population: str
    of: Dataset
    when: Field
    numerator: Total
    denominator: Total
    by: tuple[Field, ...]
    unit: str
    per: int
    better: str
    owner: str
    source: str
    suppression: Suppression
    quality: str
    examples: tuple[Example, ...]
    published_as: Field | None = None

    def __post_init__(self) -> None:
        known = {column.name for table in self.of.tables for column in table.columns}
        used = [self.when, self.numerator.of, self.denominator.of, *self.by]
        used += [self.published_as] if self.published_as else []
        if stray := sorted({field.name for field in used} - known):
            raise ValueError(f"Indicator {self.key}: {self.of.key} has no column {stray}")
        if self.better not in {"higher", "lower", "neither"}:
            raise ValueError(f"Indicator {self.key}: better is higher, lower or neither")
        if not self.examples:
            raise ValueError(f"Indicator {self.key}: give at least one worked example")

    @property
    def slug(self) -> str:
        """The indicator's part of a web address."""
        return self.key.replace("_", "-")
