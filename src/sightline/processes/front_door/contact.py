"""Contact: what should happen for a child somebody is worried about, and has the person who told us been told?

Working Together to Safeguard Children 2023, chapter 3 (decision within one working day, referrer told). Priorities,
information windows and endorsement are local practice. A contact is any approach; a referral is one that is accepted.
"""

from typing import Any

from sightline.parts.declared import FINISHED_ACTIONS, IDENTIFIED, OTHER_CHILDREN, PEOPLE, WRONG_MATCHES
from sightline.parts.history import handed_on, link_repeated
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Answers, Opens, Process, Stage, Step

from . import codes, rules
from .agency_enquiry import AGENCIES, AgencyEnquiry, chase_unanswered
from .contact_record import ContactRecord
from .following import accept_receipt, begin_work, endorsed_now, named_worker, passed_on, tell_those_asked

SENDERS = (
    roles.PUBLIC_INTAKE,
    roles.AGENCY_LEAD,
    roles.AGENCY_DECISION_MAKER,
    roles.CONTACT_OFFICER,
    roles.FRONT_DOOR_WORKER,
    roles.EMERGENCY_DUTY_WORKER,
    roles.FRONT_DOOR_MANAGER,
    roles.TEAM_MANAGER,
    roles.LEAD_WORKER,
)
QUALIFIED = (roles.FRONT_DOOR_WORKER, roles.EMERGENCY_DUTY_WORKER, roles.FRONT_DOOR_MANAGER)
OFFICERS = (roles.CONTACT_OFFICER, *QUALIFIED)

TOLD = (
    ("The child or children", (PEOPLE, "in_danger", "immediate_safety")),
    (
        "What you are worried about",
        ("concerns", "narrative", "opinion", "incident_on", "incident_when", "place"),
    ),
    ("What the child said, and how they seem", ("child_seen", "child_words", "child_presentation")),
    (
        "Who lives with, visits or looks after them",
        ("partner_or_visitors", "partner_or_visitors_who", "who_else_knows"),
    ),
    (
        "What you know already",
        (
            *("injury", "injury_described", "injury_adult_says", "injury_child_says", "mobility", "examined_by"),
            *("alcohol", "alcohol_reason", "drugs", "drugs_reason", "domestic_abuse", "prison"),
        ),
    ),
    ("Family agreement and what they have been told", ("family_told", "family_told_reason", "agreement")),
    (
        "Your details",
        ("source", "referrer_name", "referrer_job", "referrer_contact", "stay_anonymous", "anything_else"),
    ),
)
ASKED_OF_REFERRER = tuple(name for _, names in TOLD for name in names if name != PEOPLE)
TOLD_REVEALS: dict[str, dict[str, tuple[str, ...]]] = {
    "injury": {"yes": ("injury_described", "injury_adult_says", "injury_child_says", "mobility", "examined_by")},
    "partner_or_visitors": {"yes": ("partner_or_visitors_who",)},
    "family_told": {"no-unsafe": ("family_told_reason",), "no-not-practicable": ("family_told_reason",)},
}

DECIDED = (
    ("History", ("history_summary", "without_agencies")),
    ("Every other child", (OTHER_CHILDREN,)),
    ("The child", ("lived_experience", "voice_effect", "voice_not_obtained")),
    ("Family agreement", ("agreement", "step_up_considered")),
    ("Decision", ("decision", "level_before", "level_after", "primary_need", "rationale", "would_change")),
)
ASKED_OF_DECIDER = tuple(name for _, names in DECIDED for name in names if name != OTHER_CHILDREN)
TO_STEP_BACK = ("history_summary", "lived_experience", "agreement", "rationale")


def _to_strategy(matter: Any, answers: Answers) -> Answers:
    return {
        "trigger": "contact",
        "need_identified_at": matter.steps[-1].recorded_at,
        "urgent": "yes" if matter.record.in_danger == "yes" or matter.record.rag == codes.Rag.RED else "no",
        "venue": "mash",
        "reason": matter.record.rationale or answers.get("rationale") or "",
        "people": handed_on(matter),
        "invited": [
            {"agency": part.agency, "why": "Told the front door"}
            for part in matter.involvements
            if part.part == "referrer" and part.agency_id
        ]
        + [{"agency": asked.answering, "why": "Knows the family"} for asked in matter.children if _answered(asked)],
    }


def _answered(asked: Any) -> bool:
    return bool(asked.stage == AgencyEnquiry.answered.key)


