"""Who may read the registers: whoever governs or works for the whole partnership; an agency its own groups."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from sightline.access.sight import as_actor
from sightline.people.actor import Actor
from sightline.people.managers import register_sight
from sightline.people.models import Account, GroupMembership
from sightline.platform import calendar
from sightline.platform.settings.models import LocalLimit
from sightline.vocabulary.register import Register
from sightline.vocabulary.roles import Reach, role_named

from .groups import GroupLife
from .priorities import Priority
from .targets import Target
from .terms import TermsOfReference

WIDE = (Reach.GOVERNANCE, Reach.PARTNERSHIP)


def _partnerships(actor: Actor) -> set[Any]:
    return {held.partnership_id for held in actor.roles if role_named(held.role).reach in WIDE}


def _groups(actor: Actor) -> Any:
    """Groups on which the actor, or the actor's agency, sits today."""
    agencies = {held.agency_id for held in actor.roles if held.agency_id}
    workers = {held.worker_id for held in actor.roles}
    seats = GroupMembership.objects.on(calendar.today())
    return seats.filter(Q(agency_id__in=agencies) | Q(worker_id__in=workers)).values("group_id")


def see_groups(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    actor = as_actor(who)
    return rows.filter(Q(partnership_id__in=_partnerships(actor)) | Q(group_id__in=_groups(actor)))


def see_partnership_s(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    return rows.filter(partnership_id__in=_partnerships(as_actor(who)))


def see_limits(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    actor = as_actor(who)
    mine = _partnerships(actor)
    return rows.filter(
        partnership_key__in=_keys(held.partnership for held in actor.roles if held.partnership_id in mine)
    )


def _keys(partnerships: Iterable[Any]) -> set[str]:
    return {partnership.key for partnership in partnerships}


def may_read(declared: type[Register], actor: Actor) -> bool:
    """Whether the register has a page for this reader: an agency reads of the groups on which it sits."""
    if _partnerships(actor):
        return True
    return declared.entry in (GroupLife, TermsOfReference) and _groups(actor).exists()


def register() -> None:
    """Called once at start-up."""
    register_sight(GroupLife, see_groups)
    register_sight(TermsOfReference, see_groups)
    register_sight(Priority, see_partnership_s)
    register_sight(Target, see_partnership_s)
    register_sight(LocalLimit, see_limits)
