"""Tables that only ever grow: rows may be added and read, and nobody, the owner included, may change or remove one.

A model asks for it with `append_only = True`. The grants stop the site; the trigger stops a slip by the owner.
"""

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from sightline.platform.database.roles import APP_ROLE

_REFUSAL = """
create or replace function sightline_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: a row may be added, never changed or removed', tg_table_name
    using errcode = 'insufficient_privilege';
end $$
"""
_TRIGGER = """
create or replace trigger append_only before update or delete or truncate on {table}
for each statement execute function sightline_append_only()
"""


def guard_append_only(connection: "psycopg.Connection[tuple[object, ...]]", models: Iterable[Any]) -> list[str]:
    """Take away the application's right to change these tables, and set the trigger; returns the tables' names."""
    tables = sorted(model._meta.db_table for model in models if getattr(model, "append_only", False))
    connection.execute(_REFUSAL)
    for table in tables:
        name = sql.Identifier(table)
        connection.execute(
            sql.SQL("revoke update, delete, truncate on {} from {}").format(name, sql.Identifier(APP_ROLE))
        )
        connection.execute(sql.SQL(_TRIGGER).format(table=name))
    return tables
