"""The learning chain as other pages and documents ask for it: from finding to figure, and back."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from sightline.engine.models import Action, Case, Link
from sightline.parts.models import Evidence
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.vocabulary.roles import Reach, role_named

from .counts import CountCheck, Counted, count_checks
from .followed import Followed, of_case, of_document, recommendations
from .recommendation import Recommendation
from .source_document import SourceDocument, SourceDocumentRecord
from .states import WITHOUT_IMPACT, Status

__all__ = [
    "CountCheck",
    "Counted",
    "Followed",
    "FromSource",
    "by_source",
    "count_checks",
    "meetings_that_took",
    "of_case",
    "of_document",
    "overdue_actions_by_agency",
    "recommendations",
    "recommendations_citing",
    "without_impact",
]


@dataclass(frozen=True)
class FromSource:
    """One source with all that is followed of it. `document` is None for those that come from figures."""

    title: str
    document: SourceDocumentRecord | None
    recommendations: tuple[Followed, ...]
    count: CountCheck | None

    @property
    def not_evidenced(self) -> tuple[Followed, ...]:
        """Accepted, and no difference for children shown yet."""
        return tuple(one for one in self.recommendations if one.status in WITHOUT_IMPACT)


def without_impact(actor: Actor) -> list[Followed]:
    """Done, and no difference for children shown yet; the longest done first."""
    found = [one for one in recommendations(actor) if one.status is Status.DONE]
    return sorted(found, key=lambda one: one.done_on or calendar.today())


def overdue_actions_by_agency(actor: Actor) -> list[tuple[str, list[Action]]]:
    """Agency and its actions on recommendations that are past their day, the longest overdue first."""
    late = sorted((action for one in recommendations(actor) for action in one.overdue_actions), key=lambda a: a.due_on)
    found: dict[str, list[Action]] = defaultdict(list)
    for action in late:
        found[action.agency.name].append(action)
    return list(found.items())


def recommendations_citing(indicator_key: str, actor: Actor) -> list[Followed]:
    """Those that come from a figure of this indicator, or whose evidence cites one."""
    cites = Evidence.visible_to(actor).filter(figure__startswith=f"{indicator_key}:").values("case_id")
    return recommendations(actor, where=Q(figure_indicator=indicator_key) | Q(pk__in=cites))


def by_source(actor: Actor, partnership: Partnership) -> list[FromSource]:
    """Every source with its recommendations, the newest document first and those from figures last.

    A document of which nothing is entered yet is there too, and one withdrawn of which something was. What was entered
    in error is left out. Counts only for those who see all of it: an agency sees what is addressed to it, and nothing
    that could be counted.
    """
    found: dict[Any, list[Followed]] = defaultdict(list)
    for one in recommendations(actor, partnership):
        if one.status is not Status.IN_ERROR:
            found[one.record.source_id].append(one)
    wanted = Q(case__stage=SourceDocument.held.key) | Q(pk__in=[source for source in found if source])
    documents = SourceDocumentRecord.visible_to(actor).filter(wanted, case__partnership=partnership)
    ordered = list(documents.select_related("case").order_by("-published_on", "case__opened_at"))
    counts = count_checks(actor, ordered, found) if _sees_all(actor, partnership) else {}
    rows = [FromSource(row.title, row, tuple(_in_order(found[row.pk])), counts.get(row.pk)) for row in ordered]
    there = {row.pk for row in ordered}
    rest = [one for source, several in found.items() if source not in there for one in several]
    return [*rows, *([FromSource("From figures", None, tuple(_in_order(rest)), None)] if rest else [])]


def _sees_all(actor: Actor, partnership: Partnership) -> bool:
    held = [one for one in actor.roles if one.partnership_id == partnership.pk]
    return any(role_named(one.role).reach is Reach.GOVERNANCE for one in held)


def _in_order(several: list[Followed]) -> list[Followed]:
    return sorted(several, key=lambda one: (one.case.opened_at, one.case.reference))


def meetings_that_took(actor: Actor, case: Case) -> list[Case]:
    """Other matters tied to this one that are neither its document nor another recommendation: meetings, above all."""
    links = Link.visible_to(actor).filter(Q(source=case) | Q(target=case)).select_related("source", "target")
    ends = [link.target if link.source_id == case.pk else link.source for link in links]
    ids = {end.pk for end in ends if end.process not in (SourceDocument.key, Recommendation.key)}
    return list(Case.visible_to(actor).filter(pk__in=ids).order_by("opened_at"))
