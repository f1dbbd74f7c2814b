"""What the same agency answered before: in the last cycle here, or in this cycle for another partnership."""

from dataclasses import dataclass
from typing import Any

from sightline.engine.models import Case
from sightline.parts.models import Evidence

from .models import Answer
from .standing import instrument_of

SENT = "submit"
"""The step by which a return's answers become the agency's own statement."""


@dataclass(frozen=True)
class Earlier:
    """Answers of another return: its reference, partnership and questions, the answers by item, their evidence."""

    reference: str
    partnership: str
    instrument: str
    answers: dict[str, Answer]
    evidence: list[Evidence]


def answers_last_time(matter: Any) -> Earlier | None:
    """The answers that this agency sent in the last cycle of this partnership; None where there was none."""
    return _once(matter, "last time", lambda: _last_time(matter.case))


def answers_elsewhere(matter: Any) -> Earlier | None:
    """This agency's newest answers to the same version of the questions in another partnership, sent or not yet."""
    return _once(matter, "elsewhere", lambda: _elsewhere(matter))


def _once(matter: Any, key: str, find: Any) -> Earlier | None:
    fact = f"instruments: {key}"
    if fact not in matter.facts:
        unsaved = matter.case._state.adding or matter.case.answering_id is None
        matter.facts[fact] = None if unsaved else find()
    found: Earlier | None = matter.facts[fact]
    return found


def _returns_of(case: Case) -> Any:
    """The same agency's other returns. Not by sight: what an agency answered is its own to use again."""
    rows = Case.objects.filter(process=case.process, answering_id=case.answering_id).exclude(pk=case.pk)
    return rows.select_related("partnership").order_by("-opened_at")


def _last_time(case: Case) -> Earlier | None:
    before = _returns_of(case).filter(
        partnership_id=case.partnership_id, opened_at__lt=case.opened_at, steps__step=SENT
    )
    return _read(before.first())


def _elsewhere(matter: Any) -> Earlier | None:
    name = instrument_of(matter.record).name
    others = _returns_of(matter.case).exclude(partnership_id=matter.case.partnership_id)
    return _read(others.filter(item_answers__instrument=name).first())


def _read(case: Case | None) -> Earlier | None:
    if case is None:
        return None
    every = list(Answer.objects.filter(case=case).select_related("step").order_by("version"))
    instrument = every[-1].instrument if every else ""
    evidence = list(Evidence.objects.filter(case=case))
    return Earlier(case.reference, case.partnership.name, instrument, {row.item: row for row in every}, evidence)
