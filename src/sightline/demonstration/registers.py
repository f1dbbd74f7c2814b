"""Fills the invented partnership's registers as its people would have: each entry proposed, and approved by another."""

from datetime import timedelta
from functools import cache
from typing import Any

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.people.actor import Actor, actor_for
from sightline.people.models import Account, Agency, Group, Partnership
from sightline.platform import calendar
from sightline.vocabulary.register import REGISTERS

from .cast import KEY
from .group_terms import LIVES, TASK_GROUP, TERMS
from .in_the_name_of import in_the_name_of, morning
from .register_entries import HUB, LIMITS, PRIORITIES, TARGETS, Entered, waiting

APPROVED_AFTER = timedelta(days=2)
ALREADY_SETTLED = (*LIVES, *TERMS, *TASK_GROUP, *PRIORITIES, *TARGETS, *LIMITS)


def load_registers() -> None:
    """Groups, terms of reference, priorities, targets and a local limit of Ardenvale; once, however often called."""
    partnership = Partnership.objects.get(key=KEY)
    with in_the_name_of(HUB) as hub:
        processes = [register.process_key() for register in REGISTERS.values()]
        if Case.objects.filter(partnership=partnership, process__in=processes).exists():
            return
        actor_of = cache(lambda username: actor_for(Account.objects.get(username=username), partnership=partnership))
        entries = (*ALREADY_SETTLED, waiting(calendar.today()))
        for entered in sorted(entries, key=lambda one: one.proposed_on):
            _enter(partnership, hub, entered, actor_of)


def _enter(partnership: Partnership, hub: Actor, entered: Entered, actor_of: Any) -> None:
    answers = {
        **entered.values,
        **_pointed_at(partnership, entered),
        "kind": entered.kind,
        "entry": entered.entry,
        "effective_from": entered.effective_from,
        "reason": entered.reason,
    }
    at = morning(entered.proposed_on)
    process = REGISTERS[entered.register].process_key()
    proposed = open_case(process, by=hub, partnership=partnership, answers=answers, at=at)
    if entered.approved_by:
        by = actor_of(entered.approved_by)
        perform(proposed.case, "approve", by=by, answers={"note": entered.note}, at=at + APPROVED_AFTER)


def _pointed_at(partnership: Partnership, entered: Entered) -> dict[str, Any]:
    """The agency and the groups that an entry names."""
    found: dict[str, Any] = {
        column: Group.objects.get(partnership=partnership, key=key) for column, key in entered.points_at.items()
    }
    if entered.agency:
        found["sponsor_agency"] = Agency.objects.get(key=entered.agency)
    return found
