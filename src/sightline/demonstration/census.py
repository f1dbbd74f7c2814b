"""A wholly invented census of a wholly invented council, clean or with faults planted in it. Same seed, same file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sightline.datasets.cin_census.layout import YEARS
from sightline.demonstration.census_child import child_element
from sightline.demonstration.census_faults import KINDS, contradict, plant
from sightline.demonstration.census_life import lives
from sightline.demonstration.census_shape import Year
from sightline.demonstration.census_xml import Element, Planted, Writer, items

COUNCIL = "999"
"""A council number that no council has."""


@dataclass(frozen=True, slots=True)
class Invented:
    """What was written: rows by table, and every planted fault in the order of the file."""

    year: str
    rows: dict[str, int] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)


def invent_census(
    path: Path, year: str, *, children: int = 3300, seed: int = 7, plant_faults: int = 0, changes: bool = True
) -> Invented:
    """Write a census of `year` ("2025-26") to `path`. Clean, but for one fault in each of `plant_faults` children.

    changes: whether assessments took longer from the summer on; of several years, one should have that.
    With more faults than there are kinds, one of them is in the header. Raises ValueError for a year that has no
    layout, or for more faults than children.
    """
    if year not in YEARS:
        raise ValueError(f"There is no layout for {year}. Choose from {', '.join(YEARS)}.")
    if plant_faults > children:
        raise ValueError(f"At most one fault a child: {plant_faults} do not fit in {children} children.")
    writer = Writer()
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_lines(writer, year, children, seed, plant_faults, changes))
    return Invented(year, writer.rows, writer.planted)


def _lines(writer: Writer, year: str, children: int, seed: int, faults: int, changes: bool) -> Iterator[str]:
    pick = random.Random(f"{seed} {year}")
    invented = Year(year, pick, changes)
    header = _header(invented.last)
    in_header = faults > len(KINDS)
    if in_header:
        contradict(header)
    spoiled = pick.sample(range(children), faults - in_header)
    turns = {place: turn for turn, place in enumerate(spoiled)}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n'
    yield from writer.lines(header, depth=1)
    yield "  <Children>\n"
    for place, episodes in enumerate(lives(invented, children)):
        child = child_element(invented, place, episodes)
        if place in turns:
            plant(child, year, turns[place])
        number = child.find("ChildIdentifiers", "LAchildID")
        yield from writer.lines(child, number.text if number else None, depth=2)
    yield "  </Children>\n</Message>\n"


def _header(last: date) -> Element:
    written = f"{last + timedelta(days=30)}T09:30:00"
    return Element(
        "Header",
        within=[
            items("CollectionDetails", Collection="CIN", Year=str(last.year), ReferenceDate=str(last)),
            items(
                "Source",
                SourceLevel="L",
                LEA=COUNCIL,
                SoftwareCode="Sightline demonstration",
                Release="1",
                SerialNo="001",
                DateTime=written,
            ),
        ],
    )
