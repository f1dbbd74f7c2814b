"""Writes many rows at once, by PostgreSQL's COPY, on the owner's connection: what is copied has been checked."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from psycopg import sql

OWNER = "owner"


def copy_rows(rows: dict[type[models.Model], list[models.Model]]) -> int:
    """Copy every row, in one transaction of the owner's; gives how many. Foreign keys are checked at its end."""
    connections[OWNER].ensure_connection()
    connection: psycopg.Connection[Any] = connections[OWNER].connection
    with connection.transaction():
        return sum(_copy(connection, model, some) for model, some in rows.items())


def _copy(connection: "psycopg.Connection[Any]", model: type[models.Model], rows: Iterable[models.Model]) -> int:
    columns = columns_of(model)
    names = sql.SQL(", ").join(sql.Identifier(column) for column, _, _ in columns)
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(model._meta.db_table), names)
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row([plain(values[attribute]) for _, attribute, plain in columns])
            count += 1
    return count


@cache
def columns_of(model: type[models.Model]) -> list[tuple[str, str, Callable[[Any], Any]]]:
    """Column, attribute, and how its value is written; columns that the database works out are left to it."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return [(str(field.column), field.attname, _writer(field)) for field in fields]


def _writer(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, ArrayField) and not isinstance(field.base_field, models.UUIDField):
        return _codes
    if isinstance(field, models.CharField | models.TextField):
        return _text
    return _as_is


def _as_is(value: Any) -> Any:
    return value


def _text(value: Any) -> Any:
    # A choice of an enumeration would be written by its name, not its value.
    return value if type(value) is str or value is None else str(value)


def _codes(value: Any) -> Any:
    return [str(code) for code in value]
