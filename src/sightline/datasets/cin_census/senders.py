"""Whose census is it, and in whose name is it loaded? A council of the installation, in one of its partnerships."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sightline.people.actor import Actor
from sightline.people.models import Account, Agency, Partnership, PartnershipMembership, RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.roles import CLOCKWORK, DATA_ANALYST

COUNCIL_KIND = "csc"


class NoSuchSender(Exception):
    """The census cannot be told to whom it belongs, or nobody may load it there. The message says what to do."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def sender_named(text: str) -> Agency:
    """The council with this key or name, now or earlier. Raises NoSuchSender, naming those that there are."""
    councils = Agency.objects.filter(kind=COUNCIL_KIND).prefetch_related("names")
    wanted = " ".join(text.split()).casefold()
    for council in councils:
        if wanted in {council.key.casefold(), *(name.name.casefold() for name in council.names.all())}:
            return council
    known = " or ".join(f"“{council.name}” ({council.key})" for council in councils)
    raise NoSuchSender(
        "sender.unknown",
        f"“{text}” is not a council in this installation. A census comes from "
        f"{known or 'a council, and none has been set up yet'}. Name it by name or key.",
    )


def partnership_of(council: Agency, actor: Actor | None) -> Partnership:
    """The partnership that the census is for: of those that the council is in, the one where `actor` has figures.

    Raises NoSuchSender where there is none, or more than one.
    """
    member = PartnershipMembership.objects.on(calendar.today()).filter(agency=council).values("partnership_id")
    found = Partnership.objects.filter(id__in=member)
    if actor is not None:
        analyst = {held.partnership_id for held in actor.roles if held.role == DATA_ANALYST.key}
        found = found.filter(id__in=analyst)
    match list(found):
        case [only]:
            return only
        case []:
            raise NoSuchSender("sender.partnership", _nowhere(council, actor))
        case several:
            raise NoSuchSender("sender.partnership", _more_than_one(council, several))


def _nowhere(council: Agency, actor: Actor | None) -> str:
    if actor is None:
        return f"{council.name} is in no partnership today. Add it to one, then load the census again."
    return (
        f"A census holds rows about children. Only whoever holds the role “{DATA_ANALYST.name}” in a partnership of "
        f"{council.name} may load one. Ask them to, or ask for the role."
    )


def _more_than_one(council: Agency, several: Collection[Partnership]) -> str:
    names = " and ".join(partnership.name for partnership in several)
    return f"{council.name} is in {names}, so we cannot tell whose figures these are. Have an analyst of one upload it."


def loads_as(partnership: Partnership, actor: Actor | None) -> UUID:
    """The account in whose name the census is saved: the actor's, else that of scheduled work. Raises NoSuchSender."""
    if actor is not None:
        return actor.account.pk
    holders = RoleHeld.objects.on(calendar.today()).filter(role=CLOCKWORK.key, partnership=partnership)
    service = Account.objects.filter(
        kind=Account.Kind.SERVICE, is_active=True, worker_id__in=holders.values("worker_id")
    ).first()
    if service is None:
        raise NoSuchSender(
            "sender.no_account",
            f"Nobody holds the role “{CLOCKWORK.name}” in {partnership.name}, in whose name the command line loads. "
            f"Make a service account with that role, or have an analyst upload the file.",
        )
    return service.pk
