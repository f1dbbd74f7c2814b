"""Faults of one kind said once, the most rows first, so that a sender knows what to mend before all else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sightline.datasets.faults import Fault, Severity

# What each rule of ours asks, for a heading. Rules of a collection have words of their own in each fault.
SAID = {
    "code.shape": "A code is not of the right shape",
    "code.unknown": "A code is not one that we know",
    "dataset.another": "This is another publication",
    "dataset.unknown": "The columns are not those of any file that we load",
    "file.too_many_faults": "There are more faults than we list",
    "percent.disagrees": "A percentage is not what its counts give: check all three",
    "period.contradicts": "The file covers another period",
    "period.edition": "The month from which the set holds is not clear",
    "period.none": "A period is not given",
    "range.figure": "A figure is too large or too small",
    "sender.partnership": "Who sent the file is in no partnership, or in several",
    "sender.unknown": "Who sent the file is not a council",
    "structure.area": "A row does not say which area it is about",
    "structure.attribute": "An element has an attribute",
    "structure.blank": "A cell that every row needs is empty",
    "structure.missing": "An element is missing",
    "structure.missing_column": "A column is missing",
    "structure.nested": "An element has another inside it",
    "structure.no_rows": "There are no rows",
    "structure.order": "Elements are out of order",
    "structure.other_year": "An element belongs to another year's census",
    "structure.repeated": "An element appears more than once",
    "structure.repeated_column": "A column appears more than once",
    "structure.row_length": "A row has too many or too few cells",
    "structure.separator": "The columns are not separated by commas",
    "structure.text": "There is text outside any element",
    "structure.unknown_column": "A column is not one that we know",
    "structure.unknown_element": "The census has no such element",
    "type.boolean": "An answer is neither true nor false",
    "type.code": "A code is not one that we know",
    "type.date": "A date cannot be read",
    "type.number": "A number cannot be read",
    "type.text": "A text is too long or has unprintable characters",
    "type.upn": "A pupil number is not of the right shape",
    "type.year": "A year cannot be read",
    "unique.area": "An area appears more than once",
    "unique.area_year": "An area and year appear more than once",
    "unique.measure": "A measure appears more than once",
    "unique.neighbour": "A neighbour appears more than once",
    "year.contradicts": "The file says two different years",
    "year.not_read": "The census is for a year that we cannot read",
}
EMPTY = "Nothing"
_PLACE = re.compile(r"^(?P<where>Row [\d,]+|Child [^“”]{1,150}?)?(?:, )?(?:[Cc]olumn “[^”]*”)?: ")


@dataclass(frozen=True, slots=True)
class Line:
    """A fault as a table shows it. `where` is "Row 118" or "Child A1, CINdetails", "" where it is the whole file.

    `value` is what stands in the cell; "" where the fault is of no one cell.
    """

    where: str
    column: str
    value: str
    message: str
    rule: str
    severity: Severity


@dataclass(slots=True)
class Group:
    """Faults of one rule and column. `rows` counts each row once; a fault of the whole file is one."""

    words: str
    rule: str
    severity: Severity
    column: str
    faults: list[Fault] = field(default_factory=list)

    @property
    def of_whole_file(self) -> bool:
        return all(fault.row is None for fault in self.faults)

    @property
    def rows(self) -> int:
        return len({(fault.table, fault.row) for fault in self.faults if fault.row is not None}) or len(self.faults)


def grouped(faults: Iterable[Fault]) -> list[Group]:
    """What must be mended before what should be checked, and in each the kind that most rows have first."""
    groups: dict[tuple[str, str, str], Group] = {}
    for fault in faults:
        column = ", ".join(fault.fields)
        kind = (fault.severity, fault.rule, column)
        if kind not in groups:
            groups[kind] = Group(_words(fault), fault.rule, fault.severity, column)
        groups[kind].faults.append(fault)
    return sorted(groups.values(), key=lambda group: (group.severity == "query", -group.rows))


def line(fault: Fault) -> Line:
    """A fault for a table that has columns of its own for the row and the column."""
    place = _PLACE.match(fault.message)
    words = fault.message[place.end() :] if place else fault.message
    column = ", ".join(fault.fields)
    where = ((place["where"] or "") if place else "").removesuffix(f", {column}")
    return Line(
        where=where,
        column=column,
        value=EMPTY if fault.value == "" else fault.value or "",
        message=words[:1].upper() + words[1:],
        rule=fault.rule,
        severity=fault.severity,
    )


def first_of_each(groups: Iterable[Group], most: int) -> list[Line]:
    """The first faults of each group, in the order of the groups."""
    return [line(fault) for group in groups for fault in group.faults[:most]]


def _words(fault: Fault) -> str:
    return SAID.get(fault.rule) or line(fault).message


def to_mend(faults: Iterable[Fault]) -> str:
    """How much of a file stops it, in words: "17 rows need fixing", "1 thing needs fixing"."""
    errors = [fault for fault in faults if fault.severity == "error"]
    rows = {(fault.table, fault.row) for fault in errors if fault.row is not None}
    whole = any(fault.row is None for fault in errors)
    many, what = (len(errors), "thing") if whole else (len(rows), "row")
    return f"{many:,} {what} needs fixing" if many == 1 else f"{many:,} {what}s need fixing"
