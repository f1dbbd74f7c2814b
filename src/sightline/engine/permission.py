"""May this person take this step on this matter now, and if not, why not and who can?"""

from collections.abc import Callable

from sightline.people.actor import Actor
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.process import Step
from sightline.vocabulary.roles import role_named

from .matter import Matter
from .refusals import NotAllowed

speaks_against: set[Callable[[Matter, Step, Actor], str]] = set()
"""What a layer above holds against a step, in words: that the matter is open to this person by glass alone, say."""


def role_for(matter: Matter, step: Step, by: Actor) -> RoleHeld:
    """The role held that is relied on. Raises NotAllowed saying why, and naming the roles that can."""
    what = f"{step.label[:1].lower()}{step.label[1:]}"
    who_can = tuple(role.name for role in step.by)
    if step.at and matter.case.stage not in {stage.key for stage in step.at}:
        where = matter.case.at_stage.label.lower()
        raise NotAllowed(what, f"This is at the stage '{where}', where that is not done.", who_can)
    held = [one for role in step.by for one in by.roles if one.role == role.key and _party(matter, one)]
    if not held:
        raise NotAllowed(what, f"It is done by: {', '.join(who_can)}.", who_can)
    if step.endorses:
        _different_person(matter, step, by, what, who_can)
    reasons = [ask(matter, step, by) for ask in speaks_against] + [step.only_when(matter) if step.only_when else ""]
    if reason := next(filter(None, reasons), ""):
        raise NotAllowed(what, reason, who_can)
    if step.only_for:
        why = [step.only_for(matter, by.wearing(one)) for one in held]
        if all(why):
            raise NotAllowed(what, why[0], who_can)
        held = [one for one, refused in zip(held, why, strict=True) if not refused]
    return held[0]


def _party(matter: Matter, held: RoleHeld) -> bool:
    """A role with agency reach counts only on its own agency's answer or where the agency or worker has a part."""
    if held.partnership_id != matter.case.partnership_id:
        return False
    if not role_named(held.role).by_agency or not matter.steps:
        return True
    if matter.case.answering_id is not None:
        return matter.case.answering_id == held.agency_id
    now, own = calendar.now(), {held.agency_id, held.worker_id} - {None}
    live = [one for one in matter.involvements if one.starts_at <= now and (one.ends_at is None or one.ends_at > now)]
    return any(own & {part.agency_id, part.worker_id} for part in live)


def _different_person(matter: Matter, step: Step, by: Actor, what: str, who_can: tuple[str, ...]) -> None:
    made = next((row for row in reversed(matter.steps) if row.step in step.endorses), None)
    if made is None:
        raise NotAllowed(what, "There is nothing yet to endorse.", who_can)
    if made.worker_id == by.account.worker_id or made.account_id == by.account.pk:
        raise NotAllowed(what, "You proposed it. Another qualified manager has to endorse it.", who_can)


def steps_for(matter: Matter, by: Actor) -> list[Step]:
    """Steps this person may take now, in the declaration's order."""
    allowed = []
    for step in matter.process.steps_at(matter.case.stage):
        try:
            role_for(matter, step, by)
        except NotAllowed:
            continue
        allowed.append(step)
    return allowed
