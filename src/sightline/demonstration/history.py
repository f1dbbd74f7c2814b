"""Makes stories into rows in memory, by the engine's own `work_out`: the rows that `perform` would have written.

What `perform` checks is checked here too (role, stage, gates), so a story that could not be lived cannot be made. Only
the forms are not asked, because they are slow: `tidied` gives what they would, and a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import models

from sightline.engine.answers import empty, late_by_this
from sightline.engine.effects import Deed, work_out
from sightline.engine.matter import Matter, begin
from sightline.engine.part import PARTS
from sightline.engine.perform import unmet_gates
from sightline.engine.permission import role_for
from sightline.parts.ledger import mark
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.platform.audit import CODE_VERSION
from sightline.platform.audit.models import AuditRow
from sightline.platform.notices.models import Notice
from sightline.vocabulary.process import Step, process_named

from .acting_out import OPEN_MINUTES, Act, Story
from .kinship import Kinship
from .seeding import Drawing, Keys
from .standing import Standing

EMAILED_AFTER = timedelta(seconds=40)

Rows = dict[type[models.Model], list[models.Model]]


class UnableToMake(RuntimeError):
    """A story asks for something that the declarations would refuse."""


class Maker:
    """Plays stories until a moment and keeps every row. One for each batch, so that memory stays small."""

    def __init__(self, standing: Standing, drawing: Drawing, until: datetime) -> None:
        self.standing, self.drawing, self.until = standing, drawing, until
        self.rows: Rows = defaultdict(list)

    def play(self, story: Story) -> dict[str, Matter]:
        """Everything that the story's acts make; gives its matters as they stand at the end."""
        self.drawing.keys = Keys(story.name, story.number)
        playing = _Playing(self, story)
        for act in story.in_order(self.until):
            with calendar.frozen(act.at):
                playing.take(act)
        return playing.matters

    def keep(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            self.rows[type(row)].append(row)


class _Playing:
    """One story being played: its matters so far, by name."""

    def __init__(self, maker: Maker, story: Story) -> None:
        self.maker, self.story, self.standing = maker, story, maker.standing
        self.matters: dict[str, Matter] = {}
        self._ties: dict[tuple[frozenset[UUID], date], list[Any]] = {}
        self._kinship = Kinship(story.family, self.standing.partnership.id) if story.family.known else None

    def take(self, act: Act) -> None:
        if act.step == OPEN_MINUTES:
            self._open_minutes(act)
            return
        matter = self.matters.get(act.on) or self._begin(act)
        self._facts(matter)
        step = matter.process.steps[act.step]
        by = self.standing.actor(act.by)
        try:
            wearing = by.wearing(role_for(matter, step, by))
            answers, left = tidied(step, matter, act)
            if unmet := unmet_gates(matter, step, answers):
                raise UnableToMake(" ".join(sentence for gate in unmet for sentence in gate.missing))
        except Exception as refused:
            raise UnableToMake(
                f"{self.story.name}: {act.on} {act.step} at {act.at} by {act.by}: {refused}"
            ) from refused
        self._keep(work_out(matter, step, by=wearing, answers=answers, recorded_at=act.at, left=left), by)

    def _begin(self, act: Act) -> Matter:
        if self.matters:
            raise UnableToMake(f"{self.story.name}: {act.step} on {act.on}, which nothing has opened")
        process = process_named(self.story.opens)
        partnership, registers = self.standing.partnership, self.standing.registers
        reference = self.maker.drawing.reference(process.prefix)
        matter = begin(process, partnership, act.at, reference, registers=registers)
        self.matters[act.on] = matter
        return matter

    def _facts(self, matter: Matter) -> None:
        """What `parts.history` and `parts.family` would look up, from what the story knows; children in their order."""
        matter.children.sort(key=lambda case: (case.opened_at, case.reference))
        matter.facts["earlier"] = [SimpleNamespace(decision=decision) for decision in self.story.earlier]
        listed = {subject.person_id for subject in matter.subjects if subject.person_id and not subject.swept}
        day = calendar.local_date(matter.case.opened_at)
        matter.facts["tied"] = self._tied(frozenset(listed), day)

    def _tied(self, listed: frozenset[UUID], day: date) -> list[Any]:
        if self._kinship is None or not listed:
            return []
        if (listed, day) not in self._ties:
            self._ties[listed, day] = self._kinship.tied(set(listed), day)
        return self._ties[listed, day]

    def _keep(self, deed: Deed, by: Actor) -> None:
        for one in deed.every():
            self.maker.keep(one.new)
            said = {"process": one.case.process, "step": one.step.key, "role": one.by.role_key}
            said["relied_on"] = f"role:{one.by.role_key}"
            self._audit(
                by, one.row.recorded_at, action="step", subject="engine.Case", object_ids=[one.case.pk], detail=said
            )
            for row in one.new:
                if isinstance(row, Notice):
                    row.emailed_at = row.created_at + EMAILED_AFTER  # or the worker would send two years of them
        for opened in deed.opened:
            answering = opened.case.answering
            name = answering.key if answering else opened.case.process
            self.matters[name] = opened.matter

    def _open_minutes(self, act: Act) -> None:
        """What `engine.ledger.opened` does."""
        matter, by = self.matters[act.on], self.standing.actor(act.by)
        agencies = {held.agency_id for held in by.roles}
        waiting = [row for row in matter.circulation if row.agency_id in agencies and row.sent_at and not row.opened_at]
        for row in waiting:
            mark(row, by, act.at)
        if waiting:
            said = {"action": "opened minutes", "subject": "engine.Circulation"}
            self._audit(by, act.at, object_ids=[row.pk for row in waiting], **said)

    def _audit(self, by: Actor, at: datetime, **said: Any) -> None:
        row = AuditRow.__new__(AuditRow)  # two hundred thousand of them: a model's own making is slow
        vars(row).update(
            id=self.maker.drawing.keys.next_key("audit"),
            at=at,
            account_id=by.account.pk,
            worker_id=by.worker.pk if by.worker else None,
            agency=by.agency.key if by.agency else "",
            role=by.role_key,
            outcome="allowed",
            request_id="demonstration",
            code_version=CODE_VERSION,
            **{"detail": {}, **said},
        )
        self.maker.keep((row,))


def tidied(step: Step, matter: Matter, act: Act) -> tuple[dict[str, Any], list[str]]:
    """What `engine.answers.clean` makes of the act's answers, and what is left for later, without asking the forms."""
    given = act.answers(matter)
    answers = {name: value for name, value in given.items() if name in step.asks}
    for key in step.parts:
        answers[key] = [{**_blank_row(key), **row} for row in given.get(key) or []]
    if late_by_this(step, matter):
        answers["late_reason"] = act.late_because
    back = step.steps_back(matter, answers)
    missing = [name for name in step.needs_to_step_back if empty(answers.get(name))]
    if back and missing:
        raise UnableToMake(f"stepping back without {missing}")
    if step.checks and not step.is_protective(matter, answers) and (faults := step.checks(matter, answers)):
        raise UnableToMake(str(faults))
    return answers, [] if back else missing


@cache
def _blank_row(part: str) -> dict[str, Any]:
    """What the form of one row of a part gives for fields that are left blank."""
    found = {}
    for name, field in PARTS[part].row(data={}).fields.items():
        field.required = False
        found[name] = field.clean(field.widget.value_from_datadict({}, {}, name))
    return found
