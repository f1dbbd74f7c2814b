"""Binding who acts, and writing rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from sightline.platform import calendar

from . import beside
from .code_version import CODE_VERSION
from .inserting import insert, values

ALLOWED, DENIED, REFUSED, GLASS, UNDONE = "allowed", "denied", "refused", "glass", "undone"
"""Outcomes. denied: they may not; refused: a step that its rules do not let be taken; undone: it failed and was rolled
back; glass: shown by breaking the glass."""

_CASE = "engine.Case"
UNANSWERED = "unanswered read"
"""Records were read for a page that failed before it was answered."""


class UnauditedRead(RuntimeError):
    """A person's or a case's record was read with nobody bound as the reader."""


@dataclass(frozen=True)
class ReliedOn:
    """What lets somebody be shown a record: "role:front-door-worker", "part:core-group", "asked", "glass" ...

    purpose: what the reader said that they read it for, where their role has to say so.
    """

    key: str
    purpose: str = ""


@dataclass
class Acting:
    """Who acts, as which agency and role, in which request; and what they have been shown so far.

    actor: whoever it is as the layer of people knows them. page: the name of the page asked for. fields: groups of
    fields that were revealed. denied: what waits to be written of refusals, as arguments of `record`. said: what the
    detail of each of its rows says.
    """

    account_id: UUID | None = None
    worker_id: UUID | None = None
    agency: str = ""
    role: str = ""
    request_id: str = ""
    actor: Any = None
    page: str = ""
    asked: frozenset[UUID] = frozenset()
    """Ids in the address of the page: the records that were opened, where the rest was only listed."""
    shown: dict[str, set[UUID]] = field(default_factory=dict)
    whole: dict[UUID, Any] = field(default_factory=dict)
    """Records that were read whole, by id: what was relied on can be told from them without reading them again."""
    fields: set[str] = field(default_factory=set)
    denied: list[dict[str, Any]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    """What was written in the table and is still to go into the file beside it."""


type Finder = Callable[[Acting, str, set[UUID]], dict[ReliedOn, set[UUID]]]
"""`find(who, subject, ids) -> {what was relied on: the ids that it lets be shown}`; of ids left out it is not known."""

_acting: ContextVar[Acting | None] = ContextVar("sightline_acting", default=None)


_named: ContextVar[tuple[str, dict[str, str]] | None] = ContextVar("sightline_request", default=None)
"""What a request is called before anybody is bound in it, and what each of its rows says."""


class _Known:
    """Who says what a reader relies on; the layer of access does, at start-up."""

    relied_on: Finder | None = None


def relied_on_by(find: Finder) -> None:
    """Say how it is found what lets somebody see a record."""
    _Known.relied_on = staticmethod(find)


def acting() -> Acting | None:
    """Who is bound as acting, if anyone."""
    return _acting.get()


@contextmanager
def named(request_id: str, **said: str) -> Iterator[None]:
    """Whoever is bound in the block acts in the request of this name; what is `said` stands in each row's detail."""
    token = _named.set((request_id, said))
    try:
        yield
    finally:
        _named.reset(token)


@contextmanager
def request(
    *,
    account_id: UUID | None = None,
    worker_id: UUID | None = None,
    agency: str = "",
    role: str = "",
    request_id: str = "",
    actor: Any = None,
    page: str = "",
) -> Iterator[Acting]:
    """Bind who acts until the block ends, then write what they were shown and refused.

    Must lie inside a transaction: a failure to write raises, and so undoes the work and withholds the answer. Where
    the block fails, what was refused in it is written on a connection of its own, which outlives the transaction.
    Without a `request_id` it is that of the request in which this happens, or one of its own.
    """
    (name, said), outer = _named.get() or ("", {}), _acting.get()
    request_id = request_id or name or (outer.request_id if outer else "") or f"own-{uuid4().hex}"
    who = Acting(account_id, worker_id, agency, role, request_id, actor, page, said=said)
    token = _acting.set(who)
    try:
        yield who
        write_shown(who)
        _write_denied(who)
        beside.keep(who.lines)
    except BaseException:
        _outlive(who)
        raise
    finally:
        _acting.reset(token)


def write_shown(who: Acting) -> None:
    """One row for each kind of record shown and each thing relied on, with the ids; clears the list."""
    rows = []
    for subject, ids in who.shown.items():
        for basis, known in _relied_on(who, subject, ids):
            detail: dict[str, Any] = {"page": who.page} if who.page else {}
            if opened := sorted(map(str, who.asked & known)):
                detail["opened"] = opened
            if basis:
                detail["relied_on"] = basis.key
            if basis and basis.purpose:
                detail["purpose"] = basis.purpose
            if who.fields:
                detail["fields"] = sorted(who.fields)
            outcome = GLASS if basis and basis.key == GLASS else ALLOWED
            rows.append(_row("read", subject, sorted(known), detail, outcome))
    _write(rows)
    who.shown, who.fields, who.whole = {}, set(), {}


