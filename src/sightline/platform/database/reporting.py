"""Reading as the reporting role: views in which nobody is named, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from sightline.platform.database.roles import REPORT_ROLE


class Reporter:
    """Reads whole views. What else the site may do, this cannot until its block ends."""

    def rows(self, view: str, columns: Sequence[str], **equals: Any) -> list[tuple[Any, ...]]:
        """The columns of a view, of the rows in which each named column has the value given."""
        quote = connection.ops.quote_name
        words = f"select {', '.join(map(quote, columns))} from {quote(view)}"  # noqa: S608 (every name is quoted)
        if equals:
            words += " where " + " and ".join(f"{quote(name)} = %s" for name in equals)
        with connection.cursor() as cursor:
            cursor.execute(words, list(equals.values()))
            return list(cursor.fetchall())


@contextmanager
def as_reporter() -> Iterator[Reporter]:
    """A stretch of the transaction in which the database takes the site for the reporting role."""
    with transaction.atomic():
        _take(REPORT_ROLE)
        yield Reporter()
        # A failed block needs nothing: rolling back to its savepoint brings the earlier role back.
        _take(None)


def _take(role: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {connection.ops.quote_name(role)}" if role else "set local role none")
