"""Which place is a row about? The areas of England by code, and by the department's own three-digit numbers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

AREAS = Path(__file__).parent / "extracts" / "areas.csv"
NATIONAL, REGIONAL, LOCAL = "National", "Regional", "Local authority"
LEVELS = (NATIONAL, REGIONAL, LOCAL)


@dataclass(frozen=True, slots=True)
class Area:
    """The area a row is about. `region_code` is empty for the country."""

    level: str
    code: str
    name: str
    region_code: str


@cache
def _listed() -> tuple[tuple[str, tuple[str, ...], Area], ...]:
    """Each area with its number and the codes that it had before its boundaries or its council changed."""
    with AREAS.open(encoding="utf-8", newline="") as opened:
        return tuple(
            (
                row["number"],
                tuple(row["former_codes"].split()),
                Area(row["area_level"], row["area_code"], row["area_name"], row["region_code"]),
            )
            for row in csv.DictReader(opened)
        )


@cache
def areas_by_number() -> Mapping[str, Area]:
    """Every area by the three-digit number that the department gives it."""
    return MappingProxyType({number: area for number, _, area in _listed()})


@cache
def areas_by_code() -> Mapping[str, Area]:
    """Every area by its present code."""
    return MappingProxyType({area.code: area for _, _, area in _listed()})


@cache
def _present_codes() -> Mapping[str, str]:
    return MappingProxyType({old: area.code for _, former, area in _listed() for old in former})


def present_code(code: str) -> str:
    """The code that an area has today, for one that it had before; any other code as it is.

    Publishers print old and new codes of one area side by side, and its figures are one series.
    """
    return _present_codes().get(code, code)