def _relied_on(who: Acting, subject: str, ids: set[UUID]) -> list[tuple[ReliedOn | None, set[UUID]]]:
    found = _Known.relied_on(who, subject, ids) if _Known.relied_on else {}
    named = set().union(*found.values())
    rest: list[tuple[ReliedOn | None, set[UUID]]] = [(None, ids - named)] if ids - named else []
    return [*((basis, known) for basis, known in found.items() if known), *rest]


def seen(subject: str, ids: Iterable[UUID]) -> None:
    """Note that records were read. Raises UnauditedRead where nobody is bound as the reader."""
    who = _acting.get()
    if who is None:
        raise UnauditedRead(f"{subject} was read outside audit.request(): say who is reading first.")
    who.shown.setdefault(subject, set()).update(ids)


def read_whole(rows: Iterable[Any]) -> None:
    """Keep records that were read whole beside the ids that are noted of them."""
    if who := _acting.get():
        who.whole.update((row.pk, row) for row in rows)


def basis_of(ids: Iterable[UUID]) -> dict[str, str]:
    """`relied_on`, for the detail of a row about cases: what lets whoever acts see those just read whole.

    Nothing where none was: no record is read again to find it out.
    """
    who = _acting.get()
    cases = {one for one in ids if who and one in who.whole and who.whole[one]._meta.label == _CASE}
    if not who or not cases or _Known.relied_on is None:
        return {}
    found = _Known.relied_on(who, _CASE, cases)
    return {"relied_on": ", ".join(sorted({basis.key for basis in found}))} if found else {}


def revealed(*groups: str) -> None:
    """Note that groups of fields with rules of their own (protected addresses, a referrer's name) were shown."""
    if who := _acting.get():
        who.fields.update(groups)


def denied(
    action: str,
    *,
    subject: str = "",
    ids: Sequence[UUID] = (),
    detail: dict[str, Any] | None = None,
    outcome: str = DENIED,
) -> None:
    """Note a refusal. It is written when the request ends, even where everything else is rolled back."""
    row = _row(action, subject, ids, detail, outcome)
    if who := _acting.get():
        who.denied.append(row)
    else:
        _write([row])


@contextmanager
def refusals_noted(
    of: tuple[type[Exception], ...], action: str, subject: str, key: UUID, detail: dict[str, Any]
) -> Iterator[None]:
    """A refusal of these kinds leaves a row, with the name of its kind as the reason, and goes on."""
    try:
        yield
    except of as refusal:
        denied(action, subject=subject, ids=[key], detail={**detail, "why": type(refusal).__name__}, outcome=REFUSED)
        raise


def record(
    action: str,
    *,
    subject: str = "",
    ids: Sequence[UUID] = (),
    detail: dict[str, Any] | None = None,
    outcome: str = ALLOWED,
) -> None:
    """Write one row now, in the transaction that is open. `detail` holds codes and counts, never content."""
    _write([_row(action, subject, ids, detail, outcome)])


def _row(action: str, subject: str, ids: Sequence[UUID], detail: dict[str, Any] | None, outcome: str) -> dict[str, Any]:
    return {"action": action, "subject": subject, "ids": list(ids), "detail": detail or {}, "outcome": outcome}


def _write(rows: list[dict[str, Any]]) -> None:
    """Rows in the table by one statement, and their lines for the file beside it."""
    if not rows:
        return
    who = _acting.get() or Acting()
    added = [(uuid4(), columns_of(who, **row)) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(insert(len(added)), [value for key, columns in added for value in values(key, columns)])
    lines = [{"id": key, **beside.line(calendar.now(), columns)} for key, columns in added]
    if _acting.get():
        who.lines += lines
    else:
        beside.keep(lines)


def columns_of(
    who: Acting, *, action: str, subject: str, ids: Sequence[UUID], detail: dict[str, Any] | None, outcome: str
) -> dict[str, Any]:
    """A row's columns but for its key and its time, which the database gives."""
    return {
        "account_id": who.account_id,
        "worker_id": who.worker_id,
        "agency": who.agency,
        "role": who.role,
        "action": action,
        "subject": subject,
        "object_ids": list(ids),
        "detail": {**who.said, **(detail or {})},
        "outcome": outcome,
        "request_id": who.request_id,
        "code_version": CODE_VERSION,
    }


def _write_denied(who: Acting) -> None:
    waiting, who.denied = who.denied, []
    _write(waiting)


def _outlive(who: Acting) -> None:
    """The work is rolled back, and its rows with it: what was refused stays, and that shown records went unanswered."""
    from .apart import write_apart

    waiting = list(who.denied)
    waiting += [
        {"action": UNANSWERED, "subject": subject, "ids": sorted(ids), "detail": {"page": who.page}, "outcome": UNDONE}
        for subject, ids in who.shown.items()
    ]
    if waiting:
        write_apart([columns_of(who, **row) for row in waiting])
