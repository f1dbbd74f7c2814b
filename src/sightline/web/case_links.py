"""How a list names a case and where it leads: one link a row, initials for family names."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from sightline.engine.models import Case, CaseSubject
from sightline.web.components import words


def case_href(case_id: UUID) -> str:
    """The address of a case's page."""
    return first_address("case", args=[case_id])


def step_href(case: Case, step: str) -> str:
    """The address of one step of a case; the case's own page takes over when somebody else has done it."""
    return first_address("case-step", args=[case.pk, step]) or case_href(case.pk)


def first_address(*names: str, args: Sequence[Any] = ()) -> str:
    """The address of the first of these pages that this installation has; empty when it has none of them."""
    for name in names:
        try:
            return reverse(name, args=list(args))
        except NoReverseMatch:
            continue
    return ""


def children_of(case: Case) -> list[CaseSubject]:
    """Children whom the case is about, from prefetched `subjects`: told of, or swept in as included."""
    included = CaseSubject.Disposition.INCLUDED
    return [s for s in case.subjects.all() if s.is_child and (not s.swept or s.disposition == included)]


def initialled(subject: CaseSubject) -> str:
    """ "Maya D": enough to know whom, on a screen that others may pass."""
    initial = subject.family_name[:1].upper()
    return f"{subject.given_names or 'Name not known'} {initial}".strip()


def about(case: Case, *, told_only: bool = False) -> str:
    """ "Maya D", "2 children", or the title of what concerns no child.

    told_only: for whoever sent it, who knows only of those they told of.
    """
    if case.concerns == "partnership":
        return case.title
    children = [child for child in children_of(case) if not (told_only and child.swept)]
    if len(children) == 1:
        return initialled(children[0])
    return words.plural(len(children), "child", "children") if children else "No child is named yet"


def age_words(subject: CaseSubject) -> str:
    """ "8 years", "about 8 years", "unborn, due March 2027", "age not known"."""
    if subject.date_of_birth:
        return words.age(subject.date_of_birth)
    told = subject.age.strip()
    if told == "0":
        return "under 1 year"
    return f"about {words.plural(int(told), 'year')}" if told.isdecimal() else told or "age not known"
