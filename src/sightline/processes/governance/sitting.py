"""What follows from each step of a group's meeting, and what each step's answers must hold to."""

from typing import Any

from sightline.engine.models import Action, Link, Meeting
from sightline.engine.refusals import AnswersRefused
from sightline.parts.circulation import circulate
from sightline.parts.declared import FINISHED_ACTIONS
from sightline.parts.meeting import call_meeting
from sightline.platform import calendar
from sightline.vocabulary import roles
from sightline.vocabulary.process import Answers

from .agenda import AGENDA, DISCUSSED, items_of, voice_faults
from .agenda_items import AgendaItem
from .deciding import chairs, decisions_of, ratify, voiceless, waiting
from .meeting_record import GroupMeetingRecord
from .minutes import sections
from .seating import seat_members, settle_quorum, tell_members, who_may_chair


def named(matter: Any, answers: Answers) -> Answers:
    """The title and the day, from the group and the planned time."""
    group, planned = answers.get("group") or matter.record.group, answers.get("planned_for")
    if not (group and planned):
        return {}
    day = calendar.local_date(planned)
    return {"name": f"{group.name}, {calendar.plain_date(day)}", "meets_on": day}


def _own_chair(deed: Any) -> None:
    """A chair acts for the group that they chair. Raises NotAllowed for any other; the Support Hub acts for all."""
    if deed.role == roles.GROUP_CHAIR.key:
        chairs(deed, f"{deed.step.label[:1].lower()}{deed.step.label[1:]}")


def planned(deed: Any) -> None:
    if deed.record.group.partnership_id != deed.case.partnership_id:
        raise AnswersRefused({"group": ["Select a group of this partnership"]})
    call_meeting(deed, planned_for=deed.record.planned_for)
    seat_members(deed)
    if not deed.matter.seats_now:
        raise AnswersRefused({"group": ["Nobody sits on this group on that day. Enter its members first"]})
    _own_chair(deed)
    deed.own(deed.by.worker)


def moved(deed: Any) -> None:
    _own_chair(deed)
    deed.matter.meeting.planned_for = deed.record.planned_for
    deed.change(deed.matter.meeting)
    seat_members(deed)
    tell_members(deed, f"A meeting has moved: it is now on {calendar.plain_date(deed.record.meets_on)}")


def agenda_issued(deed: Any) -> None:
    if not items_of(deed.matter):
        raise AnswersRefused({AGENDA: ["Add at least one item to the agenda"]})
    tell_members(deed, f"Agenda issued for {calendar.plain_date(deed.record.meets_on)}")


def papers_issued(deed: Any) -> None:
    tell_members(deed, f"Papers issued for {calendar.plain_date(deed.record.meets_on)}: read them")


def cancelled(deed: Any) -> None:
    _own_chair(deed)
    tell_members(deed, f"The meeting of {calendar.plain_date(deed.record.meets_on)} is cancelled")


def record_holds(matter: Any, answers: Answers) -> dict[str, str]:
    """The chair had a seat that counts; no decision is taken without what children and families told us."""
    faults = {}
    chair = answers.get("chaired_by")
    if chair and not any(one.pk == chair.pk for one in who_may_chair(matter)):
        faults["chaired_by"] = (
            f"{chair.display_name} cannot chair: only a member who counts or a listed deputy can. "
            "The independent scrutineer never chairs"
        )
    rows = answers.get(DISCUSSED) or []
    deferred = {row["item"] for row in rows if row.get("outcome") == AgendaItem.Outcome.DEFERRED}
    found = voice_faults(DISCUSSED, items_of(matter), rows, voiceless(matter, answers) - deferred)
    return {**faults, **{name: said[0] for name, said in found.items()}}


def held(deed: Any) -> None:
    settle_quorum(deed)
    for item in items_of(deed.matter):
        if item.about_id and item.outcome == AgendaItem.Outcome.TAKEN:
            deed.add(Link(source=deed.case, target=item.about, step=deed.row, kind="discussed"))


def _write_minutes(deed: Any) -> None:
    meeting = deed.matter.meeting
    meeting.minutes, meeting.minutes_at = sections(deed.matter), deed.at
    deed.change(meeting)


def drafted(deed: Any) -> None:
    _write_minutes(deed)
    for seat in deed.matter.seats_now:
        if seat.worker and seat.worker_id == deed.matter.meeting.chair_id:
            deed.tell("Draft minutes to check", worker=seat.worker)


def checked(deed: Any) -> None:
    chairs(deed, "check the minutes")
    _write_minutes(deed)
    circulate(deed, None, family=False)


def returned(deed: Any) -> None:
    chairs(deed, "return the minutes")
    deed.tell("Minutes returned by the chair", worker=deed.case.owner)


def confirmed(deed: Any) -> None:
    _own_chair(deed)
    _later(deed, "confirmed_at")
    _write_minutes(deed)


def later_sittings(matter: Any, who: Any) -> Any:
    """Records of the same group's sittings that were held after this one, of those that somebody sees."""
    record = matter.record
    if record.held_at is None:
        return GroupMeetingRecord.visible_to(who).none()
    return GroupMeetingRecord.visible_to(who).filter(group=record.group, held_at__gt=record.held_at)


def _later(deed: Any, column: str) -> Any:
    """The later sitting that the column names. Raises AnswersRefused where it is another group's, or not held."""
    found = later_sittings(deed.matter, deed.by).filter(case=getattr(deed.record, column)).first()
    if found is None:
        said = f"Select a later meeting of the {deed.record.group.name.lower()} that has been held"
        raise AnswersRefused({column: [said]})
    return found


def ratified_at_meeting(deed: Any) -> None:
    later = _later(deed, "ratified_at")
    quorate = Meeting.visible_to(deed.by).filter(case=later.case, quorate=True).exists()
    if not quorate:
        raise AnswersRefused({"ratified_at": ["That meeting was not quorate. Select one that was"]})
    for decision in waiting(deed.matter):
        if decision.state == decision.State.PROVISIONAL:
            ratify(decision, later.meets_on, f"At the meeting of {calendar.plain_date(later.meets_on)}")
            deed.change(decision)


def own_actions(deed: Any) -> None:
    """An agency ends its own actions, the Support Hub anybody's. Raises AnswersRefused naming whose it is."""
    theirs = deed.by.agency.pk if deed.by.agency else None
    ended = [row for row in deed.changed if isinstance(row, Action)]
    others = [action for action in ended if action.agency_id != theirs]
    if others and deed.role != roles.SUPPORT_HUB.key:
        said = [f"Action {action.position} is {action.agency.name}'s to end" for action in others]
        raise AnswersRefused({FINISHED_ACTIONS: said})


def none_waiting(matter: Any) -> str:
    return "" if waiting(matter) else "No decision waits to be ratified."


def none_taken(matter: Any) -> str:
    return "" if decisions_of(matter) else "No decision was taken."


def actions_ended(matter: Any) -> str:
    open_ones = [action for action in matter.actions if not action.done_at and not action.dropped]
    return "" if open_ones else "Every action has ended."
