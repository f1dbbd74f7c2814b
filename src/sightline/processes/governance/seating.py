"""Who is asked to a sitting, who came or sent a deputy, and is it quorate by the group's own terms?"""

from datetime import date
from typing import Any

from django import forms

from sightline.engine.models import Seat
from sightline.engine.part import Faults, Part, Rows, declare
from sightline.engine.refusals import NotAllowed
from sightline.people.group_seats import MemberSeat, deputies_on, seats_on
from sightline.platform.calendar import plain_date
from sightline.vocabulary.meeting import discipline_of

from .terms import Terms, terms_of

IN_ATTENDANCE = "in attendance"
"""The discipline of a seat that is heard and never counted: the scrutineer's, an observer's, an adviser's."""

PRESENCES = ("here", "deputy", "apologies", "no-apology", "not-required")
ATTENDED = [(code, "Attended" if code == "here" else said) for code, said in Seat.Presence.choices if code in PRESENCES]
NOT_ON_LIST = "not-on-list"


def terms_for(matter: Any) -> Terms:
    """The terms of reference that hold on the day of the sitting."""
    return terms_of(matter.record.group, matter.record.meets_on)


def seat_members(deed: Any) -> None:
    """Give everybody who sits on the group that day a seat, sight of the matter and a notice; each once."""
    there = {(seat.agency_id, seat.worker_id) for seat in deed.matter.seats_now}
    terms = terms_for(deed.matter)
    for member in seats_on(deed.record.group, deed.record.meets_on):
        key = (member.agency.pk, member.worker.pk if member.worker else None)
        if key not in there:
            _seat(deed, member, terms)


def _seat(deed: Any, member: MemberSeat, terms: Terms) -> None:
    discipline = discipline_of(member.agency.kind) if member.counts else IN_ATTENDANCE
    seat = Seat(
        meeting=deed.matter.meeting,
        agency=member.agency,
        worker=member.worker,
        who=member.name,
        discipline=discipline,
        required=discipline in terms.disciplines,
        why=member.capacity[:1].upper() + member.capacity[1:],
        invited_at=deed.row.recorded_at,
    )
    deed.matter.seats.append(seat)
    deed.add(seat)
    group = deed.record.group.name.lower()
    if member.worker:
        deed.involve(worker=member.worker, part="invited", basis=f"You sit on the {group}"[:200])
    else:
        deed.involve(agency=member.agency, part="invited", basis=f"Your agency sits on the {group}"[:200])
    if member.capacity == "chair" and deed.matter.meeting.chair is None:
        deed.matter.meeting.chair = member.worker
        deed.change(deed.matter.meeting)
    deed.tell(f"A meeting is planned: {plain_date(deed.record.meets_on)}", agency=member.agency, worker=member.worker)


def tell_members(deed: Any, says: str) -> None:
    """A notice to every seat."""
    for seat in deed.matter.seats_now:
        deed.tell(says, agency=seat.agency, worker=seat.worker)


def who_may_chair(matter: Any) -> list[Any]:
    """Workers who hold a seat that counts, or came as a listed deputy. Never the independent scrutineer."""
    counted = [seat for seat in matter.seats_now if seat.discipline != IN_ATTENDANCE]
    listed = [worker for worker, _ in deputy_list(matter)]
    return list(dict.fromkeys([*(seat.worker for seat in counted if seat.worker), *listed]))


def deputy_list(matter: Any) -> list[tuple[Any, Any]]:
    """The group's deputy list on the day of the sitting: (worker, agency)."""
    if "deputies" not in matter.facts:
        group: Any = matter.record.group
        matter.facts["deputies"] = deputies_on(group, matter.record.meets_on) if group else []
    found: list[tuple[Any, Any]] = matter.facts["deputies"]
    return found


def may_deputise(matter: Any, worker: Any, seat: Seat) -> bool:
    """Whether the worker is on the deputy list of that day for the seat's agency."""
    return any(one.pk == worker.pk and agency.pk == seat.agency_id for one, agency in deputy_list(matter))


def counted(matter: Any) -> list[Seat]:
    """Seats that count towards the quorum: a member came, or a deputy whom the terms let count."""
    deputies = terms_for(matter).deputies
    return [
        seat
        for seat in matter.seats_now
        if seat.discipline != IN_ATTENDANCE and (seat.presence == "here" or _deputised(seat, deputies))
    ]


def _deputised(seat: Seat, deputies: str) -> bool:
    """Whether a deputy came who counts: one on the list of that day, or anybody where the terms say so."""
    if seat.presence != "deputy" or deputies == "none":
        return False
    return deputies == "any" or seat.deputy is not None


def settle_quorum(deed: Any) -> None:
    """Record that the sitting was held, with its quorum worked out from the attendance."""
    meeting, terms = deed.matter.meeting, terms_for(deed.matter)
    meeting.held_at, meeting.chair = deed.at, deed.record.chaired_by
    meeting.missing = terms.missing([seat.discipline for seat in counted(deed.matter)])
    meeting.quorate = not meeting.missing
    deed.change(meeting)


