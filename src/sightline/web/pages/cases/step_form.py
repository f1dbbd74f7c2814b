"""One step as a form: the record's columns and shared parts, in sections, filled from what was typed or known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from sightline.engine import answers as answered
from sightline.engine.models import Case
from sightline.engine.part import PARTS, Part
from sightline.engine.refusals import AnswersRefused
from sightline.instruments.asking import ASKED
from sightline.parts.declared import ANSWERED, ATTENDANCE, DISSENT, IDENTIFIED, OTHER_CHILDREN, PEOPLE, VIEWS, WITHHELD
from sightline.parts.people import other_children_shown
from sightline.people.membership import holders, member_agencies
from sightline.people.models import Group
from sightline.platform import calendar
from sightline.processes.front_door import rules
from sightline.processes.governance.agenda import DISCUSSED
from sightline.processes.governance.deciding import RATIFIED
from sightline.processes.governance.seating import COMING, GROUP_ATTENDANCE, who_may_chair
from sightline.processes.governance.sitting import later_sittings
from sightline.processes.improvement.addressees import ADDRESSEES, EXPECTED
from sightline.processes.protection.strategy_discussion import who_may_chair as who_may_chair_strategy
from sightline.registers.groups import groups_at_work
from sightline.vocabulary.process import Step
from sightline.vocabulary.roles import ROLES
from sightline.web.components.fields import MANY_CHOICES
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.problems import field_target, problems
from sightline.web.components.rows import rows_of
from sightline.web.pages.cases import already_known, fixed_rows
from sightline.web.pages.cases.apart import columns_apart
from sightline.web.pages.cases.opening import Opened, View
from sightline.web.pages.cases.part_rows import PartOfForm, Row

type Reveals = dict[str, dict[str, tuple[str, ...]]]

ROW_REVEALS: dict[str, Reveals] = {
    DISCUSSED: {"raised": {"yes": ("challenged_by", "challenged", "challenge")}},
    RATIFIED: {"agrees": {"no": ("dissent",)}},
    COMING: {"coming": {"apologies": ("absence_reason",)}},
    OTHER_CHILDREN: {"disposition": {"not-affected": ("reason",)}},
    WITHHELD: {"decision": {"withheld": ("withheld",)}},
    ANSWERED: {"answer": {"coming": ("who",), "wrote-in": ("wrote",), "apologies": ("absence_reason",)}},
    ADDRESSEES: {"to": {"agency": ("agency",), "outside": ("outside",)}},
    EXPECTED: {"to": {"agency": ("agency",), "outside": ("outside",)}},
    ASKED: {"invited": {"no": ("reason",)}},
}
BESIDE = {ATTENDANCE: ("wrote", "absence_reason"), GROUP_ATTENDANCE: ("deputy", "who_came", "absence_reason")}
"""Columns of a table's rows that are asked under it."""

LABELS = {"step_up_considered": "If the family refused or changed their mind, why is this not a step up?"}
"""Questions that stand in sight whatever was answered before them, and so say when they apply."""

NEVER_CHOSEN_BEFORE = ("decision", "has_read")
"""Columns that start empty however often they are asked: each decides, and each signs, afresh."""


@dataclass
class Section:
    """A heading with columns and parts under it, in order: each piece is a column's name or a part."""

    heading: str
    pieces: list[Any] = field(default_factory=list)


