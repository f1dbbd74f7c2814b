"""Access that work does not explain by itself: worked out every night for information governance to look at.

Each line says in words why it is listed and names nobody on record. It is a prompt to look, never a finding: most have
an ordinary reason. What is sealed is in no line.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.engine.models import Case, CaseStep, CaseSubject
from sightline.people.actor import Actor
from sightline.people.index.agreement import postcode_key
from sightline.people.index.spelling import plain
from sightline.people.models import HouseholdMembership, Partnership, PersonAddress, PersonName, RoleHeld, Worker
from sightline.platform import audit, calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs.acting import clockwork
from sightline.vocabulary.roles import CLOCKWORK, INFORMATION_GOVERNANCE

from .models import Interest, OwnDetails
from .oversight_models import UnusualAccess
from .oversight_rules import UNUSUAL
from .oversight_sample import AnswerRefused, Opened, opened_in

NOT_SEALED = (Case.Tier.OPEN, Case.Tier.TEAM, Case.Tier.RESTRICTED)
SURNAME, STREET, HOUSEHOLD, NO_ACTION, VOLUME = "same-surname", "same-street", "same-household", "no-action", "volume"


@dataclass(frozen=True)
class Hit:
    """Reads of one worker that one rule lists, and why."""

    worker: UUID
    rule: str
    day: date
    says: str
    reads: list[Opened]


def find_yesterdays() -> int:
    """Look at yesterday's reads, and at those of as long ago as an action may take; gives how many lines are new."""
    yesterday = calendar.today() - timedelta(days=1)
    found = 0
    for partnership in Partnership.objects.all():
        with clockwork():
            found += find(partnership, yesterday)
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
            cases=[one.case for one in hit.reads],
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
    """Records about people of the worker's family name, street or household."""
    cases = {one.case for reads in opened.values() for one in reads}
    about = _About.of(cases)
    own = _Own.of(partnership, set(opened))
    kinds = (
        (SURNAME, own.surnames, about.surnames, "somebody of their own family name"),
        (STREET, own.postcodes, about.postcodes, "somebody in their own street, or a relative's"),
        (HOUSEHOLD, own.households, about.households, "somebody in the household of a person they are close to"),
    )
    for worker, reads in opened.items():
        for rule, mine, theirs, words in kinds:
            same = [one for one in reads if mine.get(worker, set()) & theirs.get(one.case, set())]
            if same:
                yield Hit(worker, rule, day, f"Opened {_records(len(same))} about {words}", same)


@dataclass
class _About:
    """Of cases: the family names, postcodes and households of the people in them."""

    surnames: dict[UUID, set[str]]
    postcodes: dict[UUID, set[str]]
    households: dict[UUID, set[UUID]]

    @classmethod
    def of(cls, cases: set[UUID]) -> "_About":
        found = cls(defaultdict(set), defaultdict(set), defaultdict(set))
        people: dict[UUID, set[UUID]] = defaultdict(set)
        rows = CaseSubject.objects.filter(case_id__in=cases)
        for case, family, postcode, person in rows.values_list("case_id", "family_name", "postcode", "person_id"):
            found._add(case, family, postcode)
            if person:
                people[person].add(case)
        for person, family in PersonName.objects.filter(person_id__in=people).values_list("person_id", "family_name"):
            for case in people[person]:
                found._add(case, family, "")
        addresses = PersonAddress.objects.filter(person_id__in=people, protected=False)
        for person, postcode in addresses.values_list("person_id", "postcode"):
            for case in people[person]:
                found._add(case, "", postcode)
        members = HouseholdMembership.objects.filter(person_id__in=people)
        for person, household in members.values_list("person_id", "household_id"):
            for case in people[person]:
                found.households[case].add(household)
        return found

    def _add(self, case: UUID, family: str, postcode: str) -> None:
        if family:
            self.surnames[case].add(plain(family))
        if postcode:
            self.postcodes[case].add(postcode_key(postcode))


