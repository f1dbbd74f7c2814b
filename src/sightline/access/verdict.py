"""May this person do this, on this record, now, and why? Role x live part x tier x class of data, and no conflict.

One answer for one record, in words for the page; `sight` gives the same rule as a condition on whole tables. A step's
own rule (who may take it at which stage) is `engine.permission`, which is asked here for the action "take".
"""

from dataclasses import dataclass
from typing import Any

from sightline.engine.matter import Matter
from sightline.engine.models import Case, Involvement
from sightline.engine.permission import role_for
from sightline.engine.refusals import NotAllowed
from sightline.people.actor import Actor
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.compartments import compartments_of, tiers_of
from sightline.vocabulary.process import Step
from sightline.vocabulary.roles import role_named

from .door import at_the_door
from .field_groups import FieldGroup, field_group_named, may_see_group
from .glass import glass_now
from .models import Glass
from .once_a_page import already
from .sight import OPEN_TO_AGENCIES, answers_for, kept_from, opened_by_glass, parts_that_show, seen_through_glass

SEE, TAKE, EXPORT = "see", "take", "export"


@dataclass(frozen=True)
class Verdict:
    """Whether it is allowed, why in a sentence, whom to ask where it is not, and what was relied on (for the audit)."""

    allowed: bool
    reason: str
    ask: str = ""
    relied_on: str = ""

    def __bool__(self) -> bool:
        return self.allowed


NOT_THERE = Verdict(False, "There is no such record.")
"""The words for a record that is missing, sealed, or kept from this person because of who they are."""

READ_ONLY = "You opened this without a part in it: it is read, and what protects at once is done, and nothing else."
NAMED_FIRST = "You opened this without a part in it. Ask a front-door manager or a service manager to name you on it."
"""Whom to ask under glass for a group of fields that their role alone would show."""


def can(
    actor: Actor, action: str, record: Case, field_group: str = "", *, step: Step | None = None, given_by: Any = None
) -> Verdict:
    """Whether the actor may see, take a step on, or export a case, or see one group of its fields.

    action: SEE, TAKE (with `step`) or EXPORT. field_group: a key of FIELD_GROUPS, with SEE. given_by: the id of the
    agency that gave the fields. Raises LookupError for an unknown field group, ValueError for an unknown action or for
    TAKE without a step.
    """
    seen = _sees(actor, record)
    if not seen:
        return seen
    if action == TAKE:
        return _takes(actor, record, step)
    if action == EXPORT:
        return _exports(actor, record, seen)
    if action != SEE:
        raise ValueError(f"There is no action {action!r}. Actions: {SEE}, {TAKE}, {EXPORT}.")
    if not field_group:
        return seen
    group = field_group_named(field_group)
    by_glass = seen.relied_on == "glass"
    return seen if may_see_group(actor, record, group, given_by, by_glass=by_glass) else _apart(group, by_glass)


def can_in_group(actor: Actor, record: Case, group: FieldGroup, given_by: Any = None) -> Verdict:
    """What `can` says of a group, for a page that shows the case already.

    By what the case is seen is asked again only where the actor has it open by glass: hardly anybody has.
    """
    if record.pk in seen_through_glass(actor):
        return can(actor, SEE, record, group.key, given_by=given_by)
    allowed = may_see_group(actor, record, group, given_by, by_glass=False)
    return Verdict(True, "") if allowed else _apart(group, by_glass=False)


def _apart(group: FieldGroup, by_glass: bool) -> Verdict:
    return Verdict(False, group.refusal, NAMED_FIRST if by_glass else group.ask)


def _sees(actor: Actor, record: Case) -> Verdict:
    case = Case.visible_to(actor).filter(pk=record.pk).first()  # as it is held now, whatever the page was opened with
    if case is None:
        there = at_the_door(actor, case=record.pk)
        return Verdict(False, "You have no part in this record.", there[0].ask) if there else NOT_THERE
    return _by_role(actor, case) or _by_agency(actor, case) or _by_part(actor, case) or _by_glass(actor, case)


