"""Where one return stands: what is answered, by what evidence, what is still missing, and what the moderator says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sightline.engine.models import CaseStep
from sightline.parts.kept import kept
from sightline.parts.models import Evidence
from sightline.platform import calendar
from sightline.platform.settings.due import due
from sightline.vocabulary.instrument import Instrument, Item, Scores, Standard

from .catalogue import instrument_named, versions
from .models import Answer, Moderation

EVIDENCE_RULE = "S11-EVIDENCE"
SECTION_11 = "section-11"


@dataclass
class Standing:
    """One return as it stands.

    every: all versions of its answers; moderations: all of them; evidence: all of it; oldest: the first day that
    evidence for the highest score may be from.
    """

    instrument: Instrument
    every: list[Answer]
    moderations: list[Moderation]
    evidence: list[Evidence]
    oldest: date

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answer that counts, by item."""
        return {row.item: row for row in sorted(self.every, key=lambda row: row.version)}

    @cached_property
    def moderated(self) -> dict[str, Moderation]:
        """The moderator's latest score, by item."""
        return {row.item: row for row in sorted(self.moderations, key=lambda row: row.number)}

    @cached_property
    def scores(self) -> Scores:
        return {item: row.score for item, row in self.answers.items()}

    @cached_property
    def moderated_scores(self) -> Scores:
        return {item: row.score for item, row in self.moderated.items()}

    @cached_property
    def asked(self) -> list[Item]:
        """Items that apply, given the answers so far."""
        return self.instrument.asked(self.scores)

    def asked_of(self, standard: Standard) -> list[Item]:
        return [item for item in standard.items if item in self.asked]

    def unanswered(self, items: Iterable[Item] | None = None) -> list[Item]:
        return [item for item in (self.asked if items is None else items) if item.key not in self.answers]

    def evidence_for(self, item: str) -> list[Evidence]:
        return [row for row in self.evidence if row.about == item]

    def recent_evidence(self, item: str) -> list[Evidence]:
        """Evidence new enough for the highest score."""
        return [row for row in self.evidence_for(item) if row.dated_on >= self.oldest]

    def without_evidence(self, items: Iterable[Item] | None = None) -> list[Item]:
        """Items whose score needs evidence that is not there, or is too old."""
        chosen = self.asked if items is None else items
        return [item for item in chosen if self._claims(item.key) and not self.recent_evidence(item.key)]

    def not_moderated(self) -> list[Item]:
        """Items whose present answer no moderator has scored."""
        return [item for item in self.asked if not self.is_moderated(item.key)]

    def is_moderated(self, item: str) -> bool:
        seen, answer = self.moderated.get(item), self.answers.get(item)
        return seen is not None and answer is not None and seen.answer_id == answer.pk

    def _claims(self, item: str) -> bool:
        answer = self.answers.get(item)
        return answer is not None and answer.score is not None and self.instrument.score(answer.score).needs_evidence


def instrument_of(record: Any) -> Instrument:
    """The version of the questions that a return or a cycle was opened with."""
    if not record.instrument_version:
        return versions(SECTION_11)[-1]
    return instrument_named(record.instrument, record.instrument_version)


def standing_of(matter: Any) -> Standing:
    """A return as it stands, from its matter; what a step has just added is seen. At most three queries."""
    every, steps = kept(matter, Answer), {step.pk: step for step in matter.steps}
    for row in every:
        if row.step_id in steps:
            row.step = steps[row.step_id]
    return Standing(
        instrument=instrument_of(matter.record),
        every=every,
        moderations=kept(matter, Moderation),
        evidence=kept(matter, Evidence),
        oldest=oldest_evidence(matter),
    )


def oldest_evidence(matter: Any) -> date:
    """The first day that evidence for the highest score may be from, by the partnership's own limit.

    Counted back from today, and from closing day once that has passed: a return does not go stale while it is read.
    """
    closes, today = matter.record.due_on, calendar.today()
    counted_from = min(closes, today) if closes else today
    return due(matter.rules(EVIDENCE_RULE, "", counted_from), counted_from).on


def evidence_wanted(instrument: Instrument, value: int, matter: Any) -> str:
    """ "3 Met and evidenced needs evidence dated in the last 24 months." """
    rule = matter.rules(EVIDENCE_RULE, "", calendar.today())
    return f"{instrument.score(value).label} needs evidence dated in the last {rule.amount}"


def numbered(items: Iterable[Item]) -> str:
    """Items by their keys: "4.2, 7.1 and 12.1"."""
    keys = [item.key for item in items]
    return " and ".join([", ".join(keys[:-1]), keys[-1]] if len(keys) > 1 else keys)


def why_not_complete(matter: Any) -> str:
    """Why the return cannot be signed or sent yet, naming the questions; empty where it can."""
    standing = standing_of(matter)
    if not standing.answers:
        return "No question is answered yet."
    left, bare = standing.unanswered(), standing.without_evidence()
    said = []
    if left:
        are = "question is" if len(left) == 1 else "questions are"
        said.append(f"{len(left)} {are} not answered yet: {numbered(left)}.")
    if bare:
        top = next(score.value for score in standing.instrument.scale if score.needs_evidence)
        said.append(f"{evidence_wanted(standing.instrument, top, matter)}: {numbered(bare)}.")
    return " ".join(said)


def answered_by(steps: Iterable[CaseStep], every: Iterable[Answer]) -> set[Any]:
    """Ids of the workers who gave any answer of a return."""
    made = {row.step_id for row in every}
    return {step.worker_id for step in steps if step.pk in made and step.worker_id}
