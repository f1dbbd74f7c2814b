"""Is a worker on record themself, or close to somebody who is? Matched when they tell us of themself, and every night.

A hit closes those cases to the worker at once and tells information governance; the worker is told nothing, and finds
no such record. A hit of somebody else of the same name is cleared by the reviewer, with words.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sightline.people.actor import Actor
from sightline.people.index.agreement import postcode_key
from sightline.people.models import (
    HouseholdMembership,
    Partnership,
    Person,
    Relationship,
    RoleHeld,
    Worker,
)
from sightline.platform import audit, calendar
from sightline.platform.jobs.acting import clockwork
from sightline.platform.notices.models import Notice
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, SERVICE_MANAGER, Role

from .as_told import matches_as_told, same_name
from .models import Interest, OwnDetails
from .once_a_page import look_again
from .own_name import HOW as OWN_NAME
from .own_name import answered, same_as_account

NEAR = "Lives with, or is related to, somebody whose details match"
SAYS = "A worker may be, or be close to, somebody on record: please review"


def keep_own_details(worker: Worker, told: Iterable[OwnDetails]) -> list[Interest]:
    """Replace what a worker told of themself and their family, and match it at once. Gives what was found anew."""
    with transaction.atomic():
        OwnDetails.objects.filter(worker=worker).delete()
        for row in told:
            row.worker = worker
            row.save(force_insert=True)
        answered(worker)
        audit.record("keep own details", subject="people.Worker", ids=[worker.pk])
    with clockwork():
        return match(worker)


def match_everybody() -> int:
    """Every worker who holds a role today, against everybody on record; how many hits are new. Every night."""
    found = 0
    for pk in RoleHeld.objects.on(calendar.today()).values_list("worker_id", flat=True).distinct():
        with clockwork():
            found += len(match(Worker.objects.get(pk=pk)))
    return found


def match(worker: Worker) -> list[Interest]:
    """New hits for one worker: themself by what they told, and whoever lives with or is related to that person; and
    whoever is told of on a case in the same words, and has no record yet.

    Runs in the name of scheduled work, which alone may read everybody of a partnership.
    """
    partnerships = Partnership.objects.filter(
        pk__in=RoleHeld.objects.on(calendar.today()).filter(worker=worker).values("partnership_id")
    )
    base = {"worker": worker, "found_at": calendar.now()}
    hits: dict[UUID, Interest] = {}
    somebody_else = _cleared(worker)
    every = list(OwnDetails.objects.filter(worker=worker))
    for told in every:
        for person in _same_as(told, partnerships):
            if person.pk in somebody_else:
                continue
            how = f"{told.get_whose_display()}: the details match"
            hits[person.pk] = Interest(**base, person=person, partnership=person.partnership, how=how)
            for near in _near(person):
                found = {"person": near, "partnership": near.partnership, "through": person, "how": NEAR}
                hits.setdefault(near.pk, Interest(**base, **found))
    for person in same_as_account(worker, partnerships):
        if person.pk not in somebody_else:
            hits.setdefault(person.pk, Interest(**base, person=person, partnership=person.partnership, how=OWN_NAME))
    known = set(Interest.objects.filter(worker=worker, person__isnull=False).values_list("person_id", flat=True))
    new = [hit for pk, hit in hits.items() if pk not in known]
    new += [Interest(**base, **found) for found in matches_as_told(worker, every, partnerships)]
    Interest.objects.bulk_create(new)
    look_again()
    _tell(new)
    return new


def _cleared(worker: Worker) -> set[UUID]:
    """Of whom a reviewer has said that it is somebody else; as told, too, where their record was found since."""
    cleared = Interest.objects.filter(worker=worker, cleared_at__isnull=False, through__isnull=True)
    return {pk for pair in cleared.values_list("person_id", "subject__person_id") for pk in pair if pk}


def _same_as(told: OwnDetails, partnerships: Iterable[Partnership]) -> list[Person]:
    """The same family and first given name, and the same date of birth or postcode."""
    alike = Q()
    if told.date_of_birth:
        alike |= Q(date_of_birth=told.date_of_birth)
    if told.postcode:
        alike |= Q(addresses__postcode_key=postcode_key(told.postcode), addresses__protected=False)
    if not alike:
        return []
    rows = Person.objects.filter(alike, partnership__in=partnerships).distinct().prefetch_related("names")
    return [person for person in rows if any(same_name(told, name) for name in person.names.all())]


def _near(person: Person) -> list[Person]:
    """Who lives with a person now, and whoever is related to them at any time."""
    living = HouseholdMembership.objects.on(calendar.today())
    living = living.filter(household__in=living.filter(person=person).values("household_id"))
    ties = Relationship.objects.filter(Q(person_a=person) | Q(person_b=person)).values_list("person_a", "person_b")
    others = {pk for pair in ties for pk in pair} | set(living.values_list("person_id", flat=True))
    return list(Person.objects.filter(pk__in=others - {person.pk}))


def _tell(new: list[Interest]) -> None:
    """Information governance, of each partnership once, and never about themself; else its service managers."""
    first = {row.partnership_id: row for row in reversed(new)}
    for partnership_id, found in first.items():
        workers = {row.worker_id for row in new}
        reviewers = _holders(INFORMATION_GOVERNANCE, partnership_id) - workers
        Notice.objects.bulk_create(
            Notice(
                partnership_id=partnership_id,
                worker_id=reviewer,
                reference=f"MATCH {str(found.pk)[:8].upper()}",
                concerns="oversight",
                says=SAYS,
                page="/oversight/interests/",
                created_at=calendar.now(),
            )
            for reviewer in reviewers or _holders(SERVICE_MANAGER, partnership_id) - workers
        )


def _holders(role: Role, partnership_id: UUID) -> set[UUID]:
    """Ids of workers who hold a role in a partnership today."""
    held = RoleHeld.objects.on(calendar.today()).filter(role=role.key, partnership=partnership_id)
    return set(held.values_list("worker_id", flat=True))


def to_review(actor: Actor) -> list[Interest]:
    """Hits in the reviewer's partnerships that stand, the newest first; never about themself.

    A service manager reviews those of the one person who would else review their own.
    """
    theirs = Q(partnership__in=[held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key])
    for held in actor.roles:
        alone = _holders(INFORMATION_GOVERNANCE, held.partnership_id) if held.role == SERVICE_MANAGER.key else ()
        if len(alone) == 1:
            theirs |= Q(partnership=held.partnership_id, worker__in=alone)
    standing = Interest.objects.filter(theirs, cleared_at__isnull=True).exclude(worker=actor.worker)
    return list(standing.select_related("worker").order_by("-found_at"))


def clear(actor: Actor, interest_id: UUID, words: str) -> Interest:
    """Clear a hit that is somebody else, and what followed from it.

    Raises LookupError where it is not theirs, ValueError without words.
    """
    with transaction.atomic():
        row = next((one for one in to_review(actor) if one.pk == interest_id), None)
        if row is None:
            raise LookupError("There is no such match to clear.")
        if not words.strip():
            raise ValueError("Say how you know that it is somebody else")
        said = {"cleared_at": calendar.now(), "cleared_by": actor.account, "cleared_words": words.strip()}
        of_same = Q(pk=row.pk)
        if row.person_id:
            of_same |= Q(worker=row.worker, through=row.person_id)
        Interest.objects.filter(of_same, cleared_at__isnull=True).update(**said)
        row.refresh_from_db()
        audit.record("clear interest", subject="access.Interest", ids=[row.pk])
    return row


def own_details(worker: Worker) -> list[OwnDetails]:
    """What a worker told of themself and their family."""
    return list(OwnDetails.objects.filter(worker=worker).order_by("-whose", "family_name", "given_names"))
