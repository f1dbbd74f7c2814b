"""Whom does a notice reach today? The worker it names, or whoever holds its role, or those who answer for an agency."""

from django.db.models import Q

from sightline.people.actor import Actor
from sightline.people.models import Account, RoleHeld
from sightline.platform import calendar
from sightline.platform.notices import Recipient
from sightline.platform.notices.inbox import Hat
from sightline.platform.notices.models import Notice
from sightline.vocabulary.roles import (
    AGENCY_DECISION_MAKER,
    AGENCY_LEAD,
    ASSURANCE_LEAD,
    TEAM_MANAGER,
    role_named,
)

ANSWERS_FOR_AN_AGENCY = (AGENCY_LEAD.key, AGENCY_DECISION_MAKER.key)


def recipients(notice: Notice) -> list[Recipient]:
    """Live accounts of people: never the service's own. Deputies are reached with those whom they cover."""
    if notice.worker_id:
        return _reached(Q(worker_id=notice.worker_id))
    if notice.role:
        return _holding(notice, [notice.role])
    if notice.concerns == "partnership":
        return _holding(notice, [ASSURANCE_LEAD.key]) or _holding(notice, [AGENCY_LEAD.key])
    # The council, whose social workers all hold roles of their own, has team managers in place of a lead.
    return _holding(notice, ANSWERS_FOR_AN_AGENCY) or _holding(notice, [TEAM_MANAGER.key])


def hats_of(actor: Actor) -> list[Hat]:
    """The roles held today, as the inbox asks for them."""
    return [(held.role, held.agency_id, held.partnership_id, role_named(held.role).told_of) for held in actor.roles]


def _holding(notice: Notice, roles: list[str] | tuple[str, ...]) -> list[Recipient]:
    held = RoleHeld.objects.on(calendar.today()).filter(partnership_id=notice.partnership_id, role__in=roles)
    if notice.agency_id:
        held = held.filter(agency_id=notice.agency_id)
    return _reached(Q(worker_id__in=held.values("worker_id")))


def _reached(of: Q) -> list[Recipient]:
    people = Account.objects.filter(of, kind=Account.Kind.PERSON, is_active=True).select_related("worker")
    return [Recipient(one.pk, one.email or (one.worker.email if one.worker else "")) for one in people.order_by("id")]
