"""Conditions on stepping back from a child at the front door, and what counts as stepping back."""

from typing import Any

from sightline.parts.history import every_earlier, other_with_reference
from sightline.platform.calendar import local_date
from sightline.vocabulary import roles
from sightline.vocabulary.process import Answers, Gate

from . import codes

REFUSED = (codes.Agreement.REFUSED, codes.Agreement.WITHDRAWN)
MANAGERS = (roles.FRONT_DOOR_MANAGER, roles.SERVICE_MANAGER)


def steps_back(matter: Any, answers: Answers) -> bool:
    return answers.get("decision") in codes.STEPS_BACK


def protects(matter: Any, answers: Answers) -> bool:
    return answers.get("decision") in codes.PROTECTIVE


def refused_help(matter: Any, answers: Answers) -> bool:
    return (answers.get("agreement") or matter.record.agreement) in REFUSED


def no_further_action_before(matter: Any) -> int:
    """Contacts about the same people in the last twelve months that ended in no further action."""
    return sum(record.decision == codes.Decision.NFA for record in every_earlier(matter, 12))


def needs_repeat_review(matter: Any) -> bool:
    """Whether repeated no further action has reached the number at which a manager must review."""
    limit = matter.rules("front-door-repeat-nfa", "", local_date(matter.case.opened_at)).limit
    this_one = matter.record.decision == codes.Decision.NFA
    return bool(this_one and no_further_action_before(matter) + 1 >= limit)


def agencies_not_answered(matter: Any, answers: Answers) -> list[str]:
    waiting = [case.answering.name for case in matter.unanswered() if case.answering]
    if not waiting or answers.get("without_agencies"):
        return []
    return [f"{name} has not replied. Chase them, or say why you decide without them" for name in waiting]


def consent_refused(matter: Any, answers: Answers) -> list[str]:
    """Refusal never ends the matter: stepping up has to be considered, in words."""
    if refused_help(matter, answers) and not answers.get("step_up_considered"):
        return ["The family refused help. Say why this is not a step up"]
    return []


def children_not_looked_up(matter: Any, answers: Answers) -> list[str]:
    """Until it is known who a child is, neither what came before nor who else is at risk can be shown."""
    unknown = [s for s in matter.children_of_concern if s.person_id is None]
    return [f"Say who {child} is: their history and every other child depend on it" for child in unknown]


def repeats_a_contact(matter: Any, answers: Answers) -> dict[str, str]:
    """A contact is linked only to one that is there: a slip of the pen must not end a child's matter."""
    reference = answers.get("duplicate_of") or ""
    if other_with_reference(matter, reference):
        return {}
    return {"duplicate_of": f"There is no other contact {reference}. Check the reference"}


def infant_injury(matter: Any, answers: Answers) -> list[str]:
    record = matter.record
    if record.injury != "yes" or (record.mobility and record.mobility not in codes.NOT_MOBILE):
        return []
    if not record.mobility:
        return ["There is an injury. Record how the child moves about: one who is not mobile has to be examined"]
    found = []
    if not record.examined_by:
        found.append("An injured child who is not mobile has to be examined. Record who examined the child")
    if not record.injury_discussion:
        found.append("Record what the agencies concluded together about the injury")
    return found


def child_not_heard(matter: Any, answers: Answers) -> list[str]:
    if answers.get("voice_effect") or answers.get("voice_not_obtained"):
        return []
    return ["Say how the child's view affected this, or why it was not obtained"]


CHILDREN_LOOKED_UP = Gate("children-looked-up", "It is known who each child is", children_not_looked_up, MANAGERS)
AGENCIES_ANSWERED = Gate("agencies-answered", "Every agency asked has answered", agencies_not_answered, MANAGERS)
STEP_UP_CONSIDERED = Gate("step-up-considered", "Refused help: step-up considered", consent_refused, MANAGERS)
INFANT_EXAMINED = Gate(
    "infant-examined",
    "Injury to a child who is not mobile: examined and discussed",
    infant_injury,
    (roles.SERVICE_MANAGER,),
)
CHILD_HEARD = Gate("child-heard", "The child's view shaped the decision", child_not_heard, MANAGERS)
