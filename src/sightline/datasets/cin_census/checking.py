"""Every fault of a children in need census, by child and table. Needs no database."""

from __future__ import annotations

from pathlib import Path

from sightline.datasets.cin_census.faults import CheckedCensus
from sightline.datasets.cin_census.intake import KEY
from sightline.datasets.cin_census.layout import YEARS
from sightline.datasets.cin_census.reading import Keep, Reading
from sightline.datasets.cin_census.rules import RULES
from sightline.datasets.cin_census.streaming import stream
from sightline.datasets.faults import Fault, UnreadableFile
from sightline.datasets.intake import Asked


def check(path: Path, *, year: str = "", keep: Keep | None = None) -> CheckedCensus:
    """Read a census and list its faults; `keep` is called with each row, after the rows within it.

    `year`, such as "2025-26", overrides the year that the file says it is for. Raises UnreadableFile where the file
    is no census at all, or `year` is not one that we can read.
    """
    if year and year not in YEARS:
        raise UnreadableFile(f"We cannot read a census as {year}. Choose from {', '.join(YEARS)}.", "year.not_read")
    checked = CheckedCensus(path.name, "", KEY)
    checked.sha256 = stream(path, Reading(checked, year, keep))
    return checked


def refusals(checked: CheckedCensus) -> list[Fault]:
    """The faults that keep the census from being loaded: of structure, type or code, never of a business rule."""
    return [fault for fault in checked.errors if fault.rule not in RULES]


def check_asked(path: Path, asked: Asked) -> CheckedCensus:
    """`check` as the door for every file calls it."""
    return check(path, year=asked.year)
