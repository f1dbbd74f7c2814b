"""The statement that adds a row to the audit.

It asks for nothing back: a statement that gives a row back is planned with every rule of who may read the audit, which
costs many times the insert.
"""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

COLUMNS = (
    *("account_id", "worker_id", "agency", "role", "action", "subject", "object_ids", "detail", "outcome"),
    *("request_id", "code_version"),
)
_ROW = f"({', '.join(['%s'] * (len(COLUMNS) + 1))})"


def insert(rows: int) -> str:
    """The statement that adds so many rows at once."""
    return f"insert into audit_auditrow (id, {', '.join(COLUMNS)}) values {', '.join([_ROW] * rows)}"  # noqa: S608 - constants of this module


def values(key: UUID, columns: dict[str, Any]) -> list[Any]:
    """What the statement takes: the row's key, and its columns in order."""
    given = {**columns, "detail": Jsonb(columns["detail"])}
    return [key, *(given[name] for name in COLUMNS)]
