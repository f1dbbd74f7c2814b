"""What is asked again for every list of a page, looked up once for the page.

A condition that most people have nothing for (glass, conflicts of interest) would otherwise be planned and run anew in
every query, each time behind the database's own wall.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

_found: ContextVar[dict[tuple[str, UUID], frozenset[Any]] | None] = ContextVar("sightline_once_a_page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Whatever is looked up in the block is looked up once. A page begins its own."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


class Keys(RawSQL):
    """Keys that a statement gives: a part of another query, or read by themselves where they are iterated over."""

    def __iter__(self) -> Iterator[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            yield from (key for (key,) in cursor.fetchall())


def looked_up(what: str, whose: UUID, keys: Callable[[], QuerySet[Any] | Keys]) -> Any:
    """The keys that these rows hold: outside a page the query itself, which is asked as a part of the next."""
    found = _found.get()
    if found is None:
        return keys()
    if (what, whose) not in found:
        found[what, whose] = frozenset(keys())
    return found[what, whose]


def already(what: str, whose: UUID) -> frozenset[Any]:
    """What this page has looked up so far, without looking: nothing where it has not."""
    return (_found.get() or {}).get((what, whose), frozenset())


def look_again() -> None:
    """Forget what was looked up: it has just been changed."""
    if (found := _found.get()) is not None:
        found.clear()
