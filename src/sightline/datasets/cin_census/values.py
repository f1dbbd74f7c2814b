"""What does the text of one item stand for, and what is wrong with it, in the words of whoever sent it?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime

from sightline.vocabulary.dataset import Kind
from sightline.vocabulary.xml_file import CodeList, Item

Value = str | int | bool | date
Reader = Callable[[str], Value]

LONGEST_TEXT = 100
TRUTH = {
    "true": True,
    "false": False,
    "TRUE": True,
    "FALSE": False,
    "True": True,
    "False": False,
    "1": True,
    "0": False,
}
MOST_CODES_NAMED = 12
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


class BadValue(Exception):
    """Text that does not fit its item: `rule` for machines, the message for people."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def reader_of(item: Item) -> Reader:
    """A function from the item's text, trimmed and not empty, to its value. It raises BadValue."""
    if item.codes is not None:
        return _codes(item.codes)
    if item.kind is Kind.WHOLE_NUMBER:
        return _number(item.low, item.high)
    if item.shape:
        return _shape(item)
    return READERS[item.kind]


def _codes(codes: CodeList) -> Reader:
    known = frozenset(codes.codes)

    def read(text: str) -> Value:
        if text in known:
            return text
        raise BadValue("code.unknown", _unknown_code(text, codes))

    return read


def _unknown_code(text: str, codes: CodeList) -> str:
    known = list(codes.codes)
    near = [code for code in known if code == text.upper()] or difflib.get_close_matches(text.upper(), known, n=1)
    if len(known) <= MOST_CODES_NAMED:
        advice = f"It has {', '.join(known[:-1])} and {known[-1]}."
    else:
        advice = f"Should it be {near[0]}?" if near else "Look the code up in that list."
    return f"“{text}” is not a code of the list “{codes.name}”. {advice}"


def _number(low: int, high: int) -> Reader:
    def read(text: str) -> Value:
        if text.isascii() and text.isdigit() and len(text) <= len(str(high)) and low <= int(text) <= high:
            return int(text)
        raise BadValue("type.number", f"“{text}” is not a whole number from {low} to {high}. Write it in digits alone.")

    return read


def _shape(item: Item) -> Reader:
    fits = re.compile(item.shape, re.ASCII).fullmatch
    rule = "type.upn" if item.name.endswith("UPN") else "type.code"

    def read(text: str) -> Value:
        if fits(text):
            return text
        raise BadValue(rule, f"“{text}” does not have the right shape, which is {item.shape_words}.")

    return read


def _date(text: str) -> Value:
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadValue("type.date", _not_a_date(text))


def _not_a_date(text: str) -> str:
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return f"“{text}” is not written as a date in the census. Write the year first: {year}-{month:>02}-{day:>02}."
    if "T" in text:
        return f"“{text}” has a time in it. Write the date alone, such as 2025-09-30."
    return f"“{text}” is not a date. Write the year, month and day, such as 2025-09-30."


def _moment(text: str) -> Value:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("type.date", f"“{text}” is not a date and time. Write it like 2026-04-30T09:15:00.") from None


def _true_or_false(text: str) -> Value:
    try:
        return TRUTH[text]
    except KeyError:
        raise BadValue("type.boolean", f"“{text}” is neither true nor false. Write true, false, 1 or 0.") from None


def _year(text: str) -> Value:
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    raise BadValue("type.year", f"“{text}” is not a year. Write it in four digits.")


def _text(text: str) -> Value:
    if len(text) <= LONGEST_TEXT and text.isprintable():
        return text
    raise BadValue(
        "type.text", f"this text is longer than {LONGEST_TEXT} characters or has unprintable characters in it."
    )


READERS: dict[Kind, Reader] = {
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.TRUE_OR_FALSE: _true_or_false,
    Kind.YEAR: _year,
    Kind.TEXT: _text,
}