@dataclass
class _Own:
    """Of workers: their own family names but common ones, and postcodes and households of their own people."""

    surnames: dict[UUID, set[str]]
    postcodes: dict[UUID, set[str]]
    households: dict[UUID, set[UUID]]

    @classmethod
    def of(cls, partnership: Partnership, workers: set[UUID]) -> "_Own":
        found = cls(defaultdict(set), defaultdict(set), defaultdict(set))
        for pk, family in Worker.objects.filter(pk__in=workers).values_list("pk", "family_name"):
            found.surnames[pk].add(plain(family))
        told = OwnDetails.objects.filter(worker_id__in=workers)
        for pk, family, postcode in told.values_list("worker_id", "family_name", "postcode"):
            found.surnames[pk].add(plain(family))
            if postcode:
                found.postcodes[pk].add(postcode_key(postcode))
        close = dict[UUID, set[UUID]]()
        for pk, person in Interest.objects.filter(worker_id__in=workers).values_list("worker_id", "person_id"):
            close.setdefault(person, set()).add(pk)
        members = HouseholdMembership.objects.filter(person_id__in=close)
        for person, household in members.values_list("person_id", "household_id"):
            for pk in close[person]:
                found.households[pk].add(household)
        found._forget_common(partnership)
        return found

    def _forget_common(self, partnership: Partnership) -> None:
        wanted = {name for names in self.surnames.values() for name in names}
        borne: dict[str, set[UUID]] = defaultdict(set)
        rows = PersonName.objects.filter(person__partnership=partnership).values_list("person_id", "family_name")
        for person, family in rows:
            if (name := plain(family)) in wanted:
                borne[name].add(person)
        common = {name for name, people in borne.items() if len(people) > UNUSUAL[SURNAME]["common_over"]}
        for names in self.surnames.values():
            names -= common


def _volume(partnership: Partnership, day: date, opened: dict[UUID, list[Opened]]) -> Iterator[Hit]:
    """Far more records in a day than on this worker's own days before."""
    rule = UNUSUAL[VOLUME]
    many = {worker: reads for worker, reads in opened.items() if len(reads) >= rule["fewest"]}
    if not many:
        return
    since = day - timedelta(days=rule["baseline_days"])
    days: dict[UUID, dict[date, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for worker, case, at in _opened_between(since, day, set(many)):
        days[worker][at].add(case)
    for worker, reads in many.items():
        counts = sorted(len(cases) for cases in days[worker].values())
        usual = counts[len(counts) // 2] if len(counts) >= rule["days_needed"] else 0
        if usual and len(reads) > rule["times"] * usual:
            says = f"Opened {_records(len(reads))} in a day; on half of their days of the last {rule['baseline_days']}"
            yield Hit(worker, VOLUME, day, f"{says} they opened {usual} or fewer", reads)


def _opened_between(first: date, until: date, workers: set[UUID]) -> Iterator[tuple[UUID, UUID, date]]:
    rows = AuditRow.objects.filter(
        action="read",
        subject=Case._meta.label,
        worker_id__in=workers,
        at__gte=calendar.start_of_day(first),
        at__lt=calendar.start_of_day(until),
        detail__has_key="opened",
    )
    found: Any = rows.values_list("worker_id", "at", "detail__opened")
    for worker, at, opened in found:
        for case in opened:
            yield worker, UUID(case), calendar.local_date(at)


def _no_action(partnership: Partnership, latest: date) -> Iterator[Hit]:
    """Records opened as long ago as an action may take, in which the worker has taken no step before or since."""
    rule = UNUSUAL[NO_ACTION]
    day = latest - timedelta(days=rule["days"])
    held = RoleHeld.objects.filter(partnership=partnership, role__in=rule["roles"])
    opened = opened_in(
        partnership, day, day + timedelta(days=1), set(held.values_list("worker_id", flat=True)), NOT_SEALED
    )
    cases = {one.case for reads in opened.values() for one in reads}
    acted = set(CaseStep.objects.filter(case_id__in=cases, worker_id__in=opened).values_list("worker_id", "case_id"))
    owned = set(Case.objects.filter(pk__in=cases, owner_id__in=opened).values_list("owner_id", "pk"))
    for worker, reads in opened.items():
        left = [one for one in reads if (worker, one.case) not in acted | owned]
        if len(left) >= rule["fewest"]:
            days = rule["days"]
            says = f"Opened {_records(len(left))} in a day and did nothing in them, then or in the {days} days after"
            yield Hit(worker, NO_ACTION, day, says, left)


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
    """One read behind a line."""

    case: UUID
    at: datetime
    page: str
    relied_on: str


def reads_of(line: UnusualAccess) -> list[Read]:
    """The reads behind a line that the reader was given, by time. One query."""
    rows = AuditRow.objects.in_bulk(line.audit_rows)
    found = [
        Read(case, rows[row].at, rows[row].detail.get("page", ""), rows[row].detail.get("relied_on", ""))
        for case, row in zip(line.cases, line.audit_rows, strict=True)
        if row in rows
    ]
    return sorted(found, key=lambda read: read.at)
