"""Access that work does not explain by itself: worked out every night for information governance to look at.

Each line says in words why it is listed and names nobody on record. It is a prompt to look, never a finding: most have
an ordinary reason. What is sealed is in no line.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.engine.models import Case, CaseStep, CaseSubject
from sightline.people.actor import Actor
from sightline.people.models import Partnership, RoleHeld
from sightline.platform import audit, calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs import days_to_do
from sightline.platform.jobs.acting import clockwork
from sightline.vocabulary.roles import CLOCKWORK, INFORMATION_GOVERNANCE

from .oversight_models import UnusualAccess
from .oversight_near import About, Own
from .oversight_opened import CASE, NOT_SEALED, PERSON, Opened, Record, days_opened, ids_of, opened_in
from .oversight_rules import ACTING_ROLES, MISSED_DAYS, UNUSUAL
from .oversight_sample import AnswerRefused

FINDING = "find-unusual-access"
SURNAME, STREET, HOUSEHOLD, NO_ACTION, VOLUME = "same-surname", "same-street", "same-household", "no-action", "volume"


@dataclass(frozen=True)
class Hit:
    """Reads of one worker that one rule lists, and why."""

    worker: UUID
    rule: str
    day: date
    says: str
    reads: list[Opened]


def find_days() -> int:
    """Look at the reads of yesterday and of days that were missed, and at those before which an action should follow.

    Gives how many lines are new.
    """
    found = 0
    for day in days_to_do(FINDING, MISSED_DAYS):
        for partnership in Partnership.objects.all():
            with clockwork():
                found += find(partnership, day)
    return found


def find(partnership: Partnership, day: date) -> int:
    """List what is unusual in the reads of one day. Found twice, it is listed once."""
    opened = opened_in(partnership, day, day + timedelta(days=1), _workers(partnership), NOT_SEALED)
    hits = [*_same_as_self(partnership, day, opened), *_volume(partnership, day, opened), *_no_action(partnership, day)]
    now = calendar.now()
    rows = [
        UnusualAccess(
            **{"partnership": partnership, "worker_id": hit.worker, "rule": hit.rule, "day": hit.day},
            says=hit.says,
            records=[one.record[1] for one in hit.reads],
            audit_rows=[one.row for one in hit.reads],
            found_at=now,
        )
        for hit in hits
    ]
    before = UnusualAccess.objects.filter(partnership=partnership).count()
    UnusualAccess.objects.bulk_create(rows, ignore_conflicts=True)
    return UnusualAccess.objects.filter(partnership=partnership).count() - before


def _workers(partnership: Partnership) -> set[UUID]:
    held = RoleHeld.objects.filter(partnership=partnership).exclude(role=CLOCKWORK.key)
    return set(held.values_list("worker_id", flat=True))


def _same_as_self(partnership: Partnership, day: date, opened: dict[UUID, list[Opened]]) -> Iterator[Hit]:
    """Records of, or about, people of the worker's family name, street or household."""
    about = About.of(_records_in(opened))
    own = Own.of(partnership, set(opened))
    kinds = (
        (SURNAME, own.surnames, about.surnames, "somebody of their own family name"),
        (STREET, own.postcodes, about.postcodes, "somebody in their own street, or a relative's"),
        (HOUSEHOLD, own.households, about.households, "somebody in the household of a person they are close to"),
    )
    for worker, reads in opened.items():
        for rule, mine, theirs, words in kinds:
            same = [one for one in reads if mine.get(worker, set()) & theirs.get(one.record, set())]
            if same:
                yield Hit(worker, rule, day, f"Opened {_records(len(same))} about {words}", same)


