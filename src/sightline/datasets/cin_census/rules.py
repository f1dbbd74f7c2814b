"""The seam for the census's business rules: what each is, and how it is asked while the file streams past.

A rule asks whether rows make sense together; structure, types and codes are settled before it sees them. It is given
one child's rows at a time, so that a file of any size is judged in little memory, and may keep counts of its own for
what can only be said of the whole file. There are no rules yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sightline.datasets.cin_census.row import Row
from sightline.datasets.faults import Severity
from sightline.vocabulary.xml_file import Years

ChildRows = Mapping[str, list[Row]]
"""One child's rows by table, each in the order of the file. `Row.values` holds values by element name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows break a rule. `row` is None for the whole file; the message says what to mend, in the sender's terms."""

    row: Row | None
    fields: tuple[str, ...]
    value: str | None
    message: str


class Judge(Protocol):
    """One rule at work on one file."""

    def child(self, rows: ChildRows) -> Iterable[Finding]:
        """What is wrong with one child."""
        ...

    def end(self) -> Iterable[Finding]:
        """What is wrong with the file as a whole, when every child has passed."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A business rule by its code in the census ("8606", "8540Q"): never refuses a file, whatever its severity.

    judge: makes a fresh Judge for a file of a year ("2025-26").
    """

    code: str
    severity: Severity
    years: Years
    source: str
    judge: Callable[[str], Judge]


RULES: dict[str, Rule] = {}
"""Every rule by its code."""


def register(rule: Rule) -> None:
    """Add a rule. Raises ValueError if its code is taken."""
    if RULES.setdefault(rule.code, rule) is not rule:
        raise ValueError(f"There is already a rule {rule.code}")


@dataclass(slots=True)
class Judging:
    """The rules of a year at work: gathers a child's rows and asks every rule when the child is complete."""

    judges: tuple[tuple[Rule, Judge], ...]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, year: str) -> Judging:
        return cls(tuple((rule, rule.judge(year)) for rule in RULES.values() if rule.years.covers(year)))

    def keep(self, row: Row) -> None:
        self.rows.setdefault(row.table, []).append(row)

    def child_ends(self) -> list[tuple[Rule, Finding]]:
        rows, self.rows = self.rows, {}
        for those in rows.values():
            those.sort(key=lambda row: row.position)
        return [(rule, finding) for rule, judge in self.judges for finding in judge.child(rows)]

    def file_ends(self) -> list[tuple[Rule, Finding]]:
        return [(rule, finding) for rule, judge in self.judges for finding in judge.end()]
