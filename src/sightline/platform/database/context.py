"""Tells the database on whose behalf a transaction reads, which is what its row-level policies go by."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections, transaction

SETTING = "sightline.account"


@contextmanager
def as_account(account_id: UUID | None, using: str = "default") -> Iterator[None]:
    """A transaction in which the database shows what this account may see; None is nobody, who sees nothing.

    The name is forgotten with the transaction, so a pooled connection never carries it to the next person.
    """
    connection = connections[using]
    nested = connection.in_atomic_block
    with transaction.atomic(using=using):
        earlier = _current(using) if nested else ""
        _set(using, str(account_id or ""))
        yield
        # A failed block needs nothing: rolling back to its savepoint brings the earlier name back.
        if nested:
            _set(using, earlier)


def _current(using: str) -> str:
    with connections[using].cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [SETTING])
        return str(cursor.fetchone()[0])


def _set(using: str, account: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, account])
