"""Section 11 in the invented partnerships: a cycle of two years ago, and one whose closing day has just passed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.instruments.asking import AgenciesAsked
from sightline.instruments.catalogue import BOUND, bodies
from sightline.instruments.standing import instrument_of, standing_of
from sightline.people.actor import Actor
from sightline.people.membership import member_agencies
from sightline.people.models import Agency, Partnership
from sightline.platform import calendar
from sightline.vocabulary.instrument import Item, applies

from .agencies import COUNCIL, ICB, POLICE
from .cast import KEY
from .in_the_name_of import in_the_name_of, morning
from .section_11_words import (
    ACTIONS,
    LOWERED,
    NOT_THIS_TIME,
    OWN_RETURN,
    PARAGRAPH,
    PLANNED,
    SAID,
    THEMES,
    THROUGH_THE_BOARD,
)
from .seeding import chance

HUB, MODERATOR, THORNMERE = "hub", "moderator", "thornmere"
CLOSED_DAYS_AGO, DAYS_TO_ANSWER, TWO_YEARS = 4, 61, 728
HOMES, HOSPITALS, PROBATION = "ardenvale-homes", "ardenvale-hospitals", "ardenvale-probation"
COMMUNITY, YOUTH, AMBULANCE = "ardenvale-community-health", "ardenvale-youth-justice", "threewaters-ambulance"
PEOPLE = {
    COUNCIL: ("council-lead", "council-signs"),
    POLICE: ("police-lead", "police-signs"),
    ICB: ("health-lead", "health-signs"),
    HOMES: ("housing", "housing-signs"),
    HOSPITALS: ("hospital", "hospital-signs"),
    PROBATION: ("probation", "probation-signs"),
    COMMUNITY: ("visitors", "community-signs"),
    YOUTH: ("youth-justice", "youth-justice-signs"),
    AMBULANCE: ("ambulance", ""),
}
"""Who answers for an agency, and who signs."""
NEW = ("ardenvale-mental-health", AMBULANCE, "lantern-house", "waymark-recovery")
HALF, TOP = 15, 3


def load_section_11() -> None:
    """Both cycles, once, by the steps that people would take; nothing is done where any is there."""
    with in_the_name_of(HUB) as hub:
        if Case.visible_to(hub).filter(process="section-11-cycle").exists():
            return
    opens = calendar.today() - timedelta(days=CLOSED_DAYS_AGO + DAYS_TO_ANSWER)
    _ended(Cycle.begun(opens - timedelta(days=TWO_YEARS), tuple(PEOPLE)[:8]))
    now = Cycle.begun(opens, (*tuple(PEOPLE)[:8], *NEW))
    _under_way(now)
    _next_door(Cycle.begun(opens + timedelta(days=7), (POLICE, "thornmere-council"), THORNMERE))


@dataclass
class Cycle:
    """One cycle being played: its case, its first day, and each agency's return."""

    case: Case
    opens: date
    partnership: str
    returns: dict[str, Case]

    @classmethod
    def begun(cls, opens: date, asked: tuple[str, ...], partnership: str = KEY) -> "Cycle":
        """Designed, the agencies asked, and open."""
        answers = {
            "title": f"Section 11 {opens.year}" if partnership == KEY else f"Thornmere Section 11 {opens.year}",
            "opens_on": opens,
            "closes_on": opens + timedelta(days=DAYS_TO_ANSWER),
        }
        here = Partnership.objects.get(key=partnership)
        with _on(HUB, opens - timedelta(days=14), partnership) as hub:
            case = open_case("section-11-cycle", by=hub, partnership=here, answers=answers).case
        with _on(HUB, opens, partnership) as hub:
            perform(case, "issue", by=hub, answers={AgenciesAsked.key: _decided(here, asked)})
            perform(case, "begin", by=hub, answers={})
            children = Case.objects.filter(parent=case).select_related("answering")
            return cls(case, opens, partnership, {child.answering.key: child for child in children})

    def day(self, days: int) -> date:
        return self.opens + timedelta(days=days)

    def take(self, agency: str, who: str, step: str, days: int, **answers: Any) -> None:
        """One step on an agency's return, so many days after the cycle opened."""
        with _on(who, self.day(days), self.partnership) as actor:
            perform(self.returns[agency], step, by=actor, answers=answers)

    def hub(self, step: str, days: int, **answers: Any) -> None:
        with _on(HUB, self.day(days), self.partnership) as actor:
            perform(self.case, step, by=actor, answers=answers)

    def answered(self, agency: str, days: int, *, first: int = 99, only: str = "") -> None:
        """The agency's questions, or the first few, or those of one scope: in a lump, and one by one where proved."""
        lead, _ = PEOPLE[agency]
        case = self.returns[agency]
        with _on(lead, self.day(days), self.partnership) as actor:
            asked = [one for one in instrument_of(load(case.pk).record).items[:first] if not only or one.scope == only]
            scores = {item.key: _score(self.opens.year, agency, item) for item in asked}
            items = [item for item in asked if applies(item, scores)]
            proved = [item for item in items if scores[item.key] == TOP and not item.only_if]
            waiting = [item for item in items if item.only_if]
            plain = [_row(item, scores[item.key]) for item in items if item not in (*proved, *waiting)]
            perform(case, "answer", by=actor, answers={"item_answers": plain})
            for item in (*proved, *waiting):  # what waits for another answer comes after it
                proof = [_evidence(item, self.day(days))] if scores[item.key] == TOP else []
                answers = {"item_answers": [_row(item, scores[item.key])], "item_evidence": proof}
                perform(case, "answer", by=actor, answers=answers)

    def sent(self, agency: str, days: int, late_because: str = "") -> None:
        lead, signatory = PEOPLE[agency]
        self.take(agency, signatory, "sign_off", days)
        more = {"late_reason": late_because} if late_because else {}
        self.take(agency, lead, "submit", days + 1, **more)

    def moderated(self, agency: str, days: int) -> None:
        """About one score in six is lowered, with the reason beside it."""
        pick = chance("moderated", self.opens.year, agency)
        # The moderator works for the board, whose return the Support Hub therefore moderates.
        who, step = (HUB, "moderate_as_hub") if agency == ICB else (MODERATOR, "moderate")
        with _on(who, self.day(days), self.partnership) as actor:
            standing = standing_of(load(self.returns[agency].pk))
            rows = []
            for key, answer in standing.answers.items():
                lower = answer.score is not None and answer.score > 1 and pick.random() < 1 / 6
                score = (answer.score or 0) - 1 if lower else answer.score
                rows.append({"item": key, "score": str(score), "reason": pick.choice(LOWERED) if lower else ""})
            perform(self.returns[agency], step, by=actor, answers={"moderated_items": rows})
            perform(self.returns[agency], "finish_moderation", by=actor, answers={})

    def challenged(self, agency: str, days: int) -> None:
        says = "The agency and two others read each other's lowest scores, and agreed what each does next."
        answers = {"challenge_on": self.day(days), "challenge_with": "Two other agencies", "challenge_says": says}
        self.take(agency, MODERATOR, "hold_peer_challenge", days, **answers)

    def acting_on(self, agency: str, days: int) -> None:
        """Final, with actions agreed."""
        self.take(agency, MODERATOR, "make_final", days, final_says="Thank you. The scores stand, with two actions.")
        owner = Agency.objects.get(key=agency)
        rows = [
            {
                "what": what,
                "who": "The safeguarding lead",
                "agency": owner.pk,
                "due_on": self.day(days + 180),
                "if_not": "The Support Hub tells the executive group",
                "measure": measure,
            }
            for what, measure in ACTIONS
        ]
        self.take(agency, HUB, "agree_actions", days + 1, actions=rows)

    def acted(self, agency: str, days: int) -> None:
        """Every action done, and the return complete."""
        lead, _ = PEOPLE[agency]
        with _on(lead, self.day(days), self.partnership) as actor:
            found = load(self.returns[agency].pk).actions
            rows = [{"action": one.pk, "evidence": "Done, and seen in the next sample."} for one in found]
            answers = {"update_says": "Both are done.", "finished_actions": rows}
            perform(self.returns[agency], "update_actions", by=actor, answers=answers)
        self.take(agency, HUB, "finish", days + 7)


