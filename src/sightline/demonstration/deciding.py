"""The decision: proposed, asked about, endorsed by another manager, allocated, and told to whoever told us."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sightline.processes.front_door.rules import needs_repeat_review

from .acting_out import CONTACT
from .hours import wait, work
from .outline import STEPS_BACK
from .seeding import chance
from .strategy_story import StrategyTold, add_strategy
from .sweeping import every_other_child
from .words import HISTORY, LIVED, NO_VIEW, QUESTIONS, STEP_UP, VOICE, WHY, WITHOUT, WOULD_CHANGE
from .workers import CONTACT_OFFICERS, LEAD_WORKERS, MANAGERS, TEAM_MANAGERS

if TYPE_CHECKING:
    from .acting_out import Answering
    from .contact_story import ContactTold

HOURS_TO_DECIDE = {"red": (0.5, 2.5), "amber": (1.5, 6.0), "green": (1.5, 7.0), "blue": (0.8, 4.5)}
DRIFTS = 0.08
WAITS_AT_MOST_HOURS = 7.5
LEVELS = {"strategy": "4", "assessment": "4", "early-help": "3", "advice": "2", "nfa": "1"}
SWEEP_MISSED = 0.33
"""Of protective decisions, where nothing holds the worker up; stepping back cannot miss it."""


def add_decision(told: "ContactTold", since: datetime, answered: list[datetime]) -> None:
    """From the priority to the end of the contact."""
    proposed = _proposed_at(told, since, answered)
    needed_at = _propose(told, proposed)
    endorsed = _endorse(told, needed_at)
    final = told.outline.decision
    if final in ("strategy", "assessment"):
        _allocate(told, endorsed)
    add_answer(told, endorsed, final)
    if final == "strategy":
        pick = chance("strategy of", told.name)
        add_strategy(
            StrategyTold(
                told.story, needed_at, pick, told.standing, "mash", told.slowness, urgent=told.outline.rag == "red"
            ),
            told.told,
        )


def _proposed_at(told: "ContactTold", since: datetime, answered: list[datetime]) -> datetime:
    least, most = HOURS_TO_DECIDE[told.outline.rag]
    hours = told.pick.uniform(least, most) * told.slowness
    if told.pick.random() < DRIFTS * told.slowness:
        hours += told.pick.uniform(6, 22)
    at = told.soon(since, 10, 60) if told.at_night else work(since, hours)
    latest = work(since, WAITS_AT_MOST_HOURS)
    waited = [moment for moment in answered if moment < latest]
    if waited and told.outline.decision in STEPS_BACK and told.pick.random() < 0.6:
        at = max(at, work(max(waited), 0.4))
    # Nobody decides before the last thing done: the agencies have been asked by then.
    return max(at, wait(told.story.last_on(CONTACT), 6))


def _propose(told: "ContactTold", at: datetime) -> datetime:
    """Adds the proposal, and a second one where a manager asks about the first; gives the moment of the last."""
    decision = told.outline.proposed
    if decision == "strategy" and told.pick.random() < 0.6:
        why = WHY["strategy"]
        told.story.add(at, CONTACT, "hold_strategy_now", told.worker, lambda matter: {"rationale": why})
        return at
    told.story.add(at, CONTACT, "propose", told.worker, proposal(told, decision), "agency-information")
    if decision in STEPS_BACK and decision == told.outline.decision and told.pick.random() < 0.04:
        question = told.pick.choice(QUESTIONS)
        asked = told.soon(at, 10, 120)
        told.story.add(asked, CONTACT, "return_with_question", told.manager, lambda matter: {"question": question})
        again = told.soon(asked, 30, 240)
        told.story.add(again, CONTACT, "propose", told.worker, proposal(told, decision), "agency-information")
        return again
    return at


def proposal(told: "ContactTold", decision: str) -> "Answering":
    """Answers to "Decide what happens next"; protective ones leave some for later, as they may."""
    pick, child = told.pick, told.child.given
    back = decision in STEPS_BACK
    given: dict[str, Any] = {"decision": decision, "level_before": pick.choice("1234"), "level_after": LEVELS[decision]}
    given["primary_need"] = pick.choices(("N1", "N5", "N4", "N3", "N2", "N6"), (55, 18, 12, 7, 5, 3))[0]
    given["agreement"] = pick.choices(("given", "refused", "not-needed", "withdrawn"), (72, 12, 13, 3))[0]
    if back or pick.random() < 0.6:
        given |= {
            "history_summary": HISTORY[told.family.known],
            "lived_experience": pick.choice(LIVED).format(child=child),
        }
        young = (told.day - told.child.born).days < 3 * 365
        given |= {"voice_not_obtained": NO_VIEW} if young else {"voice_effect": pick.choice(VOICE).format(child=child)}
    if back or pick.random() < 0.8:
        given |= {"rationale": WHY[decision], "would_change": WOULD_CHANGE}
    if given["agreement"] in ("refused", "withdrawn"):
        given["step_up_considered"] = STEP_UP
    sweeps = back or pick.random() > SWEEP_MISSED
    without = pick.choice(WITHOUT)

    def answers(matter: Any) -> dict[str, Any]:
        more: dict[str, Any] = {"without_agencies": without} if back and matter.unanswered() else {}
        if sweeps:
            more["other_children"] = every_other_child(told.name, matter)
        return {**given, **more}

    return answers


def _endorse(told: "ContactTold", proposed: datetime) -> datetime:
    at = work(proposed, told.pick.uniform(0.15, 3.0) * told.slowness)
    others = [one.username for one in MANAGERS if one.username != told.worker]
    by = told.manager if told.manager in others else others[0]
    if told.outline.decision != told.outline.proposed:
        change = {"decision": told.outline.decision, "changed_reason": "The pattern over the year is what worries me."}
        told.story.add(at, CONTACT, "change_to_more_protective", by, lambda matter: change, "staff-capacity")
        return at
    review = "Read together: each was explained, and together they show a mother without help. Early help re-offered."

    def answers(matter: Any) -> dict[str, Any]:
        return {"endorsement": "Agreed", "repeat_review": review if needs_repeat_review(matter) else ""}

    told.story.add(at, CONTACT, "endorse", by, answers, told.pick.choice(("staff-capacity", "agency-information")))
    return at


def _allocate(told: "ContactTold", since: datetime) -> None:
    lead = told.standing.worker(told.pick.choice(LEAD_WORKERS).username)
    by = told.pick.choice(TEAM_MANAGERS).username
    hours = told.pick.uniform(0.1, 2.0) * told.slowness
    told.story.add(work(since, hours), CONTACT, "allocate", by, lambda matter: {"allocated_to": lead})


def add_answer(told: "ContactTold", since: datetime, outcome: str) -> None:
    """Tell the referrer, or record why there is no way to; then close."""
    pick = told.pick
    hours = pick.uniform(0.1, 2.2) * told.slowness + (pick.uniform(5, 14) if pick.random() < 0.05 else 0)
    at = work(since, hours)
    by = pick.choice(CONTACT_OFFICERS).username
    family = pick.choices(("yes", "no-unsafe", "no-not-practicable"), (82, 6, 12))[0]
    given: dict[str, Any] = {"told_route": _route(told), "told_outcome": outcome, "outcome_family_told": family}
    if given["told_route"] == "no-route":
        given["no_route"] = "anonymous" if told.source == "anonymous" else pick.choice(("tried", "asked-not-to"))
    told.story.add(at, CONTACT, "tell_referrer", by, lambda matter: given, "awaiting-allocation")
    written = at
    if not told.sends:
        written = work(told.at, pick.uniform(1, 7))
        moment = written - timedelta(minutes=5)
        told.story.add(written, CONTACT, "confirm_in_writing", by, lambda matter: {"written_at": moment})
    last = max(at, written, told.story.last_on(CONTACT))
    handed = {"strategy": "Assessment team", "assessment": "Assessment team", "early-help": "Ardenvale Early Help"}
    closer = told.manager if told.at_night else told.worker
    told.story.add(
        work(last, pick.uniform(0.3, 9)),
        CONTACT,
        "close",
        closer,
        lambda matter: {"handed_to": handed.get(outcome, "")},
    )


def _route(told: "ContactTold") -> str:
    if told.source == "anonymous":
        return "no-route"
    if told.sends == "public-intake":
        return str(told.pick.choices(("phone", "letter", "no-route"), (60, 25, 15))[0])
    return "sightline" if told.sends else "phone"
