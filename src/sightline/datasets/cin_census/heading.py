"""Which year is this census for? The reference date says; the person who checks it may say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sightline.datasets.cin_census import words
from sightline.datasets.cin_census.faults import CheckedCensus, census_year, last_day
from sightline.datasets.cin_census.layout import COLLECTION, YEARS
from sightline.datasets.cin_census.row import Row

Note = Callable[[str, Row | None, tuple[str, ...], str | None, str], None]


class Enough(Exception):
    """There is no point in reading on: the faults say why."""


def settle_year(header: Row | None, checked: CheckedCensus, asked: str, note: Note) -> str:
    """The year to read the children as, also written on `checked`. Raises Enough after noting why there is none."""
    stated = header.values if header else {}
    collection = stated.get("Collection")
    if isinstance(collection, str) and collection.upper() != COLLECTION:
        note("dataset.another", header, ("Collection",), collection, words.other_collection_words(collection))
        raise Enough
    checked.council = str(stated.get("LEA") or "")
    day = stated.get("ReferenceDate")
    if isinstance(day, date):
        checked.reference_date = day
        checked.census_year = census_year(day)
    if asked:
        checked.census_year = asked
        checked.reference_date = checked.reference_date or last_day(asked)
        return asked
    if not isinstance(day, date):
        if "ReferenceDate" not in stated:
            missing = "ReferenceDate" if header else "Header"
            note("structure.missing", header, (missing,), None, words.no_year_words(missing))
        raise Enough
    year = census_year(day)
    if year not in YEARS:
        note("year.not_read", header, ("ReferenceDate",), str(day), words.year_not_read_words(year))
        raise Enough
    claimed = stated.get("Year")
    if claimed is not None and claimed != int(year[:4]) + 1:
        said = words.year_differs_words(claimed, year)
        note("year.contradicts", header, ("Year", "ReferenceDate"), str(claimed), said)
    return year
