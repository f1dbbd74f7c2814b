"""Text that was posted just after its writer was signed out: held for half an hour and given back to nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from sightline.people.models import Account, HeldText
from sightline.platform import calendar, sealed
from sightline.platform.database import as_account
from sightline.platform.jobs import clockwork

HELD_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class GivenBack:
    """What was written, field by field as it was posted, and why its writer had been signed out."""

    fields: dict[str, list[str]]
    why: str


def hold(account: Account, page: str, fields: Mapping[str, Sequence[str]], why: str) -> None:
    """Keep what an account posted for a page, in place of what was held for the same page before."""
    content = sealed.seal(
        {"fields": {name: list(values) for name, values in fields.items()}, "why": why}, _for(account)
    )
    # Its writer has been signed out, and what is held is theirs alone.
    with as_account(account.pk):
        HeldText.objects.update_or_create(
            account=account, page=page, defaults={"sealed": content, "held_at": calendar.now()}
        )


def pages_held(account: Account) -> list[str]:
    """The pages for which something of this account's is still held."""
    with as_account(account.pk):  # asked while they sign in, before the page is in their name
        return list(_live().filter(account=account).values_list("page", flat=True))


def give_back(account: Account, page: str) -> GivenBack | None:
    """What is held for this account and page, once: it is held no longer afterwards."""
    with as_account(account.pk):
        row = _live().filter(account=account, page=page).select_for_update().first()
        if row is None:
            return None
        row.delete()
    return GivenBack(**sealed.unseal(row.sealed, _for(account)))


def forget_old() -> None:
    """Delete what nobody came back for."""
    with clockwork():
        HeldText.objects.filter(held_at__lt=calendar.now() - HELD_FOR).delete()


def _live() -> QuerySet[HeldText]:
    return HeldText.objects.filter(held_at__gte=calendar.now() - HELD_FOR)


def _for(account: Account) -> str:
    return f"held text of {account.pk}"
