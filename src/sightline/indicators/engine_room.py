"""Rows into DuckDB, in memory and nowhere else; questions asked of it in Ibis.

Ibis writes the SQL and DuckDB answers it, so a declaration that Ibis can write for another engine means the same there.
Both are imported when a figure is worked out and not before: they cost more than most commands may take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sightline.indicators.copy_tables import COPY_TABLES, CopyTable

THREADS = 2


class Room:
    """The tables of one run. Rows are gone when it closes; nothing is written to a disk."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.counts: dict[str, int] = {}

    def put(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Fill a table with rows whose cells are in the order of its columns."""
        held = list(rows)
        self._connection.register(name, _arrow(COPY_TABLES[name], held))
        self.counts[name] = len(held)

    def ask(self, question: Any) -> list[tuple[Any, ...]]:
        """The rows that answer a question in Ibis."""
        import ibis

        answer: list[tuple[Any, ...]] = self._connection.sql(str(ibis.to_sql(question, dialect="duckdb"))).fetchall()
        return answer


class _Tables:
    """The tables by name, as attributes, for a declaration to ask of."""

    def __getattr__(self, name: str) -> Any:
        import ibis

        if name not in COPY_TABLES:
            raise AttributeError(f"The analytics copy has no table {name!r}. Tables: {', '.join(COPY_TABLES)}.")
        return ibis.table(dict(COPY_TABLES[name].columns), name=name)


TABLES = _Tables()


@contextmanager
def room(given: Mapping[str, Iterable[Sequence[Any]]] | None = None) -> Iterator[Room]:
    """An empty DuckDB with every table there, filled with what is given; closed, and so forgotten, afterwards."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        opened = Room(connection)
        for name in COPY_TABLES:
            opened.put(name, (given or {}).get(name, ()))
        yield opened
    finally:
        connection.close()


def _arrow(table: CopyTable, rows: Sequence[Sequence[Any]]) -> Any:
    import pyarrow

    types = {
        "date": pyarrow.date32(),
        "timestamp": pyarrow.timestamp("us"),
        "int64": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "string": pyarrow.string(),
        "decimal(18, 6)": pyarrow.decimal128(18, 6),
    }
    columns = [
        pyarrow.array([row[place] for row in rows], types[kind]) for place, kind in enumerate(table.columns.values())
    ]
    return pyarrow.table(columns, names=list(table.columns))
