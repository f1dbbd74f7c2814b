"""Strategy discussion: is there reasonable cause to suspect significant harm, and does a section 47 enquiry start?

Children Act 1989 section 47; Working Together to Safeguard Children 2023, chapter 3. No national guidance gives hours
for holding it: three working days is a local standard, the same for a child at the front door and one already open.
"""

from typing import Any

from sightline.parts.circulation import circulate, remind, send_to_those_waiting, unopened
from sightline.parts.declared import (
    ACTIONS,
    ATTENDANCE,
    DISSENT,
    FINISHED_ACTIONS,
    IDENTIFIED,
    INVITED,
    OTHER_CHILDREN,
    PEOPLE,
    VIEWS,
    WITHHELD,
)
from sightline.parts.invitation import ANSWERED
from sightline.parts.meeting import call_meeting, held, invite, taking_part
from sightline.people.membership import holders
from sightline.people.models import Worker
from sightline.platform import calendar
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.meeting import Quorum
from sightline.vocabulary.process import Answers, Gate, Process, Stage, Step

from .family_copy import nobody_may_have_it
from .minutes import sections
from .strategy_record import STARTS_ENQUIRY, STEPS_BACK, StrategyDiscussionRecord

CHAIRS = (roles.TEAM_MANAGER, roles.FRONT_DOOR_MANAGER, roles.SERVICE_MANAGER)
WORKERS = (roles.FRONT_DOOR_WORKER, roles.EMERGENCY_DUTY_WORKER, roles.LEAD_WORKER)
SUPPORT = (*CHAIRS, *WORKERS, roles.BUSINESS_SUPPORT)
INVITED_AGENCIES = (roles.AGENCY_LEAD, roles.AGENCY_DECISION_MAKER)

MEETING = (
    ("Who is here", (ATTENDANCE, "held_at", "chaired_by", "mode", "venue", "without_quorum", "reconvene_at")),
    ("What we know", ("history_opened", "information_shared", "risk_analysis")),
    ("Each child", (OTHER_CHILDREN, VIEWS)),
    ("The child's voice", ("where_children_are", "child_voice", "seen_alone_by")),
    ("Decision", ("decision", "rationale", "categories", DISSENT)),
    (
        "Safe tonight?",
        (
            *("safe_tonight", "medical_needed", "medical_plan", "interview_plan", "parents_told", "parents_told_plan"),
            *("police_protection", "emergency_order", "next_review_at"),
        ),
    ),
    ("Actions", (ACTIONS,)),
)
PARTS_OF_MEETING = (ATTENDANCE, OTHER_CHILDREN, VIEWS, DISSENT, ACTIONS)
ASKED_OF_MEETING = tuple(name for _, names in MEETING for name in names if name not in PARTS_OF_MEETING)


def who_may_chair(matter: Any) -> list[Worker]:
    """Social care managers of the partnership today: nobody else is recorded as its chair."""
    if "may_chair" not in matter.facts:
        able = [role.key for role in CHAIRS]
        matter.facts["may_chair"] = holders(matter.case.partnership, able, calendar.today())
    found: list[Worker] = matter.facts["may_chair"]
    return found


def _steps_back(matter: Any, answers: Answers) -> bool:
    return answers.get("decision") in STEPS_BACK


def _starts_enquiry(matter: Any, answers: Answers) -> bool:
    return answers.get("decision") in STARTS_ENQUIRY


def _need_identified(deed: Any) -> None:
    """The required agencies are invited from the moment the need is known; nobody has to remember them."""
    if deed.matter.meeting is None:
        call_meeting(deed)
    deed.involve(worker=deed.by.worker, part="started", basis="Started this strategy discussion")
    for discipline in deed.matter.process.quorum.required:
        agency = deed.matter.agency_for(discipline)
        if agency:
            invite(deed, agency, why="Always required")
    deed.own(deed.by.worker if deed.role in {r.key for r in CHAIRS} else deed.holder(roles.TEAM_MANAGER.key))


def _called(deed: Any) -> None:
    deed.matter.meeting.planned_for = deed.record.planned_for
    deed.change(deed.matter.meeting)


def _not_quorate(matter: Any, answers: Answers) -> dict[str, str]:
    """Going ahead without a required agency needs a reason and a day to meet again."""
    present = {row["seat"] for row in answers.get(ATTENDANCE) or [] if row.get("presence") in ("here", "wrote-in")}
    there = {seat.discipline for seat in matter.seats_now if seat.pk in present} | set(taking_part(matter))
    if not matter.process.quorum.missing(there):
        return {}
    wanted = {
        "without_quorum": "Not quorate. Say why waiting could harm a child",
        "reconvene_at": "Not quorate. Enter when you will meet again",
    }
    return {name: message for name, message in wanted.items() if not answers.get(name)}


