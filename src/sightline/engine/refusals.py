"""Why a step was not taken, in words for the person who tried. Nothing they typed is lost by any of these."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Case, CaseStep


class UnableToPerform(Exception):
    """Base of every refusal to take a step."""


@dataclass
class NotAllowed(UnableToPerform):
    """Role, stage or maker-and-endorser rule forbids it. `who_can` names roles that may."""

    what: str
    why: str
    who_can: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"You cannot {self.what}. {self.why}"


@dataclass
class AnswersRefused(UnableToPerform):
    """Answers are missing or cannot be used. `errors`: field (rows as `part-index-field`) to messages."""

    errors: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in self.errors.items())


@dataclass
class Unmet:
    """One gate's missing conditions, and who may override it."""

    gate: str
    label: str
    missing: list[str]
    override_by: tuple[str, ...]


@dataclass
class GateUnmet(UnableToPerform):
    """Stepping back has conditions that are not met; a manager may override them with a reason."""

    unmet: list[Unmet]

    def __str__(self) -> str:
        return " ".join(sentence for gate in self.unmet for sentence in gate.missing)


@dataclass
class Conflict(UnableToPerform):
    """Somebody changed the case since the page was opened."""

    case: "Case"
    since: "list[CaseStep]"

    def __str__(self) -> str:
        return "Someone changed this while you were working."
