"""What makes a meeting quorate?

A quorum rule names disciplines, not agencies: any health organisation may stand for health. Being there and writing in
both count; an invitation does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

DISCIPLINES = {
    "csc": "social care",
    "pol": "police",
    "icb": "health",
    "hth": "health",
    "aht": "health",
    "cht": "health",
    "cmh": "health",
    "gp": "health",
    "amb": "health",
    "edu": "education",
    "pro": "probation",
    "yjs": "youth justice",
    "hou": "housing",
    "das": "domestic abuse",
    "asc": "adult social care",
    "vcs": "voluntary sector",
}


def discipline_of(agency_kind: str) -> str:
    """The discipline that an agency of this kind stands for."""
    return DISCIPLINES.get(agency_kind, "other")


@dataclass(frozen=True)
class Quorum:
    """Disciplines that must each be there or in writing. `source` says whose rule it is."""

    required: tuple[str, ...]
    source: str

    def missing(self, taking_part: Iterable[str]) -> list[str]:
        """Required disciplines that take no part, in the rule's order."""
        present = set(taking_part)
        return [discipline for discipline in self.required if discipline not in present]
