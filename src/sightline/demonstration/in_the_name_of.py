"""Acting as one of the invented people, for what is made by taking steps one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from sightline.people.actor import Actor, actor_for
from sightline.people.models import Account, Partnership
from sightline.platform import audit, calendar
from sightline.platform.database import as_account

from .cast import KEY


@contextmanager
def in_the_name_of(username: str, partnership: str = KEY) -> Iterator[Actor]:
    """A transaction in the name of one person, for the database's wall and for the audit."""
    account = Account.objects.get(username=username)
    with as_account(account.pk), audit.request(account_id=account.pk, request_id="demonstration"):
        yield actor_for(account, partnership=Partnership.objects.get(key=partnership))


def morning(day: date) -> datetime:
    """Twenty past ten on a day."""
    return calendar.at_local(day, time(10, 20))
