"""Which roles does this account hold on a day, its own and those it covers as a deputy?"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from sightline.people.models import Account, RoleHeld, Worker
from sightline.platform import calendar


def roles_held(account: Account, on: date | None = None) -> list[RoleHeld]:
    """Live roles of the account's worker, own roles before covered ones, oldest first. One query.

    A role covered counts only while the role it covers is itself in force: cover ends with what it covers.
    """
    if not account.is_active or account.worker_id is None:
        return []
    held = _in_force(on or calendar.today()).filter(worker_id=account.worker_id)
    held = held.select_related("agency", "partnership", "deputy_for__worker")
    return sorted(held, key=lambda role: (role.deputy_for_id is not None, role.valid_from, role.role, str(role.id)))


def held_at_work() -> QuerySet[RoleHeld]:
    """Roles in force today of people who can sign in: what is said to anybody else reaches nobody."""
    people = Account.objects.filter(kind=Account.Kind.PERSON, is_active=True, worker__isnull=False)
    return _in_force(calendar.today()).filter(worker__in=people.values("worker_id"))


def _in_force(day: date) -> QuerySet[RoleHeld]:
    covered_in_force = Q(deputy_for__isnull=True) | (
        Q(deputy_for__valid_from__lte=day) & (Q(deputy_for__valid_to__isnull=True) | Q(deputy_for__valid_to__gt=day))
    )
    return RoleHeld.objects.on(day).filter(covered_in_force)


def cover(role: RoleHeld, deputy: Worker, valid_from: date, valid_to: date) -> RoleHeld:
    """Let a worker deputise for a role from a date to a date. Raises ValidationError when they already hold it."""
    if role.worker_id == deputy.id:
        raise ValidationError("Nobody can deputise for themselves. Choose another worker.")
    covering = RoleHeld(
        worker=deputy,
        role=role.role,
        agency=role.agency,
        partnership=role.partnership,
        deputy_for=role,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    covering.full_clean()
    covering.save()
    return covering