class StepForm:
    """A step's form, drawn from `data` as posted, or from what is already known. `quiet`: no mistake is shown."""

    def __init__(self, opened: Opened, step: Step, data: QueryDict | None = None, *, quiet: bool = False) -> None:
        self.opened, self.step = opened, step
        data = self._matched(data)
        self.form = self._columns(data)
        self.parts = [self._part(PARTS[key], data) for key in step.parts]
        for form in self._forms():
            form.quiet = quiet

    def _matched(self, data: QueryDict | None) -> QueryDict | None:
        for key in self.step.parts:
            if data is not None and not PARTS[key].adds:
                data = fixed_rows.in_order(data, PARTS[key], self._listed(PARTS[key]))
        return data

    def _columns(self, data: QueryDict | None) -> forms.Form:
        matter, step = self.opened.matter, self.step
        known = {} if self.opened.view is View.SENT else {n: getattr(matter.record, n) for n in step.asks}
        initial = {n: value for n, value in known.items() if n not in NEVER_CHOSEN_BEFORE}
        form = govuk_widgets(answered.column_form(step, matter, data=data, initial=initial))
        for name, asked in form.fields.items():
            if isinstance(asked, forms.ModelChoiceField):
                self._offer(asked, name)
            elif isinstance(asked, forms.TypedChoiceField) and len(offered := list(asked.choices)) > MANY_CHOICES:  # type: ignore[arg-type]
                asked.widget = forms.Select(choices=offered)
        for name in (*not_asked_now(matter), *columns_apart(self.opened, step.asks)):
            form.fields.pop(name, None)
        for name, label in LABELS.items():
            if name in form.fields:
                form.fields[name].label = label
        form.reveals = step.reveals  # type: ignore[attr-defined]
        return form

    def _offer(self, asked: forms.ModelChoiceField, name: str) -> None:
        """Only this partnership's agencies, social workers, and matters that this person sees; one look-up each."""
        partnership, today = self.opened.case.partnership, calendar.today()
        if asked.queryset is not None and asked.queryset.model is Case:
            seen = Case.visible_to(self.opened.actor).filter(
                partnership=partnership, pk__in=asked.queryset.values("pk")
            )
            if name in ("confirmed_at", "ratified_at"):
                seen = seen.filter(pk__in=later_sittings(self.opened.matter, self.opened.actor).values("case_id"))
            asked.choices = [(case.pk, f"{case.title} ({case.reference})") for case in seen.order_by("-opened_at")]
            asked.help_text = asked.help_text if asked.choices else "There is none yet."
            return
        if asked.queryset is not None and asked.queryset.model is Group:
            found: list[Any] = groups_at_work(partnership, today)
        elif name == "agency":
            found = self.agencies
        elif name == "chaired_by":
            governed = self.opened.case.concerns == "partnership"
            found = (who_may_chair if governed else who_may_chair_strategy)(self.opened.matter)
        else:
            found = holders(partnership, [key for key, role in ROLES.items() if role.qualified], today)
        asked.choices = [(row.pk, str(row)) for row in found]

    @property
    def agencies(self) -> list[Any]:
        facts = self.opened.matter.facts
        if "member_agencies" not in facts:
            facts["member_agencies"] = member_agencies(self.opened.case.partnership, calendar.today())
        return list(facts["member_agencies"])

    def _part(self, part: Part, data: QueryDict | None) -> PartOfForm:
        matter = self.opened.matter
        initial = [] if part.adds else self._listed(part)
        given = part.form_kwargs(matter)
        formset = rows_of(part.row, part.key, data=data, initial=initial, least=self.least(part), form_kwargs=given)
        rows = [self._row(part, form, initial, index) for index, form in enumerate(formset.forms)]
        empty = EMPTY.get(part.key, "There is nothing to say here.")
        return PartOfForm(part.key, part.label, part.hint, part.adds, formset, rows, empty)

    def _listed(self, part: Part) -> list[dict[str, Any]]:
        """What is asked about one by one; of children beyond the matter, those whom whoever answers may see."""
        if part.key == OTHER_CHILDREN:
            return other_children_shown(self.opened.matter, self.opened.actor)
        return part.initial(self.opened.matter)

    def least(self, part: Part) -> int:
        """How many rows are shown before anything is typed."""
        return 1 if part.adds else 0

    def _row(self, part: Part, form: forms.BaseForm, initial: list[dict[str, Any]], index: int) -> Row:
        for name, asked in form.fields.items():
            if isinstance(asked, forms.ModelChoiceField):
                self._offer(asked, name)
        form.reveals = ROW_REVEALS.get(part.key, {})  # type: ignore[attr-defined]
        if part.key == PEOPLE:
            del form.fields["person"]  # a record is chosen among those shown, never sent by its id
        if index >= len(initial):
            return Row("", "", form)
        listed = initial[index]
        if part.key == IDENTIFIED:
            return self._identified(form, listed)
        self._relabelled(part, form, listed)
        row = Row(fixed_rows.legend(listed), fixed_rows.note(listed), form)
        row.name = str(listed.get("agency") or row.legend)
        row.beside = BESIDE.get(part.key, ())
        return row

    def _relabelled(self, part: Part, form: forms.BaseForm, listed: dict[str, Any]) -> None:
        if part.key == VIEWS:
            form.fields["view"].label = f"{listed['agency']}: view of harm"
        if part.key == DISSENT:
            form.fields["dissent"].label = f"{listed['called']}: what do they disagree with, and why?"
            form.fields["dissent"].widget.attrs["rows"] = 2

    def _identified(self, form: forms.BaseForm, listed: dict[str, Any]) -> Row:
        subject = next(s for s in self.opened.matter.subjects if s.pk == listed["subject"])
        asked = already_known.ask_about(self.opened, subject)
        already_known.choose_from(form, asked)  # type: ignore[arg-type]
        return Row(str(subject), asked.told, form, asked)

    @property
    def sections(self) -> list[Section]:
        """Everything asked, under its headings; what no section names comes last."""
        reveals: Reveals = self.form.reveals  # type: ignore[attr-defined]
        revealed = {n for values in reveals.values() for names in values.values() for n in names}
        parts = {part.key: part for part in self.parts}
        left = [*(n for n in self.form.fields if n not in revealed), *parts]
        found = []
        for heading, names in self.step.sections:
            pieces = [parts.get(name, name) for name in names if name in left]
            left = [name for name in left if name not in names]
            found.append(Section(heading, pieces))
        if left:
            heading = "And also" if found and left != ["late_reason"] else ""
            left = sorted(left, key=lambda name: name != IDENTIFIED)  # who this is, before anything else
            found.append(Section(heading, [parts.get(name, name) for name in left]))
        return [section for section in found if section.pieces]

    def _forms(self) -> Iterator[Any]:
        yield self.form
        for part in self.parts:
            yield part.formset
            yield from part.formset.forms

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, in the order of the page."""
        found: list[dict[str, str]] = []
        revealed = self.form.reveals  # type: ignore[attr-defined]
        every = problems(self.form)
        for piece in (piece for section in self.sections for piece in section.pieces):
            if isinstance(piece, PartOfForm):
                found += problems(piece.formset)
                continue
            under = [name for names in revealed.get(piece, {}).values() for name in names]
            targets = {f"#{field_target(self.form[name])}" for name in (piece, *under)}
            found += [problem for problem in every if problem["href"] in targets]
        return found + [problem for problem in every if problem not in found]

    def checked(self) -> dict[str, Any] | None:
        """The answers as Python values, or None where they are refused; every message is then on its field.

        What cannot be read is refused here, what is missing by the engine: in its words, once.
        """
        answers = self.typed()
        unread = self._without_missing()
        try:
            answered.clean(self.step, self.opened.matter, answers)
        except AnswersRefused as refused:
            self._say(refused.errors)
            return None
        return None if unread else answers

    def typed(self) -> dict[str, Any]:
        """Every answer that could be read, by column and part."""
        self.form.is_valid()
        answers = dict(self.form.cleaned_data)
        if self.opened.view is View.SENT:
            # They are not shown what is recorded, so a blank is no answer.
            answers = {name: value for name, value in answers.items() if not answered.empty(value)}
        for part in self.parts:
            part.formset.is_valid()
            answers[part.key] = [given for row in part.rows if (given := _given(row)) is not None]
        return answers

    def _without_missing(self) -> bool:
        """Takes "missing" off every form, and says whether anything is left that could not be read."""
        unread = False
        for form in self._forms():
            if isinstance(form, forms.BaseFormSet):
                continue
            for name, errors in list(form.errors.items()):
                if name in form.fields and all(error.code == "required" for error in errors.as_data()):
                    del form.errors[name]
            unread = unread or bool(form.errors)
        return unread

    def _say(self, errors: dict[str, list[str]]) -> None:
        for name, messages in errors.items():
            self.say(name, messages)

    def say(self, name: str, messages: list[str]) -> None:
        """Put messages on the field, row or part that they are about, unless it has its own already."""
        for part in self.parts:
            if name == part.key:
                for message in messages:
                    part.say(message)
                return
            index, _, column = name.removeprefix(f"{part.key}-").partition("-")
            if name.startswith(f"{part.key}-") and index.isdecimal() and int(index) < len(part.formset.forms):
                _add(part.formset.forms[int(index)], column, messages)
                return
        _add(self.form, name, messages)


def _given(row: Row) -> dict[str, Any] | None:
    """A row's answers; None for somebody about whom nothing was chosen, which is no answer at all."""
    cleaned = dict(getattr(row.form, "cleaned_data", {}))
    if row.asked and not cleaned.get("is_person"):
        return None
    return {name: value for name, value in cleaned.items() if value is not None}


def _add(form: forms.BaseForm, name: str, messages: list[str]) -> None:
    if name in form.fields and name not in form.errors:
        for message in messages:
            form.add_error(name, message)
    elif name not in form.fields:
        for message in messages:
            form.add_error(None, message)


def not_asked_now(matter: Any) -> list[str]:
    """Columns that have nothing to ask about as the case stands."""
    names = [] if matter.unanswered() else ["without_agencies"]
    if matter.case.process == "contact" and not rules.needs_repeat_review(matter):
        names.append("repeat_review")
    return names


EMPTY = {
    OTHER_CHILDREN: "No other child is tied to this family, now or in the last 12 months.",
    IDENTIFIED: "Everybody named here is already matched to a record.",
    ATTENDANCE: "No agency is invited yet.",
    VIEWS: "There is no child or no agency to ask about yet.",
}
