"""Interests in an item: declared by whoever has one, or entered for them."""

from typing import Any

from django import forms

from sightline.engine.part import Faults, Part, Rows, declare
from sightline.engine.refusals import AnswersRefused
from sightline.parts.kept import keep, kept

from .agenda import item_choices, items_of
from .agenda_items import Interest
from .seating import seats_of


class InterestDeclared(forms.Form):
    """An interest in one item; `member` only where somebody else enters it."""

    item = forms.ChoiceField(label="In which item?", required=False)
    member = forms.ChoiceField(label="Whose interest is it?", required=False)
    says = forms.CharField(label="What is the interest?", max_length=500, required=False)

    def __init__(self, *args: Any, items: Any = (), members: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "Choose an item"), *items]  # type: ignore[attr-defined]
        if members is None:
            del self.fields["member"]
        else:
            self.fields["member"].choices = [("", "Choose a member"), *members]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.values()):
            return {}
        if not given.get("item"):
            self.add_error("item", "Select the item that the interest is in")
        if "member" in self.fields and not given.get("member"):
            self.add_error("member", "Select whose interest it is")
        return given


class Interests(Part):
    """One's own interests, declared before or during the meeting."""

    key = "interests"
    label = "Your interests"
    adds = "Add another interest"
    row = InterestDeclared

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"items": item_choices(matter)}

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {self.key: ["Select the item that you have an interest in"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        seats_of(deed)
        for row in rows:
            _declare(deed, row, deed.by.worker)


class OthersInterests(Interests):
    """A member's interest, entered by the Support Hub."""

    key = "others_interests"
    label = "Interests of members"

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        members = [(str(seat.worker_id), seat.who) for seat in matter.seats_now if seat.worker_id]
        return {"items": item_choices(matter), "members": members}

    def apply(self, deed: Any, rows: Rows) -> None:
        members = {str(seat.worker_id): seat.worker for seat in deed.matter.seats_now if seat.worker_id}
        for row in rows:
            _declare(deed, row, members[row["member"]])


def _declare(deed: Any, row: dict[str, Any], worker: Any) -> None:
    item = next((one for one in items_of(deed.matter) if str(one.pk) == row["item"]), None)
    if item is None or worker is None:
        raise AnswersRefused({"interests": ["That item is no longer on the agenda. Choose another"]})
    if not any(one.item_id == item.pk and one.worker_id == worker.pk for one in kept(deed.matter, Interest)):
        keep(deed, Interest(case=deed.case, item=item, worker=worker, says=row.get("says") or "", step=deed.row))


INTERESTS = declare(Interests)
OTHERS_INTERESTS = declare(OthersInterests)
