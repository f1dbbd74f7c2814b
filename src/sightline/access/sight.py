"""Which rows may somebody see? The application's wall, as conditions on whole tables; PostgreSQL's stands apart.

Every row read through a rule here is noted for the audit row of the request; with nobody bound as the reader, the
read fails.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.query import ModelIterable

from sightline.engine.models import (
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
from sightline.people.actor import Actor, actor_for
from sightline.people.managers import SightQuerySet, register_sight
from sightline.people.models import Account, Person
from sightline.platform import audit, calendar
from sightline.vocabulary.compartments import compartments_of, tiers_of
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.roles import Reach, role_named

from .models import Glass
from .once_a_page import Keys, looked_up

Tier = Case.Tier
ONLY_TOLD = "referrer"
"""The part by which an agency sees that there is a case and what it told, not what is within; any other is in it."""
NOTHING = Q(pk__in=[])
CLOSE_TO = """
select kept from wall_kept_persons() kept where (select sightline_whoami()) = %s
union select person_id from access_interest where worker_id = %s and cleared_at is null and person_id is not null"""
KEPT_FROM = """
select kept from wall_kept_cases() kept where (select sightline_whoami()) = %s
union select subject.case_id from access_interest interest
join engine_casesubject subject on subject.person_id = interest.person_id or subject.id = interest.subject_id
where interest.worker_id = %s and interest.cleared_at is null"""
"""Nobody may read the rows that close a record to them, so the one who asks is told the keys by a function with the
owner's rights. Of somebody else (who may agree to a file?) they are read from the rows, as whoever asks sees them.
"""
OPEN_TO_AGENCIES = (Tier.OPEN, Tier.TEAM)
"""Tiers in which an agency sees what it is asked, or has a part in. Closer ones are for those named in person."""


class WitnessedQuerySet(SightQuerySet[Any]):
    """Notes the ids of the rows it yields, so that what was shown is what is audited.

    Whoever is shown a row within a case has been shown of that case, so it is the case's id that is noted.
    """

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and issubclass(self._iterable_class, ModelIterable) and self._result_cache:
            whose = Person if self.model is Person else Case
            for named in _NAMED_BY.get(self.model, ("case_id",)):
                if keys := set(map(attrgetter(named), self._result_cache)) - {None}:
                    audit.seen(whose._meta.label, keys)
            audit.read_whole(self._whole(whose))

    def _whole(self, whose: type[models.Model]) -> Iterator[models.Model]:
        """The cases or persons themselves, where they came with the rows."""
        if self.model is whose:
            return iter(self._result_cache or ())
        came = (row._state.fields_cache.get("case") for row in self._result_cache or ())
        return (case for case in came if case is not None)

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


def _agencies(actor: Actor, reach: Reach) -> set[Any]:
    return {held.agency_id for held in _reach(actor, reach) if held.agency_id}


def answers_for(actor: Actor, concerns: str) -> set[Any]:
    """Ids of the agencies for which the actor answers in what concerns a child, or the partnership."""
    found = _agencies(actor, Reach.AGENCY)
    return found | _agencies(actor, Reach.RETURNS) if concerns == "partnership" else found


def live_parts(actor: Actor) -> Q:
    """The condition on involvements: a part that the actor or their agency has in a case now.

    It ends by itself at its time. Whoever holds no role today has none, owner or not.
    """
    return running() & (Q(agency_id__in=_agencies(actor, Reach.AGENCY)) | _own(actor))


def parts_that_show(actor: Actor) -> Q:
    """Live parts by which the actor sees their case: an agency's only where the case is open to agencies."""
    return live_parts(actor) & (Q(case__tier__in=OPEN_TO_AGENCIES) | _own(actor))


def _own(actor: Actor) -> Q:
    return Q(worker_id__in={held.worker_id for held in actor.roles})


def running() -> Q:
    """The condition on involvements in force now."""
    now = calendar.now()
    return Q(starts_at__lte=now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))


def _party(actor: Actor, case: str, within: bool) -> Q:
    """Whether an agency of the actor's has a live part in the case whose id has this name in the query.

    An agency that only sent a contact sees that there is a case, not what is `within` it. Its parts may be thousands:
    asked for case by case, PostgreSQL reads those of a few by an index, and of a long list all of them at once.
    """
    parts = Involvement.objects.filter(running(), agency_id__in=_agencies(actor, Reach.AGENCY), case_id=OuterRef(case))
    return Q(Exists(parts.exclude(part=ONLY_TOLD) if within else parts))


def _named(actor: Actor) -> Any:
    """Ids of cases in which the actor in person has a live part."""
    return Involvement.objects.filter(running(), _own(actor)).values("case_id")


def opened_by_glass(actor: Actor) -> models.QuerySet[Glass]:
    """By what the actor sees cases for a time without a part in them, while they hold a role in that partnership."""
    now, here = calendar.now(), {held.partnership_id for held in actor.roles}
    return Glass.objects.filter(account=actor.account, partnership_id__in=here, opened_at__lte=now, ends_at__gt=now)


