"""Group meeting: one sitting of a partnership's group, from the day it is planned to minutes that a later one confirms.

Working Together to Safeguard Children 2023, chapter 2, asks the partners to say how they decide. Who must be there,
when papers and minutes are due and whose a decision is stand in each group's terms of reference.
"""

from sightline.parts.circulation import remind, send_to_those_waiting, unopened
from sightline.parts.declared import ACTIONS, FINISHED_ACTIONS
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Process, Stage, Step

from . import sitting
from .agenda import AGENDA, DISCUSSED, PAPERS, items_of
from .deciding import DECIDERS, DECISIONS, RATIFIED, REVOKED
from .interests import INTERESTS, OTHERS_INTERESTS
from .meeting_record import GroupMeetingRecord
from .seating import COMING, GROUP_ATTENDANCE

HUB = (roles.SUPPORT_HUB,)
CHAIRS = (roles.GROUP_CHAIR,)
MEMBERS = (
    *(roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER, roles.GROUP_CHAIR, roles.SCRUTINEER, roles.DATA_ANALYST),
    *(roles.SERVICE_MANAGER, roles.FRONT_DOOR_MANAGER, roles.TEAM_MANAGER, roles.FRONT_DOOR_WORKER, roles.LEAD_WORKER),
    *(roles.AGENCY_LEAD, roles.ASSURANCE_LEAD, roles.AGENCY_DECISION_MAKER, roles.BUSINESS_SUPPORT),
    roles.CONTACT_OFFICER,
)
"""Whoever may sit on a group; a step of theirs also asks for a seat at this sitting."""
OWNERS_OF_ACTIONS = (*HUB, *(role for role in MEMBERS if role is not roles.SCRUTINEER))
"""The scrutineer asks whether an action made a difference, and ends none."""

MEETING = (
    ("Who is here", (GROUP_ATTENDANCE, "held_at", "chaired_by")),
    ("Item by item", (DISCUSSED,)),
    ("Decisions", (DECISIONS,)),
    ("Actions", (ACTIONS,)),
)


