"""Columns that this viewer may not read although they see the case: shown as kept apart, with whom to ask.

A group that they may read, and are shown something of, is named in the audit row of the page.
"""

from typing import Any

from sightline.access.field_groups import FieldGroup, group_of, may_see_group
from sightline.engine.models import Case
from sightline.platform import audit
from sightline.web.pages.cases.opening import Opened


def kept_apart(opened: Opened, case: Case, record: Any, column: str) -> str:
    """In place of the answer: what is kept apart and whom to ask; empty where this viewer may read it.

    Ask for each column that is about to be shown, for what may be read and holds something is noted as revealed.
    """
    group = group_of(case, record, column)
    if group is None:
        return ""
    if not _may_see(opened, case, group):
        return f"{group.refusal} {group.ask}"
    if getattr(record, column):
        audit.revealed(group.key)
    return ""


def _may_see(opened: Opened, case: Case, group: FieldGroup) -> bool:
    known = opened.apart
    if (case.pk, group.key) not in known:
        given_by = case.answering_id or (opened.matter.steps[0].agency_id if opened.matter.steps else None)
        known[case.pk, group.key] = may_see_group(opened.actor, case, group, given_by)
    return known[case.pk, group.key]
