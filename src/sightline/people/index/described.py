"""What somebody tells us of a person, what the index answers, and the interface that a better matcher replaces."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sightline.people.index.agreement import Agreement
from sightline.people.models import Partnership, Person


@dataclass(frozen=True)
class Described:
    """A person as described. All may be missing; one name is enough, in either field, in any order.

    `approximate_age_years` was given on `age_given_on` (today when None). `kind` is "child", "adult" or "" for either.
    """

    given_names: str = ""
    family_name: str = ""
    also_known_as: tuple[str, ...] = ()
    date_of_birth: date | None = None
    expected_date_of_birth: date | None = None
    approximate_age_years: int | None = None
    age_given_on: date | None = None
    postcode: str = ""
    nhs_number: str = ""
    upn: str = ""
    sex: str = ""
    kind: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name given, each as one text."""
        main = f"{self.given_names} {self.family_name}".strip()
        return tuple(name.strip() for name in (main, *self.also_known_as) if name.strip())


@dataclass(frozen=True)
class Flag:
    """A warning that another child could be meant: `kind` is "twin" or "sibling", `words` are for the card."""

    kind: str
    person: Person
    words: str


@dataclass(frozen=True)
class Candidate:
    """Somebody in the record who may be the person described. `agreements` are in the card's order."""

    person: Person
    agreements: tuple[Agreement, ...]
    flags: tuple[Flag, ...] = ()

    def agreement(self, field: str) -> Agreement:
        """By field: "name", "birth", "address", "nhs_number"."""
        return next(agreement for agreement in self.agreements if agreement.field == field)


class Candidates(list[Candidate]):
    """Candidates, closest first. `too_many`: there were more than the limit, so ask for another detail."""

    def __init__(self, found: list[Candidate], *, too_many: bool = False) -> None:
        super().__init__(found)
        self.too_many = too_many


class Matcher(Protocol):
    """Finds who may be meant. It suggests; it never decides, never merges and never returns a hidden person."""

    def candidates(self, described: Described, partnership: Partnership, *, by: Any, limit: int = 8) -> Candidates:
        """At most `limit` people whom `by` (an Actor or account) may see, closest first."""
        ...
