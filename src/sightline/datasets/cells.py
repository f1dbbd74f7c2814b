"""What is wrong with one cell, in the words of whoever typed it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sightline.vocabulary.dataset import Column, Dataset, Kind, State

LONGEST_TEXT = 100
WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
DECIMAL_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
WANTED = {
    Kind.WHOLE_NUMBER: "a whole number, 0 or more",
    Kind.PERCENT: "a number from 0 to 100",
    Kind.RATE: "a number, 0 or more",
}


class BadCell(Exception):
    """A cell that does not fit its column: `rule` for machines, the message for people."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or the reason that there is none: `value` is None unless the state is given or nil."""

    value: Decimal | None
    state: State


def read_figure(column: Column, text: str, dataset: Dataset) -> Figure:
    """The figure in a cell. Raises BadCell."""
    if text in dataset.missing:
        return Figure(None, dataset.missing[text])
    shape = WHOLE_NUMBER if column.kind is Kind.WHOLE_NUMBER else DECIMAL_NUMBER
    if not shape.fullmatch(text):
        raise BadCell("type.number", _not_a_number(column, text, dataset))
    value = Decimal(text)
    if not column.low <= value <= column.high:
        raise BadCell(
            "range.figure",
            f"“{text}” is not between {column.low} and {column.high}. Check the decimal point and the column.",
        )
    return Figure(value, State.GIVEN if value else State.NIL)


def _not_a_number(column: Column, text: str, dataset: Dataset) -> str:
    marks = ", ".join(sorted(mark for mark in dataset.missing if mark))
    if WHOLE_NUMBER.fullmatch(text.replace(",", "").replace(" ", "")):
        return f"“{text}” has a comma or a space in it. Write the number in digits alone."
    if text.endswith("%"):
        return f"“{text}” has a percent sign. Write the number alone."
    return f"“{text}” is not {WANTED[column.kind]}. Write digits, or one of {marks} if there is no figure."


def check_label(column: Column, text: str) -> None:
    """Check a cell that says what the row is about. Raises BadCell."""
    if not text:
        if column.required:
            raise BadCell("structure.blank", "this cell is empty. Every row needs it.")
        return
    if column.kind is Kind.YEAR:
        _check_year(column, text)
    elif column.kind is Kind.CODE:
        _check_code(column, text)
    elif len(text) > LONGEST_TEXT or not text.isprintable():
        raise BadCell(
            "type.text", f"this text is longer than {LONGEST_TEXT} characters or has unprintable characters in it."
        )


def _check_year(column: Column, text: str) -> None:
    if not YEAR.fullmatch(text) or not column.low <= int(text) <= column.high:
        raise BadCell("type.year", f"“{text}” is not a year. Write the year that the period ended in, in four digits.")


def _check_code(column: Column, text: str) -> None:
    if column.codes and text not in column.codes:
        choices = " or ".join(f"“{code}”" for code in column.codes)
        raise BadCell("code.unknown", f"“{text}” is not a code that we know. It should be {choices}.")
    if column.shape and not re.fullmatch(column.shape, text, re.ASCII):
        raise BadCell("code.shape", f"“{text}” is not a code of the right shape ({column.shape_words}).")