def _volume(partnership: Partnership, day: date, opened: dict[UUID, list[Opened]]) -> Iterator[Hit]:
    """Far more records in a day than on this worker's own days before."""
    rule = UNUSUAL[VOLUME]
    many = {worker: reads for worker, reads in opened.items() if len(reads) >= rule["fewest"]}
    if not many:
        return
    since = day - timedelta(days=rule["baseline_days"])
    days: dict[UUID, dict[date, set[Record]]] = defaultdict(lambda: defaultdict(set))
    for worker, record, at in days_opened(since, day, set(many)):
        days[worker][at].add(record)
    for worker, reads in many.items():
        counts = sorted(len(records) for records in days[worker].values())
        usual = counts[len(counts) // 2] if len(counts) >= rule["days_needed"] else 0
        if usual and len(reads) > rule["times"] * usual:
            says = f"Opened {_records(len(reads))} in a day; on half of their days of the last {rule['baseline_days']}"
            yield Hit(worker, VOLUME, day, f"{says} they opened {usual} or fewer", reads)


def _no_action(partnership: Partnership, latest: date) -> Iterator[Hit]:
    """Records opened as long ago as an action may take, in which the worker has taken no step before or since."""
    rule = UNUSUAL[NO_ACTION]
    day = latest - timedelta(days=rule["days"])
    held = RoleHeld.objects.filter(partnership=partnership, role__in=ACTING_ROLES)
    opened = opened_in(
        partnership, day, day + timedelta(days=1), set(held.values_list("worker_id", flat=True)), NOT_SEALED
    )
    worked_in = _worked_in(opened)
    for worker, reads in opened.items():
        left = [one for one in reads if (worker, one.record) not in worked_in]
        if len(left) >= rule["fewest"]:
            days = rule["days"]
            says = f"Opened {_records(len(left))} in a day and did nothing in them, then or in the {days} days after"
            yield Hit(worker, NO_ACTION, day, says, left)


def _worked_in(opened: dict[UUID, list[Opened]]) -> set[tuple[UUID, Record]]:
    """Workers with the records in which they took a step or which they own; a person's by any case about them."""
    records = _records_in(opened)
    about: dict[UUID, set[Record]] = defaultdict(set)
    for case in ids_of(records, CASE):
        about[case].add((CASE, case))
    subjects = CaseSubject.objects.filter(person_id__in=ids_of(records, PERSON))
    for case, person in subjects.values_list("case_id", "person_id"):
        about[case].add((PERSON, person))
    steps = CaseStep.objects.filter(case_id__in=about, worker_id__in=opened).values_list("worker_id", "case_id")
    owned = Case.objects.filter(pk__in=about, owner_id__in=opened).values_list("owner_id", "pk")
    return {(worker, record) for worker, case in {*steps, *owned} for record in about[case]}


def _records_in(opened: dict[UUID, list[Opened]]) -> set[Record]:
    return {one.record for reads in opened.values() for one in reads}


def _records(count: int) -> str:
    return "a record" if count == 1 else f"{count} records"


def unusual(actor: Actor, *, looked_at: bool = False, most: int = 200) -> list[UnusualAccess]:
    """Lines of the reader's partnerships that wait to be looked at, or have been; never about themself."""
    governed = [held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key]
    rows = UnusualAccess.objects.filter(partnership__in=governed, looked_at__isnull=not looked_at)
    rows = rows.exclude(worker=actor.worker).select_related("worker", "looked_by__worker")
    return list(rows.order_by("-looked_at" if looked_at else "day", "worker__family_name")[:most])


def one_unusual(actor: Actor, key: UUID) -> UnusualAccess:
    """One line. Raises LookupError where there is none for this reader."""
    for looked_at in (False, True):
        for row in unusual(actor, looked_at=looked_at):
            if row.pk == key:
                audit.record("read unusual access", subject="access.UnusualAccess", ids=[key])
                return row
    raise LookupError("There is no such line.")


def look_at_unusual(actor: Actor, key: UUID, words: str) -> UnusualAccess:
    """Mark a line as looked at. Raises AnswerRefused without words, and LookupError where none waits."""
    row = next((one for one in unusual(actor) if one.pk == key), None)
    if row is None:
        raise LookupError("There is no such line to look at.")
    if not words.strip():
        raise AnswerRefused({"words": "Say what you found"})
    row.looked_at, row.looked_by, row.looked_words = calendar.now(), actor.account, words.strip()
    row.save(update_fields=["looked_at", "looked_by", "looked_words"])
    audit.record("look at unusual access", subject="access.UnusualAccess", ids=[row.pk])
    return row


@dataclass(frozen=True)
class Read:
    """One read behind a line: of a case or of a person."""

    record: Record
    at: datetime
    page: str
    relied_on: str


def reads_of(line: UnusualAccess) -> list[Read]:
    """The reads behind a line that the reader was given, by time. One query."""
    rows = AuditRow.objects.in_bulk(line.audit_rows)
    found = [
        Read((row.subject, key), row.at, row.detail.get("page", ""), row.detail.get("relied_on", ""))
        for key, row in ((key, rows.get(row)) for key, row in zip(line.records, line.audit_rows, strict=True))
        if row is not None
    ]
    return sorted(found, key=lambda read: read.at)
