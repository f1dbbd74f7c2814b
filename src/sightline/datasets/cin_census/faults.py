"""What checking a census found, and the census years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.datasets.faults import Checked

APRIL = 4


@dataclass(slots=True)
class CheckedCensus(Checked):
    """`census_year` is the year that the file was read as, or says that it is for; None when it does not say.

    council: the number of the council in the header (LEA), empty when it gives none.
    """

    census_year: str | None = None
    reference_date: date | None = None
    council: str = ""

    @property
    def year(self) -> str | None:
        return self.census_year

    @property
    def period(self) -> str:
        return self.census_year or ""


def census_year(day: date) -> str:
    """The census year that a day falls in, such as "2025-26": 1 April to 31 March."""
    first = day.year if day.month >= APRIL else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def last_day(year: str) -> date:
    """The last day of a census year."""
    return date(int(year[:4]) + 1, 3, 31)
