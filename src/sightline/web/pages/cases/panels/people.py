"""The children, the adults around them, and every other child tied to the family: without a click."""

from typing import Any

from sightline.engine.models import CaseSubject
from sightline.parts.family import how_tied, other_children
from sightline.web.components import words
from sightline.web.pages.cases.apart import place_kept_apart
from sightline.web.pages.cases.identity import address_protected, age_words, date_of_birth
from sightline.web.pages.cases.opening import Opened

from .base import Panel


def people_panel(opened: Opened) -> list[Panel]:
    """Children first, those found by the sweep with what was decided for each, then adults."""
    children = [_shown(opened, s) for s in opened.subjects if s.is_child]
    adults = [_shown(opened, s) for s in opened.subjects if not s.is_child]
    return [
        Panel("children", "Children", "people", children, "No child is named yet.", side=True, count=len(children)),
        Panel(
            "adults",
            "Adults",
            "people",
            adults,
            "No adult is named yet. Ask who lives with, visits or looks after the children.",
            side=True,
            count=len(adults),
        ),
    ]


def _shown(opened: Opened, subject: CaseSubject) -> dict[str, Any]:
    protected = address_protected(subject)
    return {
        "name": str(subject),
        "age": age_words(subject) if subject.is_child or date_of_birth(subject) else "",
        "mark": "Protected address" if protected else "",
        "note": _note(opened, subject, protected),
    }


def _note(opened: Opened, subject: CaseSubject, protected: bool) -> str:
    """A protected address is shown to nobody; the school that gives it away to those who may know the place."""
    apart = place_kept_apart(opened) if protected and subject.school else ""
    said = [subject.relation, apart.rstrip(".") or subject.school]
    if not protected:
        said.append(", ".join(part for part in (subject.address, subject.postcode) if part))
    if subject.swept:
        said.append(f"found by the check of every other child: {disposition_words(subject)}")
    if subject.person_id is None:
        said.append("not yet matched to a record")
    return ". ".join(part[:1].upper() + part[1:] for part in said if part)


def disposition_words(subject: CaseSubject) -> str:
    """ "included here", "not affected: lives elsewhere and has no contact"."""
    decided = subject.get_disposition_display().lower() or "not yet decided"
    return f"{decided}: {subject.reason}" if subject.reason else decided


def tied_panel(opened: Opened) -> list[Panel]:
    """Children tied to this family whom nobody has yet considered here. None: no panel."""
    found = other_children(opened.matter, opened.actor)
    rows = [
        {
            "name": child.display_name,
            "age": words.age_of(child),
            "note": f"{_capital(how_tied(ties))}. Not considered yet.",
        }
        for child, ties in found
    ]
    if not rows:
        return []
    return [
        Panel("other-children", "Other children tied to this family", "people", rows, "", side=True, count=len(rows))
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
