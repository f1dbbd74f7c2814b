"""Who is told that a record was opened without a part in it: at once, and again when its review is late."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from sightline.engine.models import Case, CaseSubject
from sightline.people.models import RoleHeld
from sightline.people.roles_held import held_at_work
from sightline.platform import calendar
from sightline.platform.database import as_account
from sightline.platform.jobs import acting
from sightline.platform.notices.models import Notice
from sightline.vocabulary.roles import DUTY_MANAGER, FRONT_DOOR_MANAGER, SERVICE_MANAGER

from .models import Glass, Interest
from .oversight_rules import MANAGERS
from .reviewers import Reviewers
from .told import who_see

TELLING_AGAIN = "tell-of-late-glass-reviews"
REVIEWS = "/oversight/glasses/"
TO_REVIEW = "Opened by somebody without a part in it: please review"
TO_RESPONSIBLE = "Opened by somebody without a part in it. Information governance reviews it"
LATE_TO_REVIEW = "Its review is late: it was opened by somebody without a part in it"
LATE_TO_RESPONSIBLE = "It was opened by somebody without a part in it, and nobody has reviewed that in time"
ON_DUTY = (DUTY_MANAGER.key, FRONT_DOOR_MANAGER.key, SERVICE_MANAGER.key)
"""Who answers for a record that nobody at work owns: the first of these roles that somebody holds (judgement)."""


class NobodyToTell(Exception):
    """Nobody is at work who is responsible for the record, and nobody who reviews."""


def tell(glass: Glass) -> list[UUID]:
    """Tell the record's owner, their managers, and the reviewers; gives the workers told. Raises NobodyToTell.

    The glass is written already, so that whoever opens the record may read whose it is. Whoever is kept from the
    record is not told that it is there.
    """
    case = Case.objects.get(pk=glass.case_id)
    opener = glass.account.worker_id
    responsible = _responsible(case, opener) - _kept_from(case)
    reviewing = Reviewers([case.partnership_id]).of(case.partnership_id, glass.agency_id, opener)
    if not responsible | reviewing:
        raise NobodyToTell
    with as_account(acting.account()):
        seeing = who_see(responsible, case.pk)
    base = {"partnership_id": case.partnership_id, "created_at": glass.opened_at, "due_at": glass.review_due_at}
    about = {"case_id": case.pk, "reference": case.reference}
    told = [Notice(**base, **_opening(glass, REVIEWS), worker_id=one, says=TO_REVIEW) for one in reviewing]
    for one in responsible - reviewing:
        which = about if one in seeing else _opening(glass)
        told.append(Notice(**base, **which, worker_id=one, says=TO_RESPONSIBLE))
    Notice.objects.bulk_create(told)
    return sorted(responsible | reviewing)


def named(glass: Glass) -> str:
    """How one opening of a record is spoken of to whoever does not see the record, which it does not name."""
    return f"GLASS {str(glass.pk)[:8].upper()}"


def _opening(glass: Glass, page: str = "") -> dict[str, str]:
    """What a notice is about for them. Else the page of the record, which says as much of it as they may know."""
    return {"reference": named(glass), "page": page or f"/cases/{glass.case_id}/"}


def _responsible(case: Case, opener: UUID | None) -> set[UUID]:
    """The owner, if at work, and the managers at their agency over what they do; else who has the duty."""
    held = list(held_at_work().filter(partnership=case.partnership_id).exclude(worker=opener))
    own = [row for row in held if row.worker_id == case.owner_id]
    owner = {row.worker_id for row in own}
    over = {
        manager.worker_id
        for row in own
        for manager in held
        if manager.agency_id == row.agency_id and row.role in MANAGERS.get(manager.role, ())
    }
    return owner | ((over - owner) or _on_duty(held))


def _on_duty(held: Iterable[RoleHeld]) -> set[UUID]:
    by_role = ({row.worker_id for row in held if row.role == role} for role in ON_DUTY)
    return next((workers for workers in by_role if workers), set())


def _kept_from(case: Case) -> set[UUID]:
    """Workers who are, or are close to, somebody in the record: only scheduled work and reviewers know of them."""
    about = list(CaseSubject.objects.filter(case=case))
    persons = [one.person_id for one in about if one.person_id]
    with as_account(acting.account()):
        close = Interest.objects.filter(Q(person__in=persons) | Q(subject__in=about), cleared_at__isnull=True)
        return set(close.values_list("worker_id", flat=True))


def tell_again() -> int:
    """Tell of each review that is late, each person once a working day; gives how many were told. A nightly duty."""
    if not calendar.is_working_day(calendar.today()):
        return 0
    with acting.clockwork():
        late = Glass.objects.filter(reviewed_at__isnull=True, review_due_at__lt=calendar.now())
        return sum(_tell_again(one) for one in late.select_related("account"))


def _tell_again(glass: Glass) -> int:
    """The reviewers of today; and, of those who were told at first, the managers still at work, or who has the duty."""
    opener = glass.account.worker_id
    reviewing = Reviewers([glass.partnership_id]).of(glass.partnership_id, glass.agency_id, opener)
    held = list(held_at_work().filter(partnership=glass.partnership_id).exclude(worker=opener))
    managers = {row.worker_id for row in held if row.worker_id in glass.told and row.role in MANAGERS}
    today = Notice.objects.filter(
        reference=named(glass),
        due_at=glass.review_due_at,
        created_at__gte=calendar.start_of_day(calendar.today()),
        says__in=(LATE_TO_REVIEW, LATE_TO_RESPONSIBLE),
    )
    already = set(today.values_list("worker_id", flat=True))
    base = {"partnership_id": glass.partnership_id, "created_at": calendar.now(), "due_at": glass.review_due_at}
    overseeing = (managers or _on_duty(held)) - reviewing - already
    late = {worker: (LATE_TO_REVIEW, REVIEWS) for worker in reviewing - already}
    late |= {worker: (LATE_TO_RESPONSIBLE, "") for worker in overseeing}
    told = [Notice(**base, **_opening(glass, page), worker_id=one, says=says) for one, (says, page) in late.items()]
    Notice.objects.bulk_create(told)
    return len(told)
