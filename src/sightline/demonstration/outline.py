"""What a contact will turn out to be, drawn from its number alone, so that later contacts can know it unmade."""

from dataclasses import dataclass
from functools import lru_cache

from .seeding import chance
from .senders import SENDERS
from .words import CONCERNS_BY_SOURCE

RAGS = {"red": 8, "amber": 33, "green": 44, "blue": 15}
DECISIONS = {
    "red": {"strategy": 62, "assessment": 32, "early-help": 3, "nfa": 3},
    "amber": {"strategy": 3, "assessment": 42, "early-help": 20, "advice": 18, "nfa": 17},
    "green": {"assessment": 14, "early-help": 27, "advice": 29, "nfa": 30},
    "blue": {"early-help": 8, "advice": 62, "nfa": 30},
}
STEPS_BACK = frozenset({"early-help", "advice", "nfa"})


@dataclass(frozen=True, slots=True)
class Outline:
    """`proposed` is what the worker proposes, `decision` what a manager endorses; both empty where it goes to the
    worker who already holds the child's work."""

    rag: str
    proposed: str
    decision: str
    concern: str
    to_known_worker: bool


@lru_cache(maxsize=40_000)
def outline_of(name: str, source: str, told_before: int) -> Outline:
    pick = chance("outline", name)
    rag = pick.choices(list(RAGS), list(RAGS.values()))[0]
    proposed = pick.choices(list(DECISIONS[rag]), list(DECISIONS[rag].values()))[0]
    concern = pick.choice(CONCERNS_BY_SOURCE[SENDERS[source].kind])
    decision = "assessment" if proposed in STEPS_BACK and pick.random() < 0.02 else proposed
    if told_before and rag in ("amber", "green") and proposed != "strategy" and pick.random() < 0.08:
        return Outline(rag, "", "", concern, to_known_worker=True)
    return Outline(rag, proposed, decision, concern, to_known_worker=False)
