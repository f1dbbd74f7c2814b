"""Columns that this viewer may not read although they see the case: shown as kept apart, with whom to ask."""

from typing import Any

from sightline.access.field_groups import FieldGroup, group_of, may_see_group
from sightline.engine.models import Case
from sightline.web.pages.cases.opening import Opened


def kept_apart(opened: Opened, case: Case, record: Any, column: str) -> str:
    """In place of the answer: what is kept apart and whom to ask; empty where this viewer may read it."""
    group = group_of(case, record, column)
    if group is None or _may_see(opened, case, group):
        return ""
    return f"{group.refusal} {group.ask}"


def _may_see(opened: Opened, case: Case, group: FieldGroup) -> bool:
    known = opened.apart
    if (case.pk, group.key) not in known:
        given_by = case.answering_id or (opened.matter.steps[0].agency_id if opened.matter.steps else None)
        known[case.pk, group.key] = may_see_group(opened.actor, case, group, given_by)
    return known[case.pk, group.key]