def _held(deed: Any) -> None:
    held(deed, chair=deed.record.chaired_by)


def _reconvene(deed: Any) -> None:
    held(deed)
    deed.matter.meeting.held_at = None
    call_meeting(deed, planned_for=deed.record.reconvene_at)


def _send_minutes(deed: Any) -> None:
    meeting, due = deed.matter.meeting, deed.matter.last("record_meeting")
    clock = next((c for c in reversed(deed.matter.clocks) if c.key == "record_in_time" and c.started_by == due), None)
    meeting.minutes, meeting.minutes_at = sections(deed.matter), deed.at
    deed.change(meeting)
    circulate(deed, clock.due_at if clock else None)


def _no_route(matter: Any, answers: Answers) -> list[str]:
    return [
        f"{row.agency.name if row.agency else row.who} has no contact route. Add one, or withhold with a reason"
        for row in matter.circulation
        if not row.family and not row.sent_at and not row.withheld
    ]


def _family_copy(matter: Any, answers: Answers) -> list[str]:
    undecided = [row for row in matter.circulation if row.family and not row.sent_at and not row.withheld]
    return ["Say whether the family copy is sent or withheld"] if undecided else []


def _actions_open(matter: Any, answers: Answers) -> list[str]:
    return [
        f"Action {action.position} is not yet done or dropped: {action.what}"
        for action in matter.actions
        if not action.done_at and not action.dropped
    ]


CIRCULATED = Gate("circulated", "Everybody invited has been sent the record", _no_route, CHAIRS)
FAMILY_COPY = Gate("family-copy", "The family copy is sent or withheld", _family_copy, CHAIRS)
ACTIONS_ENDED = Gate("actions-ended", "Every action is done or dropped", _actions_open, CHAIRS)


