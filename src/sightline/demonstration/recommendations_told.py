"""How a recommendation of an invented report is told, and an invented review's three. Every word is invented."""

from dataclasses import dataclass, field

from .agencies import COUNCIL, POLICE

HOMES = "ardenvale-homes"
PARTNERSHIP, DEPARTMENT = "partnership", "The Office for Local Children’s Services"


@dataclass(frozen=True)
class Shown:
    """One piece of evidence: its kind and grade, what it shows, and how many days after receipt it is from.

    by: whose sign-in adds it. added: how many days after receipt it is added; with its review where 0.
    """

    kind: str
    grade: str
    says: str
    day: int
    by: str = ""
    added: int = 0


@dataclass(frozen=True)
class Act:
    """One action: what, who, whose and how many days after receipt it is due; done when, or dropped because."""

    what: str
    who: str
    agency: str
    due: int
    done: int | None = None
    if_not: str = "The executive group hears of it at its next meeting"
    measure: str = ""


@dataclass(frozen=True)
class Told:
    """One recommendation. Days count from the day that it was received; None: it has not come so far.

    answer: accept, accept_in_part or not_accept. same_as: the title of an earlier one that says the same.
    """

    title: str
    to: str
    paragraph: str
    words: str
    themes: tuple[str, ...]
    answer: str = "accept"
    response: str = "The partners agree and will act on it."
    reason: str = ""
    test: str = ""
    acts: tuple[Act, ...] = ()
    evidence: tuple[Shown, ...] = ()
    output: str = ""
    review: str = ""
    statement: str = ""
    reopened: str = ""
    scrutineer: str = ""
    same_as: str = ""
    answered: int | None = 13
    plan: int | None = None
    impact: int = 400
    progress: int | None = None
    delivered: int | None = None
    reviewed: int | None = None
    asked: int | None = None
    signed: tuple[str, ...] = ()
    closed: int | None = None
    checks: tuple[tuple[int, str], ...] = field(default=())
    reopened_on: int | None = None


REVIEW: tuple[Told, ...] = (
    Told(
        "One measure of neglect in every agency",
        PARTNERSHIP,
        "recommendation 1",
        "All agencies should measure neglect in the same way, and say which children it gets worse for.",
        ("neglect",),
        test="Four agencies use it, and the change for each child can be seen.",
        acts=(Act("Schools are asked to use it", "Helena Sturrock", COUNCIL, 330),),
        evidence=(),
        plan=20,
        impact=380,
        same_as="Neglect is named and measured early",
    ),
    Told(
        "Nobody decides without the three agencies",
        PARTNERSHIP,
        "recommendation 2",
        "Discussions about significant harm should not go ahead without all three statutory agencies.",
        ("meetings",),
        test="As for the inspection’s: nine in ten.",
        acts=(Act("The rotas go on past their first year", "Cyrus Daleham", POLICE, 310),),
        plan=22,
        impact=390,
        same_as="Every strategy discussion is quorate",
    ),
    Told(
        "Housing says when a home is not fit for a baby",
        HOMES,
        "recommendation 3",
        "Housing officers who see a home that is not fit for a baby should say so the same day.",
        ("neglect", "sharing"),
        response="Ardenvale Homes agrees, and asks for one telephone number to ring.",
        test="Every such home is told of on the day, and somebody visits within three.",
        plan=None,
        answered=275,
    ),
)
