"""What was before each invented sitting, what was said, and what was decided and agreed. All of it is invented."""

from dataclasses import dataclass

ALL = ("social care", "police", "health")
NOBODY = ("", "", "")


@dataclass(frozen=True)
class ItemTold:
    """One item. `children`: what they told us; empty: stated that nobody did. `challenge`: who, whom, what."""

    kind: str
    title: str
    asks_for: str
    presented_by: str
    paper: str
    paper_says: str
    children: str = ""
    discussion: str = ""
    challenge: tuple[str, str, str] = NOBODY
    about_recommendation: bool = False
    brings_figures: bool = False
    restricted: bool = False


@dataclass(frozen=True)
class DecisionTold:
    """`item` is the number on the agenda."""

    item: int
    words: str
    agreed: tuple[str, ...] = ALL
    role: str = "safeguarding-partner"
    legal_basis: str = "Children Act 2004, section 16E"


@dataclass(frozen=True)
class Told:
    """`actions`: what, who, agency's key, working days to do it in, what if not."""

    items: tuple[ItemTold, ...]
    decisions: tuple[DecisionTold, ...] = ()
    actions: tuple[tuple[str, str, str, int, str], ...] = ()


_I, _D = ItemTold, DecisionTold
_SCORECARD = _I(
    *("assurance", "Scorecard of the quarter", "Say what the signals mean and who acts", "Bo Tarnowska"),
    "Scorecard, with commentary",
    "Which measures have changed, which have not, and what each owner says about it.",
    discussion="Two measures changed. The owner of each gave its commentary before the meeting.",
    brings_figures=True,
)
EXECUTIVE: tuple[Told, ...] = (
    Told(
        (
            _I(
                *("decision", "Front door cover at weekends", "Agree who covers Saturdays", "Helena Sturrock"),
                "Weekend cover: three ways to do it",
                "Cover by turns, one standing team, or the neighbouring area's team. Costs and waits, side by side.",
                "Young people in the listening group said that Saturday is when it gets bad, and nobody answers.",
                "Turns were preferred: the people who know the children stay the people who answer.",
                ("Council", "Police", "Why was no officer there on 3 of the last 8 Saturdays? A rota follows."),
            ),
            _SCORECARD,
        ),
        (_D(1, "Council, police and NHS cover Saturdays by turns from next month"),),
        (
            (
                "Publish the rota of Saturdays",
                "Duncan Achterberg",
                "ardenvale-police",
                10,
                "The chair asks the chief constable",
            ),
        ),
    ),
    Told(
        (
            _I(
                *("decision", "Buying one tool for neglect", "Agree the tool and who pays", "Ottilie Brandreth"),
                "One tool for neglect",
                "What four services use today, what it costs to change, and what practitioners asked for.",
                "Parents told the family centre that they are measured four times with four forms.",
                "One tool was agreed. Schools asked to be trained before it starts.",
            ),
            _SCORECARD,
        ),
        (_D(1, "One neglect tool is used by every agency; the cost is shared in three equal parts"),),
        (
            (
                "Train two people in each school",
                "Wyn Ashgrove",
                "ardenvale-council",
                40,
                "The start is put back by a month",
            ),
            (
                "Bring back how the tool is used, with families' views",
                "Helena Sturrock",
                "ardenvale-council",
                60,
                "The chair asks why",
            ),
        ),
    ),
    Told(
        (
            _I(
                *(
                    "decision",
                    "Police officers in the front door",
                    "Agree two more officers until spring",
                    "Duncan Achterberg",
                ),
                "Police time at the front door",
                "How long enquiries wait for the police to answer, by week, and what two more officers would change.",
                "A young person said: I told three people and the police still did not know.",
                "It was talked through without the police. What was decided waits for them.",
            ),
            _I(
                *("decision", "A complaint between two agencies", "Agree who looks into it", "Ottilie Brandreth"),
                "The complaint, and who could look into it",
                "What is said on each side, and three people outside both agencies who could look into it.",
                discussion="Somebody from outside both agencies looks into it.",
                restricted=True,
            ),
        ),
        (
            _D(1, "Two more officers work at the front door until the end of March", ("social care", "health")),
            _D(2, "Somebody from outside both agencies looks into the complaint", ("social care", "health")),
        ),
        (
            (
                "Say whether the police agree to the decisions",
                "Duncan Achterberg",
                "ardenvale-police",
                5,
                "The chair rings him",
            ),
        ),
    ),
    Told(
        (
            _I(
                *("decision", "What we publish about the front door", "Agree the statement's figures", "Wyn Ashgrove"),
                "What the public is told, and when",
                "The figures that would stand in the statement, with where each comes from.",
                "Young people asked to be told what changed because they spoke.",
            ),
            _I(
                *(
                    "assurance",
                    "A recommendation and what shows that it worked",
                    "Say whether it shows a difference",
                    "Bo Tarnowska",
                ),
                "Evidence so far",
                "What was done, what was made, and what children and families say since.",
                "Two families said that they were told who would ring, and when; and somebody did.",
                about_recommendation=True,
            ),
            _SCORECARD,
            _I(
                *("learning", "What an officer's conduct taught us", "Say what changes", "Ottilie Brandreth"),
                "What was looked into, and what was found",
                "Who looked into it, what was found, and what has to change.",
                restricted=True,
            ),
            _I(
                *("information", "Dates of the year to come", "", "Lou Pennick"),
                "Dates",
                "Six meetings, each on a Tuesday at 2pm.",
            ),
        ),
    ),
)
STEERING = Told(
    (
        _I(
            *("decision", "Answering enquiries in one working day", "Agree a target for each agency", "Maxine Orrell"),
            "Enquiries by agency, answered and late",
            "How many enquiries each agency was sent, how many it answered in time, and why the rest were late.",
            "A mother said that she rang five times before anybody knew what had been decided.",
            "Every agency agreed to a target. The school's representative asked for holidays to be counted apart.",
            ("Schools", "Health", "Why are answers slower in the holidays, when children are at home?"),
            about_recommendation=True,
        ),
        _SCORECARD,
    ),
    (_D(1, "Each agency answers enquiries within one working day, measured every month", ALL, "group-chair", ""),),
    (
        (
            "Send each agency its own late enquiries, every Monday",
            "Bo Tarnowska",
            "ardenvale-council",
            5,
            "The chair asks the analyst",
        ),
        (
            "Say how schools are reached in the holidays",
            "Wyn Ashgrove",
            "ardenvale-council",
            15,
            "It comes back as an item",
        ),
    ),
)
