"""The one write path. Nothing else changes a case.

Already done?; lock; role, stage and maker; version; answers; gates; then everything that follows, in one transaction
with its audit row.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.platform import audit, calendar
from sightline.vocabulary.process import Step, process_named

from . import answers as answered
from .belonging import refuse_strangers
from .effects import Deed, work_out
from .matter import Matter, begin, load, registers_of
from .models import Case, CaseStep
from .permission import role_for
from .references import new_reference
from .refusals import Conflict, GateUnmet, NotAllowed, Unmet


def perform(
    case: Case | UUID,
    step_key: str,
    *,
    by: Actor,
    answers: dict[str, Any],
    at: datetime | None = None,
    key: UUID | None = None,
    version: int | None = None,
) -> CaseStep:
    """Take a step on a case. Returns the step recorded (the first one, where `key` was used before).

    `at`: when it is recorded, now unless given. `version`: the case's revision when the page was opened.
    Raises NotAllowed, AnswersRefused, GateUnmet or Conflict; nothing is then changed.
    """
    case_id = case.pk if isinstance(case, Case) else case
    refused = audit.refusals_noted((NotAllowed, GateUnmet), "refuse step", "engine.Case", case_id, {"step": step_key})
    with refused, transaction.atomic():
        if done := already_done(by, key):
            return done
        matter = load(case_id, lock=True)
        step = declared_step(matter, step_key)
        wearing = by.wearing(role_for(matter, step, by))
        _same_version(matter, step, version, answers)
        return _carry_out(matter, step, wearing, answers, at, key)


def open_case(
    process_key: str,
    *,
    by: Actor,
    partnership: Partnership,
    answers: dict[str, Any],
    at: datetime | None = None,
    key: UUID | None = None,
    reference: str = "",
) -> CaseStep:
    """Open a matter by its first step. Returns that step; `.case` is the new case.

    `reference`: one already given out, where somebody was told it before the case could be opened.
    """
    with transaction.atomic():
        if done := already_done(by, key):
            return done
        process = process_named(process_key)
        given = reference or _unused_reference(partnership, process.prefix)
        matter = begin(process, partnership, at or calendar.now(), given, registers=registers_of(partnership))
        wearing = by.wearing(role_for(matter, process.opening_step(), by))
        return _carry_out(matter, process.opening_step(), wearing, answers, at, key)


def already_done(by: Actor, key: UUID | None) -> CaseStep | None:
    """The step that this account already took with this idempotency key; whoever sent it twice at once waits here.

    The key is held to the end of the transaction, so that nothing between this question and the write path is judged
    by what the other sending has done meanwhile, and refused.
    """
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.account.pk} {key}"])
    done: CaseStep | None = CaseStep.objects.filter(account_id=by.account.pk, idempotency_key=key).first()
    return done


def declared_step(matter: Matter, key: str) -> Step:
    """Raises LookupError where the process declares no such step."""
    try:
        return matter.process.steps[key]
    except KeyError:
        raise LookupError(f"{matter.process.label} has no step {key!r}.") from None


def unmet_gates(matter: Matter, step: Step, answers: dict[str, Any]) -> list[Unmet]:
    """Gates on stepping back that are neither met nor overridden by a manager."""
    if step.is_protective(matter, answers) or not step.steps_back(matter, answers):
        return []
    found = []
    for gate in step.gates:
        missing = [] if matter.overridden(gate.key, step.key) else gate.unmet(matter, answers)
        if missing:
            names = tuple(role.name for role in gate.override_by)
            found.append(Unmet(gate.key, gate.label, missing, names))
    return found


def _same_version(matter: Matter, step: Step, version: int | None, answers: dict[str, Any]) -> None:
    """A protective step applies to the newest version; any other is held, with what was typed."""
    if version is None or version == matter.case.revision or step.is_protective(matter, answers):
        return
    raise Conflict(matter.case, [row for row in matter.steps if row.number > version])


def _carry_out(
    matter: Matter, step: Step, by: Actor, answers: dict[str, Any], at: datetime | None, key: UUID | None
) -> CaseStep:
    cleaned, left = answered.clean(step, matter, answers)
    refuse_strangers(matter.case.partnership, cleaned)
    unmet = unmet_gates(matter, step, cleaned)
    if unmet:
        raise GateUnmet(unmet)
    deed = work_out(matter, step, by=by, answers=cleaned, recorded_at=at or calendar.now(), key=key, left=left)
    save(deed)
    return deed.row


def save(deed: Deed) -> None:
    """Write every row of a deed and its audit row. The caller holds the transaction."""
    every = deed.every()
    for row in (row for one in every for row in one.new):
        row.save(force_insert=True)
    for row in (row for one in every for row in one.changed):
        row.save(force_update=True)
    for follow in (follow for one in every for follow in one.afterwards):
        follow()
    for one in every:
        said = {"process": one.case.process, "step": one.step.key, "role": one.by.role_key}
        said["relied_on"] = f"role:{one.by.role_key}"
        audit.record("step", subject="engine.Case", ids=[one.case.pk], detail=said)


def _unused_reference(partnership: Partnership, prefix: str) -> str:
    while True:
        reference = new_reference(prefix)
        if not Case.objects.filter(partnership=partnership, reference=reference).exists():
            return reference
