"""Who is asked to a meeting, who came or wrote in, what each thinks of the harm to each child, who disagrees."""

from typing import Any

from django import forms

from sightline.engine.models import HarmView, Meeting, Seat
from sightline.engine.part import Faults, Part, Rows, declare
from sightline.vocabulary.meeting import discipline_of

from .actions import AgencyField


def call_meeting(deed: Any, planned_for: Any = None) -> Meeting:
    """A new sitting of this matter's meeting; seats of the one before are invited again."""
    before = deed.matter.seats_now
    meeting = Meeting(case=deed.case, number=len(deed.matter.meetings) + 1, called_at=deed.at, planned_for=planned_for)
    deed.matter.meetings.append(meeting)
    deed.add(meeting)
    for seat in before:
        invite(deed, seat.agency, worker=seat.worker, who=seat.who, why=seat.why)
    return meeting


def invite(deed: Any, agency: Any, *, worker: Any = None, who: str = "", why: str = "") -> None:
    """Give an agency a seat at the latest meeting, sight of the case, and a notice; once."""
    if any(seat.agency_id == agency.pk and seat.who == who for seat in deed.matter.seats_now):
        return
    quorum = deed.matter.process.quorum
    discipline = discipline_of(agency.kind)
    seat = Seat(
        meeting=deed.matter.meeting,
        agency=agency,
        worker=worker,
        who=who,
        discipline=discipline,
        required=bool(quorum and discipline in quorum.required),
        why=why or "Involved with the family",
        invited_at=deed.row.recorded_at,
    )
    deed.matter.seats.append(seat)
    deed.add(seat)
    deed.involve(agency=agency, part="invited", basis=f"Invited to the meeting: {seat.why}"[:200])
    deed.tell(f"You are invited: {deed.matter.process.label.lower()}", agency=agency)


class Invitation(forms.Form):
    agency = AgencyField(label="Agency", required=False)
    who = forms.CharField(label="Person, if you know who", max_length=120, required=False)
    why = forms.CharField(label="Why they are asked", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if (given.get("who") or given.get("why")) and not given.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Select the agency to invite")
        return given if given.get("agency") else {}


class Invited(Part):
    key = "invited"
    label = "Who else is invited?"
    hint = "Social care, police and health are always invited. So is whoever told the front door."
    adds = "Invite another agency"
    row = Invitation

    def apply(self, deed: Any, rows: Rows) -> None:
        if deed.matter.meeting is None:
            call_meeting(deed)
        for row in rows:
            invite(deed, row["agency"], who=row.get("who") or "", why=row.get("why") or "")


IN_A_DISCUSSION = ("here", "wrote-in", "apologies", "no-answer")
"""How an agency may have taken part in a discussion, where it may also write in and nobody sends a deputy."""


class Attended(forms.Form):
    seat = forms.UUIDField(widget=forms.HiddenInput)
    presence = forms.ChoiceField(
        label="Did they take part?",
        choices=[(code, said) for code, said in Seat.Presence.choices if code in IN_A_DISCUSSION],
        widget=forms.RadioSelect,
        required=False,
    )
    wrote = forms.CharField(label="What they wrote in", widget=forms.Textarea, max_length=10_000, required=False)
    absence_reason = forms.CharField(label="Why they did not come", max_length=200, required=False)


class Attendance(Part):
    key = "attendance"
    label = "Who is here"
    row = Attended

    def initial(self, matter: Any) -> Rows:
        return [
            {
                "seat": s.pk,
                "called": s.agency.name,
                "required": s.required,
                "who": s.who,
                "presence": s.presence,
                "wrote": s.wrote,
                "absence_reason": s.absence_reason,
            }
            for s in matter.seats_now
        ]

    def apply(self, deed: Any, rows: Rows) -> None:
        seats = {s.pk: s for s in deed.matter.seats_now}
        for row in rows:
            seat = seats.get(row["seat"])
            if seat is None:
                continue
            for name in ("presence", "wrote", "absence_reason"):
                setattr(seat, name, row.get(name) or getattr(seat, name))
            deed.change(seat)


def taking_part(matter: Any) -> list[str]:
    """Disciplines there or in writing at the latest meeting."""
    counted = (Seat.Presence.HERE, Seat.Presence.WROTE_IN)
    return [seat.discipline for seat in matter.seats_now if seat.presence in counted]


def held(deed: Any, chair: Any = None) -> None:
    """Record that the latest meeting was held, with its quorum worked out from the attendance.

    `chair`: who chaired, where that is not whoever records it.
    """
    meeting, quorum = deed.matter.meeting, deed.matter.process.quorum
    meeting.held_at, meeting.chair = deed.at, chair or deed.by.worker
    meeting.missing = quorum.missing(taking_part(deed.matter)) if quorum else []
    meeting.quorate = not meeting.missing
    deed.change(meeting)


class ViewOfHarm(forms.Form):
    seat = forms.UUIDField(widget=forms.HiddenInput)
    subject = forms.UUIDField(widget=forms.HiddenInput)
    view = forms.ChoiceField(label="View of harm", choices=HarmView.View, widget=forms.RadioSelect, required=False)


class Views(Part):
    key = "views"
    label = "Each child, each agency's view"
    row = ViewOfHarm

    def initial(self, matter: Any) -> Rows:
        given = {(v.seat_id, v.subject_id): v.view for v in matter.views}
        return [
            {
                "seat": seat.pk,
                "subject": child.pk,
                "called": str(child),
                "agency": seat.agency.name,
                "view": given.get((seat.pk, child.pk), ""),
            }
            for child in matter.children_of_concern
            for seat in matter.seats_now
        ]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        if not stepping_back or any(row.get("view") for row in rows):
            return {}
        return {self.key: ["Record what each agency thinks of the harm to each child"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        known = {(v.seat_id, v.subject_id): v for v in deed.matter.views}
        for row in rows:
            if not row.get("view"):
                continue
            view = known.get((row["seat"], row["subject"]))
            if view is None:
                view = HarmView(seat_id=row["seat"], subject_id=row["subject"], view=row["view"])
                deed.matter.views.append(view)
                deed.add(view)
            view.view = row["view"]
            deed.change(view)


class Disagreement(forms.Form):
    seat = forms.UUIDField(widget=forms.HiddenInput)
    dissent = forms.CharField(
        label="What they disagree with, and why", widget=forms.Textarea, max_length=5000, required=False
    )


class Dissent(Part):
    key = "dissent"
    label = "Does anyone disagree?"
    row = Disagreement

    def initial(self, matter: Any) -> Rows:
        return [{"seat": s.pk, "called": s.agency.name, "dissent": s.dissent} for s in matter.seats_now]

    def apply(self, deed: Any, rows: Rows) -> None:
        seats = {s.pk: s for s in deed.matter.seats_now}
        for row in rows:
            if row.get("dissent") and row["seat"] in seats:
                seats[row["seat"]].dissent = row["dissent"]
                deed.change(seats[row["seat"]])


INVITED = declare(Invited)
ATTENDANCE = declare(Attendance)
VIEWS = declare(Views)
DISSENT = declare(Dissent)
