"""An agency that is asked or invited, and sees nothing of it: said plainly, with the way to put it right.

A meeting that nobody can come to, and a question that nobody can read, would leave a child waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from sightline.access.closeness import CLOSE
from sightline.access.tiering import may_hold, shut_out
from sightline.engine.models import Case
from sightline.parts.declared import INVITED
from sightline.people.models import Agency
from sightline.processes.front_door.agency_enquiry import AGENCIES
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.pages.cases.opening import Opened

ASK = " Ask a front-door manager or a service manager who is named on it to name somebody."

ON_WHICH = " Whoever is named here sees this too. To show only what is opened from it, name them on that instead."


@dataclass(frozen=True)
class ShutOut:
    """What is said, empty where every agency sees what it is asked; and links to where somebody is named."""

    says: str = ""
    links: list[dict[str, str]] = field(default_factory=list)


def shut_out_of(opened: Opened, asked: Sequence[tuple[Case, Agency]], what: str) -> ShutOut:
    """Of agencies asked or invited, each with its case: those that cannot see `what`, as the end of a sentence."""
    found = shut_out(asked) if opened.whole else []
    if not found:
        return ShutOut()
    agencies = words.joined([agency.name for _, agency in found])
    says = f"{agencies} cannot see {what}, until somebody of theirs is named: it is held for named people only."
    if opened.glass or not may_hold(opened.actor, opened.case):
        return ShutOut(says + ASK)
    return ShutOut(says, _links(opened, found))


def _links(opened: Opened, found: list[tuple[Case, Agency]]) -> list[dict[str, str]]:
    """One to the case itself, or one for each enquiry: a person is named where they are asked."""
    own = [{"text": "Name somebody of theirs", "href": opened.address("case-held")}]
    if any(case.pk == opened.case.pk for case, _ in found):
        return own
    return [
        {"text": f"Name somebody of {agency.name}", "href": reverse("case-held", args=[case.pk])}
        for case, agency in found
    ]


def before_asking(opened: Opened, step: Step) -> ShutOut | None:
    """For a step that asks or invites agencies, or opens what does, of a case that is for named people only."""
    asks = bool(step.opens) or bool({AGENCIES, INVITED} & set(step.parts))
    if not asks or opened.case.tier not in CLOSE:
        return None
    says = (
        "This is held for named people only. An agency that is asked or invited cannot see it, and so cannot answer or "
        "come, until somebody of theirs is named."
    ) + (ON_WHICH if step.opens else "")
    if opened.glass or not may_hold(opened.actor, opened.case):
        return ShutOut(says + ASK)
    return ShutOut(says, [{"text": "Name somebody of theirs", "href": opened.address("case-held")}])