@contextmanager
def _on(who: str, day: date, partnership: str = KEY) -> Iterator[Actor]:
    with in_the_name_of(who, partnership) as actor, calendar.frozen(morning(day)):
        yield actor


def _decided(partnership: Partnership, asked: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every agency that may be asked, with whether it is, and why not where the law binds it."""
    known, rows = bodies("section-11"), []
    for agency in member_agencies(partnership, calendar.today()):
        body = known[agency.kind]
        if agency.key in asked:
            rows.append({"body": agency.pk, "invited": "yes"})
        elif body.asked != "other":
            rows.append(
                {"body": agency.pk, "invited": "no", "reason": _why_not(agency.kind, bound=body.asked == BOUND)}
            )
    return rows


def _why_not(kind: str, *, bound: bool) -> str:
    if kind == "gp":
        return THROUGH_THE_BOARD
    if kind in ("eh", "asc", "edt"):
        return OWN_RETURN
    return "Asked from the next cycle" if bound else NOT_THIS_TIME


def _score(year: int, agency: str, item: Item) -> int:
    """Somewhat better each time; what is local and what is about difference comes last."""
    pick = chance("section 11", agency, item.key)
    first = pick.choices((1, 2, TOP), weights=(1, 5, 4))[0]
    moved = chance("section 11", year, agency, item.key).choices((-1, 0, 1), weights=(1, 5, 4))[0]
    return first if year < calendar.today().year else max(0, min(TOP, first + moved))


def _row(item: Item, score: int) -> dict[str, Any]:
    said, _ = SAID[item.key.split(".")[0]]
    return {"item": item.key, "score": str(score), "difference": said if score > 1 else PLANNED}


def _evidence(item: Item, day: date) -> dict[str, Any]:
    _, where = SAID[item.key.split(".")[0]]
    voice = item.key.split(".")[0] in ("3", "10")
    return {
        "kind": "voice" if voice else "audit",
        "grade": "outcome" if voice else "output",
        "says": f"{where}: what we found when we looked",
        "dated_on": day - timedelta(days=chance("proof", item.key).randint(20, 300)),
        "where": where,
    }


def _ended(cycle: Cycle) -> None:
    """The cycle of two years ago: every return complete, one of them late."""
    for number, agency in enumerate(cycle.returns):
        late = agency == PROBATION
        cycle.answered(agency, DAYS_TO_ANSWER + 9 if late else 30 + number)
        cycle.sent(agency, DAYS_TO_ANSWER + 12 if late else 45 + number, "staff-capacity" if late else "")
    cycle.hub("close_answers", DAYS_TO_ANSWER)
    for number, agency in enumerate(cycle.returns):
        cycle.moderated(agency, 80 + number)
    cycle.hub("finish_moderation", 95)
    for agency in cycle.returns:
        cycle.challenged(agency, 105)
        cycle.acting_on(agency, 115)
    cycle.hub("report", 130, themes=THEMES, report_says=PARAGRAPH)
    cycle.hub("follow_actions", 131)
    for number, agency in enumerate(cycle.returns):
        cycle.acted(agency, 290 + number)
    cycle.hub("end", 330, ended_says="Ask for less, and look at more of it.")


def _under_way(cycle: Cycle) -> None:
    """The cycle of today: each return at another stage."""
    for number, agency in enumerate((POLICE, ICB, HOMES, HOSPITALS, COMMUNITY)):
        cycle.answered(agency, 20 + number)
        cycle.sent(agency, 30 + number)
    cycle.answered(YOUTH, 55)
    cycle.take(YOUTH, PEOPLE[YOUTH][1], "sign_off", 60)
    cycle.answered(COUNCIL, 50, first=HALF)
    cycle.answered(AMBULANCE, 52, first=4)
    asked = "3.2 and 10.2: what changed for children, and how do you know?"
    cycle.take(ICB, MODERATOR, "ask_to_clarify", 42, clarification=asked)
    for number, agency in enumerate((HOMES, HOSPITALS, COMMUNITY)):
        cycle.moderated(agency, 42 + number)
    for agency in (HOSPITALS, COMMUNITY):
        cycle.challenged(agency, 50)
    cycle.acting_on(HOSPITALS, 54)


def _next_door(cycle: Cycle) -> None:
    """Thornmere: the police take over their regional answers and have begun on the local ones."""
    cycle.take(POLICE, PEOPLE[POLICE][0], "use_shared", 40)
    cycle.answered(POLICE, 41, first=11, only="local")
