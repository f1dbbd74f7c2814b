"""Code lists of the front door. Referral source and primary need follow the children in need census codes."""

from django.db.models import TextChoices


class Channel(TextChoices):
    PORTAL = "portal", "Sightline form"
    PUBLIC = "public", "Public form"
    PHONE = "phone", "Telephone"
    EMAIL = "email", "Email"
    POLICE = "police-notification", "Police notification"
    EMERGENCY_DUTY = "emergency-duty", "Emergency duty team"
    WALK_IN = "walk-in", "In person"
    OTHER_AREA = "other-area", "Another local authority"
    CP_IS = "cp-is", "Child protection information sharing alert"


class Source(TextChoices):
    """Referral source as the children in need census codes it."""

    FAMILY = "1A", "Family member, relative or carer"
    ACQUAINTANCE = "1B", "Acquaintance, neighbour or childminder"
    SELF = "1C", "The child"
    OTHER_PERSON = "1D", "Another person"
    SCHOOL = "2A", "School"
    EDUCATION = "2B", "Education service"
    GP = "3A", "GP"
    HEALTH_VISITOR = "3B", "Health visitor"
    SCHOOL_NURSE = "3C", "School nurse"
    PRIMARY_HEALTH = "3D", "Other primary health service"
    EMERGENCY_DEPARTMENT = "3E", "Emergency department"
    OTHER_HEALTH = "3F", "Other health service"
    HOUSING = "4", "Housing"
    SOCIAL_CARE = "5A", "Council social care"
    COUNCIL = "5B", "Another council service"
    OTHER_COUNCIL = "5C", "Another council"
    EARLY_HELP = "5D", "Council early help"
    POLICE = "6", "Police"
    LEGAL = "7", "Court, probation, prison or immigration"
    OTHER = "8", "Children's centre, charity or other service"
    ANONYMOUS = "9", "Anonymous"
    UNKNOWN = "10", "Not known"


PRIVATE_SOURCES = (
    *(Source.FAMILY, Source.ACQUAINTANCE, Source.SELF, Source.OTHER_PERSON, Source.ANONYMOUS, Source.UNKNOWN),
)
"""People who told us as themselves: the family is never told who they are. A professional says it was they."""


class Concern(TextChoices):
    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical abuse or injury"
    EMOTIONAL = "emotional", "Emotional abuse"
    SEXUAL = "sexual", "Sexual abuse"
    DOMESTIC_ABUSE = "domestic-abuse", "Domestic abuse"
    EXPLOITATION = "exploitation", "Exploitation"
    MISSING = "missing", "Going missing"
    SUBSTANCE = "substance", "Alcohol or drugs"
    MENTAL_HEALTH = "mental-health", "Mental health"
    SELF_HARM = "self-harm", "Self-harm"
    HOUSING = "housing", "Housing or money"
    OTHER = "other", "Something else"


class Asked(TextChoices):
    NONE = "asked-none", "Asked, no concern"
    CONCERN = "asked-present", "Asked, a concern"
    NOT_ASKED = "not-asked", "Not asked"


class FamilyTold(TextChoices):
    YES = "yes", "Yes"
    UNSAFE = "no-unsafe", "No, it would not be safe"
    UNREACHED = "no-not-practicable", "No, we could not reach them"


class Rag(TextChoices):
    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"


URGENCY = [Rag.BLUE, Rag.GREEN, Rag.AMBER, Rag.RED]


class Decision(TextChoices):
    STRATEGY = "strategy", "Hold a strategy discussion now"
    ASSESSMENT = "assessment", "Assess (section 17)"
    EARLY_HELP = "early-help", "Offer early help"
    ADVICE = "advice", "Give advice or signpost"
    NFA = "nfa", "No further action"


STEPS_BACK = frozenset({Decision.EARLY_HELP, Decision.ADVICE, Decision.NFA})
PROTECTIVE = frozenset({Decision.STRATEGY, Decision.ASSESSMENT})


class Outcome(TextChoices):
    """The words a referrer may be told."""

    GETTING_HELP_NOW = "strategy", "Getting help now"
    ASSESSED = "assessment", "Being assessed"
    EARLY_HELP = "early-help", "Offered early help"
    ADVICE = "advice", "Advice given"
    NFA = "nfa", "No further action"


class Agreement(TextChoices):
    GIVEN = "given", "Agreed"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_SOUGHT = "not-sought", "Not asked yet"
    NOT_NEEDED = "not-needed", "Not needed"


class Level(TextChoices):
    UNIVERSAL = "1", "Level 1: universal"
    ADDITIONAL = "2", "Level 2: additional"
    COMPLEX = "3", "Level 3: targeted early help"
    STATUTORY = "4", "Level 4: statutory"


class PrimaryNeed(TextChoices):
    NOT_STATED = "N0", "Not stated"
    ABUSE = "N1", "Abuse or neglect"
    CHILD_DISABILITY = "N2", "Child's disability or illness"
    PARENT_DISABILITY = "N3", "Parent's disability or illness"
    ACUTE_STRESS = "N4", "Family in acute stress"
    DYSFUNCTION = "N5", "Family dysfunction"
    BEHAVIOUR = "N6", "Socially unacceptable behaviour"
    LOW_INCOME = "N7", "Low income"
    ABSENT_PARENTING = "N8", "Absent parenting"
    NOT_IN_NEED = "N9", "Cases other than children in need"


class TellingRoute(TextChoices):
    SIGHTLINE = "sightline", "Through Sightline"
    PHONE = "phone", "Telephone"
    EMAIL = "secure-email", "Secure email"
    LETTER = "letter", "Letter"
    NO_ROUTE = "no-route", "No route to reply"


class NoRoute(TextChoices):
    ANONYMOUS = "anonymous", "They did not say who they are"
    NO_CONTACT = "no-contact", "They left no way to reach them"
    ASKED_NOT_TO = "asked-not-to", "They asked not to be contacted"
    UNSAFE = "unsafe", "Replying could put a child or them at risk"
    TRIED = "tried", "Tried three times without an answer"


class Mobility(TextChoices):
    PRE_ROLLING = "pre-rolling", "Not yet rolling"
    ROLLING = "rolling", "Rolling"
    SITTING = "sitting", "Sitting"
    CRAWLING = "crawling", "Crawling"
    CRUISING = "cruising", "Walking with support"
    WALKING = "walking", "Walking"
    DISABILITY = "non-mobile-disability", "Not mobile because of disability"


NOT_MOBILE = frozenset({Mobility.PRE_ROLLING, Mobility.ROLLING, Mobility.SITTING, Mobility.DISABILITY})


def more_urgent_than(rag: str) -> list[str]:
    return [code.value for code in URGENCY if not rag or URGENCY.index(code) > URGENCY.index(Rag(rag))]


def less_urgent_than(rag: str) -> list[str]:
    return [code.value for code in URGENCY if rag and URGENCY.index(code) < URGENCY.index(Rag(rag))]


def more_protective_than(decision: str) -> list[str]:
    """Decisions that protect, and more than this one. From one that steps back to another a new proposal leads."""
    order = list(Decision)  # declared with the most protective first
    above = order[: order.index(Decision(decision))] if decision else order
    return [code.value for code in above if code in PROTECTIVE]
