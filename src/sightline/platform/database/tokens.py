"""Has a token made in an account's name, over the door's own connection, and keeps it for the rest of the day."""

import hashlib
import os
import secrets
import threading
import time
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections

DOOR = "door"
KEPT = 23 * 60 * 60
"""Seconds for which a process goes on using a token: an hour less than the database honours it."""

type _Key = tuple[str, str, UUID]

_tokens: dict[_Key, tuple[str, float]] = {}
_one_at_a_time = threading.Lock()


def token_for(account_id: UUID, using: str = "default") -> str:
    """The account's token in the database that Django reaches now; a new one where there is none or it is old.

    Raises Django's OperationalError where the database is away.
    """
    key, now = _key(account_id), time.monotonic()
    with _one_at_a_time:
        token, made = _tokens.get(key, ("", 0.0))
        if not token or now - made > KEPT:
            token = secrets.token_urlsafe(32)
            with connections[using].wrap_database_errors:
                _mint(account_id, token)
            _tokens[key] = (token, now)
    return token


def forget_token(account_id: UUID) -> None:
    """Have another made next time."""
    with _one_at_a_time:
        _tokens.pop(_key(account_id), None)


def _key(account_id: UUID) -> _Key:
    place = connections.settings[DOOR]
    return str(place["HOST"]), str(place["NAME"]), account_id


def _mint(account_id: UUID, token: str) -> None:
    asked = "select sightline_mint(%s, %s)", [account_id, hashlib.sha256(token.encode()).digest()]
    try:
        _door().execute(*asked)
    except psycopg.OperationalError:
        # The server may have been started again since the door was last used.
        _close_door()
        _door().execute(*asked)


def _door() -> "psycopg.Connection[Any]":
    """The one connection that this process keeps to the door: opening one costs several times what is asked over it."""
    parameters = connections[DOOR].get_connection_params()
    place = (os.getpid(), parameters.get("host"), parameters.get("dbname"))
    if _kept.door is None or _kept.place != place:
        _close_door()
        _kept.door = psycopg.connect(**parameters, autocommit=True)
        _kept.place = place
    return _kept.door


def _close_door() -> None:
    if _kept.door is not None and _kept.place is not None and _kept.place[0] == os.getpid():
        _kept.door.close()
    _kept.door = _kept.place = None


class _Kept:
    """A door, and the process and the database that it is to. Another process's is not this one's to close."""

    door: "psycopg.Connection[Any] | None" = None
    place: tuple[Any, ...] | None = None


_kept = _Kept()
