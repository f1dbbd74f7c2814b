"""Who has looked at this record, and why: read from the audit, for those whom that concerns, and itself audited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import RawSQL

from sightline.engine.models import Case, CaseSubject
from sightline.people.actor import Actor
from sightline.people.models import Account, Agency, Person, Worker
from sightline.platform import audit
from sightline.platform.audit.models import AuditRow
from sightline.vocabulary.roles import CLOCKWORK, INFORMATION_GOVERNANCE

from .door import TELL
from .oversight_models import Purpose
from .oversight_named import named_for_oversight, people_for_oversight
from .oversight_rules import LOOKED_ROLES

OPENED, LISTED, REFUSED, TOLD = "opened", "listed", "refused", "told"
ACTIONS = ("read", "open a page", "break glass", TELL)
LED_TO = Q(action="search", detail__has_key="door")
"""A search that led to a record closed to whoever searched."""
MOST_ROWS = 2000
"""Audit rows that one page is made of; older ones are reached by asking for earlier days."""


@dataclass(frozen=True)
class Look:
    """One audit row of a record: who, as what, relying on what, and which page.

    `how`: opened, listed, refused, or told that it is there.
    """

    at: datetime
    who: str
    agency: str
    role: str
    relied_on: str
    page: str
    how: str
    purpose: str = ""
    purpose_words: str = ""


@dataclass(frozen=True)
class Looked:
    """The record as its reader may name it, and the looks at it, newest first. `more`: older ones are left out."""

    name: str
    reference: str
    looks: list[Look]
    more: bool


def may_see_looks(actor: Actor, partnership: UUID, case: Case | None = None) -> bool:
    """Managers and information governance of the partnership, and whoever owns the case."""
    owns = case is not None and actor.worker is not None and case.owner_id == actor.worker.pk
    return owns or any(held.partnership_id == partnership and held.role in LOOKED_ROLES for held in actor.roles)


def looks_at_case(actor: Actor, case_id: UUID, before: datetime | None = None) -> Looked:
    """Who has looked at a case. Raises LookupError where there is none for this reader, sealed ones among them, and
    PermissionError where they see the case and it is not for them to see who looked.
    """
    case = Case.visible_to(actor).filter(pk=case_id).first()
    if case is not None:
        if not may_see_looks(actor, case.partnership_id, case):
            raise PermissionError("Who has looked is for whoever owns the case and for managers.")
        return _looked({case_id}, case.declared.label, case.reference, before)
    named = named_for_oversight([case_id]).get(case_id) if actor.holds(INFORMATION_GOVERNANCE.key) else None
    if named is None:
        raise LookupError("There is no such case.")
    audit.record("read who looked", subject="engine.Case", ids=[case_id])  # they were shown no record that says so
    return _looked({case_id}, named.label, named.reference, before)


def looks_at_person(actor: Actor, person_id: UUID, before: datetime | None = None) -> Looked:
    """Who has looked at a person, or at a case about them that this reader sees. Raises as `looks_at_case`."""
    person = Person.visible_to(actor).filter(pk=person_id).first()
    if person is None:
        governs = actor.holds(INFORMATION_GOVERNANCE.key)
        named = people_for_oversight([person_id]).get(person_id) if governs else None
        if named is None:
            raise LookupError("There is no such person.")
        audit.record("read who looked", subject=Person._meta.label, ids=[person_id])
        return _looked({person_id}, named.label, "", before)
    if not may_see_looks(actor, person.partnership_id):
        raise PermissionError("Who has looked is for managers.")
    about = CaseSubject.visible_to(actor).filter(person=person).values("case_id")
    cases = {case.pk for case in Case.visible_to(actor).filter(pk__in=about)}
    return _looked({person_id, *cases}, person.display_name, "", before)


def _looked(ids: set[UUID], name: str, reference: str, before: datetime | None) -> Looked:
    """Reading the list is a read of the records, which the page's own row says; see `looks_at_case` for the rest."""
    naming = RawSQL("select wall_rows_naming(%s)", [list(ids)])  # noqa: S611 - ids, and no text of anybody's
    rows = AuditRow.objects.filter(Q(action__in=ACTIONS) | LED_TO, pk__in=naming).exclude(role=CLOCKWORK.key)
    if before is not None:
        rows = rows.filter(at__lt=before)
    found = list(rows.order_by("-at")[: MOST_ROWS + 1])
    return Looked(name, reference, looks_of(found[:MOST_ROWS], ids), len(found) > MOST_ROWS)


def looks_of(rows: Iterable[AuditRow], ids: set[UUID]) -> list[Look]:
    """The rows as looks at these records, newest first, with the names of who looked. Five queries at most."""
    rows = list(rows)
    named = {str(one) for one in ids}
    workers = Worker.objects.in_bulk({row.worker_id for row in rows if row.worker_id})
    accounts = Account.objects.in_bulk({row.account_id for row in rows if row.account_id and not row.worker_id})
    agencies = Agency.objects.filter(key__in={row.agency for row in rows}).prefetch_related("names")
    names = {agency.key: agency.name for agency in agencies}
    words = _purpose_words(rows)
    found = []
    for row in rows:
        worker, account = workers.get(row.worker_id), accounts.get(row.account_id)
        who = worker.display_name if worker else account.username if account else "Nobody signed in"
        purpose, _, key = row.detail.get("purpose", "").partition(":")
        found.append(
            Look(
                *(row.at, who, names.get(row.agency, row.agency), row.role, row.detail.get("relied_on", "")),
                *(row.detail.get("page", ""), _how(row, named), purpose, words.get(key, "")),
            )
        )
    return found


def _how(row: AuditRow, named: set[str]) -> str:
    if row.outcome == "denied":
        return REFUSED
    if row.action in (TELL, "search"):
        return TOLD
    return OPENED if row.action == "break glass" or named & set(row.detail.get("opened", ())) else LISTED


def _purpose_words(rows: list[AuditRow]) -> dict[str, str]:
    keys = {row.detail["purpose"].partition(":")[2] for row in rows if row.detail.get("purpose")}
    found = Purpose.objects.filter(Q(pk__in=keys)).values_list("pk", "words") if keys else []
    return {str(key): words for key, words in found}
