"""What a story is: acts in order of time, each a step that somebody takes on one of the story's matters."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .families import Family

Answering = Callable[[Any], dict[str, Any]]
"""From the matter as it stands to the answers of a step: the same whether it is in memory or in the database."""

CONTACT, STRATEGY = "contact", "strategy-discussion"
OPEN_MINUTES = "open minutes"
"""Not a step: an agency opens the record that it was sent."""


@dataclass(frozen=True, slots=True)
class Act:
    """`on`: "contact", "strategy-discussion", or the key of the agency whose enquiry is answered.

    late_because: the reason given where the step stops a clock that has run out.
    """

    at: datetime
    on: str
    step: str
    by: str
    answers: Answering = lambda matter: {}
    late_because: str = "staff-capacity"


@dataclass
class Story:
    """One contact, or one strategy discussion that a team starts, with everything that follows from it.

    number: never changes, and keys are drawn from it. earlier: decisions of contacts about the
    family in the twelve months before, newest first.
    """

    name: str
    number: int
    family: Family
    opens: str
    acts: list[Act] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)

    def add(self, at: datetime, on: str, step: str, by: str, answers: Answering | None = None, late: str = "") -> None:
        """One more act. `answers` may be left out where the step asks nothing."""
        more: dict[str, Any] = {"answers": answers} if answers else {}
        self.acts.append(Act(at, on, step, by, late_because=late or "staff-capacity", **more))

    def last_on(self, matter: str) -> datetime:
        """When the latest act on one of the matters happens."""
        return max(act.at for act in self.acts if act.on == matter)

    def in_order(self, until: datetime) -> list[Act]:
        """Acts that have happened by `until`, by time; those of one moment as they were added."""
        return sorted((act for act in self.acts if act.at <= until), key=lambda act: act.at)
