"""What may be recorded on any case beside its declared steps: overriding a gate, a correction, and what others add."""

from typing import Any
from uuid import UUID

from django.db import transaction

from sightline.people.actor import Actor
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.process import Step

from . import answers as answered
from .effects import Deed, step_row
from .matter import Matter, load
from .models import CaseStep
from .perform import declared_step, save
from .permission import role_for
from .refusals import AnswersRefused

OVERRIDE, CORRECTION = "override", "correction"


def override(case_id: UUID, step_key: str, gate_key: str, *, by: Actor, reason: str) -> CaseStep:
    """Let a step back go ahead although a gate is unmet. Raises NotAllowed or AnswersRefused."""
    with transaction.atomic():
        matter = load(case_id, lock=True)
        gate = next((g for g in declared_step(matter, step_key).gates if g.key == gate_key), None)
        if gate is None:
            raise LookupError(f"{step_key} has no gate {gate_key!r}.")
        label = Step(f"Override: {gate.label}", by=gate.override_by, key=OVERRIDE)
        role = role_for(matter, label, by)
        if not reason.strip():
            raise AnswersRefused({"reason": ["Say why this may go ahead"]})
        deed = append(matter, label, by.wearing(role), {"gate": gate.label, "reason": reason})
        deed.row.overrides = [{"gate": gate.key, "reason": reason}]
        save(deed)
        return deed.row


def correct(case_id: UUID, number: int, *, by: Actor, answers: dict[str, Any], reason: str) -> CaseStep:
    """Correct answers given at an earlier step. Both values are kept; the earlier step is not touched.

    Columns that settle a decision are not corrected: a decision changes by a new decision.
    Raises NotAllowed, AnswersRefused (unknown or fixed column, bad value, no reason).
    """
    with transaction.atomic():
        matter = load(case_id, lock=True)
        wrong = next(row for row in matter.steps if row.number == number)
        step = declared_step(matter, wrong.step)
        role = corrector(matter, step, by)
        fixed = matter.process.fixed
        errors = {} if reason.strip() else {"reason": ["Say why this is being corrected"]}
        errors |= {n: ["A decision is changed by a new decision, not corrected"] for n in answers if n in fixed}
        errors |= {n: ["This was not asked at that step"] for n in answers if n not in step.asks}
        if errors:
            raise AnswersRefused(errors)
        form = answered.column_form(Step(asks=tuple(answers), key=step.key, choices=step.choices), matter, data=answers)
        if not form.is_valid():
            raise AnswersRefused({name: [str(m) for m in messages] for name, messages in form.errors.items()})
        before = {name: answered.frozen(getattr(matter.record, name)) for name in answers}
        for name, value in form.cleaned_data.items():
            setattr(matter.record, name, value)
        said = {"before": before, "after": answered.frozen(form.cleaned_data), "reason": reason}
        deed = append(matter, Step("Corrected", key=CORRECTION), by.wearing(role), said)
        deed.row.corrects = wrong
        deed.change(matter.record)
        save(deed)
        return deed.row


def corrector(matter: Matter, step: Step, by: Actor) -> RoleHeld:
    """Whoever may take the step may correct it, at any stage, closed or not. Raises NotAllowed."""
    return role_for(matter, Step(step.label, by=step.by, key=step.key), by)


def append(matter: Matter, step: Step, by: Actor, said: dict[str, Any]) -> Deed:
    """A step beside the declared ones; `said` has "done", what the timeline says, unless it is one of the two above."""
    row = step_row(matter, step, by, said, calendar.now())
    deed = Deed(matter, step, by, said, row)
    deed.add(row)
    matter.case.revision += 1
    deed.change(matter.case)
    return deed
