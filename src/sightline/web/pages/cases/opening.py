"""Opening a case for a page: is it there for this person, how far do they see into it, and who is it about?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sightline.access.door import at_the_door
from sightline.access.glass import glass_now
from sightline.access.models import Glass
from sightline.access.sight import ONLY_TOLD
from sightline.access.verdict import EXPORT, SEE, Verdict, can, reads
from sightline.engine.matter import Matter, load
from sightline.engine.models import Case, CaseSubject
from sightline.engine.permission import steps_for
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.components.shell import actor_of
from sightline.web.errors import CaseClosedToYou, NotForYou


class View(Enum):
    """How much of a case somebody is shown."""

    WHOLE = "whole"
    """Everything: the front door and whoever holds the child's work."""
    ASKED = "asked"
    """An enquiry to their own agency."""
    INVITED = "invited"
    """A meeting that their agency is invited to, or whatever else it has a part in."""
    PARTY = "party"
    """A matter of the partnership itself in which their agency has a part: no child is in it."""
    SENT = "sent"
    """What their own agency told the front door, and what it was told back."""


@dataclass
class Opened:
    """A case open on a page: who looks, what they may see of it, and the matter in memory.

    glass: what it was opened by for a time, by somebody without a part in it. apart: which field groups may be read.
    """

    request: HttpRequest
    actor: Actor
    matter: Matter
    view: View
    glass: Glass | None = None
    apart: dict[Any, Verdict] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.matter.case

    @property
    def record(self) -> Any:
        return self.matter.record

    @property
    def whole(self) -> bool:
        return self.view is View.WHOLE

    @property
    def place(self) -> str:
        """Key of the place in the navigation that its pages belong to."""
        return "front-door" if self.whole and self.case.concerns == "child" else "work"

    @property
    def label(self) -> str:
        return self.case.declared.label

    @property
    def why(self) -> str:
        """Why this person can see the case, in a sentence."""
        return can(self.actor, SEE, self.case).reason

    @property
    def subjects(self) -> list[CaseSubject]:
        """People that this viewer may know of: an agency that only sent a concern knows whom it told of."""
        if self.view is not View.SENT:
            return self.matter.subjects
        agencies = {held.agency_id for held in self.actor.roles if held.agency_id}
        rows = [
            row for step in self.matter.steps if step.agency_id in agencies for row in step.answers.get("people", [])
        ]
        told = {(row.get("given_names", ""), row.get("family_name", "")) for row in rows}
        return [s for s in self.matter.subjects if (s.given_names, s.family_name) in told]

    @property
    def children(self) -> list[CaseSubject]:
        """Children whom the case is about, in the order they were told of."""
        if self.view is View.SENT:
            return [s for s in self.subjects if s.is_child]
        return self.matter.children_of_concern

    @property
    def who(self) -> str:
        """For buttons and check pages: "Maya Dunne and 2 others", or the title of what concerns no child."""
        return self.case.title or named_and_others(self.children)

    def steps(self) -> list[Step]:
        """Steps that this person may take now."""
        return steps_for(self.matter, self.actor)

    def address(self, name: str = "case", *more: Any) -> str:
        """The address of a page of this case."""
        return reverse(name, args=[self.case.pk, *more])


def named_and_others(children: list[CaseSubject]) -> str:
    """The first child by name, and how many more."""
    if not children:
        return "a child not named"
    others = len(children) - 1
    return f"{children[0]}" + (f" and {words.plural(others, 'other')}" if others else "")


def view_of(actor: Actor, matter: Matter, glass: Glass | None = None) -> View:
    """How far this person sees into a case that they can see."""
    case = matter.case
    if glass:
        return View.WHOLE
    for held in actor.roles:
        if reads(held, case):
            return View.WHOLE
    now = calendar.now()
    live = [
        part for part in matter.involvements if part.starts_at <= now and (part.ends_at is None or part.ends_at > now)
    ]
    if actor.worker and any(part.worker_id == actor.worker.pk for part in live):
        return View.WHOLE
    agencies = {held.agency_id for held in actor.roles if held.agency_id}
    if case.answering_id in agencies:
        return View.ASKED
    parts = {part.part for part in live if part.agency_id in agencies}
    if case.concerns == "partnership" and "invited" not in parts:
        return View.PARTY
    return View.INVITED if parts - {ONLY_TOLD} else View.SENT


def open_case(request: HttpRequest, case_id: UUID) -> Opened:
    """The case, when this person may see it.

    Raises CaseClosedToYou where they may know that it is there; otherwise Http404, in the same words as for no case.
    """
    actor = actor_of(request)
    if actor is None:
        raise Http404
    if not list(Case.visible_to(actor).filter(pk=case_id)):
        there = at_the_door(actor, case=case_id)
        raise CaseClosedToYou(there[0]) if there else Http404
    matter = load(case_id)
    prefetch_related_objects([s.person for s in matter.subjects if s.person], "addresses")
    by_role = any(reads(held, matter.case) for held in actor.roles)
    glass = None if by_role else glass_now(actor, case_id)
    if glass and can(actor, SEE, matter.case).relied_on != "glass":
        glass = None  # given a part in it since then
    request.read_under_glass = glass is not None  # type: ignore[attr-defined]
    return Opened(request, actor, matter, view_of(actor, matter, glass), glass)


def case_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a case: signed in, and `opened` in place of the case's id."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, case_id: UUID, **given: Any) -> HttpResponse:
        return view(request, open_case(request, case_id), **given)

    return page


def case_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a case that gives something of it to be taken away, which nobody may without a part in it."""

    @case_page
    @wraps(view)
    def page(request: HttpRequest, opened: Opened, **given: Any) -> HttpResponse:
        verdict = can(opened.actor, EXPORT, opened.case)
        if not verdict:
            raise NotForYou("take anything of this record away", verdict.reason, verdict.ask)
        return view(request, opened, **given)

    return page
