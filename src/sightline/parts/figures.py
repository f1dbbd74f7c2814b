"""Figures that evidence and documents may cite: always by reference, never typed.

Figures are worked out in a layer above; it says how to find them (`cite_with`), so that a step can offer them and a row
can keep what was true when it was cited.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """One figure as it stood. `reference` finds it again: "indicator:period:revision".

    value, numerator, denominator: None where withheld or not there. words: the figure in a sentence. source: who
    published or sent it. as_at: the day of the data.
    """

    reference: str
    indicator: str
    name: str
    period: str
    period_end: date
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    words: str
    source: str
    revision: int
    as_at: date

    @property
    def provenance(self) -> str:
        """Where it is from, and which correction of it this is, where it has been corrected."""
        return f"{self.source}, correction {self.revision - 1}" if self.revision > 1 else self.source


type Finder = Callable[[Any], list[CitedFigure]]
"""`find(partnership)`: the figures that may be cited, newest first within each indicator."""


class _Finders:
    """The one finder; indicators give it at start-up."""

    find: Finder | None = None


def cite_with(finder: Finder) -> None:
    """Say how figures are found."""
    _Finders.find = staticmethod(finder)


def offered(partnership: Any) -> list[CitedFigure]:
    """The figures that may be cited in this partnership."""
    return _Finders.find(partnership) if _Finders.find else []


def cited(partnership: Any, reference: str) -> CitedFigure | None:
    """The figure with this reference, or None where there is none (any more)."""
    return next((figure for figure in offered(partnership) if figure.reference == reference), None)
