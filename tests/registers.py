"""Answers for the registers' tests: whole, so that each test says only what it is about."""

from datetime import date
from typing import Any

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.people.models import Group

PRIORITY = {
    "title": "Neglect seen early",
    "outcome": "A child who is neglected is noticed and helped before it becomes harm.",
    "first_year": "2026-27",
    "last_year": "2027-28",
    "sponsor": "safeguarding-partner",
    "baseline": "Neglect was named in 41% of plans at 31 March 2026 (children in need census).",
    "indicator": "neglect-share",
    "state": "agreed",
    "decision": "Executive group, 3 March 2026, minute 4",
}
TARGET = {
    "indicator": "assessments-in-time",
    "value": 85,
    "decided_by": "Executive group",
    "source": "Executive group, 3 March 2026, minute 6",
}
TERMS = {
    "purpose": "To see that concerns become decisions in time.",
    "functions": "Reads the front door's figures\nAsks the agency that was late",
    "accountable_to": "The executive group",
    "chair": "Service manager, Ardenvale Council",
    "vice_chair": "Detective inspector, Ardenvale Police",
    "chair_months": 12,
    "members": "Ardenvale Council, service manager\nArdenvale Police, detective inspector",
    "deputies": "named",
    "quorum_disciplines": ["social care", "police", "health"],
    "quorum_minimum": 4,
    "frequency_weeks": 6,
    "papers_days": 5,
    "minutes_days": 10,
    "decision_rule": "consensus",
    "tie_break": "The chair takes it to the executive group.",
    "deciding_roles": ["group-chair"],
    "declarations": "At the start of each meeting, and minuted.",
    "information": "partnership",
    "priorities": "Neglect seen early",
    "reporting": "A highlight report to the executive group each quarter.",
    "success": "Late decisions fall, and it is known which agency was late.",
    "review_on": date(2027, 3, 31),
    "decision": "Executive group, 3 March 2026, minute 5",
}

GROUP = {
    "name": "Missing children task group",
    "sort": "task",
    "purpose": "To find out why children go missing twice.",
    "state": "active",
    "decision": "Executive group, 3 March 2026, minute 7",
}
LIMIT = {
    "rule_id": "front-door-decision",
    "variant": "green",
    "limit": 2,
    "unit": "working days",
    "decided_by": "Executive group",
    "source": "Executive group, 3 March 2026, minute 8",
}


def a_group(world: Any, key: str = "front-door-steering", name: str = "Front door steering group") -> Group:
    return Group.objects.create(partnership=world.partnership, key=key, name=name, valid_from=date(2021, 9, 1))


def propose(world: Any, register: str, answers: dict[str, Any], *, by: Any = None, at: Any = None, **also: Any) -> Case:
    """A proposed change, by the Support Hub unless said; `also` are the answers that every change has."""
    asked = {"kind": "new", "effective_from": date(2026, 4, 1), "backdated": "Agreed then, typed up now.", **also}
    by = by or world.hub
    answers = {**asked, **answers}
    return open_case(f"change-to-{register}", by=by, partnership=world.partnership, answers=answers, at=at).case


def approve(world: Any, case: Case, *, by: Any = None, at: Any = None) -> None:
    perform(case, "approve", by=by or world.council_chief, answers={"note": ""}, at=at)


def priority(world: Any, **differently: Any) -> dict[str, Any]:
    return {**PRIORITY, "sponsor_agency": world.agency("ardenvale-council"), **differently}
