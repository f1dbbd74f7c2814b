"""Who may see what: the application's wall. PostgreSQL's wall is written separately, in migrations.

Every row read through a rule here is noted for the audit row of the request; with nobody bound as the reader, the
read fails.
"""

from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable

from sightline.people.actor import Actor, actor_for
from sightline.people.managers import SightQuerySet, register_sight
from sightline.people.models import Account, Person
from sightline.platform import audit
from sightline.platform.calendar import plain_date
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.roles import Reach, role_named

from .models import (
    Action,
    Case,
    CaseClock,
    CaseStep,
    CaseSubject,
    Circulation,
    HarmView,
    Involvement,
    Link,
    Meeting,
    Seat,
)


class WitnessedQuerySet(SightQuerySet):  # type: ignore[type-arg]
    """Notes the ids of the rows it yields, so that what was shown is what is audited.

    Whoever is shown a row within a case has been shown of that case, so it is the case's id that is noted.
    """

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and issubclass(self._iterable_class, ModelIterable) and self._result_cache:
            whose = Person if self.model is Person else Case
            for named in _NAMED_BY.get(self.model, ("case_id",)):
                audit.seen(whose._meta.label, map(attrgetter(named), self._result_cache))

    def iterator(self, chunk_size: int | None = None) -> Any:
        raise TypeError("Rows under sight are read whole, so that each is audited: page them instead.")


_NAMED_BY: dict[type[models.Model], tuple[str, ...]] = {
    Person: ("pk",),
    Case: ("pk",),
    Link: ("source_id", "target_id"),
    Seat: ("meeting.case_id",),
    HarmView: ("seat.meeting.case_id",),
}
"""What names the person or the case of a row; of every other model it is `case_id`."""


def witnessed(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    clone = rows.all()
    clone.__class__ = WitnessedQuerySet
    return clone


def as_actor(who: Actor | Account) -> Actor:
    return who if isinstance(who, Actor) else actor_for(who)


def _reach(actor: Actor, reach: Reach) -> list[Any]:
    return [held for held in actor.roles if role_named(held.role).reach is reach]


def _involved(actor: Actor, within: bool) -> Any:
    """Ids of cases in which the actor's agency, or the actor, has a live part.

    An agency that only sent a contact sees that there is a case, not what is `within` it.
    """
    agencies = {held.agency_id for held in _reach(actor, Reach.AGENCY) if held.agency_id}
    live = Involvement.objects.filter(ends_at__isnull=True)
    live = live.exclude(part="referrer") if within else live
    workers = {held.worker_id for held in actor.roles}  # whoever holds no role today sees nothing, owner or not
    return live.filter(Q(agency_id__in=agencies) | Q(worker_id__in=workers)).values("case_id")


def cases_of(actor: Actor, at: str = "") -> Q:
    """The condition on cases, or on rows within one that point at it by the lookup `at`."""
    prefix = f"{at}__" if at else ""
    partnerships = {held.partnership_id for held in _reach(actor, Reach.PARTNERSHIP)}
    governed = {held.partnership_id for held in _reach(actor, Reach.GOVERNANCE)}
    agencies = {held.agency_id for held in _reach(actor, Reach.AGENCY) if held.agency_id}
    own_returns = {held.agency_id for held in _reach(actor, Reach.RETURNS) if held.agency_id}
    party = Involvement.objects.filter(ends_at__isnull=True, agency_id__in=own_returns).values("case_id")
    return (
        Q(**{f"{prefix}partnership_id__in": partnerships, f"{prefix}concerns": "child"})
        | Q(**{f"{prefix}partnership_id__in": governed, f"{prefix}concerns": "partnership"})
        | Q(**{f"{prefix}answering_id__in": agencies})
        | Q(**{f"{prefix}answering_id__in": own_returns, f"{prefix}concerns": "partnership"})
        | Q(**{f"{prefix}id__in": party, f"{prefix}concerns": "partnership"})
        | Q(**{f"{prefix}id__in": _involved(actor, within=bool(at))})
    )


def see_cases(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    return witnessed(rows.filter(cases_of(as_actor(who))))


def see_persons(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Partnership-wide roles see persons their partnership holds; others those named in cases that they see."""
    actor = as_actor(who)
    partnerships = {held.partnership_id for held in _reach(actor, Reach.PARTNERSHIP)}
    in_my_cases = CaseSubject.objects.filter(cases_of(actor, "case"), person__isnull=False).values("person_id")
    return witnessed(rows.filter(Q(partnership_id__in=partnerships) | Q(pk__in=in_my_cases)))


def _through(lookup: str) -> Any:
    between = lookup.removesuffix("case").removesuffix("__")

    def rule(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
        seen = rows.filter(cases_of(as_actor(who), lookup))
        return witnessed(seen.select_related(between) if between else seen)

    return rule


through_case = _through("case")


def see_links(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Links of which either end is seen within."""
    actor = as_actor(who)
    return witnessed(rows.filter(cases_of(actor, "source") | cases_of(actor, "target")))


def see_steps(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Steps within the cases an actor sees, and those that their own agency took."""
    actor = as_actor(who)
    own = {held.agency_id for held in _reach(actor, Reach.AGENCY) if held.agency_id}
    return witnessed(rows.filter(cases_of(actor, "case") | Q(agency_id__in=own)))


def register() -> None:
    """Called once at start-up, when every process has been declared."""
    register_sight(Case, see_cases)
    register_sight(Person, see_persons)
    register_sight(CaseStep, see_steps)
    for model in (CaseClock, CaseSubject, Involvement, Meeting, Circulation, Action):
        register_sight(model, through_case)
    register_sight(Link, see_links)
    register_sight(Seat, _through("meeting__case"))
    register_sight(HarmView, _through("seat__meeting__case"))
    for process in PROCESSES.values():
        register_sight(process.record, through_case)


def why_seen(case: Case, who: Actor | Account) -> str:
    """One sentence for the page: why this person can see this case. Call only for a case that they can see."""
    actor = as_actor(who)
    wide = Reach.PARTNERSHIP if case.concerns == "child" else Reach.GOVERNANCE
    for held in _reach(actor, wide):
        if held.partnership_id == case.partnership_id:
            return f"You can see this because you are {role_named(held.role).holder}{_until(held)}."
    if case.answering_id in {held.agency_id for held in actor.roles}:
        return "You can see this because your agency was asked about it."
    part = Involvement.objects.filter(case=case, ends_at__isnull=True).filter(
        Q(agency_id__in={held.agency_id for held in actor.roles}) | Q(worker=actor.worker)
    )
    first = part.order_by("starts_at").first()
    return f"You can see this because: {first.basis[:1].lower()}{first.basis[1:]}." if first else ""


def _until(held: Any) -> str:
    return f" until {plain_date(held.valid_to)}" if held.valid_to else ""
