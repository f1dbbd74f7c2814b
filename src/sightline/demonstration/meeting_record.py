"""What is recorded of a strategy discussion: who came, each child, each agency's view, the decision, the actions."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sightline.platform import calendar

from .agencies import COUNCIL, ICB, POLICE
from .hours import work
from .seeding import chance
from .sweeping import every_other_child
from .words import ABSENT, ACTIONS, DISSENT, RISK, SAFE, SHARED, VOICE, WENT_AHEAD, WHY
from .workers import LEAD_WORKERS

if TYPE_CHECKING:
    from .acting_out import Answering
    from .strategy_story import StrategyTold

HERE = {"social care": 1.0, "police": 0.84, "health": 0.9}
HERE_OTHERWISE = 0.72
STARTS_ENQUIRY = frozenset({"s47-joint", "s47-single"})
BACK = frozenset({"assess", "early-help", "no-s47"})
SWEEP_MISSED = {"mash": 0.2, "team": 0.45}
VIEWS = {True: ("significant", "significant", "some", "unable"), False: ("some", "some", "none", "unable")}


def record_of(told: "StrategyTold", held: datetime) -> "Answering":
    """Answers to "Record the meeting"."""
    pick = told.pick
    back = told.decision in BACK
    given: dict[str, Any] = {
        "held_at": held,
        "mode": pick.choice(("video", "mixed")),
        "venue": told.venue,
        "decision": told.decision,
        "history_opened": pick.choices(("yes", "no"), (78, 22) if told.venue == "mash" else (48, 52))[0],
        "categories": [pick.choices(("NEG", "PHY", "EMO", "SAB"), (40, 28, 22, 10))[0]],
    }
    if back or pick.random() < 0.85:
        given |= {
            "rationale": WHY["strategy"],
            "risk_analysis": pick.choice(RISK),
            "information_shared": pick.choice(SHARED),
        }
        given |= {"child_voice": pick.choice(VOICE).format(child="the child"), "safe_tonight": pick.choice(SAFE)}
    given |= {
        "parents_told": pick.choice(("told", "planned", "withheld")),
        "medical_needed": pick.choice(("yes", "no", "no")),
    }
    again = work(held, 10)
    actions = _actions(told, held)
    seed, sweeps = told.story.name, back or pick.random() > SWEEP_MISSED[told.venue]

    def answers(matter: Any) -> dict[str, Any]:
        attendance = _attendance(seed, matter)
        more = _quorum(matter, attendance, again)
        more["views"] = _views(seed, matter, attendance, enquiry=told.decision in STARTS_ENQUIRY)
        more["dissent"] = _dissent(seed, matter)
        if sweeps:
            more["other_children"] = every_other_child(seed, matter)
        return {**given, **more, "attendance": attendance, "actions": actions}

    return answers


def _attendance(seed: str, matter: Any) -> list[dict[str, Any]]:
    rows = []
    for seat in matter.seats_now:
        pick = chance("seat", seed, matter.meeting.number, seat.agency.key)
        if seat.presence == "wrote-in" or pick.random() < HERE.get(seat.discipline, HERE_OTHERWISE):
            rows.append({"seat": seat.pk, "presence": seat.presence or "here"})
        elif pick.random() < 0.4:
            rows.append(
                {"seat": seat.pk, "presence": "wrote-in", "wrote": "Nothing new is held; we will go by the plan."}
            )
        else:
            what = pick.choice(("apologies", "no-answer"))
            rows.append({"seat": seat.pk, "presence": what, "absence_reason": pick.choice(ABSENT)})
    return rows


def _quorum(matter: Any, attendance: list[dict[str, Any]], again: datetime) -> dict[str, Any]:
    taking_part = {row["seat"] for row in attendance if row["presence"] in ("here", "wrote-in")}
    there = {seat.discipline for seat in matter.seats_now if seat.pk in taking_part}
    if not matter.process.quorum.missing(there):
        return {}
    return {"without_quorum": WENT_AHEAD, "reconvene_at": again}


def _views(seed: str, matter: Any, attendance: list[dict[str, Any]], *, enquiry: bool) -> list[dict[str, Any]]:
    there = {row["seat"] for row in attendance if row["presence"] in ("here", "wrote-in")}
    pick = chance("views", seed)
    return [
        {"seat": seat.pk, "subject": child.pk, "view": pick.choice(VIEWS[enquiry])}
        for child in matter.children_of_concern
        for seat in matter.seats_now
        if seat.pk in there
    ]


def _dissent(seed: str, matter: Any) -> list[dict[str, Any]]:
    pick = chance("dissent", seed)
    return [{"seat": matter.seats_now[-1].pk, "dissent": pick.choice(DISSENT)}] if pick.random() < 0.07 else []


def _actions(told: "StrategyTold", held: datetime) -> list[dict[str, Any]]:
    day = calendar.local_date(held)
    rows = []
    for what, kind, days, otherwise in told.pick.sample(ACTIONS, told.pick.choice((2, 3, 3, 4))):
        key = {"csc": COUNCIL, "pol": POLICE, "icb": ICB, "edu": told.school}[kind]
        if not key:
            continue
        user = told.pick.choice(LEAD_WORKERS).username if kind == "csc" else told.standing.person_at(key)
        rows.append(
            {
                "what": what,
                "who": told.standing.worker(user).display_name,
                "agency": told.standing.agencies[key],
                "due_on": calendar.add_working_days(day, days + told.pick.randrange(5)),
                "if_not": otherwise,
            }
        )
    return rows
