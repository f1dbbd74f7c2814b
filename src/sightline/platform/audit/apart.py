"""Audit rows that outlive the transaction they are about: written on a connection of their own."""

import logging
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import Error, connections

from sightline.platform import calendar
from sightline.platform.database.context import SETTING
from sightline.platform.database.tokens import token_for

from . import beside
from .inserting import insert, values

_log = logging.getLogger(__name__)
SECONDS_TO_CONNECT = 2
PATIENCE = "2s"
"""How long to wait for a lock on the table before giving up: whoever is refused waits for this."""


def write_apart(rows: list[dict[str, Any]]) -> None:
    """Write rows whatever becomes of the open transaction; into the file alone where the database does not answer.

    The request has failed already, so a fault here is logged and hides no other.
    """
    beside.keep([beside.line(calendar.now(), columns) for columns in rows])
    # Not from the pool: whoever is refused would wait for a connection that a lost database never gives.
    place = connections["default"].get_connection_params() | {"connect_timeout": SECONDS_TO_CONNECT}
    try:
        with psycopg.connect(**place) as connection, psycopg.Cursor(connection) as cursor:
            cursor.execute("select set_config('lock_timeout', %s, true)", [PATIENCE])
            _say_who(cursor, rows[0]["account_id"])
            for columns in rows:
                cursor.execute(insert(1), values(uuid4(), columns))
    except (psycopg.Error, Error):
        _log.exception("%s rows about a request that failed could not be written in the audit", len(rows))


def _say_who(cursor: "psycopg.Cursor[Any]", account_id: UUID | None) -> None:
    """The table takes a row only from whoever it names."""
    if account_id is not None:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, token_for(account_id, "default")])
