"""What happened, in words: newest first, each with who, in what role, for which agency."""

from dataclasses import dataclass

from sightline.vocabulary.roles import role_named

from .amend import CORRECTION, OVERRIDE
from .matter import Matter
from .models import CaseStep


@dataclass(frozen=True)
class Event:
    """One entry. `says` is past tense; `details` are column, label and value, empty answers left out."""

    row: CaseStep
    says: str
    who: str
    role: str
    details: list[tuple[str, str, object]]


def events(matter: Matter) -> list[Event]:
    """The matter's steps as entries, newest first."""
    return [_event(matter, row) for row in reversed(matter.steps)]


def _event(matter: Matter, row: CaseStep) -> Event:
    who = row.worker.display_name if row.worker else "The public form"
    if row.step not in matter.process.steps:
        known = {OVERRIDE: "Overrode a condition", CORRECTION: "Corrected an earlier answer"}
        says = known.get(row.step) or row.answers["done"]
        return Event(row, says, who, role_named(row.role).name, [])
    step = matter.process.steps[row.step]
    columns = {column.name: column for column in matter.process.record._meta.fields}
    details = [
        (name, str(columns[name].verbose_name), dict(columns[name].flatchoices).get(value, value))
        for name, value in row.answers.items()
        if name in columns and isinstance(value, str | int | bool) and not columns[name].is_relation
    ]
    return Event(row, step.done, who, role_named(row.role).name, details)
