"""How one strategy discussion goes: called, held in time or not, decided, sent, opened or not, carried out."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sightline.platform import calendar

from .acting_out import OPEN_MINUTES, STRATEGY, Answering, Story
from .agencies import ICB, POLICE
from .families import Member
from .following_up import add_follow_up
from .hours import wait, work
from .meeting_record import record_of
from .standing import Standing
from .telling import person_told
from .words import COULD_NOT, WHY
from .workers import LEAD_WORKERS, MANAGERS, SUPPORT, TEAM_MANAGERS

ON_TIME = {"mash": 0.78, "team": 0.6}
"""Of those not held the same day, the share held within three working days: teams outside the front door are slower."""
SENT_IN_TIME = {"mash": 0.88, "team": 0.62}
OPENED = {POLICE: 0.6, ICB: 0.74}
OPENED_OTHERWISE = 0.82
SAME_DAY, LAST_HOUR = 0.75, 21
MEETS_AGAIN = 0.05
DECISIONS = {"s47-joint": 44, "s47-single": 26, "assess": 18, "no-s47": 7, "early-help": 3, "police-only": 2}


@dataclass
class StrategyTold:
    """What the parts of a strategy discussion's story need to know. `at` is when the need was recorded."""

    story: Story
    at: datetime
    pick: Random
    standing: Standing
    venue: str
    slowness: float = 1.0
    urgent: bool = False

    def __post_init__(self) -> None:
        pick = self.pick
        self.decision = pick.choices(list(DECISIONS), list(DECISIONS.values()))[0]
        chairs = (*TEAM_MANAGERS, *MANAGERS) if self.venue == "mash" else TEAM_MANAGERS
        self.chair, self.second_chair = (one.username for one in pick.sample(chairs, 2))
        self.support = pick.choice(SUPPORT).username
        self.school = ""

    @property
    def in_time(self) -> bool:
        return self.pick.random() < ON_TIME[self.venue] - (0.12 if self.slowness > 1 else 0)


def add_strategy(told: StrategyTold, members: list[Member]) -> None:
    """From the need to the end; the need itself is another step's doing."""
    schools = [one.school for one in members if one.is_child and one.school]
    told.school = schools[0] if schools else ""
    called = work(told.at, told.pick.uniform(0.1, 1.0))
    held = _held_at(told, called)
    told.story.add(called, STRATEGY, "call", told.support, call_answers(told, held))
    for key in (POLICE, ICB, *([told.school] if told.school else [])):
        _answer_invitation(told, key, called, held)
    if told.pick.random() < MEETS_AGAIN:
        held = _meet_again(told, held)
    recorded = wait(held, told.pick.uniform(45, 150))
    told.story.add(recorded, STRATEGY, "record_meeting", told.chair, record_of(told, held), _because(told))
    sent = _send(told, recorded)
    add_follow_up(told, held, recorded, sent)


def team_strategy(told: StrategyTold, members: list[Member]) -> Story:
    """A strategy discussion that the child's own team starts, on a case that is open to it."""
    by = told.pick.choice(LEAD_WORKERS).username
    told.story.add(told.at, STRATEGY, "identify_need", by, identify_answers(told, members))
    add_strategy(told, members)
    return told.story


def identify_answers(told: StrategyTold, members: list[Member]) -> Answering:
    """Answers to "Start a strategy discussion", for a child whom a team already works with."""
    given: dict[str, Any] = {
        "trigger": told.pick.choices(("open-case", "assessment", "review"), (55, 35, 10))[0],
        "urgent": "yes" if told.urgent else "no",
        "reason": WHY["strategy"],
        "venue": told.venue,
        "need_identified_at": wait(told.at, -told.pick.uniform(5, 200)),
        "people": [person_told(told.pick, one, told.story.family) for one in members],
    }
    return lambda matter: given


def _held_at(told: StrategyTold, called: datetime) -> datetime:
    """The same day where it is urgent and can be done; else within three working days, or not."""
    if told.urgent and told.pick.random() < SAME_DAY:
        today = wait(called, told.pick.uniform(40, 240))
        if calendar.local_date(today) == calendar.local_date(told.at) and calendar.local(today).hour < LAST_HOUR:
            return today
    if told.in_time:
        return work(called, told.pick.uniform(0.8, 6) if told.urgent else told.pick.uniform(3, 18))
    return work(called, told.pick.uniform(28, 62))


def _because(told: StrategyTold) -> str:
    return told.pick.choice(("police-capacity", "police-capacity", "staff-capacity", "family-unavailable", "medical"))


def call_answers(told: StrategyTold, held: datetime) -> Answering:
    """Answers to "Call the meeting": when, how, and who is asked beside those always required."""
    others = [told.school] if told.school else []
    if told.pick.random() < 0.5:
        others.append(told.pick.choice(("ardenvale-community-health", "ardenvale-homes", "lantern-house")))
    rows = [{"agency": told.standing.agencies[key], "why": "Knows the family"} for key in others]
    given = {
        "planned_for": held,
        "mode": told.pick.choice(("video", "video", "mixed", "in-person")),
        "venue": told.venue,
    }
    return lambda matter: {**given, "invited": rows}


def _answer_invitation(told: StrategyTold, key: str, called: datetime, held: datetime) -> None:
    who = told.standing.person_at(key)
    if not who or told.pick.random() < 0.45:
        return
    name = told.standing.worker(who).display_name
    answer = told.pick.choices(("coming", "wrote-in", "apologies"), (84, 10, 6))[0]
    given = {"answer": answer, "who": name if answer == "coming" else ""}
    given |= (
        {"wrote": "Two entries, both read out at the daily meeting; nothing newer is held."}
        if answer == "wrote-in"
        else {}
    )
    given |= {"absence_reason": "Nobody is free at that time"} if answer == "apologies" else {}
    at = wait(called, max(1.0, (held - called).total_seconds() / 60 * told.pick.uniform(0.1, 0.8)))
    told.story.add(at, STRATEGY, "answer_invitation", who, lambda matter: {"answered_invitation": [given]})


def _meet_again(told: StrategyTold, held: datetime) -> datetime:
    again = work(held, told.pick.uniform(5, 12))
    given = {"reconvene_reason": COULD_NOT, "reconvene_at": again}

    def answers(matter: Any) -> dict[str, Any]:
        away = [
            {"seat": seat.pk, "presence": "no-answer" if seat.discipline == "police" else "here"}
            for seat in matter.seats_now
        ]
        return {**given, "attendance": away}

    told.story.add(wait(held, 20), STRATEGY, "reconvene", told.chair, answers)
    return again


def _send(told: StrategyTold, recorded: datetime) -> datetime:
    in_time = told.pick.random() < SENT_IN_TIME[told.venue]
    hours = told.pick.uniform(1, 22) if in_time else told.pick.uniform(30, 90)
    sent = work(recorded, hours * min(told.slowness, 1.4) if not in_time else hours)
    told.story.add(sent, STRATEGY, "send_minutes", told.support)
    for key in (POLICE, ICB, told.school):
        if key and told.pick.random() < OPENED.get(key, OPENED_OTHERWISE):
            opened = work(sent, told.pick.expovariate(1 / 9))
            told.story.add(opened, STRATEGY, OPEN_MINUTES, told.standing.person_at(key))
    return sent
