"""Agenda parts: items entered, papers sent, and what was said on each."""

from typing import Any

from django import forms

from sightline.engine.part import Faults, Part, Rows, declare
from sightline.engine.refusals import AnswersRefused
from sightline.parts.figures import cited, offered
from sightline.parts.kept import keep, kept
from sightline.parts.matters import MatterField

from .agenda_items import AgendaItem, voice_missing

NONE_TOLD = (("none", "None"),)


def items_of(matter: Any) -> list[AgendaItem]:
    """The matter's items in order."""
    return sorted(kept(matter, AgendaItem), key=lambda item: item.position)


def item_choices(matter: Any) -> list[tuple[str, str]]:
    """Items to choose among."""
    return [(str(item.pk), called(item)) for item in items_of(matter)]


def called(item: AgendaItem) -> str:
    """An item by number and title; a restricted one by its number alone."""
    return f"Item {item.position} (restricted)" if item.restricted else str(item)


class ItemEntered(forms.Form):
    """One item as the Support Hub enters it."""

    kind = forms.ChoiceField(
        label="What kind of item is it?", choices=AgendaItem.Kind, widget=forms.RadioSelect, required=False
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    presented_by = forms.CharField(label="Who presents it?", max_length=120, required=False)
    asks_for = forms.CharField(label="What is the meeting asked for?", max_length=500, required=False)
    about = MatterField(
        "recommendation",
        label="If it is about a recommendation, which?",
        empty_label="None",
        required=False,
    )
    figures = forms.MultipleChoiceField(
        label="Which figures of the scorecard does it bring?",
        help_text="They are kept as they stand today.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    restricted = forms.MultipleChoiceField(
        label="If it has to be restricted",
        help_text="It is then kept from whoever has an interest in it, and out of the public minutes.",
        choices=(("yes", "Restricted"),),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, partnership: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(one.reference, f"{one.name}, {one.period}: {one.words}") for one in offered(partnership)]
        if found:
            self.fields["figures"].choices = found  # type: ignore[attr-defined]
        else:
            del self.fields["figures"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.values()) and not self.errors:
            return {}
        for name, message in {"kind": "Select what kind of item it is", "title": "Enter a title for the item"}.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, message)
        return given


class Agenda(Part):
    """Items added to the agenda, numbered in the order in which they are entered."""

    key = "agenda"
    label = "Agenda items"
    adds = "Add another item"
    row = ItemEntered

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"partnership": matter.case.partnership}

    def apply(self, deed: Any, rows: Rows) -> None:
        elsewhere = [
            f"{self.key}-{index}-about"
            for index, row in enumerate(rows)
            if row.get("about") and row["about"].partnership_id != deed.case.partnership_id
        ]
        if elsewhere:
            raise AnswersRefused({name: ["Select a recommendation of this partnership"] for name in elsewhere})
        for row in rows:
            keep(deed, _item(deed, row))


def _item(deed: Any, row: dict[str, Any]) -> AgendaItem:
    figures = [cited(deed.case.partnership, reference) for reference in row.get("figures") or []]
    return AgendaItem(
        case=deed.case,
        position=len(kept(deed.matter, AgendaItem)) + 1,
        **{name: row.get(name) or "" for name in ("kind", "title", "presented_by", "asks_for")},
        about=row.get("about"),
        figures=[_as_it_stood(figure) for figure in figures if figure],
        restricted=bool(row.get("restricted")),
    )


def _as_it_stood(figure: Any) -> dict[str, str]:
    return {
        "reference": figure.reference,
        "name": figure.name,
        "period": figure.period,
        "words": figure.words,
        "source": figure.provenance,
        "as_at": figure.as_at.isoformat(),
    }


