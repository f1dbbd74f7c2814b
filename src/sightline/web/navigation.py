"""What the navigation offers to whom: at most six places, only those that a role has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from sightline.vocabulary import roles

type WorkCounter = Callable[[Any], int]
"""`count(actor) -> int`: how many things wait for this person."""

_FRONT_DOOR = {
    roles.CONTACT_OFFICER.key,
    roles.FRONT_DOOR_WORKER.key,
    roles.EMERGENCY_DUTY_WORKER.key,
    roles.FRONT_DOOR_MANAGER.key,
    roles.SERVICE_MANAGER.key,
    roles.BUSINESS_SUPPORT.key,
}
_MEETINGS = _FRONT_DOOR | {
    roles.TEAM_MANAGER.key,
    roles.LEAD_WORKER.key,
    roles.AGENCY_DECISION_MAKER.key,
    roles.AGENCY_LEAD.key,
}
_GOVERNING = {key for key, role in roles.ROLES.items() if role.reach is roles.Reach.GOVERNANCE}
_REFERRERS = {roles.AGENCY_LEAD.key}
_RETURNS = {
    *(roles.SUPPORT_HUB.key, roles.MODERATOR.key, roles.SAFEGUARDING_PARTNER.key, roles.LEAD_PARTNER.key),
    *(roles.SCRUTINEER.key, roles.AGENCY_LEAD.key, roles.ASSURANCE_LEAD.key, roles.AGENCY_SIGNATORY.key),
}
_SCORECARD = _GOVERNING | {roles.FRONT_DOOR_MANAGER.key, roles.SERVICE_MANAGER.key}
_OVERSIGHT = {roles.INFORMATION_GOVERNANCE.key}
_FILES = {roles.DATA_ANALYST.key}
_EVERYBODY = set(roles.ROLES)


@dataclass(frozen=True)
class Place:
    """An entry of the navigation: its words, the name of its address and the roles that have it."""

    key: str
    words: str
    address: str
    roles: frozenset[str]


PLACES = (
    Place("work", "Work", "work", frozenset(_EVERYBODY)),
    Place("front-door", "Front door", "front-door", frozenset(_FRONT_DOOR)),
    Place("concern", "Send a concern", "professional-concern", frozenset(_REFERRERS)),
    Place("figures", "Scorecard", "scorecard", frozenset(_SCORECARD)),
    Place("recommendations", "Recommendations", "recommendations", frozenset(_GOVERNING)),
    Place("meetings", "Meetings", "meetings", frozenset(_GOVERNING)),
    Place("section-11", "Section 11", "section-11", frozenset(_RETURNS)),
    Place("returns", "Files of figures", "returns", frozenset(_FILES)),
    Place("oversight", "How records are opened", "oversight", frozenset(_OVERSIGHT)),
    Place("statements", "Statements", "statements", frozenset(_GOVERNING)),
    Place("figures", "Figures", "published-figures", frozenset(_EVERYBODY - _SCORECARD)),
    Place("search", "Find a person", "search", frozenset(_MEETINGS)),
)


class _Counter:
    """The one counter of waiting work; the worklist page gives it."""

    count: WorkCounter | None = None


def count_work_with(counter: WorkCounter) -> None:
    """Say how the number beside "Work" is worked out."""
    _Counter.count = staticmethod(counter)


def work_waiting(actor: Any) -> int:
    """The number beside "Work"; 0 shows none."""
    return _Counter.count(actor) if _Counter.count else 0


def places_for(role_keys: Iterable[str]) -> list[tuple[Place, str]]:
    """The places that any of these roles has, each with its address."""
    held = set(role_keys)
    found = []
    for place in PLACES:
        address = _address(place.address)
        if address and held & place.roles:
            found.append((place, address))
    return found


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
