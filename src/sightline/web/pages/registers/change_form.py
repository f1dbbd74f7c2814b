"""The form of a change: the register's own questions, filled from the entry as it stands, and from when and why."""

from typing import Any

from django import forms
from django.http import QueryDict

from sightline.engine import answers as answered
from sightline.people.membership import member_agencies
from sightline.people.models import Agency, Group
from sightline.platform import calendar
from sightline.registers.entries import Change
from sightline.registers.groups import groups_of
from sightline.registers.proposal import BETWEEN
from sightline.vocabulary.process import Step
from sightline.vocabulary.register import Register
from sightline.web.components.inputs import govuk_widgets
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.step_form import StepForm
from sightline.web.pages.registers.wording import indicator_choices, rule_choices

NOT_CARRIED = ("decision", "source")
"""Where a decision is recorded is asked afresh: each change has its own."""
SAID_BY_THE_PAGE = ("kind", "entry")


class ChangeForm(StepForm):
    """`kind` and `address` are the page's; what identifies an entry is asked only of a new one."""

    def __init__(
        self,
        opened: Opened,
        step: Step,
        register: type[Register],
        kind: str,
        address: str,
        row: Any = None,
        **given: Any,
    ) -> None:
        self.register, self.kind, self.address, self.row = register, kind, address, row
        super().__init__(opened, step, **given)

    def _columns(self, data: QueryDict | None) -> forms.Form:
        form = answered.column_form(self.step, self.opened.matter, data=data, initial=self._known())
        for name in self._not_asked():
            form.fields.pop(name, None)
        for name, asked in form.fields.items():
            self._choose(asked, name)
        if "rule_id" in form.fields:
            _one_question_for_the_rule(form)
        if "indicator" in form.fields:
            form.fields["indicator"] = _chosen_from(form.fields["indicator"], indicator_choices())
        form = govuk_widgets(form)
        form.reveals = {}  # type: ignore[attr-defined]
        return form

    def _known(self) -> dict[str, Any]:
        if self.row is None:
            return {}
        return {name: getattr(self.row, name) for name in self.register.columns if name not in NOT_CARRIED}

    def _not_asked(self) -> tuple[str, ...]:
        if self.kind == Change.Kind.NEW:
            return (*SAID_BY_THE_PAGE, "reason")
        if self.kind == Change.Kind.END:
            return (*SAID_BY_THE_PAGE, *self.register.columns)
        return (*SAID_BY_THE_PAGE, *self.register.identified_by())

    def _choose(self, asked: forms.Field, name: str) -> None:
        """Only agencies and groups of this partnership are offered."""
        if not isinstance(asked, forms.ModelChoiceField) or asked.queryset is None:
            return
        partnership = self.opened.case.partnership
        found: list[Any] = []
        if asked.queryset.model is Agency:
            found = member_agencies(partnership, calendar.today())
        elif asked.queryset.model is Group:
            found = groups_of(partnership)
        asked.choices = [("", ""), *((row.pk, str(row)) for row in found)]

    def typed(self) -> dict[str, Any]:
        answers = super().typed()
        rule = str(answers.get("rule_id") or "")
        if BETWEEN in rule:
            answers["rule_id"], _, answers["variant"] = rule.partition(BETWEEN)
        return {**answers, "kind": self.kind, "entry": self.address}


def _one_question_for_the_rule(form: forms.Form) -> None:
    """A rule and its variant are one thing to choose."""
    form.fields.pop("variant", None)
    form.fields["rule_id"] = _chosen_from(form.fields["rule_id"], rule_choices())


def _chosen_from(asked: forms.Field, offered: list[tuple[str, str]]) -> forms.ChoiceField:
    """The same question, answered by choosing."""
    made = forms.ChoiceField(
        label=asked.label,
        help_text=asked.help_text,
        required=False,
        choices=[("", ""), *offered],
        error_messages={"required": asked.error_messages["required"]},
    )
    made.widget = forms.Select(choices=[("", ""), *offered])
    return made
