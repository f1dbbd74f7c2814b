"""Tells the database on whose behalf a transaction reads, which is what its row-level policies go by.

It is told a token, never a name: a smuggled query could set any name, and has no other account's token.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from django.db import connections, transaction

from sightline.platform.database.tokens import forget_token, token_for

SETTING = "sightline.token"
_TELL = "select set_config(%s, %s, true), sightline_whoami()"


@contextmanager
def as_account(account_id: UUID | None, using: str = "default", *, to_the_end: bool = False) -> Iterator[None]:
    """A transaction in which the database shows what this account may see; None is nobody, who sees nothing.

    The token is forgotten with the transaction, so a pooled connection never carries it to the next person.
    to_the_end: the transaction that is open ends with the block, so there is no earlier token to go back to.
    """
    connection = connections[using]
    nested = connection.in_atomic_block
    if to_the_end and nested and not connection.savepoint_ids:
        _name(using, account_id)
        yield
        return
    with transaction.atomic(using=using):
        earlier = _current(using) if nested else ""
        _name(using, account_id)
        yield
        # A failed block needs nothing: rolling back to its savepoint brings the earlier token back.
        if nested:
            _tell(using, earlier)


def _name(using: str, account_id: UUID | None) -> None:
    """Tell the account's token; one that the database no longer knows (restored, say) is replaced, once."""
    if account_id is None:
        _tell(using, "")
    elif _tell(using, token_for(account_id, using)) != account_id:
        forget_token(account_id)
        _tell(using, token_for(account_id, using))


def _current(using: str) -> str:
    return str(_one(using, "select coalesce(current_setting(%s, true), '')", [SETTING])[0])


def _tell(using: str, token: str) -> UUID | None:
    """Set the transaction's token; whose it is, as the database has it."""
    told = _one(using, _TELL, [SETTING, token])[1]
    return told if isinstance(told, UUID) else None


def _one(using: str, statement: str, values: list[str]) -> tuple[object, ...]:
    """The one row of a statement whose values go beside its words: a token in them could be read while they run."""
    connection = connections[using]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values).fetchone() or ()
