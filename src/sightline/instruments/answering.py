"""Answering: one question with its evidence; last time's answer confirmed; answers given for another partnership."""

from typing import Any

from django import forms

from sightline.engine.part import Faults, Part, Rows, declare
from sightline.parts.evidence import EvidenceRows, evidence_from
from sightline.parts.kept import keep
from sightline.parts.models import Evidence
from sightline.platform import calendar
from sightline.vocabulary.instrument import Item

from .earlier import Earlier, answers_elsewhere, answers_last_time
from .models import Answer
from .standing import Standing, evidence_wanted, instrument_of, standing_of

NOT_APPLICABLE = "na"


class ItemAnswered(forms.Form):
    """One answer. `score` is a number of the scale, or "na" with the reason."""

    item = forms.CharField(max_length=40, widget=forms.HiddenInput)
    score = forms.ChoiceField(
        label="How far is this met?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select how far this is met"},
    )
    reason = forms.CharField(label="Why does it not apply to you?", max_length=500, required=False)
    difference = forms.CharField(
        label="How do you know it makes a difference?",
        help_text="For children, not for the organisation. “We do not know yet” is an answer.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, matter: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument_of(matter.record) if matter is not None else None
        scale = self.instrument.scale if self.instrument else ()
        offered = [*((str(score.value), score.label) for score in scale), (NOT_APPLICABLE, "Not applicable")]
        self.fields["score"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        try:
            if self.instrument:
                self.instrument.item(given.get("item") or "")
        except LookupError as unknown:
            self.add_error("item", str(unknown))
        if given.get("score") == NOT_APPLICABLE and not given.get("reason"):
            self.add_error("reason", "Say why it does not apply to you")
        return given


class ItemAnswers(Part):
    """Answers to questions, one row each."""

    key = "item_answers"
    label = "Answer"
    adds = "Add another answer"
    row = ItemAnswered

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"matter": matter}

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        standing = standing_of(matter)
        scores = {**standing.scores, **{row["item"]: _number(row["score"]) for row in rows}}
        asked = {item.key for item in standing.instrument.asked(scores)}
        faults = {
            f"{self.key}-{index}-item": [f"Question {row['item']} does not apply, after your other answers"]
            for index, row in enumerate(rows)
            if row["item"] not in asked
        }
        return faults or ({} if rows else {self.key: ["Answer at least one question"]})

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in rows:
            score = _number(row["score"])
            add_answer(
                deed,
                row["item"],
                score=score,
                reason=row["reason"] if score is None else "",
                difference=row["difference"],
            )


class ItemEvidence(EvidenceRows):
    """Evidence for the question answered at the same step."""

    key = "item_evidence"

    def apply(self, deed: Any, rows: Rows) -> None:
        about = deed.answers[ITEM_ANSWERS][0]["item"]
        for row in rows:
            keep(deed, evidence_from(deed, row, about=about))


def _number(chosen: str) -> int | None:
    return None if chosen == NOT_APPLICABLE else int(chosen)


def add_answer(deed: Any, item: str, **given: Any) -> Answer:
    """Keep the next version of the answer to a question."""
    standing = standing_of(deed.matter)
    before = standing.answers.get(item)
    row = Answer(
        case=deed.case,
        step=deed.row,
        instrument=standing.instrument.name,
        item=item,
        version=before.version + 1 if before else 1,
        **given,
    )
    keep(deed, row)
    return row


def evidence_missing(matter: Any, answers: dict[str, Any]) -> dict[str, str]:
    """For a Step's `checks`: a score that needs evidence has some, from late enough, given before or with the answer.

    Evidence given at the step is for the first answer, so that nobody scores several questions by one document.
    """
    standing, given = standing_of(matter), answers.get(ITEM_EVIDENCE) or []
    faults = {}
    for index, row in enumerate(answers.get(ITEM_ANSWERS) or []):
        number = _number(row["score"])
        score = None if number is None else standing.instrument.score(number)
        now = [one for one in given if index == 0 and one["dated_on"] >= standing.oldest]
        if score and score.needs_evidence and not now and not standing.recent_evidence(row["item"]):
            faults[f"{ITEM_ANSWERS}-{index}-score"] = evidence_wanted(standing.instrument, score.value, matter)
    return faults


class Confirmed(forms.Form):
    item = forms.CharField(max_length=40, widget=forms.HiddenInput)


class LastTimeConfirmed(Part):
    """That last cycle's answer to a question still holds: it is confirmed one by one, never carried in a lump."""

    key = "confirmed_items"
    label = "Confirmed from last time"
    row = Confirmed

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        if len(rows) != 1:
            return {self.key: ["Confirm one answer at a time"]}
        item, earlier = rows[0]["item"], answers_last_time(matter)
        if earlier is None or item not in earlier.answers:
            return {self.key: ["There is no answer from last time. Answer the question"]}
        return self._without_evidence(matter, item, earlier)

    def _without_evidence(self, matter: Any, item: str, earlier: Earlier) -> Faults:
        standing, before = standing_of(matter), earlier.answers[item]
        wants = before.score is not None and standing.instrument.score(before.score).needs_evidence
        if not wants or standing.recent_evidence(item) or _recent(earlier, item, standing):
            return {}
        wanted = evidence_wanted(standing.instrument, before.score or 0, matter)
        return {self.key: [f"{wanted}, and last time's is older. Answer again, with newer evidence"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        earlier = answers_last_time(deed.matter)
        assert earlier is not None  # noqa: S101 - `missing` has refused anything else
        take_over(deed, earlier, [rows[0]["item"]], Answer.Origin.CONFIRMED)


class SharedAnswers(Part):
    """Answers to the regional questions, given once in another partnership and taken over here."""

    key = "shared_items"
    label = "Answers given for another partnership"
    row = Confirmed

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if to_take_over(matter) else {self.key: ["There is nothing to take over from another partnership"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        earlier = answers_elsewhere(deed.matter)
        assert earlier is not None  # noqa: S101 - `missing` has refused anything else
        take_over(deed, earlier, [item.key for item in to_take_over(deed.matter)], Answer.Origin.SHARED)


def to_take_over(matter: Any) -> list[Item]:
    """Regional questions answered elsewhere that are not answered here, or were taken over before a newer answer."""
    elsewhere = answers_elsewhere(matter)
    if elsewhere is None:
        return []
    here = standing_of(matter).answers
    return [
        item
        for item in instrument_of(matter.record).items
        if item.scope == "regional" and item.key in elsewhere.answers and _newer(elsewhere, item, here.get(item.key))
    ]


def _newer(elsewhere: Earlier, item: Item, here: Answer | None) -> bool:
    if here is None:
        return True
    there = elsewhere.answers[item.key]
    same = (here.score, here.reason, here.difference) == (there.score, there.reason, there.difference)
    return here.origin == Answer.Origin.SHARED and here.from_reference == elsewhere.reference and not same


def take_over(deed: Any, earlier: Earlier, items: list[str], origin: str) -> None:
    """Keep the earlier answers as answers here, saying where they come from, with their evidence of late enough."""
    standing = standing_of(deed.matter)
    for item in items:
        before = earlier.answers[item]
        add_answer(
            deed,
            item,
            score=before.score,
            reason=before.reason,
            difference=before.difference,
            origin=origin,
            from_reference=earlier.reference,
            from_partnership=earlier.partnership,
            from_on=calendar.local_date(before.step.at),
        )
        had = {(row.says, row.dated_on) for row in standing.evidence_for(item)}
        for row in _recent(earlier, item, standing):
            if (row.says, row.dated_on) not in had:
                keep(deed, _copied(deed, row))


def _recent(earlier: Earlier, item: str, standing: Standing) -> list[Evidence]:
    return [row for row in earlier.evidence if row.about == item and row.dated_on >= standing.oldest]


def _copied(deed: Any, row: Evidence) -> Evidence:
    same = (
        *("about", "kind", "grade", "says", "dated_on", "where", "figure", "figure_name"),
        *("figure_period", "figure_words", "figure_source"),
    )
    return Evidence(case=deed.case, step=deed.row, **{name: getattr(row, name) for name in same})


ITEM_ANSWERS = declare(ItemAnswers)
ITEM_EVIDENCE = declare(ItemEvidence)
CONFIRMED = declare(LastTimeConfirmed)
SHARED = declare(SharedAnswers)
