"""Recommendation: what somebody said should be different, what was done about it, and whether children are better off.

Working Together to Safeguard Children 2023, chapter 2: partners show the impact of what they do and answer to scrutiny.
"Complete" is no word of it: an output delivered is not a difference made. See docs/decisions/0018.
"""

from sightline.parts.declared import ACTIONS, EVIDENCE, FINISHED_ACTIONS
from sightline.platform import calendar
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Gate, Process, Stage, Step

from . import follows
from .addressees import ADDRESSEES
from .figure_cited import FIGURE_CITED
from .impact import actions_unmet, impact_unmet, still_true_unmet
from .recommendation_record import RecommendationRecord
from .signing import all_signed, ask_partners, not_all_signed, not_theirs

HUB = roles.SUPPORT_HUB
RAISES = (HUB, roles.SAFEGUARDING_PARTNER, roles.DATA_ANALYST, roles.GROUP_CHAIR)
RUNS = (HUB, roles.SAFEGUARDING_PARTNER)
WORKS = (HUB, roles.ASSURANCE_LEAD, roles.AGENCY_LEAD, roles.SAFEGUARDING_PARTNER)
IMPACT = Gate("impact", "A difference for children is shown", impact_unmet, (roles.LEAD_PARTNER,))
ACTIONS_ENDED = Gate("actions-ended", "Every action is done or dropped", actions_unmet, (roles.LEAD_PARTNER,))
STILL_TRUE = Gate("still-true", "The difference is still shown", still_true_unmet, (roles.LEAD_PARTNER,))


