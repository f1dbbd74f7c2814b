"""Working in the database as a front-door worker, whom its wall lets write and read a partnership's people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sightline.people.models import Account, Partnership, RoleHeld, Worker
from sightline.platform.database import as_account


@contextmanager
def as_front_door_worker(*partnerships: Partnership) -> Iterator[Account]:
    """A transaction on behalf of somebody who works at the front door of each of these partnerships."""
    worker = Worker.objects.create(given_name="Wen", family_name="Harrow")
    for partnership in partnerships:
        RoleHeld.objects.create(
            worker=worker, role="front-door-worker", partnership=partnership, valid_from=date(2020, 1, 1)
        )
    account = Account.objects.create_account("wen.harrow", worker=worker)
    with as_account(account.id):
        yield account
