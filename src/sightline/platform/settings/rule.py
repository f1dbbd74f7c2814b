"""One time limit: how long, in what unit, under what authority, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, get_args

from sightline.platform.calendar import Opening, clock_time

Unit = Literal[
    "working days",
    "hours",
    "working hours",
    "calendar days",
    "months",
    "weeks",
    "school days",
    "same day",
    "end of working day",
    "contacts",
    "people",
]
ClockClass = Literal["statute", "guidance", "local", "internal"]

HOURS = ("hours", "working hours")
UNITS: tuple[str, ...] = get_args(Unit)
CLASS_WORDS: Mapping[str, str] = {
    "statute": "law",
    "guidance": "statutory guidance",
    "local": "local target",
    "internal": "internal milestone",
}
CHANGEABLE = ("local", "internal")


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit, as it was in force from `effective_from` until the day before `effective_to`.

    limit: a whole number of `unit`; below 0 it counts back from the start event.
    source: the authority in words; guidance: key of the guidance version, "" where there is none.
    label: how sure the source is (NAT, NAT*, REG, LOC, CUS, JUD, S: explained at the top of rules.toml).
    by: the clock time of the last day, where it is not that day's end.
    opening: when the team is open, for a count of working hours; runs_past_closing: the count goes on after it closes.
    """

    id: str
    variant: str
    name: str
    limit: int
    unit: Unit
    clock_class: ClockClass
    source: str
    guidance: str
    effective_from: date
    effective_to: date | None
    note: str = ""
    starts: str = ""
    label: str = ""
    by: time | None = None
    opening: Opening | None = None
    runs_past_closing: bool = False

    @property
    def by_the_minute(self) -> bool:
        """Whether the limit ends at a time of day and not with the day."""
        return self.unit in HOURS or self.by is not None

    @property
    def in_words(self) -> str:
        """For example "15 working days", "5 working days before", "same day", "by the day set"."""
        if self.unit in ("same day", "end of working day"):
            return self.unit
        if self.limit == 0:
            return "by the day set"
        before = " before" if self.limit < 0 else ""
        by = f", by {clock_time(self.by)}" if self.by else ""
        return f"{self.amount}{before}{by}"

    @property
    def amount(self) -> str:
        """The figure and its unit, whichever way it counts."""
        return f"{abs(self.limit)} {self.unit.removesuffix('s') if abs(self.limit) == 1 else self.unit}"

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on < self.effective_to)