class ChildrensVoice(forms.Form):
    """What children or families told us about one item, or a plain None."""

    children_told_us = forms.CharField(
        label="What did children or families tell us about this?",
        widget=forms.Textarea,
        max_length=5000,
        required=False,
    )
    nothing_told = forms.MultipleChoiceField(
        label="If nobody has told us anything about this",
        help_text="It is said as it is, in the pack and in the minutes.",
        choices=NONE_TOLD,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PaperSent(ChildrensVoice):
    """One item's paper, and what children or families told us."""

    item = forms.UUIDField(widget=forms.HiddenInput)
    paper_title = forms.CharField(
        label="Title of the paper", help_text="Leave it empty where the item has none.", max_length=200, required=False
    )
    paper_link = forms.URLField(label="Link to where it is held", max_length=500, required=False, assume_scheme="https")
    paper_says = forms.CharField(
        label="What the paper says",
        help_text="The paper or its summary, to be read here.",
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
    )


class Papers(Part):
    """Papers of the items that have none yet. One that asks for a decision needs the child's voice, or a plain None."""

    key = "papers"
    label = "Papers"
    row = PaperSent

    def initial(self, matter: Any) -> Rows:
        return [
            {
                "item": item.pk,
                "called": str(item),
                "how": item.get_kind_display(),
                "children_told_us": item.children_told_us,
                "nothing_told": ["none"] if item.nothing_told else [],
            }
            for item in items_of(matter)
            if item.paper_sent_at is None
        ]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return voice_faults(self.key, items_of(matter), rows)

    def apply(self, deed: Any, rows: Rows) -> None:
        items = {item.pk: item for item in items_of(deed.matter)}
        for row in rows:
            item = items.get(row["item"])
            if item is None:
                continue
            take_voice(item, row)
            if row.get("paper_title") or row.get("paper_says") or row.get("paper_link"):
                item.paper_title = row.get("paper_title") or item.title
                item.paper_link, item.paper_says = row.get("paper_link") or "", row.get("paper_says") or ""
                item.paper_sent_at, item.paper_sent_by = deed.row.recorded_at, deed.by.name
            deed.change(item)


def take_voice(item: AgendaItem, row: dict[str, Any]) -> None:
    """What children or families told us, as the row has it."""
    item.children_told_us = row.get("children_told_us") or ""
    item.nothing_told = bool(row.get("nothing_told")) and not item.children_told_us


def voice_faults(key: str, items: list[AgendaItem], rows: Rows, deciding: frozenset[Any] | None = None) -> Faults:
    """The guard: each item that asks for a decision, or on which one is taken (`deciding`), has the child's voice."""
    known = {item.pk: item for item in items}
    faults: Faults = {}
    for index, row in enumerate(rows):
        item = known.get(row["item"])
        asks = item and (item.kind == AgendaItem.Kind.DECISION if deciding is None else item.pk in deciding)
        if item and asks and not row.get("children_told_us") and not row.get("nothing_told"):
            faults[f"{key}-{index}-children_told_us"] = [voice_missing(item.position)]
    return faults


class ItemDiscussed(ChildrensVoice):
    """What was said on one item."""

    field_order = ("item", "outcome", "discussion", "children_told_us", "nothing_told", "raised")

    item = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Was it taken?", choices=AgendaItem.Outcome, widget=forms.RadioSelect, required=False
    )
    discussion = forms.CharField(label="What was said", widget=forms.Textarea, max_length=20_000, required=False)
    raised = forms.ChoiceField(
        label="Did one agency challenge another?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
        required=False,
    )
    challenged_by = forms.CharField(label="Who challenged?", max_length=120, required=False)
    challenged = forms.CharField(label="Whom did they challenge?", max_length=120, required=False)
    challenge = forms.CharField(label="What was the challenge, and the answer?", max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        three = ("challenged_by", "challenged", "challenge")
        if given.get("raised") == "no":
            given |= dict.fromkeys(three, "")
        elif given.get("raised") == "yes" and not all(given.get(name) for name in three):
            self.add_error("challenged_by", "Say who challenged whom, and about what")
        return given


class Discussed(Part):
    """The meeting, item by item."""

    key = "discussed"
    label = "Item by item"
    row = ItemDiscussed

    def initial(self, matter: Any) -> Rows:
        kept_as = ("outcome", "discussion", "challenged_by", "challenged", "challenge", "children_told_us")
        return [
            {
                "item": item.pk,
                "called": str(item),
                "how": item.get_kind_display(),
                "nothing_told": ["none"] if item.nothing_told else [],
                "raised": "yes" if item.challenge else "",
                **{name: getattr(item, name) for name in kept_as},
            }
            for item in items_of(matter)
        ]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        numbers = {item.pk: item.position for item in items_of(matter)}
        return {
            f"{self.key}-{index}-outcome": [f"Select whether item {numbers.get(row['item'], '')} was taken"]
            for index, row in enumerate(rows)
            if not row.get("outcome")
        }

    def apply(self, deed: Any, rows: Rows) -> None:
        items = {item.pk: item for item in items_of(deed.matter)}
        for row in rows:
            item = items.get(row["item"])
            if item is None:
                continue
            take_voice(item, row)
            for name in ("outcome", "discussion", "challenged_by", "challenged", "challenge"):
                setattr(item, name, row.get(name) or "")
            deed.change(item)


AGENDA = declare(Agenda)
PAPERS = declare(Papers)
DISCUSSED = declare(Discussed)