def seen_through_glass(actor: Actor) -> Any:
    """Ids of those cases: within a page a set, outside one the query for it."""
    return looked_up("glass", actor.account.pk, lambda: opened_by_glass(actor).values_list("case_id", flat=True))


def _close_to(actor: Actor) -> Any:
    """Ids of persons whom the actor is, or is close to."""
    return looked_up("close to", actor.account.pk, lambda: _keys(CLOSE_TO, actor))


def kept_from(actor: Actor) -> Any:
    """Ids of cases about somebody whom the actor is, or is close to, and of what came of those told of as such."""
    return looked_up("kept from", actor.account.pk, lambda: _keys(KEPT_FROM, actor))


def _keys(statement: str, actor: Actor) -> Keys:
    return Keys(statement, [actor.account.pk, actor.worker.pk if actor.worker else None])


def _by_role(actor: Actor, prefix: str) -> Q:
    """Cases that the actor's roles read by themselves: those of their compartments, in their tiers."""
    found = NOTHING
    for held in actor.roles:
        found |= Q(
            **{
                f"{prefix}partnership_id": held.partnership_id,
                f"{prefix}compartment__in": compartments_of(held.role),
                f"{prefix}tier__in": tiers_of(held.role),
            }
        )
    return found


def cases_of(actor: Actor, at: str = "", *, within: bool | None = None) -> Q:
    """The condition on cases, or on rows that point at one by the lookup `at` (then those `within` it, unless said).

    Role x live part x tier, less any conflict of interest. A restricted or sealed case is for those named in person.
    """
    prefix, within = f"{at}__" if at else "", bool(at) if within is None else within
    own_returns = _agencies(actor, Reach.RETURNS)
    returned = Involvement.objects.filter(running(), agency_id__in=own_returns).values("case_id")
    by_agency = (
        Q(**{f"{prefix}answering_id__in": _agencies(actor, Reach.AGENCY)})
        | Q(**{f"{prefix}answering_id__in": own_returns, f"{prefix}concerns": "partnership"})
        | Q(**{f"{prefix}id__in": returned, f"{prefix}concerns": "partnership"})
        | _party(actor, f"{prefix}id", within)
    )
    held_open = Q(**{f"{prefix}tier__in": OPEN_TO_AGENCIES})
    glass = Q(**{f"{prefix}id__in": seen_through_glass(actor)}) & ~Q(**{f"{prefix}tier": Tier.SEALED})
    named = Q(**{f"{prefix}id__in": _named(actor)})
    return (_by_role(actor, prefix) | (by_agency & held_open) | glass | named) & ~Q(
        **{f"{prefix}id__in": kept_from(actor)}
    )


def see_cases(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    return witnessed(rows.filter(cases_of(as_actor(who))))


def see_persons(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Partnership-wide roles see persons their partnership holds; of others, those in cases they see."""
    actor = as_actor(who)
    partnerships = {held.partnership_id for held in _reach(actor, Reach.PARTNERSHIP)}
    in_my_cases = CaseSubject.objects.filter(cases_of(actor, "case")).values("person_id")
    held = Q(partnership_id__in=partnerships, sealed=False)
    return witnessed(rows.filter(held | Q(pk__in=in_my_cases)).exclude(pk__in=_close_to(actor)))


def _through(lookup: str) -> Any:
    between = lookup.removesuffix("case").removesuffix("__")

    def rule(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
        seen = rows.filter(cases_of(as_actor(who), lookup))
        return witnessed(seen.select_related(between) if between else seen)

    return rule


through_case = _through("case")


def see_links(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Links of which both ends are seen within, or one where neither is sealed."""
    actor = as_actor(who)
    seen = _one_if(cases_of(actor, "source")) + _one_if(cases_of(actor, "target"))
    unsealed = _one_if(~Q(source__tier=Tier.SEALED) & ~Q(target__tier=Tier.SEALED))
    return witnessed(rows.alias(ends=seen + unsealed).filter(ends__gt=1))


def _one_if(condition: Q) -> models.Case:
    """In a sum a condition stands once; as conditions on each other these would stand several times in the query."""
    return models.Case(models.When(condition, then=1), default=0)


def see_steps(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Steps within the cases an actor sees, and those that their own agency took."""
    actor = as_actor(who)
    mine = Q(agency_id__in=_agencies(actor, Reach.AGENCY)) & cases_of(actor, "case", within=False)
    return witnessed(rows.filter(cases_of(actor, "case") | mine))


def see_own_glasses(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """What the actor opened for a time. What others opened is for the reviewers (`access/reviewing.py`)."""
    return witnessed(rows.filter(account=as_actor(who).account))


def register() -> None:
    """Called once at start-up, when every process has been declared."""
    register_sight(Case, see_cases)
    register_sight(Person, see_persons)
    register_sight(CaseStep, see_steps)
    for model in (CaseClock, CaseSubject, Involvement, Meeting, Circulation, Action):
        register_sight(model, through_case)
    register_sight(Link, see_links)
    register_sight(Glass, see_own_glasses)
    register_sight(Seat, _through("meeting__case"))
    register_sight(HarmView, _through("seat__meeting__case"))
    for process in PROCESSES.values():
        register_sight(process.record, through_case)
