"""The form of one question: the score, how we know that it makes a difference, and its evidence."""

from typing import Any

from django.http import QueryDict

from sightline.engine.refusals import AnswersRefused
from sightline.instruments.answering import ITEM_ANSWERS, ITEM_EVIDENCE, NOT_APPLICABLE, ItemAnswered
from sightline.instruments.models import Answer
from sightline.parts.evidence import EvidenceGiven
from sightline.parts.models import Evidence
from sightline.vocabulary.instrument import Item
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.problems import problems
from sightline.web.components.rows import rows_of
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.part_rows import PartOfForm, Row

SEEN = "answer_version"
"""Hidden field: which version of the answer was there when the page was drawn."""


class QuestionForm:
    """One question as drawn: from what was typed, else from the answer there is. `quiet`: no mistake is shown."""

    def __init__(
        self, opened: Opened, item: Item, answer: Answer | None, data: QueryDict | None = None, *, quiet: bool = False
    ) -> None:
        self.item = item
        typed = None if data is None else _with_item(data, item)
        self.form = govuk_widgets(ItemAnswered(data=typed, matter=opened.matter, initial=_known(answer)))
        self.form.reveals = {"score": {NOT_APPLICABLE: ["reason"]}}  # type: ignore[attr-defined]
        given = {"partnership": opened.case.partnership}
        self.formset = rows_of(EvidenceGiven, ITEM_EVIDENCE, data=_with_rows(data), least=0, form_kwargs=given)
        for form in self.formset.forms:
            _without_figures(form)
        for form in (self.form, self.formset, *self.formset.forms):
            form.quiet = quiet

    @property
    def evidence(self) -> PartOfForm:
        """The evidence rows, as the shared pages draw rows."""
        rows = [Row("", "", form) for form in self.formset.forms]
        adds = "Add another piece of evidence" if rows else "Add a piece of evidence"
        return PartOfForm(ITEM_EVIDENCE, "Add evidence", "", adds, self.formset, rows)

    def problems(self) -> list[dict[str, str]]:
        """Everything wrong, in the page's order."""
        return problems(self.form, self.formset)

    def answers(self) -> dict[str, Any] | None:
        """The answers of the step, or None where something cannot be read; its message is then on the field."""
        readable = self.form.is_valid() and self.formset.is_valid()
        if not readable:
            return None
        rows = [form.cleaned_data for form in self.formset.forms if any(form.cleaned_data.values())]
        given = {**self.form.cleaned_data, "item": self.item.key}
        return {ITEM_ANSWERS: [given], ITEM_EVIDENCE: rows}

    def say(self, refused: AnswersRefused) -> None:
        """Put each message of a refused step where it belongs."""
        for name, messages in refused.errors.items():
            column = name.rpartition("-")[2]
            for message in messages:
                self.form.add_error(column if column in self.form.fields else None, message)


def _without_figures(form: Any) -> None:
    """Where the partnership has no figure yet, none is asked for, and a measure cannot be chosen."""
    if len(form.fields["figure"].choices) == 1:
        del form.fields["figure"]
        kind = form.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0] != Evidence.Kind.DATA]


def _known(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    score = NOT_APPLICABLE if answer.score is None else str(answer.score)
    return {"score": score, "reason": answer.reason, "difference": answer.difference}


def _with_item(data: QueryDict, item: Item) -> QueryDict:
    changed = data.copy()
    changed["item"] = item.key
    return changed


def _with_rows(data: QueryDict | None) -> QueryDict | None:
    """Posted without evidence rows, as a program may post it: there are none."""
    if data is None or f"{ITEM_EVIDENCE}-TOTAL_FORMS" in data:
        return data
    changed = data.copy()
    changed[f"{ITEM_EVIDENCE}-TOTAL_FORMS"] = changed[f"{ITEM_EVIDENCE}-INITIAL_FORMS"] = "0"
    return changed
