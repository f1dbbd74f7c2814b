"""Has a worker told of themself? If not, they are asked first of all, and matched by their account's name alone."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sightline.people.actor import Actor
from sightline.people.index.spelling import plain
from sightline.people.models import Account, Partnership, Person, PersonName, RoleHeld, Worker
from sightline.platform import audit, calendar
from sightline.vocabulary.roles import ROLES

from .as_told import same_name
from .models import OwnDetails
from .oversight_rules import OWN_NAME_MOST

OF_CHILDREN = [role.key for role in ROLES.values() if role.of_children]
HOW = "The name of their account is an adult's on record; they have told nothing of themself"


def to_answer(actor: Actor) -> bool:
    """Whether this person reads children's records, has not said who they and their family are, and not put it off."""
    worker = actor.worker
    if worker is None or worker.own_details_answered_at or actor.account.kind != Account.Kind.PERSON:
        return False
    return worker.own_details_put_off_on != calendar.today() and any(held.role in OF_CHILDREN for held in actor.roles)


def may_put_off(worker: Worker) -> bool:
    """Once a day, until it is answered."""
    return not worker.own_details_answered_at and worker.own_details_put_off_on != calendar.today()


def put_off(worker: Worker) -> None:
    """An emergency: they are asked again tomorrow. Raises PermissionError where it was put off today already."""
    if not may_put_off(worker):
        raise PermissionError("It can be put off once a day.")
    worker.own_details_put_off_on = calendar.today()
    worker.save(update_fields=["own_details_put_off_on"])
    audit.record("put off own details", subject="people.Worker", ids=[worker.pk])


def answered(worker: Worker) -> None:
    """They have told, or said that there is nothing to tell."""
    worker.own_details_answered_at = calendar.now()
    worker.save(update_fields=["own_details_answered_at"])


def not_answered(partnerships: Collection[UUID] | None = None) -> int:
    """How many people who read children's records today, in these partnerships or in any, have not answered."""
    held = RoleHeld.objects.on(calendar.today()).filter(role__in=OF_CHILDREN)
    if partnerships is not None:
        held = held.filter(partnership__in=partnerships)
    people = Account.objects.filter(kind=Account.Kind.PERSON, is_active=True, worker__in=held.values("worker_id"))
    return people.filter(worker__own_details_answered_at=None).values("worker_id").distinct().count()


def same_as_account(worker: Worker, partnerships: Iterable[Partnership]) -> list[Person]:
    """Adults on record who are called as the worker's account is, where the worker told nothing of themself.

    Nobody where more bear the name than it could say anything of (`own-name` of oversight.toml).
    """
    if OwnDetails.objects.filter(worker=worker, whose=OwnDetails.Whose.SELF).exists():
        return []
    own = OwnDetails(given_names=worker.given_name, family_name=worker.family_name)
    if not (first := plain(own.given_names).split()[:1]):
        return []
    alike = PersonName.objects.filter(
        normalised__startswith=first[0], normalised__endswith=plain(own.family_name), person__kind=Person.Kind.ADULT
    )
    named = alike.filter(person__partnership__in=partnerships).select_related("person")
    found = {name.person_id: name.person for name in named if same_name(own, name)}
    return list(found.values()) if len(found) <= OWN_NAME_MOST else []
