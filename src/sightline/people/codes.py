"""Code lists about people: codes with their words, source and dates, read from `codes.toml`.

A retired code keeps its words, so that a record of its time still reads; it is no longer offered.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from sightline.platform.calendar import plain_date


@dataclass(frozen=True)
class Code:
    """`words` holds what a list's codes need besides a label: the words of a tie by sex, for instance."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    words: Mapping[str, Any] = field(default_factory=dict)

    def offered(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class CodeList:
    key: str
    title: str
    source: str
    codes: Mapping[str, Code]

    def label(self, code: str) -> str:
        """The code's words, or the code itself when it came from elsewhere and is not in the list."""
        return self.codes[code].label if code in self.codes else code

    def choices(self, on: date) -> list[tuple[str, str]]:
        """(code, label) of what is offered on a day, in the list's own order."""
        return [(code.code, code.label) for code in self.codes.values() if code.offered(on)]

    def faults(self, given: Iterable[str], on: date) -> list[str]:
        """A sentence for each code that is not in the list on a day. Empty when all are."""
        return [
            f"{code!r} is not a code of the list {self.title!r} on {plain_date(on)}. Choose one that is offered."
            for code in given
            if code not in self.codes or not self.codes[code].offered(on)
        ]


@cache
def code_lists() -> Mapping[str, CodeList]:
    text = resources.files("sightline.people").joinpath("codes.toml").read_text(encoding="utf-8")
    return {key: _read(key, table) for key, table in tomllib.loads(text).items()}


def code_list(key: str) -> CodeList:
    """The list with this key. Raises LookupError naming the lists there are."""
    try:
        return code_lists()[key]
    except KeyError:
        raise LookupError(f"There is no code list {key!r}. Lists: {', '.join(sorted(code_lists()))}.") from None


def label(key: str, code: str) -> str:
    """The words of one code of one list."""
    return code_list(key).label(code)


def _read(key: str, table: dict[str, Any]) -> CodeList:
    codes = {code: _code(code, given) for code, given in table["codes"].items()}
    return CodeList(key, table["title"], table["source"], codes)


def _code(code: str, given: str | dict[str, Any]) -> Code:
    if isinstance(given, str):
        return Code(code, given)
    words = {name: value for name, value in given.items() if name not in {"label", "valid_from", "valid_to"}}
    return Code(code, given["label"], given.get("valid_from"), given.get("valid_to"), words)