def quorum_expected(matter: Any, on: date | None = None) -> str:
    """Before the sitting: who has sent apologies or a deputy decides whether it can be quorate."""
    terms = terms_for(matter)
    coming = [
        seat.discipline
        for seat in matter.seats_now
        if seat.discipline != IN_ATTENDANCE and seat.presence not in ("apologies", "not-required", "no-apology")
    ]
    missing = terms.missing(coming)
    if missing:
        lacking = " and ".join(missing)
        return f"Not quorate as things stand: {lacking}. Decisions will be provisional until ratified."
    return "Quorate if everybody comes who has not sent apologies."


class Came(forms.Form):
    """One seat's attendance."""

    seat = forms.UUIDField(widget=forms.HiddenInput)
    presence = forms.ChoiceField(
        label="Did they come?",
        choices=ATTENDED,
        widget=forms.RadioSelect,
        required=False,
    )
    deputy = forms.ChoiceField(label="If a deputy came, who?", required=False)
    who_came = forms.CharField(label="If the deputy is not on the list, their name", max_length=120, required=False)
    absence_reason = forms.CharField(label="Why did they not come?", max_length=200, required=False)

    def __init__(self, *args: Any, deputies: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(worker.pk), f"{worker.display_name}, {agency.name}") for worker, agency in deputies]
        not_listed = (NOT_ON_LIST, "Somebody who is not on the deputy list (does not count for the quorum)")
        self.fields["deputy"].choices = [("", "Nobody"), *listed, not_listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("presence") == "deputy" and not given.get("deputy"):
            self.add_error("deputy", "Select which deputy came")
        if given.get("presence") != "deputy" and given.get("deputy"):
            self.add_error("deputy", "Select “Deputy came”, or select nobody")
        return given


class GroupAttendance(Part):
    """Who came, seat by seat."""

    key = "group_attendance"
    label = "Who is here"
    row = Came

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"deputies": deputy_list(matter)}

    def initial(self, matter: Any) -> Rows:
        return [
            {
                "seat": seat.pk,
                "called": f"{seat.who}, {seat.agency.name}" if seat.who else seat.agency.name,
                "how": seat.why if seat.why != "Member" else "",
                "presence": seat.presence,
                "deputy": str(seat.deputy_id or ""),
                "absence_reason": seat.absence_reason,
            }
            for seat in matter.seats_now
        ]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        seats = {seat.pk: seat for seat in matter.seats_now}
        deputies = {str(worker.pk): worker for worker, _ in deputy_list(matter)}
        faults: Faults = {}
        for index, row in enumerate(rows):
            seat, deputy = seats.get(row["seat"]), deputies.get(row.get("deputy") or "")
            if seat and not row.get("presence"):
                faults[f"{self.key}-{index}-presence"] = [f"Select whether {seat.who or seat.agency.name} came"]
            elif seat and deputy and not may_deputise(matter, deputy, seat):
                said = f"{deputy.display_name} is not on the deputy list for {seat.agency.name}. Choose another answer"
                faults[f"{self.key}-{index}-deputy"] = [said]
        return faults

    def apply(self, deed: Any, rows: Rows) -> None:
        seats = {seat.pk: seat for seat in deed.matter.seats_now}
        deputies = {str(worker.pk): worker for worker, _ in deputy_list(deed.matter)}
        for row in rows:
            seat = seats.get(row["seat"])
            if seat is None:
                continue
            seat.presence = row.get("presence") or seat.presence
            seat.deputy = deputies.get(row.get("deputy") or "")
            seat.wrote = f"{row['who_came']} came, who is not on the deputy list" if row.get("who_came") else seat.wrote
            seat.absence_reason = row.get("absence_reason") or seat.absence_reason
            deed.change(seat)


class OwnComing(forms.Form):
    """A member's own answer."""

    coming = forms.ChoiceField(
        label="Are you coming?",
        choices=(("here", "Yes"), ("apologies", "No, I send apologies")),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you are coming"},
    )
    absence_reason = forms.CharField(
        label="Why can you not come, and who comes in your place?", max_length=200, required=False
    )


class Coming(Part):
    """Whether the person who answers is coming; a seat of their agency's counts as theirs where it has no name."""

    key = "coming"
    label = "Your answer"
    row = OwnComing

    def initial(self, matter: Any) -> Rows:
        return [{}]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {self.key: ["Select whether you are coming"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        for seat in seats_of(deed):
            for row in rows:
                seat.presence = "apologies" if row["coming"] == "apologies" else ""
                seat.absence_reason = row.get("absence_reason") or ""
            deed.change(seat)


def seats_of(deed: Any) -> list[Seat]:
    """Seats of whoever takes the step. Raises NotAllowed where they have none."""
    mine = [seat for seat in deed.matter.seats_now if seat.worker_id and seat.worker_id == deed.by.worker.pk]
    agencies = {held.agency_id for held in deed.by.roles}
    mine = mine or [seat for seat in deed.matter.seats_now if not seat.worker_id and seat.agency_id in agencies]
    if not mine:
        what = f"{deed.step.label[:1].lower()}{deed.step.label[1:]}"
        raise NotAllowed(what, "You have no seat at this meeting. Ask the Support Hub if you should have one.")
    return mine


GROUP_ATTENDANCE = declare(GroupAttendance)
COMING = declare(Coming)
