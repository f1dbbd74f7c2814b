"""What two invented reports asked of Ardenvale, and how far each recommendation has come. Every word is invented."""

from dataclasses import dataclass, field

from .agencies import COUNCIL, ICB, POLICE

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


INSPECTION: tuple[Told, ...] = (
    Told(
        "Money for change is promised for three years",
        DEPARTMENT,
        "paragraph 4",
        "The Office should say by the spring what it will pay towards improvement, and for how long.",
        ("governance",),
        answer="not_accept",
        reason="The Office has answered that it does not fund single areas. The partners have written to it again.",
    ),
    Told(
        "Children wait less for a first decision",
        COUNCIL,
        "paragraph 11",
        "Nobody who tells the council of a child should wait more than a day to hear what was decided.",
        ("front-door",),
        test="Nine in ten contacts are decided in one working day, and referrers say that they were told.",
        acts=(
            Act("A manager is on duty until seven", "Priya Shahane", COUNCIL, 45, 40),
            Act("Referrers are told on the day", "Asha Lorne", COUNCIL, 60, 55),
        ),
        output="A duty manager until seven in the evening, and a letter sent from the record",
        evidence=(
            Shown("document", "output", "The rota and the letter are in use", 58, "council-lead", 58),
            Shown("audit", "outcome", "56 of 60 families and referrers were told the same day; before, 31 of 60", 118),
            Shown("voice", "outcome", "Eleven of twelve parents said that they knew what would happen next", 121),
        ),
        review="The audit and what parents said agree. It does not show whether the decisions were better.",
        statement="Families know within a day what will happen. Twelve parents were asked; eleven had been told.",
        plan=22,
        impact=160,
        progress=48,
        delivered=60,
        reviewed=125,
        asked=128,
        signed=("chief-council",),
        closed=135,
        checks=(
            (6, "A second audit: 55 of 60 were told the same day"),
            (12, "A third audit: 57 of 60, nights included"),
        ),
        scrutineer="I sat with the team for a day in March. What the audit says is what I saw.",
    ),
    Told(
        "Assessments say what life is like for the child",
        COUNCIL,
        "paragraph 17",
        "Assessments should describe a child’s day, and what the child makes of it, before they describe the adults.",
        ("plans", "voice"),
        test="In an audit of forty assessments, thirty begin with the child’s own day.",
        acts=(Act("The form asks for the child’s day first", "Noor Kellaway", COUNCIL, 120, 110),),
        output="A form whose first question is the child’s day, with three worked examples",
        evidence=(
            Shown("document", "output", "The form is in use in every team", 150, "council-lead", 152),
            Shown("observation", "activity", "Forty-one social workers came to the sessions", 170, "council-lead", 172),
        ),
        plan=23,
        impact=660,
        progress=100,
        delivered=150,
    ),
    Told(
        "Neglect is named and measured early",
        COUNCIL,
        "paragraph 21",
        "Neglect should be recognised before it has lasted years. The council should choose one way to measure it.",
        ("neglect", "early-help"),
        test="Families where neglect is found are found earlier than in the year before.",
        acts=(
            Act("One way to measure neglect is chosen", "Annika Torrance", COUNCIL, 200, 190),
            Act("Every health visitor can use it", "Carys Tremont", "ardenvale-community-health", 560),
            Act("Housing officers know what to look for", "Dawn Ollerton", HOMES, 600),
        ),
        evidence=(
            Shown("document", "activity", "The measure was bought and tried in one team", 210, "council-lead", 212),
        ),
        plan=21,
        impact=700,
        progress=195,
    ),
    Told(
        "Managers look at repeated contacts together",
        COUNCIL,
        "paragraph 24",
        "Where a family is told of for the third time, somebody should read all three before deciding again.",
        ("front-door",),
        test="No family has a fourth contact with no further action and no manager’s review.",
        acts=(Act("Reviews of repeated contacts begin", "Edda Marshgate", COUNCIL, 90, 80),),
        output="A manager reviews every third contact with no further action",
        evidence=(
            Shown("audit", "outcome", "In 34 of 36 families a manager had read every contact; help began in 15", 230),
        ),
        review="One audit, well done. Families were not asked.",
        statement="Fifteen families had help that they would not have had before.",
        plan=20,
        impact=300,
        progress=82,
        delivered=95,
        reviewed=235,
        asked=240,
        signed=("chief-council",),
        closed=250,
        checks=((6, "33 of 36 in a second audit; help began in 17"),),
    ),
    Told(
        "Every child with a plan is seen alone",
        COUNCIL,
        "paragraph 26",
        "A child with a protection plan should be seen alone, at home, by the same person, as often as the plan says.",
        ("voice", "plans"),
        test="Nineteen in twenty visits due are made, and the child is seen alone.",
        acts=(Act("Visits not made are told to the team manager each Friday", "Wen Harrowby", COUNCIL, 70, 66),),
        output="A list each Friday of visits due and not made",
        evidence=(Shown("audit", "outcome", "Of 80 visits due, 77 were made and 74 children were seen alone", 180),),
        review="The audit shows it for two teams of four.",
        statement="Children with a plan are seen alone by somebody they know.",
        reopened="In the two teams that had not been audited, 21 of 60 visits had not been made.",
        plan=22,
        impact=240,
        progress=66,
        delivered=70,
        reviewed=190,
        asked=195,
        signed=("chief-council",),
        closed=205,
        reopened_on=600,
        scrutineer="I asked for the other two teams to be audited before it was closed.",
    ),
    Told(
        "Supervision challenges drift",
        COUNCIL,
        "paragraph 30",
        "Supervision should ask, every time, what has changed for the child since the last.",
        ("workforce",),
        test="Plans that have lasted fifteen months or more become fewer.",
        acts=(Act("The supervision record asks what changed", "Annika Torrance", COUNCIL, 150, 140),),
        output="A supervision record of four questions",
        evidence=(
            Shown("document", "output", "The record is used in every team", 160, "council-lead", 162),
            Shown("audit", "output", "In 44 of 50 records the question was answered", 320),
        ),
        review="It is used. Nothing shows yet that plans move sooner: the figures are too few to say.",
        plan=24,
        impact=640,
        progress=141,
        delivered=155,
        reviewed=330,
    ),
    Told(
        "Fathers and partners are part of every assessment",
        COUNCIL,
        "paragraph 33",
        "Assessments should find out who else cares for the child, and speak to them.",
        ("plans",),
        test="In nine of ten assessments every adult who cares for the child has been spoken to.",
        acts=(Act("Every assessment names who else cares for the child", "Noor Kellaway", COUNCIL, 640),),
        plan=24,
        impact=720,
    ),
    Told(
        "Family help is offered before a crisis",
        COUNCIL,
        "paragraph 36",
        "The council should open six family centres within a year, one in each ward with the most need.",
        ("early-help",),
        answer="accept_in_part",
        response="Help will be offered in three wards, in schools and surgeries that families already use.",
        reason="Six buildings cannot be paid for. Help that comes to families does not need them.",
        test="Families in the three wards are offered help within ten days of asking.",
        acts=(
            Act("Help is offered in three schools and three surgeries", "Gita Bannerjea", "ardenvale-early-help", 660),
        ),
        plan=25,
        impact=760,
    ),
    Told(
        "Each child has one history",
        COUNCIL,
        "paragraph 39",
        "A child’s history should be written once, kept true, and read before every decision.",
        ("sharing", "plans"),
        test="Whoever decides says that they read the history, and an audit finds that they did.",
        acts=(
            Act("Histories of all children with a plan are written", "Sol Amesbury", COUNCIL, 520, 505),
            Act("Health adds what it knows to each", "Perpetua Adeyinka", ICB, 615),
        ),
        evidence=(Shown("document", "output", "212 of 230 histories are written", 506, "council-lead", 508),),
        plan=23,
        impact=740,
        progress=507,
    ),
    Told(
        "Every strategy discussion is quorate",
        PARTNERSHIP,
        "paragraph 14",
        "No strategy discussion should decide without police, health and social care, there or in writing.",
        ("meetings", "sharing"),
        test="Nine in ten strategy discussions have all three, at every time of day.",
        acts=(
            Act("A rota of detectives covers every day", "Cyrus Daleham", POLICE, 200, 186),
            Act("A named nurse can be reached until eight", "Perpetua Adeyinka", ICB, 200, 210),
        ),
        output="Two rotas and one telephone number for each agency",
        evidence=(
            Shown("document", "output", "The rotas are in use", 212, "police-lead", 214),
            Shown("audit", "outcome", "In 46 of 50 discussions all three were there; before, 29 of 50", 560),
            Shown("voice", "outcome", "Social workers say that children are not asked twice by two agencies", 566),
        ),
        review="The audit is of one month. What social workers say agrees with it.",
        statement="Decisions are made with what all three know, so that fewer children are visited twice.",
        plan=21,
        impact=620,
        progress=187,
        delivered=212,
        reviewed=575,
        asked=590,
        signed=("chief-council", "chief-police"),
        scrutineer="Two of the five that I saw at weekends had no nurse. The audit was of weekdays.",
    ),
    Told(
        "Agencies answer the front door in time",
        PARTNERSHIP,
        "paragraph 18",
        "Agencies that are asked about a child should answer within the time that the priority gives them.",
        ("front-door", "sharing"),
        test="Nine in ten answers come in time, from every agency.",
        acts=(
            Act("The police answer from one inbox", "Rae Coxwold", POLICE, 260, 250),
            Act("Housing has a second person who can answer", "Dawn Ollerton", HOMES, 300, 290),
        ),
        output="One inbox for each agency, with a deputy",
        evidence=(
            Shown("document", "output", "Every agency has named its inbox and its deputy", 300, "police-lead", 301),
        ),
        plan=22,
        impact=590,
        progress=251,
        delivered=300,
    ),
    Told(
        "Partners challenge each other, and it is written down",
        PARTNERSHIP,
        "paragraph 41",
        "Partners should ask each other hard questions in the room, and say afterwards what changed because of it.",
        ("governance",),
        test="Every quarter at least three challenges are recorded, and two of them changed something.",
        acts=(Act("Minutes say who asked what of whom", "Wyn Ashgrove", COUNCIL, 630),),
        plan=24,
        impact=730,
    ),
    Told(
        "Children’s views reach the executive group",
        PARTNERSHIP,
        "paragraph 44",
        "What children say should come before the executive group each time that it decides something about them.",
        ("voice", "governance"),
        test="Every paper that asks for a decision says what children told us.",
        acts=(Act("Papers have a place for what children said", "Wyn Ashgrove", COUNCIL, 540, 530),),
        evidence=(Shown("document", "output", "Papers of three meetings had it", 531, "council-lead", 533),),
        plan=25,
        impact=750,
        progress=532,
    ),
    Told(
        "Learning from reviews changes practice",
        PARTNERSHIP,
        "paragraph 47",
        "The partnership should show, a year after each review, what is different because of it.",
        ("learning",),
        test="Each review’s own measure is looked at after a year.",
        acts=(Act("Each review names its measure", "Helena Sturrock", COUNCIL, 655),),
        plan=24,
        impact=770,
    ),
)

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