class Recommendation(Process):
    """From what was said to a difference for children that lasts."""

    record = RecommendationRecord
    prefix = "R"
    version = "2026-11"
    concerns = "partnership"
    title = "title"
    fixed = frozenset({"exact_words", "source", "delivered_on"})
    sources = (
        "Working Together to Safeguard Children 2023, chapter 2",
        "Local rule: closing needs evidence of a difference dated after the work was done, and a signature of each "
        "statutory partner addressed",
    )

    received = Stage("Received")
    accepted, part_accepted = Stage(), Stage("Accepted in part")
    not_accepted = Stage(final=True)
    planned, in_progress = Stage("Plan agreed"), Stage()
    delivered = Stage("Done, impact not yet shown")
    reviewed = Stage("Evidence reviewed")
    impact_shown = Stage("Impact shown, waiting for sign-off")
    closed, still_true = Stage("Closed"), Stage("Still true at 6 months")
    sustained = Stage("Still true at 12 months", final=True)
    reopened = Stage("Reopened")
    in_error = Stage("Entered in error", final=True)

    LIVE = (accepted, part_accepted, planned, in_progress, delivered, reviewed, impact_shown, reopened)
    AFTER = (closed, still_true, sustained)

    receive = Step(
        "Enter a recommendation",
        by=RAISES,
        to=received,
        asks=("title", "source", "paragraph", "exact_words", "themes", "received_at", "deadline"),
        needs=("title", "exact_words"),
        parts=(FIGURE_CITED, ADDRESSEES),
        checks=follows.raised_from,
        happened="received_at",
        sections=(
            ("Where it comes from", ("source", "paragraph", FIGURE_CITED)),
            ("What it says", ("exact_words", "title", "themes")),
            ("Who it is for", (ADDRESSEES,)),
            ("When", ("received_at", "deadline")),
        ),
        then=follows.received,
        done="Entered the recommendation",
    )
    accept = Step(
        "Accept it",
        by=RUNS,
        at=(received, not_accepted),
        to=accepted,
        asks=("response", "accepted_where"),
        needs=("response",),
        done="Accepted it",
    )
    accept_in_part = Step(
        "Accept it in part",
        by=RUNS,
        at=(received, not_accepted),
        to=part_accepted,
        asks=("response", "part_reason", "accepted_where"),
        needs=("response", "part_reason"),
        next_up=False,
        done="Accepted it in part",
    )
    not_accept = Step(
        "Do not accept it",
        by=(roles.SAFEGUARDING_PARTNER,),
        at=(received,),
        to=not_accepted,
        asks=("not_accepted_reason", "accepted_where"),
        needs=("not_accepted_reason",),
        next_up=False,
        done="Did not accept it",
    )
    remove = Step(
        "Entered in error",
        by=(HUB,),
        at=(received,),
        to=in_error,
        asks=("error_reason",),
        needs=("error_reason",),
        next_up=False,
        help="Its words cannot be changed. Enter it again as the source has it.",
        done="Said that it was entered in error",
    )
    agree_plan = Step(
        "Agree the plan",
        by=RUNS,
        at=(accepted, part_accepted, reopened),
        to=planned,
        asks=("success_test", "planned_output", "impact_by"),
        needs=("success_test", "impact_by"),
        parts=(ACTIONS,),
        checks=follows.has_actions,
        then=follows.takes_part,
        done="Agreed the plan",
    )
    record_progress = Step(
        by=WORKS,
        at=(planned, in_progress),
        to=in_progress,
        asks=("progress",),
        needs=("progress",),
        parts=(FINISHED_ACTIONS, EVIDENCE),
        done="Recorded progress",
    )
    end_actions = Step(
        "Say which actions are done",
        by=WORKS,
        at=(delivered, reviewed, impact_shown),
        parts=(FINISHED_ACTIONS,),
        only_when=lambda matter: "" if actions_unmet(matter, {}) else "Every action is done or dropped.",
        next_up=False,
        done="Said which actions are done",
    )
    add_actions = Step(
        by=RUNS,
        at=(planned, in_progress, delivered, reviewed),
        parts=(ACTIONS,),
        checks=follows.has_actions,
        next_up=False,
        then=follows.takes_part,
        done="Added actions",
    )
    add_evidence = Step(
        by=(*WORKS, roles.DATA_ANALYST),
        at=(*LIVE, *AFTER),
        parts=(EVIDENCE,),
        checks=lambda matter, answers: {} if answers.get(EVIDENCE) else {"evidence-0-kind": "Add the evidence"},
        next_up=False,
        done="Added evidence",
    )
    deliver = Step(
        "Record what was made or changed",
        by=RUNS,
        at=(planned, in_progress),
        to=delivered,
        asks=("output", "delivered_on", "output_where"),
        needs=("output", "delivered_on"),
        parts=(EVIDENCE,),
        checks=follows.in_use,
        help="This says that something was done. It does not say that it made a difference.",
        done="Recorded what was made or changed",
    )
    review_evidence = Step(
        "Review the evidence",
        by=(*RUNS, roles.DATA_ANALYST),
        at=(delivered, reviewed),
        to=reviewed,
        asks=("evidence_review", "confidence"),
        needs=("evidence_review", "confidence"),
        parts=(EVIDENCE,),
        done="Reviewed the evidence",
    )
    ask_sign_off = Step(
        "Ask for sign-off",
        by=RUNS,
        at=(reviewed,),
        to=impact_shown,
        asks=("impact_statement",),
        needs=("impact_statement",),
        parts=(EVIDENCE,),
        steps_back=lambda matter, answers: True,
        gates=(IMPACT, ACTIONS_ENDED),
        then=ask_partners,
        done="Asked for sign-off",
    )
    sign = Step(
        "Sign it off",
        by=(roles.LEAD_PARTNER,),
        at=(impact_shown,),
        endorses=("ask_sign_off",),
        only_when=all_signed,
        only_for=not_theirs,
        once_each=True,
        help="You sign for your own agency. Each partner addressed signs separately.",
        done="Signed it off",
    )
    send_back = Step(
        "Send it back",
        by=(roles.LEAD_PARTNER, roles.SAFEGUARDING_PARTNER),
        at=(impact_shown,),
        to=reviewed,
        asks=("sent_back_because",),
        needs=("sent_back_because",),
        next_up=False,
        tells=(HUB,),
        help="For when no difference is shown. Every signature given so far is then asked for again.",
        done="Sent it back",
    )
    close_it = Step(
        "Close it",
        by=RUNS,
        at=(impact_shown,),
        to=closed,
        only_when=not_all_signed,
        steps_back=lambda matter, answers: True,
        gates=(IMPACT, ACTIONS_ENDED),
        help="It is checked again at 6 and at 12 months.",
        done="Closed it",
    )
    check_at_6 = Step(
        "Say that it is still true at 6 months",
        by=(*RUNS, roles.DATA_ANALYST),
        at=(closed,),
        to=still_true,
        parts=(EVIDENCE,),
        only_when=follows.too_early("sustained_at_6"),
        steps_back=lambda matter, answers: True,
        gates=(STILL_TRUE,),
        done="Checked at 6 months that it is still true",
    )
    check_at_12 = Step(
        "Say that it is still true at 12 months",
        by=(*RUNS, roles.DATA_ANALYST),
        at=(still_true,),
        to=sustained,
        parts=(EVIDENCE,),
        only_when=follows.too_early("sustained_at_12"),
        steps_back=lambda matter, answers: True,
        gates=(STILL_TRUE,),
        done="Checked at 12 months that it is still true",
    )
    reopen = Step(
        "Reopen it",
        by=(*RUNS, roles.DATA_ANALYST, roles.LEAD_PARTNER),
        at=AFTER,
        to=reopened,
        asks=("reopened_because",),
        needs=("reopened_because",),
        parts=(EVIDENCE,),
        settles=lambda matter, answers: {"reopened_on": calendar.today()},
        protective=True,
        next_up=False,
        tells=(HUB, roles.LEAD_PARTNER),
        help="For when it is no longer true. It is planned again.",
        done="Reopened it",
    )
    scrutinise = Step(
        "Add the scrutineer's view",
        by=(roles.SCRUTINEER,),
        at=(received, not_accepted, *LIVE, *AFTER),
        asks=("scrutineer_view",),
        needs=("scrutineer_view",),
        next_up=False,
        tells=(HUB,),
        help="Everybody who sees the recommendation reads it. It approves and closes nothing.",
        done="Gave the scrutineer's view",
    )
    link_duplicate = Step(
        "Link another that says the same",
        by=(HUB, roles.DATA_ANALYST),
        at=(received, *LIVE, *AFTER),
        asks=("same_as",),
        needs=("same_as",),
        checks=follows.other_found,
        next_up=False,
        then=follows.link_duplicate,
        help="Both stay. Each is counted for the source that made it.",
        done="Linked another that says the same",
    )

    plan_in_time = Clock(
        "recommendation-plan",
        starts=("receive", "reopen", "accept", "accept_in_part"),
        stops=("agree_plan", "not_accept", "remove"),
        when=lambda matter, answers: not matter.running("plan_in_time"),  # accepting begins it only after a refusal
    )
    deadline_of_source = Clock(
        "recommendation-deadline", starts=("receive",), stops=("deliver", "not_accept", "remove"), until="deadline"
    )
    shown_by = Clock("recommendation-impact", starts=("agree_plan",), stops=("ask_sign_off",), until="impact_by")
    sustained_at_6 = Clock("recommendation-sustained/6", starts=("close_it",), stops=("check_at_6", "reopen"))
    sustained_at_12 = Clock("recommendation-sustained/12", starts=("close_it",), stops=("check_at_12", "reopen"))
