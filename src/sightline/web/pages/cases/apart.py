"""Columns that this viewer may not read although they see the case: shown as kept apart, with whom to ask.

A group that they may read, and are shown something of, is named in the audit row of the page.
"""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from sightline.access.field_groups import FieldGroup, field_group_named, groups_of, sometimes_apart
from sightline.access.verdict import Verdict, can_in_group
from sightline.engine.amend import CORRECTION
from sightline.engine.models import Case, CaseStep
from sightline.outgoing.fragments import Sort
from sightline.platform import audit
from sightline.processes.protection.spoken import SHARED, marked_of, sort_of_written, spoken
from sightline.web.pages.cases.opening import Opened, View

PROTECTED_PLACE, SEXUAL_HEALTH = field_group_named("protected-place"), field_group_named("sexual-health")


def kept_apart(opened: Opened, case: Case, record: Any, column: str) -> str:
    """In place of the answer: what is kept apart and whom to ask; empty where this viewer may read it.

    Ask for each column that is about to be shown, for what may be read and holds something is noted as revealed.
    """
    return _apart(opened, case, [record], column, shown=bool(getattr(record, column)))


def entry_kept_apart(opened: Opened, row: CaseStep, column: str) -> str:
    """The same of what an entry of the timeline says, by what held when it was made as well as by what holds now."""
    if not sometimes_apart(opened.case, column):
        return ""
    said = row.answers
    values = [said.get("before", {}), said.get("after", {})] if row.step == CORRECTION else [said]
    shown = any(one.get(column) for one in values)
    return _apart(opened, opened.case, [opened.record, *_as_answered(opened, row)], column, shown=shown)


def columns_apart(opened: Opened, names: Iterable[str]) -> list[str]:
    """Columns of the case's record that are in no form of this viewer's.

    What was just posted is the viewer's own words; a form that is asked for is filled from the record, or from a draft
    that was.
    """
    filled = opened.view is not View.SENT and opened.request.method != "POST"
    record = opened.record
    return [n for n in names if _apart(opened, opened.case, [record], n, shown=filled and bool(getattr(record, n)))]


def place_kept_apart(opened: Opened) -> str:
    """The same, in place of what gives a protected place of the case away."""
    return _of_groups(opened, opened.case, [PROTECTED_PLACE], shown=True)


def sexual_health_kept_apart(opened: Opened, given_by: Iterable[Any]) -> str:
    """The same, in place of what is made from such an answer. given_by: ids of the agencies that gave one."""
    own = {held.agency_id for held in opened.actor.roles} & set(given_by)
    verdict = can_in_group(opened.actor, opened.case, SEXUAL_HEALTH, next(iter(own), None))
    if verdict:
        audit.revealed(SEXUAL_HEALTH.key)
    return "" if verdict else f"{verdict.reason} {verdict.ask}"


def spoken_apart(opened: Opened, text: Any, column: str = "", agency: Any = None) -> Any:
    """What is written down in a discussion, with words in place of what is made of sexual health and kept apart.

    column: it is in; agency: whose written input it is.
    """
    matter = opened.matter
    if not text or not isinstance(text, str) or not hasattr(matter.record, SHARED) or not (marked := marked_of(matter)):
        return text
    lines = list(spoken(text, matter)) if column == SHARED else [(text, Sort.OPEN)]
    theirs = agency is not None and sort_of_written(agency, matter) is Sort.SEXUAL_HEALTH
    special = [theirs or sort is Sort.SEXUAL_HEALTH or marked.said_in(line) for line, sort in lines]
    apart = sexual_health_kept_apart(opened, marked.agencies) if any(special) else ""
    if not apart:
        return text
    shown = [apart if one else line for (line, _), one in zip(lines, special, strict=True)]
    return "\n".join(line for at, line in enumerate(shown) if line != apart or at == 0 or shown[at - 1] != apart)


def _as_answered(opened: Opened, row: CaseStep) -> list[SimpleNamespace]:
    """The record's answers as this entry left them; of a correction, as it found them too."""
    said: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for each in opened.matter.steps:
        if each.number > row.number:
            break
        before = dict(said)
        said |= each.answers.get("after", {}) if each.step == CORRECTION else each.answers
    return [SimpleNamespace(**one) for one in ([before, said] if row.step == CORRECTION else [said])]


def _apart(opened: Opened, case: Case, records: Iterable[Any], column: str, *, shown: bool) -> str:
    return _of_groups(opened, case, groups_of(case, records, column), shown=shown)


def _of_groups(opened: Opened, case: Case, groups: list[FieldGroup], *, shown: bool) -> str:
    for verdict in (_verdict(opened, case, group) for group in groups):
        if not verdict:
            return f"{verdict.reason} {verdict.ask}"
    if shown:
        audit.revealed(*(group.key for group in groups))
    return ""


def _verdict(opened: Opened, case: Case, group: FieldGroup) -> Verdict:
    known = opened.apart
    if (case.pk, group.key) not in known:
        given_by = case.answering_id or (opened.matter.steps[0].agency_id if opened.matter.steps else None)
        known[case.pk, group.key] = can_in_group(opened.actor, case, group, given_by)
    return known[case.pk, group.key]