def _strategy_decided(matter: Any, answers: Answers) -> bool:
    """A strategy discussion is opened as soon as it is decided, once, and waits for nothing."""
    called = [row for row in matter.steps[:-1] if row.answers.get("decision") == codes.Decision.STRATEGY]
    now = answers.get("decision") == codes.Decision.STRATEGY or matter.steps[-1].step == "hold_strategy_now"
    return now and not called and not any(row.step == "hold_strategy_now" for row in matter.steps[:-1])


TO_STRATEGY = Opens("strategy-discussion", answers=_to_strategy, when=_strategy_decided)


def _asked(matter: Any, answers: Answers, row: Answers) -> Answers:
    record = matter.record
    return {
        "agency": row["agency"],
        "why_asked": row.get("why_asked") or "",
        "rag": record.rag,
        "family_told": record.family_told,
        "family_told_reason": record.family_told_reason,
        "people": handed_on(matter),
    }


class Contact(Process):
    """From a worry to an endorsed decision, and the referrer told."""

    record = ContactRecord
    prefix = "C"
    version = "2026-11"
    fixed = frozenset({"decision", "rag", "lower_to", "allocated_to"})
    sources = (
        "Working Together to Safeguard Children 2023, chapter 3",
        "Children Act 1989, sections 17 and 47",
        "Local practice: priorities, information windows, endorsement by a different qualified manager",
    )

    new, logged = Stage(), Stage()
    priority_set, being_checked = Stage(), Stage()
    decision_proposed, endorsed = Stage(), Stage()
    known_to_a_worker, referrer_told = Stage(), Stage()
    closed, linked = Stage(final=True), Stage("Linked to another contact", final=True)

    _open = (
        *(new, logged, priority_set, being_checked, decision_proposed),
        *(endorsed, known_to_a_worker, referrer_told),
    )

    tell = Step(
        "Tell the front door about a child",
        by=SENDERS,
        to=new,
        asks=("received_at", "channel", "receipt_digest", *ASKED_OF_REFERRER),
        needs=("narrative",),
        parts=(PEOPLE,),
        protective=True,
        sections=TOLD,
        reveals=TOLD_REVEALS,
        happened="received_at",
        then=accept_receipt,
        done="Told the front door about a child",
    )
    add_information = Step(
        "Add to what was told",
        by=SENDERS,
        at=_open,
        asks=(*ASKED_OF_REFERRER, "injury_discussion"),
        parts=(PEOPLE,),
        protective=True,
        next_up=False,
        sections=(*TOLD, ("What was found out", ("injury_discussion",))),
        reveals=TOLD_REVEALS,
        done="Added to what was told",
    )
    log = Step(
        "Log this contact",
        by=OFFICERS,
        at=(new,),
        to=logged,
        asks=("source", "concerns"),
        parts=(IDENTIFIED,),
        then=begin_work,
        help="Say who these people are, and where the contact came from.",
        done="Logged the contact",
    )
    identify = Step(
        "Say who these people are",
        by=OFFICERS,
        at=_open,
        parts=(IDENTIFIED,),
        only_when=lambda matter: "" if any(not s.person_id for s in matter.subjects) else "Everybody is identified.",
        next_up=False,
        done="Said who these people are",
    )
    undo_match = Step(
        "Undo a wrong match",
        by=OFFICERS,
        at=_open,
        parts=(WRONG_MATCHES,),
        only_when=lambda matter: "" if any(s.person_id for s in matter.subjects) else "Nobody has been matched.",
        next_up=False,
        help="Both records stay as they were; say afterwards who it really is.",
        done="Undid a wrong match",
    )
    set_priority = Step(
        by=QUALIFIED,
        at=(new, logged),
        to=priority_set,
        asks=("rag", "rag_reason"),
        needs=("rag", "rag_reason"),
        then=begin_work,
        done="Set the priority",
    )
    ask_agencies = Step(
        by=OFFICERS,
        at=(priority_set, being_checked),
        to=being_checked,
        parts=(AGENCIES,),
        opens=(Opens("agency-enquiry", answers=_asked, each=AGENCIES),),
        help="Each agency gets its own enquiry, due by the priority's window.",
        done="Asked agencies what they know",
    )
    propose = Step(
        "Decide what happens next",
        by=QUALIFIED,
        at=(logged, priority_set, being_checked),
        to=decision_proposed,
        asks=ASKED_OF_DECIDER,
        needs=("decision",),
        needs_to_step_back=TO_STEP_BACK,
        steps_back=rules.steps_back,
        protective_when=rules.protects,
        gates=(
            *(rules.CHILDREN_LOOKED_UP, rules.AGENCIES_ANSWERED, rules.STEP_UP_CONSIDERED),
            *(rules.INFANT_EXAMINED, rules.CHILD_HEARD),
        ),
        parts=(OTHER_CHILDREN,),
        opens=(TO_STRATEGY,),
        sections=DECIDED,
        tells=(roles.FRONT_DOOR_MANAGER,),
        done="Proposed a decision",
    )
    hold_strategy_now = Step(
        "Start a strategy discussion now",
        by=(*QUALIFIED, roles.SERVICE_MANAGER),
        at=_open,
        to=decision_proposed,
        asks=("rationale",),
        protective=True,
        next_up=False,
        settles=lambda matter, answers: {"decision": codes.Decision.STRATEGY.value},
        opens=(TO_STRATEGY,),
        tells=(roles.FRONT_DOOR_MANAGER,),
        help="Waits for nothing: not for checks, not for endorsement.",
        done="Started a strategy discussion",
    )
    endorse = Step(
        "Endorse this decision",
        by=rules.MANAGERS,
        at=(decision_proposed,),
        to=endorsed,
        asks=("endorsement", "repeat_review"),
        endorses=("propose", "hold_strategy_now"),
        checks=lambda matter, answers: (
            {"repeat_review": "Say what your review of the repeated contacts concludes"}
            if rules.needs_repeat_review(matter) and not answers.get("repeat_review")
            else {}
        ),
        then=endorsed_now,
        done="Endorsed the decision",
    )
    change_to_more_protective = Step(
        "Change to a more protective decision",
        by=rules.MANAGERS,
        at=(decision_proposed,),
        to=endorsed,
        asks=("decision", "changed_reason"),
        needs=("decision",),
        protective=True,
        next_up=False,
        choices=lambda matter: {"decision": codes.more_protective_than(matter.record.decision)},
        only_when=lambda matter: (
            "" if codes.more_protective_than(matter.record.decision) else "No decision protects more than this one."
        ),
        opens=(TO_STRATEGY,),
        then=endorsed_now,
        done="Changed the decision to a more protective one",
    )
    return_with_question = Step(
        by=rules.MANAGERS,
        at=(decision_proposed,),
        to=being_checked,
        asks=("question",),
        needs=("question",),
        next_up=False,
        done="Returned the decision with a question",
    )
    add_the_rest = Step(
        "Add what was left for later",
        by=QUALIFIED,
        at=(decision_proposed, endorsed, referrer_told),
        asks=tuple(name for name in ASKED_OF_DECIDER if name not in ("decision", "without_agencies")),
        parts=(OTHER_CHILDREN,),
        next_up=False,
        sections=tuple((head, tuple(n for n in names if n != "decision")) for head, names in DECIDED),
        done="Added what had been left for later",
    )
    tell_referrer = Step(
        "Tell the referrer",
        by=OFFICERS,
        at=(endorsed,),
        to=referrer_told,
        asks=("told_route", "no_route", "told_outcome", "told_words", "outcome_family_told", "outcome_family_reason"),
        needs=("told_route",),
        checks=passed_on,
        reveals={
            "told_route": {"no-route": ("no_route",)},
            "outcome_family_told": {
                "no-unsafe": ("outcome_family_reason",),
                "no-not-practicable": ("outcome_family_reason",),
            },
        },
        then=tell_those_asked,
        done="Told the referrer",
    )
    close = Step(
        by=(*QUALIFIED, roles.SERVICE_MANAGER),
        at=(referrer_told,),
        to=closed,
        asks=("handed_to",),
        only_when=named_worker,
        checks=lambda matter, answers: (
            {"handed_to": "Say who carries on the work"}
            if matter.record.decision == codes.Decision.EARLY_HELP and not answers.get("handed_to")
            else {}
        ),
        done="Closed the contact",
    )
    take = Step(
        "Take this contact",
        by=OFFICERS,
        at=_open,
        next_up=False,
        only_when=lambda matter: "Somebody has already taken it." if matter.case.named_owner else "",
        then=lambda deed: deed.own(deed.by.worker),
        done="Took the contact",
    )
    allocate = Step(
        "Allocate to a named worker",
        by=(*rules.MANAGERS, roles.TEAM_MANAGER),
        at=_open,
        asks=("allocated_to",),
        needs=("allocated_to",),
        next_up=False,
        then=lambda deed: deed.own(deed.answers["allocated_to"]),
        done="Allocated to a named worker",
    )
    raise_priority = Step(
        by=(*QUALIFIED, roles.SERVICE_MANAGER),
        at=(priority_set, being_checked, decision_proposed),
        asks=("rag", "rag_reason"),
        needs=("rag",),
        protective=True,
        next_up=False,
        choices=lambda matter: {"rag": codes.more_urgent_than(matter.record.rag)},
        settles=lambda matter, answers: {"lower_to": ""},
        done="Raised the priority",
    )
    propose_lower_priority = Step(
        "Propose a lower priority",
        by=QUALIFIED,
        at=(priority_set, being_checked),
        asks=("lower_to", "rag_reason"),
        needs=("lower_to", "rag_reason"),
        steps_back=lambda matter, answers: True,
        next_up=False,
        choices=lambda matter: {"lower_to": codes.less_urgent_than(matter.record.rag)},
        tells=(roles.FRONT_DOOR_MANAGER,),
        done="Proposed a lower priority",
    )
    endorse_lower_priority = Step(
        "Endorse the lower priority",
        by=rules.MANAGERS,
        at=(priority_set, being_checked),
        endorses=("propose_lower_priority",),
        only_when=lambda matter: "" if matter.record.lower_to else "No lower priority has been proposed.",
        settles=lambda matter, answers: {"rag": matter.record.lower_to, "lower_to": ""},
        next_up=False,
        done="Endorsed the lower priority",
    )
    chase = Step(
        "Chase agencies that have not replied",
        by=OFFICERS,
        at=(being_checked, decision_proposed),
        only_when=lambda matter: "" if matter.unanswered() else "Every agency asked has replied.",
        next_up=False,
        then=chase_unanswered,
        done="Chased agencies that had not replied",
    )
    confirm_in_writing = Step(
        "Record the written confirmation",
        by=OFFICERS,
        at=_open,
        asks=("written_at",),
        needs=("written_at",),
        happened="written_at",
        next_up=False,
        only_when=lambda matter: "" if matter.running("written_in_time") else "None is awaited.",
        done="Recorded the written confirmation",
    )
    route_to_known_worker = Step(
        "Route to the worker who knows the child",
        by=QUALIFIED,
        at=(logged, priority_set),
        to=known_to_a_worker,
        asks=("known_to", "allocated_to"),
        needs=("allocated_to",),
        next_up=False,
        then=lambda deed: deed.own(deed.answers["allocated_to"]),
        done="Routed to the worker who already knows the child",
    )
    acknowledge = Step(
        "Acknowledge this contact",
        by=(roles.LEAD_WORKER, roles.TEAM_MANAGER),
        at=(known_to_a_worker,),
        to=endorsed,
        asks=("rationale",),
        needs=("rationale",),
        endorses=("route_to_known_worker",),
        done="Acknowledged the contact",
    )
    finish_actions = Step(
        "Record actions done or dropped",
        by=OFFICERS,
        at=_open,
        parts=(FINISHED_ACTIONS,),
        only_when=lambda matter: (
            "" if any(not (a.done_at or a.dropped) for a in matter.actions) else "Every action has ended."
        ),
        next_up=False,
        done="Recorded actions done or dropped",
    )
    link_duplicate = Step(
        "Link to the contact it repeats",
        by=rules.MANAGERS,
        at=(logged,),
        to=linked,
        asks=("duplicate_of", "rationale"),
        needs=("duplicate_of", "rationale"),
        endorses=("log",),
        checks=rules.repeats_a_contact,
        steps_back=lambda matter, answers: True,
        next_up=False,
        then=lambda deed: link_repeated(deed, deed.record.duplicate_of),
        done="Linked to the contact it repeats",
    )

    decide_and_tell = Clock("CK-01", starts=("tell",), stops=("tell_referrer", "link_duplicate"))
    decide_by_priority = Clock(
        "front-door-decision",
        starts=("set_priority", "raise_priority", "endorse_lower_priority"),
        stops=("endorse", "change_to_more_protective", "route_to_known_worker"),
        counts_from="tell",
        variant="rag",
    )
    written_in_time = Clock(
        "CK-03",
        starts=("tell",),
        stops=("confirm_in_writing",),
        when=lambda matter, answers: answers.get("channel") == codes.Channel.PHONE,
    )
    acknowledge_in_time = Clock("front-door-known-worker", starts=("route_to_known_worker",), stops=("acknowledge",))
