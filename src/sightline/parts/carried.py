"""Who somebody is, said once: carried to the same person as told of every matter that was handed them.

A matter is handed its people as told when it is opened (`parts.history.handed_on`). Whoever is identified afterwards,
or was matched wrongly, would stay as told there: with no protected place and nobody kept from them.
"""

from operator import attrgetter
from typing import Any
from uuid import UUID

from sightline.access.handed_on import came_of
from sightline.engine.models import Case, CaseSubject
from sightline.platform import audit
from sightline.platform.database import as_account
from sightline.platform.jobs import acting

from .history import AS_TOLD

told = attrgetter("position", *AS_TOLD)
"""What makes two the same: their place among those handed on, and everything told of them."""


def carry_on(deed: Any, subject: CaseSubject, before: UUID | None) -> None:
    """When the deed is saved, say who it is of the same person elsewhere, where they are still whom they were `before`.

    In the same transaction, and in the name of scheduled work: whoever says it may not see every matter that came of
    theirs, and must not learn of one. A row of the audit for each names that matter alone.
    """
    deed.afterwards.append(lambda: _carry(subject, before, deed.by.account.pk))


def _carry(subject: CaseSubject, before: UUID | None, otherwise: UUID) -> None:
    at_work = acting.account()
    with as_account(at_work or otherwise), audit.request(account_id=at_work or otherwise, role=acting.ROLE):
        cases = Case.objects.filter(pk__in=came_of([subject.case_id])).order_by("pk")
        held = [case.pk for case in cases.select_for_update(of=("self",), no_key=True)]
        for row in CaseSubject.objects.filter(case__in=held, person=before):
            if told(row) == told(subject):
                row.person_id = subject.person_id
                row.save(update_fields=["person"])
                said = {"who": "found out" if subject.person_id else "undone"}
                audit.record("carry who this is", subject="engine.Case", ids=[row.case_id], detail=said)
