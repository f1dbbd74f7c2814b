"""Recommendations as lists and documents read them: each with its source, addressees, actions, evidence and limits.

Everything is read through sight, in a number of queries that does not grow with the number of recommendations.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from sightline.engine.models import Action, Case, CaseClock, Link
from sightline.parts.models import Evidence
from sightline.people.actor import Actor
from sightline.people.directory import with_agencies
from sightline.people.models import Partnership
from sightline.platform import calendar

from .addressees import Addressee
from .impact import shows_a_difference, work_done_on
from .recommendation_record import RecommendationRecord
from .source_document import SourceDocumentRecord
from .states import STATUS, Status

ACTION = "action"


@dataclass
class Followed:
    """One recommendation with what is read of it in lists and documents.

    document: the record of its source document, None where it comes from a figure. due_on: the day of the running
    limit that ends first. same_as: references of those that say the same.
    """

    case: Case
    record: RecommendationRecord
    document: SourceDocumentRecord | None = None
    addressees: list[Addressee] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    clocks: list[CaseClock] = field(default_factory=list)
    same_as: list[Case] = field(default_factory=list)

    @property
    def status(self) -> Status:
        return STATUS[self.case.stage]

    @property
    def source_words(self) -> str:
        """Whose words they are: "Inspection report 2025, paragraph 14", or the figure and its period."""
        if self.record.source_id and not self.document:
            return "A document that you do not see"
        if self.document:
            where = f", {self.record.paragraph}" if self.record.paragraph else ""
            return f"{self.document.title}{where}"
        return f"{self.record.figure_name}, {self.record.figure_period}"

    @property
    def open_actions(self) -> list[Action]:
        return [action for action in self.actions if not (action.done_at or action.dropped)]

    @property
    def overdue_actions(self) -> list[Action]:
        today = calendar.today()
        return [action for action in self.open_actions if action.due_on < today]

    @property
    def next_day(self) -> tuple[date, str] | None:
        """The earliest day that is running, and the key of its clock or "action"."""
        days = [(calendar.local_date(clock.due_at), clock.key) for clock in self.clocks]
        return min([*days, *((action.due_on, ACTION) for action in self.open_actions)], default=None)

    @property
    def overdue(self) -> bool:
        """Whether an action or a limit of it has passed its day."""
        return self.next_day is not None and self.next_day[0] < calendar.today()

    @property
    def done_on(self) -> date | None:
        """The day the work was done, after which evidence can show a difference."""
        return work_done_on(self.record, self.actions)

    @property
    def showing_impact(self) -> list[Evidence]:
        """Evidence that shows a difference: of a kind that can, graded so, and from after the work was done."""
        since, outcomes = self.done_on, [row for row in self.evidence if row.grade == Evidence.Grade.OUTCOME]
        return [row for row in outcomes if shows_a_difference(row.kind, row.dated_on, since)]


def recommendations(actor: Actor, partnership: Partnership | None = None, where: Q | None = None) -> list[Followed]:
    """Those that this person sees, newest first. `where`: a condition on the record."""
    rows = (
        RecommendationRecord.visible_to(actor).filter(where or Q()).select_related("case__partnership", "case__owner")
    )
    if partnership:
        rows = rows.filter(case__partnership=partnership)
    found = {row.pk: Followed(row.case, row) for row in rows.order_by("-case__opened_at", "case__reference")}
    _fill(actor, found)
    return list(found.values())


def _fill(actor: Actor, found: dict[UUID, Followed]) -> None:
    documents = _documents(actor, {one.record.source_id for one in found.values()} - {None})
    for one in found.values():
        one.document = documents.get(one.record.source_id)
    of_these: dict[str, Any] = {"case__in": list(found)}
    lists = (
        (Addressee.visible_to(actor).filter(**of_these), "addressees"),
        (Action.visible_to(actor).filter(**of_these), "actions"),
        (Evidence.visible_to(actor).filter(**of_these), "evidence"),
        (CaseClock.visible_to(actor).filter(**of_these, stopped_at__isnull=True), "clocks"),
    )
    rows: list[tuple[list[Any], str]] = [(list(query), name) for query, name in lists]
    with_agencies(*(several for several, name in rows if name in ("addressees", "actions")))
    for several, name in rows:
        for row in several:
            getattr(found[row.case_id], name).append(row)
    for case_id, others in _same(actor, found).items():
        found[case_id].same_as = others


def _documents(actor: Actor, ids: Iterable[Any]) -> dict[Any, SourceDocumentRecord]:
    """Documents by the id of their case. Whoever is addressed by a recommendation is told its source's name."""
    wanted = list(ids)
    seen = SourceDocumentRecord.visible_to(actor).filter(pk__in=wanted).select_related("case")
    return {row.pk: row for row in seen}


def _same(actor: Actor, found: dict[UUID, Followed]) -> dict[UUID, list[Case]]:
    either = Q(source__in=list(found)) | Q(target__in=list(found))
    links = Link.visible_to(actor).filter(either, kind="duplicates").select_related("source", "target")
    same: dict[UUID, list[Case]] = defaultdict(list)
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if one.pk in found and other not in same[one.pk]:
                same[one.pk].append(other)
    return same


def of_case(actor: Actor, case_id: UUID) -> Followed | None:
    """One recommendation, where this person sees it."""
    return next(iter(recommendations(actor, where=Q(pk=case_id))), None)


def of_document(actor: Actor, case_id: UUID) -> list[Followed]:
    """Every recommendation of one source document."""
    return recommendations(actor, where=Q(source=case_id))
