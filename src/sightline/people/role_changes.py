"""Giving an account's worker a role, ending one, and covering for somebody: at once, and each in the audit."""

from datetime import date, timedelta

from sightline.people.accounts import NoSuchThing, named_agency, named_partnership
from sightline.people.models import Account, RoleHeld, Worker
from sightline.people.roles_held import cover
from sightline.platform import audit, calendar


def give_role(
    account: Account, role: str, *, agency: str, partnership: str = "", until: date | None = None
) -> RoleHeld:
    """A role from today, to the last day `until` where it is given; with no agency only where it is nobody's.

    Raises NoSuchThing, and ValidationError for what the model refuses: a scrutineer who decides, the same role twice.
    """
    held = RoleHeld(
        worker=_worker_of(account),
        role=role,
        agency=named_agency(agency) if agency else None,
        partnership=named_partnership(partnership),
        valid_from=calendar.today(),
        valid_to=_after(until),
    )
    held.full_clean()
    held.save()
    _note("role given", account, held)
    return held


def end_role(account: Account, role: str, *, agency: str = "", partnership: str = "") -> list[RoleHeld]:
    """End a role held today, own or covered, from this moment; gives the rows. Raises NoSuchThing where none is held.

    Cover of it by others ends with it.
    """
    today = calendar.today()
    rows = RoleHeld.objects.on(today).filter(worker=_worker_of(account), role=role)
    if agency:
        rows = rows.filter(agency=named_agency(agency))
    if partnership:
        rows = rows.filter(partnership=named_partnership(partnership))
    ended = list(rows)
    if not ended:
        raise NoSuchThing(f"{account.username} does not hold the role {role!r} there today.")
    for held in ended:
        # A role ends before a day; one that began today has to have begun before it. The audit has the moments.
        held.valid_from, held.valid_to = min(held.valid_from, today - timedelta(days=1)), today
        held.save(update_fields=["valid_from", "valid_to"])
        _note("role ended", account, held)
    return ended


def cover_role(deputy: Account, covered: Account, role: str, *, until: date, first: date | None = None) -> RoleHeld:
    """Let an account's worker deputise for a role of another's, to the last day `until`. Raises as `give_role`."""
    own = RoleHeld.objects.on(calendar.today()).filter(worker=_worker_of(covered), role=role, deputy_for=None)
    held = list(own)
    if len(held) != 1:
        count = "does not hold" if not held else "holds more than once"
        raise NoSuchThing(f"{covered.username} {count} the role {role!r} today.")
    covering = cover(held[0], _worker_of(deputy), first or calendar.today(), until + timedelta(days=1))
    _note("role covered", deputy, covering)
    return covering


def _after(until: date | None) -> date | None:
    return until + timedelta(days=1) if until else None


def _worker_of(account: Account) -> Worker:
    if account.worker is None:
        raise NoSuchThing(f"{account.username} belongs to no worker, so it can hold no role.")
    return account.worker


def _note(action: str, account: Account, held: RoleHeld) -> None:
    detail = {"role": held.role, "agency": held.agency.key if held.agency else "", "held": str(held.pk)}
    if held.valid_to:
        detail["until"] = str(held.valid_to)
    audit.record(action, subject="account", ids=[account.pk], detail=detail)
