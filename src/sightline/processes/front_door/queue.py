"""Which child is next at the front door, and is anything late or not yet taken? Facts for the list, the board and home.

Everything that waits is read in two queries of light rows, so that the sentence above the list, its order and its
filters agree; only the page shown is then loaded in full.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Prefetch, Q

from sightline.engine.models import Case, CaseSubject, Involvement
from sightline.parts.history import months_before
from sightline.people.actor import Actor
from sightline.platform import calendar

from .agency_enquiry import AgencyEnquiry
from .codes import Rag
from .contact import Contact

DECISION_CLOCKS = ("decide_and_tell", "decide_by_priority", "acknowledge_in_time")
_RANK = {Rag.RED.value: 0, Rag.AMBER.value: 1, Rag.GREEN.value: 2, Rag.BLUE.value: 3}


@dataclass(frozen=True)
class Waiting:
    """One contact that still waits. `owner` is a name, empty where nobody is on the rota; `taken`: by a named worker.

    late_agencies: ids of agencies whose reply is overdue.
    """

    id: UUID
    reference: str
    stage: str
    rag: str
    danger: bool
    received_at: datetime
    due_at: datetime | None
    owner_id: UUID | None
    owner: str
    taken: bool
    late_agencies: tuple[UUID, ...] = ()

    def late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now

    def urgency(self, now: datetime) -> tuple[bool, int, datetime]:
        """Late first, then priority, then longest waiting. Said to be in danger now, and no priority yet: as red."""
        rag = self.rag or (Rag.RED.value if self.danger else "")
        return not self.late(now), _RANK.get(rag, len(_RANK)), self.received_at


def waiting(actor: Actor, *, told: bool = False, until: datetime | None = None) -> list[Waiting]:
    """Open contacts that this person may see, most urgent first. `told`: also those whose referrer has been told.

    `until` leaves out what came later, so that a list does not move under its reader. Two queries.
    """
    now = calendar.now()
    rows = Case.visible_to(actor).filter(process=Contact.key, closed_at__isnull=True)
    if not told:
        rows = rows.exclude(stage=Contact.referrer_told.key)
    if until:
        rows = rows.filter(opened_at__lte=until)
    running = Q(clocks__stopped_at__isnull=True, clocks__key__in=DECISION_CLOCKS)
    late = late_replies(actor)
    found = [
        _waiting(row, late) for row in rows.annotate(due_at=Min("clocks__due_at", filter=running)).values(*_COLUMNS)
    ]
    return sorted(found, key=lambda one: one.urgency(now))


_COLUMNS = (
    *("id", "reference", "stage", "opened_at", "due_at", "named_owner", "owner_id"),
    *("owner__given_name", "owner__family_name", "contactrecord__rag", "contactrecord__in_danger"),
)


def _waiting(row: dict[str, Any], late: dict[UUID, list[UUID]]) -> Waiting:
    return Waiting(
        id=row["id"],
        reference=row["reference"],
        stage=row["stage"],
        rag=row["contactrecord__rag"] or "",
        danger=row["contactrecord__in_danger"] == "yes",
        received_at=row["opened_at"],
        due_at=row["due_at"],
        owner_id=row["owner_id"],
        owner=f"{row['owner__given_name'] or ''} {row['owner__family_name'] or ''}".strip(),
        taken=row["named_owner"],
        late_agencies=tuple(late.get(row["id"], ())),
    )


def open_replies(actor: Actor) -> list[tuple[UUID, UUID, str, datetime | None]]:
    """Replies owed: (contact, agency, agency's kind, due) for each enquiry that nobody has answered. One query."""
    asked = Case.visible_to(actor).filter(
        process=AgencyEnquiry.key, stage=AgencyEnquiry.asked.key, parent__closed_at__isnull=True
    )
    due = Min("clocks__due_at", filter=Q(clocks__stopped_at__isnull=True))
    return list(asked.annotate(due_at=due).values_list("parent_id", "answering_id", "answering__kind", "due_at"))


def late_replies(actor: Actor) -> dict[UUID, list[UUID]]:
    """For each contact, the agencies whose reply is overdue."""
    now = calendar.now()
    late: dict[UUID, list[UUID]] = defaultdict(list)
    for contact, agency, _, due_at in open_replies(actor):
        if due_at and due_at < now:
            late[contact].append(agency)
    return late


def in_full(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Case]:
    """Contacts with people, clocks, enquiries and who told us, by id. A constant number of queries."""
    wanted = list(ids)
    enquiries = Case.visible_to(actor).filter(process=AgencyEnquiry.key).order_by("opened_at")
    referrers = Involvement.visible_to(actor).filter(part="referrer")
    cases = (
        Case.visible_to(actor)
        .filter(pk__in=wanted)
        .select_related("owner", "contactrecord")
        .prefetch_related(
            "subjects",
            "clocks",
            Prefetch("children", enquiries),
            "children__answering__names",
            "children__clocks",
            Prefetch("involvements", referrers),
            "involvements__agency__names",
        )
    )
    return {case.pk: case for case in cases}


def contacts_in_a_year(actor: Actor, cases: Iterable[Case]) -> dict[UUID, int]:
    """For each contact, how many there were about any of its people in the 12 months to it, itself counted."""
    listed = list(cases)
    people = {s.person_id for case in listed for s in case.subjects.all() if s.person_id and not s.swept}
    if not people:
        return dict.fromkeys((case.pk for case in listed), 1)
    told = (
        CaseSubject.visible_to(actor)
        .filter(person_id__in=people, swept=False, case__process=Contact.key)
        .values_list("person_id", "case_id", "case__opened_at")
    )
    history: dict[UUID, set[tuple[UUID, datetime]]] = defaultdict(set)
    for person, case_id, opened_at in told:
        history[person].add((case_id, opened_at))
    return {case.pk: _how_many(case, history) for case in listed}


def _how_many(case: Case, history: dict[UUID, set[tuple[UUID, datetime]]]) -> int:
    since = months_before(case.opened_at, 12)
    mine = {s.person_id for s in case.subjects.all() if s.person_id and not s.swept}
    found = {other for person in mine for other, at in history.get(person, ()) if since <= at < case.opened_at}
    return len(found - {case.pk}) + 1


def last_decided_at(actor: Actor) -> datetime | None:
    """When a decision was last endorsed."""
    decided = Case.visible_to(actor).filter(process=Contact.key, contactrecord__endorsed_at__isnull=False)
    return decided.order_by("-contactrecord__endorsed_at").values_list("contactrecord__endorsed_at", flat=True).first()
