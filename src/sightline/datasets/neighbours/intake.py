"""Files of statistical neighbours, told by their column names."""

from __future__ import annotations

import csv
from types import MappingProxyType

from sightline.datasets.intake import Intake
from sightline.datasets.neighbours.layouts import TITLES, layout_of


def _claims(start: bytes, name: str) -> bool:
    first = start.decode("utf-8-sig", errors="replace").partition("\n")[0]
    try:
        header = next(csv.reader([first]), [])
    except csv.Error:
        return False
    return layout_of([cell.strip() for cell in header]) is not None


INTAKE = Intake(
    titles=MappingProxyType(TITLES),
    claims=_claims,
    checker="sightline.datasets.neighbours.checking.check",
    loader="sightline.datasets.neighbours.loading.load_neighbours",
    holder="sightline.datasets.neighbours.loading.neighbours_held",
)
