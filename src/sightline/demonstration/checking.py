"""What the agencies are asked and how each answers: in time, late, with nothing, with a refusal, or not at all."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from .acting_out import CONTACT
from .agencies import ICB, POLICE
from .hours import wait, work
from .senders import LATE, LATE_BECAUSE, LATE_OTHERWISE, LATE_SCHOOL_IN_HOLIDAYS, OTHERS_ASKED, WINDOW_HOURS
from .terms import in_term
from .words import INFORMATION, REFUSAL_DETAIL
from .workers import HEALTH_DECIDERS, POLICE_DECIDERS

if TYPE_CHECKING:
    from .contact_story import ContactTold

ASKED_AT_ALL = {"red": 0.5, "amber": 0.78, "green": 0.44, "blue": 0.0}
NEVER_ANSWERED = 0.02


def add_checks(told: "ContactTold", since: datetime) -> list[datetime]:
    """Ask some agencies, or none; gives the moments at which their answers come."""
    asked = _whom(told)
    if not asked or told.pick.random() > ASKED_AT_ALL[told.outline.rag]:
        return []
    at = told.soon(since, 4, 35)
    rows = [
        {"agency": told.standing.agencies[key], "why_asked": "Anything that bears on these children's safety"}
        for key in asked
    ]
    told.story.add(at, CONTACT, "ask_agencies", told.worker, lambda matter: {"agencies": rows})
    return [moment for moment in (_answer(told, key, at) for key in asked) if moment]


def _whom(told: "ContactTold") -> list[str]:
    schools = [member.school for member in told.told if member.school]
    wanted = [POLICE, ICB, *dict.fromkeys(schools[:1])]
    if told.outline.rag == "green":
        wanted = told.pick.sample(wanted, min(len(wanted), told.pick.choice((1, 1, 2))))
    if told.pick.random() < 0.3:
        wanted.append(told.pick.choice(OTHERS_ASKED))
    return [key for key in wanted if key != told.agency and told.standing.person_at(key)]


def _answer(told: "ContactTold", key: str, asked: datetime) -> datetime | None:
    pick = told.pick
    who = _answerer(told, key)
    late = pick.random() < _late_share(told, key)
    window = WINDOW_HOURS[told.outline.rag]
    share = pick.uniform(1.15, 3.2) if late else pick.triangular(0.08, 0.92, 0.45)
    at = wait(asked, window * share * 60) if told.outline.rag == "red" else work(asked, window * share)
    if pick.random() < NEVER_ANSWERED:
        away = work(asked, window * 6)
        told.story.add(away, key, "withdraw", told.worker, lambda matter: {}, "agency-information")
        return None
    because = LATE_BECAUSE.get(key, "staff-capacity")
    step, answers = _what(told, key, who)
    told.story.add(at, key, step, who, lambda matter: answers, because)
    return at


def _answerer(told: "ContactTold", key: str) -> str:
    teams = {POLICE: POLICE_DECIDERS, ICB: HEALTH_DECIDERS}
    return str(told.pick.choice(teams[key]).username) if key in teams else told.standing.person_at(key)


def _late_share(told: "ContactTold", key: str) -> float:
    share = LATE.get(key, LATE_OTHERWISE)
    if told.standing.agencies[key].kind == "edu" and not in_term(told.day):
        share = LATE_SCHOOL_IN_HOLIDAYS
    return min(0.85, share * (1.6 if told.slowness > 1 and key == POLICE else 1.0))


def _what(told: "ContactTold", key: str, who: str) -> tuple[str, dict[str, Any]]:
    pick = told.pick
    searched = told.standing.worker(who).display_name
    outcome = pick.random()
    if outcome < 0.38:
        return "reply_nothing_held", {"searched_by": searched, "cannot_match": pick.choice(("no", "no", "yes"))}
    if outcome < 0.386:
        return "refuse", {
            "refusal": "investigation",
            "refusal_detail": REFUSAL_DETAIL,
            "refusal_approved_by": searched,
        }
    kind = told.standing.agencies[key].kind
    serious = told.outline.decision in ("strategy", "assessment")
    return "reply", {
        "information": pick.choice(INFORMATION.get(kind, INFORMATION["other"])),
        "sensitivity": pick.choices(("all-asked", "core", "front-door"), (70, 22, 8))[0],
        "view_of_risk": pick.choices(
            ("none", "some", "significant", "unable"), (15, 45, 30, 10) if serious else (45, 40, 3, 12)
        )[0],
        "searched_by": searched,
    }
