"""Moderating: a score and a reason beside the agency's own, which stays as it was sent."""

from typing import Any

from django import forms

from sightline.engine.part import Faults, Part, Rows, declare
from sightline.parts.kept import keep

from .answering import NOT_APPLICABLE
from .models import Moderation
from .standing import instrument_of, standing_of


class ItemModerated(forms.Form):
    """One moderated score; a row without a score is not moderated yet."""

    item = forms.CharField(max_length=40, widget=forms.HiddenInput)
    score = forms.ChoiceField(label="Moderated", required=False)
    reason = forms.CharField(label="Reason", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, matter: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = instrument_of(matter.record).scale if matter is not None else ()
        offered = [*((str(score.value), score.label) for score in scale), (NOT_APPLICABLE, "Not applicable")]
        self.fields["score"].choices = [("", "Not moderated yet"), *offered]  # type: ignore[attr-defined]


class ModeratedItems(Part):
    """Moderated scores, one row for each question."""

    key = "moderated_items"
    label = "Moderated scores"
    row = ItemModerated

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"matter": matter}

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        standing = standing_of(matter)
        faults: Faults = {}
        for index, row in enumerate(rows):
            answer = standing.answers.get(row["item"])
            if answer is None:
                faults[f"{self.key}-{index}-score"] = [f"Question {row['item']} has no answer to moderate"]
            elif row["score"] and score_of(row) != answer.score and not row["reason"]:
                faults[f"{self.key}-{index}-reason"] = ["Give the reason where your score differs from theirs"]
        if not faults and not any(row["score"] for row in rows):
            faults[self.key] = ["Select at least one moderated score"]
        return faults

    def apply(self, deed: Any, rows: Rows) -> None:
        standing = standing_of(deed.matter)
        for row in rows:
            answer, before = standing.answers[row["item"]], standing.moderated.get(row["item"])
            if not row["score"] or _said_already(before, answer.pk, row):
                continue
            moderation = Moderation(
                case=deed.case,
                step=deed.row,
                answer=answer,
                item=row["item"],
                number=before.number + 1 if before else 1,
                score=score_of(row),
                reason=row["reason"],
            )
            keep(deed, moderation)


def score_of(row: dict[str, Any]) -> int | None:
    """The score that a row gives; None: does not apply."""
    return None if row["score"] == NOT_APPLICABLE else int(row["score"])


def _said_already(before: Moderation | None, answer: Any, row: dict[str, Any]) -> bool:
    """Saving a page again keeps no second copy of what it said before."""
    if before is None:
        return False
    return (before.answer_id, before.score, before.reason) == (answer, score_of(row), row["reason"])


MODERATED = declare(ModeratedItems)
