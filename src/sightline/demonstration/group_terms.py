"""Terms of reference and life of each invented group. What is the same for most is written once."""

from datetime import date
from typing import Any

from .groups import EARLY, GROUPS, MIDDLE, GroupCast
from .register_entries import AGREED_2, EXECUTIVE, SECOND, Entered, minute

BEGAN = date(2024, 2, 20)
REVIEWED = date(2027, 3, 31)
_PARTNERS = ["social care", "police", "health"]

_SHARED: dict[str, Any] = {
    "accountable_to": "The executive group",
    "vice_chair": "Chosen by the group from another agency than the chair's",
    "chair_months": 24,
    "deputies": "named",
    "quorum_disciplines": _PARTNERS,
    "quorum_minimum": 4,
    "frequency_weeks": 8,
    "papers_days": 5,
    "minutes_days": 10,
    "decision_rule": "consensus",
    "tie_break": "The chair takes the question to the executive group, with each view in its own words.",
    "deciding_roles": ["group-chair"],
    "declarations": "At the start of each meeting, and minuted. Whoever has an interest leaves for that item.",
    "information": "partnership",
    "reporting": "A highlight report to the executive group each quarter.",
    "review_on": REVIEWED,
}
_EXECUTIVE: dict[str, Any] = {
    "accountable_to": "The three lead safeguarding partners",
    "vice_chair": "The delegated partner whose turn comes next",
    "chair_months": 12,
    "quorum_minimum": 3,
    "frequency_weeks": 6,
    "decision_rule": "partners",
    "tie_break": "The lead safeguarding partners decide, and the reasons are published.",
    "deciding_roles": ["safeguarding-partner", "lead-partner"],
    "reporting": "A statement to the lead safeguarding partners each half-year; the yearly report to everybody.",
}
_OWN: dict[str, dict[str, Any]] = {
    "executive": {
        **_EXECUTIVE,
        "functions": "Sets the priorities and the budget\nDecides what the groups bring\nAnswers for the yearly report",
        "chair": "A delegated safeguarding partner, by turns",
        "members": "Ardenvale Council, delegated partner\nArdenvale Police, delegated partner\n"
        "NHS Ardenvale Integrated Care Board, delegated partner",
        "priorities": "All of them",
        "success": "Each priority has a measure that moved, and somebody outside can see it.",
    },
    "front-door-steering": {
        "frequency_weeks": 6,
        "functions": "Reads the front door's figures\nAsks whoever was late\nTries a change and says what followed",
        "chair": "Service manager, Ardenvale Council",
        "members": "Ardenvale Council, service manager and front-door manager\nArdenvale Police\n"
        "NHS Ardenvale Integrated Care Board\nArdenvale Early Help\nA school",
        "priorities": "A front door that answers in time",
        "success": "Late decisions fall, and it is known which agency was late.",
    },
    "exploitation-delivery": {
        "functions": "Carries out the plan: find, protect, disrupt\nReads who goes missing, and where",
        "chair": "Team manager, Ardenvale Council",
        "members": "Ardenvale Council\nArdenvale Police\nArdenvale Youth Justice Service\nArdenvale Homes",
        "priorities": "Exploitation: protect and disrupt",
        "success": "Fewer children are found at the same address twice.",
    },
    "quality-and-assurance": {
        "functions": "Audits practice together\nReads agencies' returns\nAsks what changed afterwards",
        "chair": "Designated doctor, NHS Ardenvale Integrated Care Board",
        "members": "NHS Ardenvale Integrated Care Board\nArdenvale Hospitals NHS Trust\n"
        "Ardenvale and Thornmere Probation\nArdenvale Council, data analyst",
        "priorities": "Neglect seen early",
        "success": "What an audit found last year is not found again.",
    },
    "learning": {
        "frequency_weeks": 12,
        "functions": "Turns reviews and audits into courses\nAsks who came, and what they do differently",
        "chair": "Lead health visitor, Ardenvale Community Health",
        "members": "Ardenvale Community Health\nTollgate Academy\nArdenvale Voluntary Alliance",
        "priorities": "All of them",
        "success": "People say three months later what they do differently.",
    },
    "practice-review": {
        "frequency_weeks": 12,
        "information": "restricted",
        "functions": "Reads serious incidents within days\nSays what is to be learned, and by whom",
        "chair": "Named nurse, NHS Ardenvale Integrated Care Board",
        "members": "NHS Ardenvale Integrated Care Board\nArdenvale Council, service manager\nArdenvale Police",
        "priorities": "All of them",
        "success": "What was learned is in practice within a year.",
    },
    "neglect-steering": {
        "functions": "Keeps the same tool in everybody's hands\nReads the share of plans for neglect",
        "chair": "Lead social worker, Ardenvale Council",
        "members": "Ardenvale Council\nArdenvale Community Health\nKitefield Family Centre",
        "priorities": "Neglect seen early",
        "success": "Neglect is named at the front door, not first at a conference.",
    },
}
_SORTS = {"executive": "executive", "practice-review": "panel"}


def _life(group: GroupCast) -> Entered:
    executive = group.key == "executive"
    return Entered(
        "groups",
        BEGAN,
        date(2024, 4, 1),
        {
            "name": group.name,
            "sort": _SORTS.get(group.key, "steering" if "steering" in group.key else "sub-group"),
            "purpose": group.purpose,
            "state": "active",
            "decision": minute(EXECUTIVE, BEGAN, 2),
        },
        note="It was at work before this register began." if group.since in (EARLY, MIDDLE) else "",
        points_at={} if executive else {"parent": "executive"},
    )


def _terms(group: GroupCast) -> Entered:
    values = {**_SHARED, "purpose": group.purpose, **_OWN[group.key], "decision": minute(EXECUTIVE, BEGAN, 3)}
    if group.key == "executive":
        values["frequency_weeks"] = 4
    return Entered("terms-of-reference", BEGAN, date(2024, 4, 1), values, points_at={"group": group.key})


def _executive_meets_less_often() -> Entered:
    first = _terms(GROUPS[0])
    values = {**first.values, "frequency_weeks": 6, "decision": minute(EXECUTIVE, AGREED_2, 2)}
    return Entered(
        "terms-of-reference",
        AGREED_2,
        SECOND,
        values,
        kind="change",
        entry="executive",
        reason="Monthly meetings left no time to read what was brought. Papers now come five working days before.",
        points_at=first.points_at,
    )


_TASK_GROUP = {
    "name": "Missing children task group",
    "sort": "task",
    "purpose": "To find out why some children go missing twice.",
    "state": "active",
    "decision": minute(EXECUTIVE, date(2024, 6, 18), 4),
}
TASK_GROUP = (
    Entered("groups", date(2024, 6, 18), date(2024, 7, 1), _TASK_GROUP, points_at={"parent": "executive"}),
    Entered(
        "groups",
        AGREED_2,
        SECOND,
        {
            **_TASK_GROUP,
            "state": "ended",
            "why": "It reported in February: return home interviews are what helps, and they have an owner.",
            "decision": minute(EXECUTIVE, AGREED_2, 9),
        },
        kind="change",
        entry="missing-children-task-group",
        reason="Its task is done.",
        points_at={"parent": "executive", "work_goes_to": "exploitation-delivery"},
    ),
)

LIVES = tuple(_life(group) for group in GROUPS)
TERMS = (*(_terms(group) for group in GROUPS), _executive_meets_less_often())
