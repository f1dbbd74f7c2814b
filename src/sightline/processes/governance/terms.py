"""What a group's terms of reference say about its meetings: quorum and who decides, on the day of the meeting."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

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
    return terms_of_groups([group], on)[group.pk]


def terms_of_groups(groups: Iterable[Any], on: date) -> dict[UUID, Terms]:
    """The same for several groups, by the group's id, in one query."""
    found = list(groups)
    entered = registers.terms_of_groups(found, on)
    return {group.pk: _terms(group.key, entered.get(group.pk)) for group in found}


def _terms(key: str, entered: registers.TermsOfReference | None) -> Terms:
    if entered is None:
        rows = _suggested()
        return rows.get(key, rows["other"])
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
