"""Who the case is about, why this person sees it, and the steps that protect a child: on every page of a case."""

from typing import Any

from sightline.access.tiering import may_hold
from sightline.engine.models import CaseSubject
from sightline.platform import calendar
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.pages.cases.opening import Opened

SHOWN = 3
"""Children named in the bar; the People panel names all."""


def identity(opened: Opened, here: str = "") -> dict[str, Any]:
    """What the identity bar is drawn from. `here`: the step of the page, which needs no button to itself."""
    children, steps = opened.children, [step for step in opened.steps() if step.key != here]
    others = len(children) - SHOWN
    protective = [step for step in steps if step.protective and not step.next_up]
    return {
        "who": [_child(child) for child in children[:SHOWN]]
        or [{"name": opened.case.title or "Name not known", "note": ""}],
        "others": f"and {words.plural(others, 'other child', 'other children')}" if others > 0 else "",
        "reference": opened.case.reference,
        "why": opened.why,
        "notice": protected_notice(opened),
        "actions": [link(opened, step) for step in sorted(protective, key=_strategy_first)],
        "more": [link(opened, step) for step in steps if not step.protective and not step.next_up] + _held(opened),
    }


def _held(opened: Opened) -> list[dict[str, str]]:
    """For whoever may say how closely the case is held."""
    if opened.glass or not may_hold(opened.actor, opened.case):
        return []
    return [{"text": "How closely is this held?", "href": opened.address("case-held")}]


def _strategy_first(step: Step) -> bool:
    return not step.opens


def link(opened: Opened, step: Step) -> dict[str, str]:
    """A step as a link to its page."""
    return {"text": step.label, "href": opened.address("case-step", step.key)}


def _child(child: CaseSubject) -> dict[str, str]:
    born = date_of_birth(child)
    note = age_words(child) + (f", born {words.plain_date(born)}" if born else "")
    return {"name": words.identity_name(child.given_names, child.family_name) or "Name not known", "note": note}


def date_of_birth(subject: CaseSubject) -> Any:
    """As recorded for the person, else as told."""
    return (subject.person.date_of_birth if subject.person else None) or subject.date_of_birth


def age_words(subject: CaseSubject) -> str:
    """Age today as recorded, else as told: "8 years", "unborn, due March 2027", "about 6, as told"."""
    person, born = subject.person, date_of_birth(subject)
    if person and person.unborn:
        return words.unborn(person.expected_date_of_birth)
    if born:
        return words.age(born)
    return f"{subject.age}, as told" if subject.age else "age not known"


def address_protected(subject: CaseSubject) -> bool:
    """Whether where this person lives may not be said or shown."""
    if subject.person is None:
        return False
    today = calendar.today()
    current = [row for row in subject.person.addresses.all() if row.valid_to is None or row.valid_to > today]
    return any(row.protected for row in current)


def protected_notice(opened: Opened) -> str:
    """One sentence where anybody's address is protected."""
    names = [str(subject) for subject in opened.subjects if address_protected(subject)]
    if not names:
        return ""
    return f"The address of {words.joined(names)} is protected. Do not say it, print it or post to it."
