"""What clients were told, kept by themselves; and what the database says of it afterwards."""

import threading
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

Connection = psycopg.Connection[Any]


@dataclass
class Sent:
    """One thing that a client asked for under one idempotency key, and whether it was told that it was done."""

    who: str
    step: str
    key: UUID
    mark: str
    """Words in the answers that nobody else sends; empty for a step that asks for none."""
    case: str = ""
    acknowledged: bool = False
    tries: int = 0


@dataclass
class Read:
    """One page of a case that was answered 200, by the name that its request was given."""

    request: str
    case: str


@dataclass
class Journal:
    """Every client's record, filled by all of them at once."""

    sent: list[Sent] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What a client met that no fault of the machine explains."""
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def add(self, entry: Sent | Read) -> None:
        with self._turn:
            (self.sent if isinstance(entry, Sent) else self.reads).append(entry)  # type: ignore[arg-type]

    @property
    def answered(self) -> int:
        """How many writes and reads have been acknowledged so far."""
        return sum(one.acknowledged for one in list(self.sent)) + len(self.reads)


@dataclass
class Comparison:
    """What is missing, doubled or unaudited, in words."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unaudited: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.unaudited or self.broken)


STEPS = """
select a.username, s.idempotency_key, s.step, s.case_id::text,
       coalesce(s.answers ->> 'narrative', ''), coalesce(s.answers ->> 'rag_reason', ''),
       coalesce(s.answers ->> 'anything_else', '')
from engine_casestep s join people_account a on a.id = s.account_id
"""
MARKED_BY = {"tell": 0, "set_priority": 1, "add_information": 2}
"""Which of a step's answers holds the mark."""
READS = """
select request_id, array_agg(shown::text) from audit_auditrow, unnest(object_ids) shown
where action = 'read' and subject = 'engine.Case' group by request_id
"""
NOTICES_TWICE = """
select reference || ' ' || says || ' ' || count(*) from notices_notice
group by case_id, reference, says, role, agency_id, worker_id, created_at having count(*) > 1
"""
NOTICES_OF_NOTHING = """
select n.reference || ' ' || n.says from notices_notice n
where n.page = ''
  and not exists (select from engine_casestep s where s.case_id = n.case_id and s.recorded_at = n.created_at)
"""
"""A notice with a page of its own is what a duty of the night has to say."""
NOT_TOLD = """
select c.reference from engine_case c join engine_casestep s on s.case_id = c.id and s.step = 'tell'
where (select count(*) from notices_notice n where n.case_id = c.id and n.says like 'New contact%') <> 1
"""
NUMBERED_WRONG = """
select c.reference from engine_case c join engine_casestep s on s.case_id = c.id
group by c.id, c.reference, c.revision having count(*) <> max(s.number) or count(*) <> c.revision
"""
STEPS_UNAUDITED = """
select c.reference from engine_case c
where (select count(*) from engine_casestep s where s.case_id = c.id)
   <> (select count(*) from audit_auditrow r where r.action = 'step' and r.object_ids = array[c.id])
"""


def compare(journal: Journal, connection: Connection) -> Comparison:
    """The journal against the database, read by a superuser, whom no policy hides a row from."""
    found = Comparison()
    steps: dict[tuple[str, UUID], list[Any]] = {}
    marks: dict[tuple[str, str], int] = {}
    for who, key, step, case, *texts in connection.execute(STEPS):
        steps.setdefault((who, key), []).append((step, case, texts))
        if step in MARKED_BY:
            mark = (step, texts[MARKED_BY[step]])
            marks[mark] = marks.get(mark, 0) + 1
    for sent in journal.sent:
        _compare_sent(sent, steps.pop((sent.who, sent.key), []), marks, found)
    found.doubled += [f"{who} took {rows[0][0]}, which no client sent" for (who, _), rows in steps.items()]
    _compare_reads(journal.reads, connection, found)
    for statement, into in (
        (NOTICES_TWICE, found.doubled),
        (NOTICES_OF_NOTHING, found.doubled),
        (NOT_TOLD, found.lost),
        (NUMBERED_WRONG, found.broken),
        (STEPS_UNAUDITED, found.unaudited),
    ):
        into += [f"{_called(statement)}: {row[0]}" for row in connection.execute(statement)]
    return found


def _compare_sent(sent: Sent, rows: list[Any], marks: dict[tuple[str, str], int], found: Comparison) -> None:
    said = f"{sent.who} {sent.step} {sent.mark or sent.key} after {sent.tries} tries"
    if sent.acknowledged and not rows:
        found.lost.append(said)
    if not sent.acknowledged and rows:
        found.doubled.append(f"{said}: refused, and yet done")
    if len(rows) > 1 or sent.mark and marks.get((sent.step, sent.mark), 0) > 1:
        found.doubled.append(said)
    if rows and sent.mark and rows[0][2][MARKED_BY[sent.step]] != sent.mark:
        found.broken.append(f"{said}: other words are kept")
    if rows and sent.case and rows[0][1] != sent.case:
        found.broken.append(f"{said}: it stands on another case")


def _compare_reads(reads: list[Read], connection: Connection, found: Comparison) -> None:
    audited = {request: shown for request, shown in connection.execute(READS)}
    for read in reads:
        times = audited.get(read.request, []).count(read.case)
        if times != 1:
            found.unaudited.append(f"request {read.request} showed case {read.case}: {times} rows name it")


def _called(statement: str) -> str:
    return next(name for name, value in globals().items() if value is statement).replace("_", " ").lower()
