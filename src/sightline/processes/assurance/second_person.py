"""A return is signed by somebody who gave none of its answers, and moderated by somebody from another agency."""

from typing import Any

from sightline.engine.refusals import NotAllowed
from sightline.instruments.standing import answered_by, standing_of
from sightline.people.actor import Actor
from sightline.people.membership import holders, holders_at
from sightline.platform import calendar
from sightline.vocabulary import roles


def by_a_second_person(deed: Any) -> None:
    """Whoever gave any of the answers may not sign them, whatever other role they hold."""
    matter, worker = deed.matter, deed.by.worker
    if worker is None or worker.pk not in answered_by(matter.steps, standing_of(matter).every):
        return
    raise NotAllowed(deed.step.label[:1].lower() + deed.step.label[1:], someone_else_signs(matter, worker.pk))


def someone_else_signs(matter: Any, worker_id: Any) -> str:
    """Who can sign in place of a worker who answered, by name where the agency has anybody."""
    agency = matter.case.answering
    found = holders_at(agency, matter.case.partnership, [roles.AGENCY_SIGNATORY.key], calendar.today())
    others = [f"{one}, {one.job_title}".removesuffix(", ") for one in found if one.pk != worker_id]
    if others:
        return f"You answered this, so someone else has to sign it: {' or '.join(others)}."
    return f"You answered this, so someone else has to sign it. Nobody else at {agency.name} holds that role today."


def by_another_agency(deed: Any) -> None:
    """Nobody moderates the return of the agency that they work for."""
    why = works_for(deed.case, deed.by)
    if why:
        raise NotAllowed("moderate this return", why, (roles.MODERATOR.name, roles.SUPPORT_HUB.name))


def works_for(case: Any, actor: Actor) -> str:
    """Why this moderator may not moderate the return: it is their own agency's. Empty where it is not."""
    agencies = {held.agency_id for held in actor.roles if held.role == roles.MODERATOR.key}
    if case.answering_id not in agencies:
        return ""
    return f"You work for {case.answering.name}, so somebody from another agency has to moderate it."


def there_is_a_moderator(matter: Any) -> str:
    """Who moderates in place of the Support Hub; empty where nobody does but the agency's own staff."""
    case = matter.case
    if case._state.adding:
        return ""
    here = holders(case.partnership, [roles.MODERATOR.key], calendar.today())
    own = holders_at(case.answering, case.partnership, [roles.MODERATOR.key], calendar.today())
    others = [str(one) for one in here if one not in own]
    return f"The moderator here is {' or '.join(others)}." if others else ""
