"""What a group's terms of reference say about its meetings: quorum and who decides, on the day of the meeting."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sightline.registers import terms as registers
from sightline.vocabulary.partners import STATUTORY_PARTNERS

PARTNERS = {partner.discipline: partner.name for partner in STATUTORY_PARTNERS}
"""What the three statutory partners are called, by the discipline that stands for each."""


@dataclass(frozen=True, slots=True)
class Terms:
    """disciplines: each must be there. minimum: members or deputies in all. decides: keys of roles.

    deputies: none, named (only one on the list of the day counts) or any. weeks: most between two meetings; 0: not
    said. source: whose rule it is, in words for the page.
    """

    disciplines: tuple[str, ...]
    minimum: int
    decides: tuple[str, ...]
    deputies: str
    weeks: int
    source: str

    def missing(self, there: list[str]) -> list[str]:
        """What keeps a meeting from being quorate, in words; `there` has a discipline for each who counts."""
        lacking = [f"no {PARTNERS.get(name, name)}" for name in self.disciplines if name not in there]
        more = self.minimum - len(there)
        if more > 0 and not lacking:
            lacking.append(f"{more} member{'s' if more > 1 else ''} too few")
        return lacking


def terms_of(group: Any, on: date) -> Terms:
    """The terms of a group on a day: those entered for it, else what is suggested for its kind."""
    entered = registers.terms_of(group, on)
    if entered is None:
        rows = _suggested()
        return rows.get(group.key, rows["other"])
    return Terms(
        tuple(entered.quorum_disciplines),
        entered.quorum_minimum or 0,
        tuple(entered.deciding_roles),
        entered.deputies,
        entered.frequency_weeks or 0,
        entered.quorum.source,
    )


@cache
def _suggested() -> dict[str, Terms]:
    rows = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))
    return {
        key: Terms(
            **{**row, "disciplines": tuple(row["disciplines"]), "decides": tuple(row["decides"])},
        )
        for key, row in rows.items()
    }
