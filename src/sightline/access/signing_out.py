"""Signing a colleague out everywhere, when their telephone is stolen, and closing an account when they have left.

Who may: managers, of their own agency's people; information governance, of everybody's in the partnership. Nobody here
opens an account again: that is `sightline account reset`, done with whoever it belongs to.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sightline.people import accounts
from sightline.people.actor import Actor
from sightline.people.models import Account, RoleHeld
from sightline.platform import calendar

from .oversight_rules import SIGNS_OUT_ANYWHERE, SIGNS_OUT_OWN_AGENCY


def signs_others_out(actor: Actor) -> bool:
    """Whether this person may sign anybody else out."""
    return any(held.role in SIGNS_OUT_OWN_AGENCY | SIGNS_OUT_ANYWHERE for held in actor.roles)


def others(actor: Actor) -> list[Account]:
    """Open accounts that this person may sign out, by family name; never their own. One query."""
    theirs = Q(pk__in=())
    for held in actor.roles:
        if held.role in SIGNS_OUT_ANYWHERE:
            theirs |= Q(partnership=held.partnership_id)
        elif held.role in SIGNS_OUT_OWN_AGENCY and held.agency_id:
            theirs |= Q(partnership=held.partnership_id, agency=held.agency_id)
    workers = RoleHeld.objects.on(calendar.today()).filter(theirs).exclude(worker=actor.worker).values("worker")
    found = Account.objects.filter(worker__in=workers, is_active=True, kind=Account.Kind.PERSON)
    return list(found.select_related("worker").order_by("worker__family_name", "worker__given_name", "username"))


def sign_out(actor: Actor, account_id: UUID, *, close: bool) -> int:
    """End every session of a colleague's account, and close it where asked; gives how many sessions that ended.

    Raises LookupError where it is no account for this person to end.
    """
    account = next((one for one in others(actor) if one.pk == account_id), None)
    if account is None:
        raise LookupError("There is no such account for you to sign out.")
    with transaction.atomic():
        return accounts.close(account) if close else accounts.end_sessions(account)