class StrategyDiscussion(Process):
    """From the need to a decision that everybody invited has in writing."""

    record = StrategyDiscussionRecord
    prefix = "S"
    version = "2026-11"
    fixed = frozenset({"decision", "chaired_by"})
    quorum = Quorum(
        ("social care", "police", "health"),
        "Working Together to Safeguard Children 2023, chapter 3; regional procedures",
    )
    sources = (
        "Children Act 1989, section 47",
        "Working Together to Safeguard Children 2023, chapter 3",
        "Local standard: held within three working days of the need",
    )

    need_identified, called = Stage(), Stage()
    decided, circulated = Stage(), Stage("Record sent")
    closed, not_held = Stage(final=True), Stage(final=True)

    identify_need = Step(
        "Start a strategy discussion",
        by=(*CHAIRS, *WORKERS),
        to=need_identified,
        asks=("trigger", "need_identified_at", "urgent", "reason", "venue"),
        needs=("trigger",),
        parts=(PEOPLE, INVITED),
        protective=True,
        happened="need_identified_at",
        tells=(roles.TEAM_MANAGER,),
        then=_need_identified,
        done="Identified the need for a strategy discussion",
    )
    call = Step(
        "Call the meeting",
        by=SUPPORT,
        at=(need_identified, called),
        to=called,
        asks=("planned_for", "mode", "venue", "joining"),
        needs=("planned_for",),
        parts=(INVITED,),
        protective=True,
        then=_called,
        done="Called the meeting",
    )
    answer_invitation = Step(
        by=INVITED_AGENCIES,
        at=(need_identified, called),
        parts=(ANSWERED,),
        protective=True,
        once_each=True,
        done="Answered the invitation",
    )
    take_notes = Step(
        "Take notes of the meeting",
        by=SUPPORT,
        at=(need_identified, called),
        asks=("information_shared", "risk_analysis", "where_children_are", "child_voice", "seen_alone_by"),
        parts=(ATTENDANCE,),
        protective=True,
        next_up=False,
        help="Notes are kept for whoever chairs, who records the decision.",
        done="Took notes of the meeting",
    )
    record_meeting = Step(
        "Record the meeting",
        by=CHAIRS,
        at=(need_identified, called),
        to=decided,
        asks=ASKED_OF_MEETING,
        needs=("held_at", "decision"),
        needs_to_step_back=("rationale", "child_voice", "risk_analysis", "safe_tonight"),
        steps_back=_steps_back,
        protective_when=_starts_enquiry,
        parts=PARTS_OF_MEETING,
        checks=_not_quorate,
        choices=lambda matter: {"chaired_by": [str(one.pk) for one in who_may_chair(matter)]},
        happened="held_at",
        sections=MEETING,
        then=_held,
        done="Held the strategy discussion and decided",
    )
    identify = Step(
        "Say who these people are",
        by=(*WORKERS, *CHAIRS),
        at=(need_identified, called, decided, circulated),
        parts=(IDENTIFIED,),
        only_when=lambda matter: "" if any(not s.person_id for s in matter.subjects) else "Everybody is identified.",
        next_up=False,
        help="Until a child is identified, nobody can find their brothers and sisters.",
        done="Said who these people are",
    )
    reconvene = Step(
        "Not quorate: meet again",
        by=CHAIRS,
        at=(need_identified, called),
        asks=("reconvene_reason", "reconvene_at"),
        needs=("reconvene_reason", "reconvene_at"),
        parts=(ATTENDANCE,),
        next_up=False,
        then=_reconvene,
        done="Could not go ahead: not quorate, to meet again",
    )
    not_hold = Step(
        "Decide not to hold it",
        by=(roles.SERVICE_MANAGER,),
        at=(need_identified, called),
        to=not_held,
        asks=("not_held_reason", "agencies_consulted"),
        needs=("not_held_reason", "agencies_consulted"),
        endorses=("identify_need",),
        steps_back=lambda matter, answers: True,
        next_up=False,
        done="Decided not to hold the strategy discussion",
    )
    add_the_rest = Step(
        "Add what was left for later",
        by=(*CHAIRS, roles.BUSINESS_SUPPORT),
        at=(decided, circulated),
        asks=tuple(name for name in ASKED_OF_MEETING if name not in ("decision", "held_at", "chaired_by")),
        parts=(OTHER_CHILDREN, VIEWS, DISSENT, ACTIONS),
        next_up=False,
        done="Added what had been left for later",
    )
    send_minutes = Step(
        "Confirm the minutes and send them",
        by=(*CHAIRS, roles.BUSINESS_SUPPORT),
        at=(decided,),
        to=circulated,
        then=_send_minutes,
        help="Minutes are made from the record and go to everybody invited, whether or not they came.",
        done="Sent the minutes",
    )
    decide_family_copy = Step(
        "Decide on the family's copy",
        by=CHAIRS,
        at=(circulated,),
        parts=(WITHHELD,),
        checks=nobody_may_have_it,
        only_when=lambda matter: "" if _family_copy(matter, {}) else "It has been decided.",
        done="Decided on the family's copy",
    )
    send_again = Step(
        "Send to those still waiting",
        by=(*CHAIRS, roles.BUSINESS_SUPPORT),
        at=(circulated,),
        only_when=lambda matter: "" if _no_route(matter, {}) else "Everybody has been sent the record.",
        next_up=False,
        then=send_to_those_waiting,
        done="Sent the minutes to those still waiting",
    )
    remind = Step(
        "Remind those who have not opened the minutes",
        by=(*CHAIRS, roles.BUSINESS_SUPPORT),
        at=(circulated,),
        only_when=lambda matter: "" if unopened(matter) else "Everybody has opened the minutes.",
        next_up=False,
        then=remind,
        done="Reminded those who had not opened the minutes",
    )
    finish_actions = Step(
        "Record actions done or dropped",
        by=(*SUPPORT, *INVITED_AGENCIES),
        at=(decided, circulated),
        parts=(FINISHED_ACTIONS,),
        only_when=lambda matter: "" if _actions_open(matter, {}) else "Every action has ended.",
        next_up=False,
        done="Recorded actions done or dropped",
    )
    record_conference = Step(
        "Record the initial conference",
        by=SUPPORT,
        at=(decided, circulated),
        asks=("conference_held_on",),
        needs=("conference_held_on",),
        only_when=lambda matter: "" if matter.running("conference_in_time") else "No conference is awaited.",
        next_up=False,
        done="Recorded the initial conference",
    )
    no_conference = Step(
        "Decide that no conference is needed",
        by=CHAIRS,
        at=(decided, circulated),
        asks=("no_conference_reason", "agencies_consulted"),
        needs=("no_conference_reason", "agencies_consulted"),
        endorses=("record_meeting",),
        steps_back=lambda matter, answers: True,
        only_when=lambda matter: "" if matter.running("conference_in_time") else "No conference is awaited.",
        next_up=False,
        done="Decided that no conference is needed",
    )
    close = Step(
        by=CHAIRS,
        at=(circulated,),
        to=closed,
        asks=("closing_note",),
        steps_back=lambda matter, answers: True,
        gates=(CIRCULATED, FAMILY_COPY, ACTIONS_ENDED),
        next_up=False,
        done="Closed the strategy discussion",
    )

    hold_in_time = Clock("CK-06S", starts=("identify_need",), stops=("record_meeting", "not_hold"))
    hold_same_day = Clock(
        "CK-06U",
        starts=("identify_need",),
        stops=("record_meeting", "not_hold"),
        when=lambda matter, answers: answers.get("urgent") == "yes",
    )
    record_in_time = Clock("CK-18/record", starts=("record_meeting",), stops=("send_minutes",))
    conference_in_time = Clock(
        "CK-08", starts=("record_meeting",), stops=("record_conference", "no_conference"), when=_starts_enquiry
    )
