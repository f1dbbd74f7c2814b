"""What the invented partnership's registers say: its groups' terms, its priorities by year, its targets: invented."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sightline.platform.calendar import plain_date
from sightline.registers.priorities import plan_year

from .agencies import COUNCIL, ICB, POLICE

FIRST, SECOND, THIRD = date(2024, 4, 1), date(2025, 4, 1), date(2026, 4, 1)
HUB, CHIEF, PARTNER = "hub", "chief-council", "partner-health"


@dataclass(frozen=True)
class Entered:
    """One change as somebody proposed and somebody else approved it. `approved_by`: "" while it still waits.

    agency, group: keys of those that the columns named `agency_in`, `group_in` point at.
    """

    register: str
    proposed_on: date
    effective_from: date
    values: dict[str, Any]
    kind: str = "new"
    entry: str = ""
    reason: str = ""
    note: str = ""
    approved_by: str = CHIEF
    agency: str = ""
    points_at: dict[str, str] = field(default_factory=dict)


def minute(meeting: str, day: date, number: int) -> str:
    """Where a decision is recorded."""
    return f"{meeting}, {plain_date(day)}, minute {number}"


AGREED_1, AGREED_2, AGREED_3 = date(2024, 3, 12), date(2025, 3, 11), date(2026, 3, 10)
EXECUTIVE = "Executive group"

_NEGLECT = {
    "title": "Neglect seen early",
    "outcome": "A child who is neglected is noticed and helped before it becomes harm.",
    "first_year": "2024-25",
    "last_year": "2025-26",
    "sponsor": "safeguarding-partner",
    "baseline": "Neglect was named in 46% of child protection plans at 31 March 2024 (children in need census).",
    "indicator": "neglect_share",
    "state": "active",
    "decision": minute(EXECUTIVE, AGREED_1, 4),
}
_EXPLOITATION = {
    "title": "Exploitation: protect and disrupt",
    "outcome": "A child who is being exploited is safe, and whoever exploits them is stopped.",
    "first_year": "2024-25",
    "last_year": "2026-27",
    "sponsor": "safeguarding-partner",
    "baseline": "61% of strategy discussions were held within 3 working days in the year to 31 March 2024.",
    "indicator": "strategy_discussions_within_3_working_days",
    "state": "active",
    "decision": minute(EXECUTIVE, AGREED_1, 5),
}
_FRONT_DOOR = {
    "title": "A front door that answers in time",
    "outcome": "Every concern about a child is read, decided and answered while it still matters.",
    "first_year": "2025-26",
    "last_year": "2026-27",
    "sponsor": "lead-partner",
    "baseline": "74% of contacts were decided within one working day in the quarter to 31 December 2024.",
    "indicator": "contact_decisions_within_one_working_day",
    "state": "active",
    "decision": minute(EXECUTIVE, AGREED_2, 3),
}
_DOMESTIC_ABUSE = {
    "title": "Domestic abuse: the child's day in every decision",
    "outcome": "Each decision says what life is like for the child, and the adult who harms is in it.",
    "first_year": "2026-27",
    "last_year": "2027-28",
    "sponsor": "safeguarding-partner",
    "baseline": "21% of plans in the year to 31 March 2025 were a second one (children in need census).",
    "indicator": "repeat_plans",
    "state": "active",
    "decision": minute(EXECUTIVE, AGREED_3, 4),
}
_MISSING_SCHOOL = {
    "title": "Children who are missing school",
    "outcome": "A child who stops coming to school is asked about, by name, in the same week.",
    "sponsor": "safeguarding-partner",
    "baseline": "18% of contacts from schools in the year to 31 March 2026 came after a month out of school.",
    "indicator": "referral_rate",
    "state": "proposed",
    "decision": "To be put to the executive group",
}


def _priority(values: dict[str, Any], on: date, since: date, agency: str, **also: Any) -> Entered:
    return Entered("priorities", on, since, values, agency=agency, **also)


PRIORITIES = (
    _priority(_NEGLECT, AGREED_1, FIRST, COUNCIL),
    _priority(_EXPLOITATION, AGREED_1, FIRST, POLICE),
    _priority(_FRONT_DOOR, AGREED_2, SECOND, COUNCIL, approved_by=PARTNER),
    _priority(
        {**_NEGLECT, "last_year": "2026-27", "decision": minute(EXECUTIVE, AGREED_3, 2)},
        AGREED_3,
        THIRD,
        COUNCIL,
        kind="change",
        entry="neglect-seen-early",
        reason="The share has not moved. Every agency has the same tool now; a third year will show whether it helps.",
        note="The scrutineer asked for a measure of what children say; the hub brings one in June.",
    ),
    _priority(
        {**_EXPLOITATION, "state": "absorbed", "decision": minute(EXECUTIVE, AGREED_3, 3)},
        AGREED_3,
        THIRD,
        POLICE,
        kind="change",
        entry="exploitation-protect-and-disrupt",
        reason="The delivery group has its own plan and measures, and reports to the executive each quarter.",
    ),
    _priority(_DOMESTIC_ABUSE, AGREED_3, THIRD, ICB),
)


def waiting(today: date) -> Entered:
    """What the hub has proposed for the next plan year and nobody has approved yet."""
    starts = date(today.year + (today.month >= 4), 4, 1)
    year = plan_year(starts)
    values = {**_MISSING_SCHOOL, "first_year": year, "last_year": year}
    return _priority(values, today - timedelta(days=16), starts, COUNCIL, approved_by="")


def _target(indicator: str, value: int, on: date, since: date, number: int, **also: Any) -> Entered:
    values = {"indicator": indicator, "value": value, "decided_by": EXECUTIVE}
    return Entered("targets", on, since, {**values, "source": minute(EXECUTIVE, on, number)}, **also)


TARGETS = (
    _target("contact_decisions_within_one_working_day", 90, AGREED_2, SECOND, 6),
    _target("enquiries_returned_on_time", 80, AGREED_2, SECOND, 7),
    _target("assessments_within_45_working_days", 85, AGREED_1, FIRST, 8),
    _target("strategy_discussions_within_3_working_days", 90, AGREED_2, SECOND, 8),
    _target(
        "enquiries_returned_on_time",
        85,
        AGREED_3,
        THIRD,
        6,
        kind="change",
        entry="enquiries_returned_on_time",
        reason="Two agencies met 80% all year; the other was asked why it did not.",
        approved_by=PARTNER,
    ),
)

LIMITS = (
    Entered(
        "local-limits",
        AGREED_3,
        THIRD,
        {
            "rule_id": "CK-22",
            "variant": "",
            "limit": 15,
            "unit": "working days",
            "decided_by": EXECUTIVE,
            "source": minute(EXECUTIVE, AGREED_3, 9),
        },
        note="Early help asked for it: most are finished by then.",
    ),
)
