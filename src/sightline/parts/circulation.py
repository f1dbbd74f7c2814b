"""Who is sent the record of a meeting: everybody invited and everybody involved, unless withheld with a reason."""

from datetime import datetime
from typing import Any

from django import forms

from sightline.engine.models import Circulation
from sightline.engine.part import Faults, Part, Rows, declare

WHY = {"here": "Attended", "wrote-in": "Wrote in", "deputy": "Their deputy came"}


def circulate(deed: Any, due_at: datetime | None, *, family: bool = True) -> None:
    """List every invited agency, deputies and the family as recipients, and send to all who are not withheld."""
    meeting = deed.matter.meeting
    for seat in deed.matter.seats_now:
        why = WHY.get(seat.presence, "Invited")
        _send(deed, due_at, meeting=meeting, agency=seat.agency, worker=seat.worker, who=seat.who, why=why)
        if seat.deputy:
            came = {"worker": seat.deputy, "who": seat.deputy.display_name, "why": "Came as a deputy"}
            _send(deed, due_at, meeting=meeting, agency=seat.agency, **came)
    if family and not any(row.family for row in _of_this(deed)):
        copy = Circulation(case=deed.case, meeting=meeting, family=True, who="Family copy", why="Family", due_at=due_at)
        deed.matter.circulation.append(copy)
        deed.add(copy)


def _of_this(deed: Any) -> list[Circulation]:
    return [row for row in deed.matter.circulation if row.meeting_id == deed.matter.meeting.pk]


def _send(deed: Any, due_at: datetime | None, **recipient: Any) -> None:
    for row in _of_this(deed):
        if (row.agency_id, row.who) == (recipient["agency"].pk, recipient["who"]):
            return
    row = Circulation(case=deed.case, due_at=due_at, **recipient)
    deed.matter.circulation.append(row)
    deed.add(row)
    _deliver(deed, row)


def _deliver(deed: Any, row: Circulation) -> None:
    """Sent only where there is somebody to send to; a row without a route stays waiting, in sight."""
    if row.worker_id or deed.matter.reachable(row.agency_id):
        row.sent_at = deed.row.recorded_at
        deed.change(row)
        deed.tell("Minutes sent to you: open them", agency=row.agency, worker=row.worker, due_at=row.due_at)


def send_to_those_waiting(deed: Any) -> None:
    for row in deed.matter.circulation:
        if not (row.family or row.sent_at or row.withheld):
            _deliver(deed, row)


def unopened(matter: Any) -> list[Circulation]:
    """Copies sent and not yet opened."""
    return [row for row in matter.circulation if row.sent_at and not (row.opened_at or row.family)]


def remind(deed: Any) -> None:
    """Ask again everybody who has been sent the record and has not opened it."""
    for row in unopened(deed.matter):
        deed.tell("Reminder: open the minutes sent to you", agency=row.agency, worker=row.worker, due_at=row.due_at)


class WithheldFrom(forms.Form):
    circulation = forms.UUIDField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Family copy",
        choices=(("sent", "Sent"), ("withheld", "Withheld")),
        widget=forms.RadioSelect,
        required=False,
    )
    withheld = forms.CharField(label="If it is withheld, why?", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("decision") == "withheld" and not given.get("withheld"):
            self.add_error("withheld", "Say why the family copy is withheld")
        return given


class Withheld(Part):
    """The family's copy: sent, or withheld with a reason; never skipped."""

    key = "family_copy"
    label = "The family's copy"
    row = WithheldFrom

    def initial(self, matter: Any) -> Rows:
        return [
            {"circulation": row.pk, "called": row.who}
            for row in matter.circulation
            if row.family and not row.sent_at and not row.withheld
        ]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        decided = {row["circulation"] for row in rows if row.get("decision")}
        undecided = [row for row in self.initial(matter) if row["circulation"] not in decided]
        return {f"{self.key}-0-decision": ["Say whether the family copy is sent or withheld"]} if undecided else {}

    def apply(self, deed: Any, rows: Rows) -> None:
        waiting = {row.pk: row for row in deed.matter.circulation if row.family}
        for row in rows:
            copy = waiting.get(row["circulation"])
            if copy is None or not row.get("decision"):
                continue
            if row["decision"] == "sent":
                copy.sent_at = deed.row.recorded_at
            else:
                copy.withheld, copy.withheld_by = row["withheld"], deed.row
            deed.change(copy)


WITHHELD = declare(Withheld)
