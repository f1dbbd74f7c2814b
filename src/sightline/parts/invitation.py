"""An invited agency's own answer: coming, writing in, or not able to, and why."""

from typing import Any

from django import forms

from sightline.engine.models import Seat
from sightline.engine.part import Faults, Part, Rows, declare


class OwnAnswer(forms.Form):
    answer = forms.ChoiceField(
        label="Will your agency take part?",
        choices=(
            ("coming", "Yes, somebody will come"),
            ("wrote-in", "No, but this is what we know"),
            ("apologies", "No"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether your agency will take part"},
    )
    who = forms.CharField(label="Who will come?", max_length=120, required=False)
    wrote = forms.CharField(
        label="What does your agency know?", widget=forms.Textarea, max_length=10_000, required=False
    )
    absence_reason = forms.CharField(label="Why can nobody come?", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("answer") == Seat.Presence.WROTE_IN and not given.get("wrote"):
            self.add_error("wrote", "Say what your agency knows")
        if given.get("answer") == Seat.Presence.APOLOGIES and not given.get("absence_reason"):
            self.add_error("absence_reason", "Say why nobody can come")
        return given


class AnsweredInvitation(Part):
    key = "answered_invitation"
    label = "Your agency's answer"
    row = OwnAnswer

    def initial(self, matter: Any) -> Rows:
        return [{}]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {self.key: ["Select whether your agency will take part"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        mine = [s for s in deed.matter.seats_now if deed.by.agency and s.agency_id == deed.by.agency.pk]
        for row in rows:
            for seat in mine:
                seat.who = row.get("who") or seat.who
                if row["answer"] != "coming":
                    seat.presence = row["answer"]
                seat.wrote = row.get("wrote") or seat.wrote
                seat.absence_reason = row.get("absence_reason") or ""
                deed.change(seat)


ANSWERED = declare(AnsweredInvitation)