def reads(held: RoleHeld, case: Case) -> bool:
    """Whether a role held reads the case by itself: its partnership, its compartment, at its tier."""
    here = held.partnership_id == case.partnership_id
    return here and case.compartment in compartments_of(held.role) and case.tier in tiers_of(held.role)


def _by_role(actor: Actor, case: Case) -> Verdict | None:
    for held in actor.roles:
        if reads(held, case):
            why = f"You can see this because you are {role_named(held.role).holder}{_until(held)}."
            return Verdict(True, why, relied_on=f"role:{held.role}")
    return None


def _by_agency(actor: Actor, case: Case) -> Verdict | None:
    if case.tier in OPEN_TO_AGENCIES and case.answering_id in answers_for(actor, case.concerns):
        return Verdict(True, "You can see this because your agency was asked about it.", relied_on="asked")
    return None


def _by_part(actor: Actor, case: Case) -> Verdict | None:
    part = Involvement.objects.filter(parts_that_show(actor), case=case).order_by("worker_id", "starts_at").first()
    if part is None:
        return None
    until = f" until {_moment(part.ends_at)}" if part.ends_at else ""
    basis = f"{part.basis[:1].lower()}{part.basis[1:]}"
    return Verdict(True, f"You can see this because: {basis}{until}.", relied_on=f"part:{part.part}")


def _by_glass(actor: Actor, case: Case) -> Verdict:
    glass = glass_now(actor, case.pk)
    if glass is None:
        return Verdict(True, "You can see this because your agency has a part in it.", relied_on="agency")
    why = f"You opened this without a part in it. It closes at {_moment(glass.ends_at)}, and somebody will review it."
    return Verdict(True, why, relied_on="glass")


def by_glass_alone(actor: Actor) -> list[Glass]:
    """What the actor has open now by glass and in no other way, the first to close first; for a page that read cases.

    No query for whoever has no glass: what the page looked up to read cases is asked, and nothing where it read none.
    """
    if not already("glass", actor.account.pk):
        return []
    running = opened_by_glass(actor).exclude(case__tier=Case.Tier.SEALED).exclude(case_id__in=kept_from(actor))
    latest = {one.case_id: one for one in running.select_related("case").order_by("ends_at")}
    ways = (_by_role, _by_agency, _by_part)
    return [one for one in latest.values() if not any(way(actor, one.case) for way in ways)]


def under_glass(matter: Matter, step: Step, by: Actor) -> str:
    """Against a step on what is seen by glass alone, which is read: only what protects at once is done, and nothing
    that would leave whoever opened it with a part in it.
    """
    unsaved = matter.case._state.adding  # nobody has opened what is only being begun
    if step.protective or unsaved or matter.case.pk not in seen_through_glass(by):
        return ""
    return READ_ONLY if can(by, SEE, matter.case).relied_on == "glass" else ""


def _takes(actor: Actor, case: Case, step: Step | None) -> Verdict:
    from sightline.engine.matter import load

    if step is None:
        raise ValueError("Say which step.")
    matter: Matter = load(case.pk)
    try:
        held: RoleHeld = role_for(matter, step, actor)
    except NotAllowed as refusal:
        return Verdict(False, refusal.why, f"It is done by: {', '.join(refusal.who_can)}." if refusal.who_can else "")
    return Verdict(True, f"You do this as {role_named(held.role).holder}.", relied_on=f"role:{held.role}")


def _exports(actor: Actor, case: Case, seen: Verdict) -> Verdict:
    if seen.relied_on == "glass":
        return Verdict(
            False,
            "A record that you opened without a part in it is read here and not taken away.",
            "Ask a manager to give you a part in it.",
        )
    return seen


def _moment(at: Any) -> str:
    return f"{calendar.clock_time(at)} on {calendar.plain_date(at)}"


def _until(held: RoleHeld) -> str:
    return f" until {calendar.plain_date(held.valid_to)}" if held.valid_to else ""
