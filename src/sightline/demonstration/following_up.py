"""After the meeting: the family's copy, actions done in time or late, the conference, and the end."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from sightline.platform import calendar

from .acting_out import STRATEGY
from .hours import work
from .meeting_record import STARTS_ENQUIRY
from .words import CLOSING, DROPPED, EVIDENCE

if TYPE_CHECKING:
    from .strategy_story import StrategyTold

CONFERENCE, CONFERENCE_IN_TIME = 0.5, 0.83


def add_follow_up(told: "StrategyTold", held: datetime, recorded: datetime, sent: datetime) -> None:
    """From the record that was sent to the end of the discussion."""
    family = work(sent, told.pick.uniform(1, 30))
    told.story.add(family, STRATEGY, "decide_family_copy", told.chair, _family_copy(told))
    done = max(family, _actions_done(told, sent), _conference(told, held, recorded))
    told.story.add(
        work(done, told.pick.uniform(2, 30)), STRATEGY, "close", told.chair, lambda matter: {"closing_note": CLOSING}
    )


def _family_copy(told: "StrategyTold") -> Any:
    withheld = told.pick.random() < 0.18

    def answers(matter: Any) -> dict[str, Any]:
        reason = {"withheld": "It would tell the person of concern what is known"} if withheld else {}
        rows = [
            {"circulation": row.pk, "decision": "withheld" if withheld else "sent", **reason}
            for row in matter.circulation
            if row.family and not row.sent_at and not row.withheld
        ]
        return {"family_copy": rows}

    return answers


def _actions_done(told: "StrategyTold", sent: datetime) -> datetime:
    """Each agency says that its own are done; the council's by whoever takes the notes."""
    pick = told.pick
    at = work(sent, pick.uniform(20, 70))
    evidence, dropped = pick.choice(EVIDENCE), pick.random() < 0.04

    def answers(matter: Any) -> dict[str, Any]:
        waiting = [action for action in matter.actions if not action.done_at and not action.dropped]
        rows = [
            {"action": action.pk, "dropped": DROPPED}
            if dropped and place == 0
            else {"action": action.pk, "evidence": evidence}
            for place, action in enumerate(waiting)
        ]
        return {"finished_actions": rows}

    told.story.add(at, STRATEGY, "finish_actions", told.support, answers)
    return at


def _conference(told: "StrategyTold", held: datetime, recorded: datetime) -> datetime:
    pick = told.pick
    if told.decision not in STARTS_ENQUIRY:
        return recorded
    if pick.random() > CONFERENCE:
        at = work(held, pick.uniform(40, 110))
        why = {"no_conference_reason": "Enquiry found that the children are safe with the plan agreed."}
        why["agencies_consulted"] = "Police and health agree; school told."
        told.story.add(at, STRATEGY, "no_conference", told.second_chair, lambda matter: why, "medical")
        return at
    days = pick.randrange(9, 16) if pick.random() < CONFERENCE_IN_TIME else pick.randrange(16, 26)
    day = calendar.add_working_days(calendar.local_date(held), days)
    at = calendar.at_local(day, time(pick.randrange(13, 17), pick.randrange(60)))
    told.story.add(
        at,
        STRATEGY,
        "record_conference",
        told.support,
        lambda matter: {"conference_held_on": day},
        "family-unavailable",
    )
    return at
