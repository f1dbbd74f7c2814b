"""Binding who acts, and writing rows."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sightline import __version__


class UnauditedRead(RuntimeError):
    """A person's or a case's record was read with nobody bound as the reader."""


@dataclass
class Acting:
    """Who acts, as which agency and role, in which request; and what they have been shown so far."""

    account_id: UUID | None = None
    worker_id: UUID | None = None
    agency: str = ""
    role: str = ""
    request_id: str = ""
    shown: dict[str, set[UUID]] = field(default_factory=dict)
    action: str = "read"
    detail: dict[str, Any] = field(default_factory=dict)


_acting: ContextVar[Acting | None] = ContextVar("sightline_acting", default=None)


def acting() -> Acting | None:
    """Who is bound as acting, if anyone."""
    return _acting.get()


@contextmanager
def request(
    *,
    account_id: UUID | None = None,
    worker_id: UUID | None = None,
    agency: str = "",
    role: str = "",
    request_id: str = "",
) -> Iterator[Acting]:
    """Bind who acts until the block ends, then write what they were shown.

    Must lie inside a transaction: a failure to write raises, and so undoes the work and withholds the answer.
    """
    who = Acting(account_id, worker_id, agency, role, request_id)
    token = _acting.set(who)
    try:
        yield who
        write_shown(who)
    finally:
        _acting.reset(token)


def write_shown(who: Acting) -> None:
    """One row for each kind of record shown, with the ids; clears the list."""
    for subject, ids in who.shown.items():
        record(who.action, subject=subject, ids=sorted(ids), detail=who.detail)
    who.shown = {}


def seen(subject: str, ids: Iterable[UUID]) -> None:
    """Note that records were read. Raises UnauditedRead where nobody is bound as the reader."""
    who = _acting.get()
    if who is None:
        raise UnauditedRead(f"{subject} was read outside audit.request(): say who is reading first.")
    who.shown.setdefault(subject, set()).update(ids)


def record(
    action: str,
    *,
    subject: str = "",
    ids: Sequence[UUID] = (),
    detail: dict[str, Any] | None = None,
    outcome: str = "allowed",
) -> None:
    """Write one row now, in the transaction that is open. `detail` holds codes and counts, never content."""
    from .models import AuditRow

    who = _acting.get() or Acting()
    AuditRow.objects.create(
        account_id=who.account_id,
        worker_id=who.worker_id,
        agency=who.agency,
        role=who.role,
        action=action,
        subject=subject,
        object_ids=list(ids),
        detail=detail or {},
        outcome=outcome,
        request_id=who.request_id,
        code_version=__version__,
    )
