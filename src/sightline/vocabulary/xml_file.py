"""What may an XML file of rows hold, in which order, in which years, and where is that written?

Pure declarations: reading and checking live with each dataset. Items are what `dataset.Column` is to a table of text;
groups are the elements around them. Names are the sender's own element names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sightline.vocabulary.dataset import Kind

YEAR_NAME = re.compile(r"20\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years by name ("2024-25"), both ends included. An empty end is open."""

    first: str = ""
    last: str = ""

    def __post_init__(self) -> None:
        for year in (self.first, self.last):
            if year and not YEAR_NAME.fullmatch(year):
                raise ValueError(f"{year!r} is not the name of a year, such as 2024-25")

    def covers(self, year: str) -> bool:
        return self.first <= year and (not self.last or year <= self.last)

    @property
    def words(self) -> str:
        """For example "from 2024-25", to follow "is used"."""
        return " ".join(f"{word} {year}" for word, year in (("from", self.first), ("up to", self.last)) if year)


EVERY_YEAR = Years()


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes that an item may hold, each with its meaning, under the name that the sender knows the list by."""

    name: str
    codes: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """An element that holds one value.

    required: the file cannot be read without it. What a rule of the collection asks for is left to that rule.
    table: each one is a row of this table, so it may repeat. anywhere: it may stand anywhere in its group.
    low, high: bounds of a whole number. shape: a regular expression, said in shape_words.
    """

    name: str
    kind: Kind
    description: str
    codes: CodeList | None = None
    years: Years = EVERY_YEAR
    required: bool = False
    table: str = ""
    anywhere: bool = False
    low: int = 0
    high: int = 999_999
    shape: str = ""
    shape_words: str = ""

    def __post_init__(self) -> None:
        if (self.kind is Kind.CODE) != (self.codes is not None or bool(self.shape)):
            raise ValueError(f"Item {self.name}: a code, and only a code, has a list of codes or a shape")
        if self.shape and not self.shape_words:
            raise ValueError(f"Item {self.name}: say its shape in words for the sender")
        re.compile(self.shape)

    @property
    def repeats(self) -> bool:
        return bool(self.table)


@dataclass(frozen=True, slots=True)
class Group:
    """An element that holds others, in this order: a row of `table`, or without one part of the row around it."""

    name: str
    contents: tuple[Item | Group, ...]
    table: str = ""
    repeats: bool = False
    required: bool = False
    years: Years = EVERY_YEAR

    def __post_init__(self) -> None:
        names = [each.name for each in self.contents]
        if len(set(names)) != len(names):
            raise ValueError(f"Group {self.name}: an element is declared twice")

    def tables(self, year: str) -> list[str]:
        """The tables of this group and of all within it that the year has, outermost first."""
        mine = [self.table] if self.table else []
        for each in self.contents:
            if not each.years.covers(year):
                continue
            mine += each.tables(year) if isinstance(each, Group) else [each.table] if each.table else []
        return mine


@dataclass(frozen=True, slots=True)
class XmlFile:
    """A kind of XML file: who owns it, when it is due, the years that we can read, and its outermost element."""

    key: str
    title: str
    publisher: str
    owner: str
    due: str
    source: str
    years: tuple[str, ...]
    root: Group
