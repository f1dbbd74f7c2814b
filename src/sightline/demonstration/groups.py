"""The partnership's groups, who sits on them, and what it publishes about itself."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GroupCast:
    """`seats`: (user name or agency key, capacity, from, to or None)."""

    key: str
    name: str
    purpose: str
    since: date
    seats: tuple[tuple[str, str, date, date | None], ...]


EARLY, MIDDLE, LATE = date(2021, 9, 1), date(2024, 4, 1), date(2025, 9, 1)
_STATUTORY = (("partner-council", EARLY), ("partner-police", EARLY), ("partner-health", EARLY))

GROUPS: tuple[GroupCast, ...] = (
    GroupCast(
        "executive",
        "Executive group",
        "The three safeguarding partners: sets priorities, decides, answers to the public.",
        EARLY,
        (
            *((who, "member", since, None) for who, since in _STATUTORY),
            ("partner-police", "chair", EARLY, MIDDLE),
            ("partner-council", "chair", MIDDLE, LATE),
            ("executive-chair", "chair", LATE, None),
            ("police", "deputy", MIDDLE, None),
            ("service-manager", "deputy", MIDDLE, None),
            ("health", "deputy", MIDDLE, None),
            ("scrutineer", "in attendance", EARLY, None),
            ("hub", "adviser", LATE, None),
        ),
    ),
    GroupCast(
        "front-door-steering",
        "Front door steering group",
        "Looks each month at whether concerns become decisions in time, and at which agency was late.",
        EARLY,
        (
            ("service-manager", "chair", EARLY, LATE),
            ("steering-chair", "chair", LATE, None),
            ("service-manager", "member", LATE, None),
            ("front-door-manager", "member", EARLY, None),
            ("police", "member", EARLY, None),
            ("health", "member", EARLY, None),
            ("early-help", "member", MIDDLE, None),
            ("school-lead", "schools' representative", LATE, None),
        ),
    ),
    GroupCast(
        "exploitation-delivery",
        "Exploitation delivery group",
        "Carries out the plan to find, protect and disrupt.",
        EARLY,
        (
            ("josie.pk", "chair", MIDDLE, None),
            ("sgt.vale", "member", EARLY, None),
            ("youth-justice", "member", EARLY, None),
            ("ardenvale-homes", "member", EARLY, None),
            ("lowri.j", "member", MIDDLE, None),
        ),
    ),
    GroupCast(
        "quality-and-assurance",
        "Quality and assurance group",
        "Audits practice together and asks what changed afterwards.",
        EARLY,
        (
            ("chukwu.e", "chair", EARLY, None),
            ("wen.har", "member", MIDDLE, None),
            ("analyst", "member", EARLY, None),
            ("hospital", "member", EARLY, None),
            ("ardenvale-probation", "member", EARLY, None),
        ),
    ),
    GroupCast(
        "learning",
        "Learning and development group",
        "Turns reviews and audits into what people are taught.",
        EARLY,
        (
            ("visitors", "chair", MIDDLE, None),
            ("nadia.im", "member", MIDDLE, None),
            ("other-school", "member", LATE, None),
            ("ardenvale-voluntary-alliance", "member", EARLY, None),
        ),
    ),
    GroupCast(
        "practice-review",
        "Practice review group",
        "Looks at serious incidents quickly and says what is to be learned.",
        EARLY,
        (
            ("health", "chair", MIDDLE, None),
            ("service-manager", "member", EARLY, None),
            ("police", "member", EARLY, None),
        ),
    ),
    GroupCast(
        "neglect-steering",
        "Neglect steering group",
        "Keeps neglect in sight and the same tools in everybody's hands.",
        MIDDLE,
        (("ade.fol", "chair", MIDDLE, None), ("visitors", "member", MIDDLE, None), ("kitefield", "member", LATE, None)),
    ),
)

PRIORITIES = [
    {
        "title": "A front door that answers in time",
        "text": "Every concern is read, decided and answered within one working day.",
    },
    {"title": "Neglect", "text": "Seen early, named plainly, and measured with the same tool by every agency."},
    {"title": "Exploitation", "text": "Children are protected and those who exploit them are disrupted."},
    {
        "title": "Domestic abuse",
        "text": "The child's day is described in every decision, and the adult who harms is in it.",
    },
]
THRESHOLDS = [
    {"level": "1", "name": "Universal", "text": "Most children, most of the time: school, health visitor, GP."},
    {"level": "2", "name": "Additional", "text": "A little more help from one agency, agreed with the family."},
    {
        "level": "3",
        "name": "Targeted early help",
        "text": "Several needs at once: a lead practitioner and one plan, agreed.",
    },
    {"level": "4", "name": "Statutory", "text": "A child in need or at risk of significant harm: social work, now."},
]
TEXTS = {
    "priorities": PRIORITIES,
    "thresholds": THRESHOLDS,
    "about": "Everybody and everything here is invented, to show what Sightline does.",
}
