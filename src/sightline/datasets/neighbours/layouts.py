"""The layouts in which a set of neighbours comes: a row an authority, its ten neighbours from the nearest on.

The column after each neighbour's number says in words how close the two are. The model chooses and weighs the
variables; the department's own guidance calls it a starting point for questions and no verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NEIGHBOURS = 10
CLOSENESS = ("extremely close", "very close", "close", "somewhat close", "not close")
EDITION = re.compile(r"20\d{2}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """How one publication names its columns. `edition` is the month from which its set holds.

    It is empty where each row says it, in a column called `edition`.
    """

    key: str
    title: str
    area: str
    neighbour: str
    edition: str
    extract: bool = False

    def neighbour_columns(self) -> list[str]:
        return [self.neighbour.format(rank) for rank in range(1, NEIGHBOURS + 1)]


LAYOUTS = (
    Layout("neighbours_2025", "Statistical neighbours, model of May 2025", "old_la_code", "SN_{}", edition="2025-05"),
    Layout("neighbours_2021", "Statistical neighbours, model of April 2021", "LA num", "SN{}", edition="2021-04"),
    Layout(
        "neighbours_extract",
        "Statistical neighbours, compact extract",
        "area_number",
        "neighbour_{}",
        edition="",
        extract=True,
    ),
)

TITLES = {layout.key: layout.title for layout in LAYOUTS}


def layout_of(header: list[str]) -> Layout | None:
    """The layout to which a header belongs."""
    names = set(header)
    return next((each for each in LAYOUTS if {each.area, *each.neighbour_columns()[:2]} <= names), None)