class GroupMeeting(Process):
    """One sitting of a group: agenda, papers, attendance, quorum, decisions, actions, minutes."""

    record = GroupMeetingRecord
    prefix = "G"
    version = "2026-11"
    concerns = "partnership"
    title = "name"
    fixed = frozenset({"group", "planned_for", "held_at", "chaired_by", "confirmed_at", "ratified_at"})
    sources = (
        "Working Together to Safeguard Children 2023, chapter 2",
        "Local: each group's terms of reference",
    )

    planned, agenda_issued, papers_issued = Stage(), Stage(), Stage()
    held, drafted = Stage(), Stage("Draft minutes")
    checked = Stage("Checked by chair")
    confirmed, cancelled = Stage(final=True), Stage(final=True)

    plan = Step(
        "Plan a group's meeting",
        by=(*HUB, *CHAIRS),
        to=planned,
        asks=("group", "planned_for", "mode", "venue", "joining"),
        needs=("group", "planned_for"),
        settles=sitting.named,
        then=sitting.planned,
        help="Everybody who sits on the group on that day is invited, and sees what is issued.",
        done="Planned the meeting",
    )
    add_items = Step(
        "Add agenda items",
        by=HUB,
        at=(planned, agenda_issued, papers_issued),
        parts=(AGENDA,),
        next_up=False,
        done="Added agenda items",
    )
    issue_agenda = Step(
        by=HUB,
        at=(planned,),
        to=agenda_issued,
        parts=(AGENDA,),
        then=sitting.agenda_issued,
        help="Items are numbered in the order in which they are entered.",
        done="Issued the agenda",
    )
    issue_papers = Step(
        by=HUB,
        at=(agenda_issued,),
        to=papers_issued,
        parts=(PAPERS,),
        then=sitting.papers_issued,
        done="Issued the papers",
    )
    send_late_papers = Step(
        by=HUB,
        at=(papers_issued,),
        parts=(PAPERS,),
        only_when=lambda matter: (
            "" if any(item.paper_sent_at is None for item in items_of(matter)) else "Every item has its paper."
        ),
        next_up=False,
        help="A paper that comes after the rest is shown as late.",
        done="Sent papers late",
    )
    say_coming = Step(
        "Say whether you are coming",
        by=MEMBERS,
        at=(planned, agenda_issued, papers_issued),
        parts=(COMING,),
        next_up=False,
        done="Answered the invitation",
    )
    declare_interest = Step(
        "Declare an interest",
        by=MEMBERS,
        at=(planned, agenda_issued, papers_issued),
        parts=(INTERESTS,),
        next_up=False,
        help="You stay at the meeting. A restricted item that you have an interest in is no longer shown to you.",
        done="Declared an interest",
    )
    record_interest = Step(
        "Record a member's interest",
        by=HUB,
        at=(planned, agenda_issued, papers_issued),
        parts=(OTHERS_INTERESTS,),
        next_up=False,
        done="Recorded a member's interest",
    )
    move = Step(
        "Move the meeting to another day",
        by=(*HUB, *CHAIRS),
        at=(planned, agenda_issued, papers_issued),
        asks=("planned_for", "mode", "venue", "joining", "moved_reason"),
        needs=("planned_for", "moved_reason"),
        settles=sitting.named,
        next_up=False,
        then=sitting.moved,
        done="Moved the meeting",
    )
    record_sitting = Step(
        "Record the meeting",
        by=HUB,
        at=(agenda_issued, papers_issued),
        to=held,
        asks=("held_at", "chaired_by"),
        needs=("held_at", "chaired_by"),
        parts=(GROUP_ATTENDANCE, DISCUSSED, DECISIONS, ACTIONS),
        checks=sitting.record_holds,
        happened="held_at",
        sections=MEETING,
        then=sitting.held,
        help="Who came is settled first: decisions of a meeting that is not quorate are provisional until ratified.",
        done="Recorded the meeting",
    )
    cancel = Step(
        "Cancel the meeting",
        by=(*HUB, *CHAIRS),
        at=(planned, agenda_issued, papers_issued),
        to=cancelled,
        asks=("cancelled_reason",),
        needs=("cancelled_reason",),
        next_up=False,
        then=sitting.cancelled,
        done="Cancelled the meeting",
    )
    draft_minutes = Step(
        "Make draft minutes",
        by=HUB,
        at=(held,),
        to=drafted,
        parts=(DISCUSSED,),
        then=sitting.drafted,
        help="Minutes are made from the record. What was said on each item can still be put better here.",
        done="Made draft minutes",
    )
    return_minutes = Step(
        "Return the minutes with what has to change",
        by=CHAIRS,
        at=(drafted,),
        to=held,
        asks=("chair_asks",),
        needs=("chair_asks",),
        next_up=False,
        then=sitting.returned,
        done="Returned the minutes",
    )
    check_minutes = Step(
        "Check the minutes",
        by=CHAIRS,
        at=(drafted,),
        to=checked,
        asks=("chair_note",),
        endorses=("draft_minutes",),
        then=sitting.checked,
        help="Whoever chaired checks them; then every member and deputy is sent them.",
        done="Checked the minutes",
    )
    confirm_minutes = Step(
        "Record that the minutes are confirmed",
        by=(*HUB, *CHAIRS),
        at=(checked,),
        to=confirmed,
        asks=("confirmed_at", "corrections"),
        needs=("confirmed_at",),
        then=sitting.confirmed,
        help="A later meeting of the same group confirms them.",
        done="Minutes confirmed",
    )
    ratify_decisions = Step(
        by=DECIDERS,
        at=(held, drafted, checked, confirmed),
        parts=(RATIFIED,),
        only_when=sitting.none_waiting,
        next_up=False,
        help="An email round: council, police and NHS each answer. The last to agree makes a decision effective.",
        done="Answered on decisions that waited",
    )
    ratify_at_meeting = Step(
        "Record that a quorate meeting ratified the decisions",
        by=HUB,
        at=(held, drafted, checked, confirmed),
        asks=("ratified_at",),
        needs=("ratified_at",),
        only_when=sitting.none_waiting,
        next_up=False,
        then=sitting.ratified_at_meeting,
        done="A quorate meeting ratified the decisions",
    )
    revoke_decisions = Step(
        "Record that a decision no longer holds",
        by=DECIDERS,
        at=(held, drafted, checked, confirmed),
        parts=(REVOKED,),
        only_when=sitting.none_taken,
        next_up=False,
        done="Revoked a decision",
    )
    finish_actions = Step(
        "Record actions done or dropped",
        by=OWNERS_OF_ACTIONS,
        at=(held, drafted, checked, confirmed),
        parts=(FINISHED_ACTIONS,),
        only_when=sitting.actions_ended,
        next_up=False,
        then=sitting.own_actions,
        done="Recorded actions done or dropped",
    )
    send_again = Step(
        "Send the minutes to those still waiting",
        by=HUB,
        at=(checked, confirmed),
        only_when=lambda matter: (
            "" if any(not row.sent_at for row in matter.circulation) else "Everybody has been sent the minutes."
        ),
        next_up=False,
        then=send_to_those_waiting,
        done="Sent the minutes to those still waiting",
    )
    remind = Step(
        "Remind those who have not opened the minutes",
        by=HUB,
        at=(checked, confirmed),
        only_when=lambda matter: "" if unopened(matter) else "Everybody has opened the minutes.",
        next_up=False,
        then=remind,
        done="Reminded those who had not opened the minutes",
    )

    papers_in_time = Clock(
        "group-papers", starts=("plan", "move"), stops=("issue_papers", "cancel", "record_sitting"), until="meets_on"
    )
    minutes_in_time = Clock("group-minutes", starts=("record_sitting",), stops=("draft_minutes",))
