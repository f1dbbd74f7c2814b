"""What somebody's agency sent to the front door, and what came of it: only what their agency may hold."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sightline.access.field_groups import groups_of
from sightline.engine.models import CaseStep
from sightline.people.actor import Actor
from sightline.platform import audit
from sightline.processes.front_door.contact import ASKED_OF_REFERRER, TOLD, Contact
from sightline.vocabulary import roles
from sightline.web.case_links import step_href
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.outcome_told import says_no_protected_place, shown_to_referrer

from .professional import sender_page
from .sending import decided_by, read_when

PER_PAGE = 25
_READ = (Contact.logged.key, Contact.priority_set.key, Contact.being_checked.key)
_LATER = ("add_information",)
_SPEAK_FOR_AGENCY = (roles.AGENCY_LEAD.key, roles.AGENCY_DECISION_MAKER.key)

PLACE_KEPT_APART = "kept apart: where somebody is kept safe (phone the front door and give the reference)"


@dataclass(frozen=True)
class SentContact:
    """One contact as its sender knows it. `outcome` is empty until the front door has told it."""

    case: Any
    first: CaseStep
    outcome: str
    more_told: str
    told_at: Any

    @property
    def state(self) -> str:
        """Received, Being read, Being decided, or the outcome that was told."""
        if self.told_at:
            return self.outcome or "Decided"
        stage = self.case.stage
        if stage == Contact.new.key:
            return "Received"
        return "Being read" if stage in _READ else "Being decided"

    @property
    def due(self) -> Any:
        return decided_by(self.first.at)

    @property
    def href(self) -> str:
        return reverse("sent-concern", args=[self.case.pk])


def sent_by(actor: Actor) -> Any:
    """First steps of contacts that this person sent, or colleagues who speak for the same agency; newest first.

    What the council took down for the public is theirs who told it, not everybody's who works for the council.
    """
    agencies = {held.agency_id for held in actor.roles if held.agency_id and held.role in _SPEAK_FOR_AGENCY}
    mine = Q(worker__isnull=False, worker=actor.worker) | Q(agency_id__in=agencies, role__in=_SPEAK_FOR_AGENCY)
    steps = CaseStep.visible_to(actor).filter(mine, step="tell", case__process=Contact.key)
    return steps.select_related("case__contactrecord", "worker").order_by("-at")


def as_sent(step: CaseStep) -> SentContact:
    record = step.case.contactrecord
    told = bool(record.told_at)
    return SentContact(
        step.case,
        step,
        record.get_told_outcome_display() if told else "",
        record.told_words if told else "",
        record.told_at,
    )


@require_GET
@sender_page
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What you sent: a line each, with where it stands."""
    shown = Paginator(sent_by(actor), PER_PAGE).get_page(request.GET.get("page"))
    heading = "What you sent" + (f" (page {shown.number} of {shown.paginator.num_pages})" if shown.number > 1 else "")
    given = {**shell(request, heading), "sent": [as_sent(step) for step in shown], "page": shown}
    return render(request, "report/sent_list.jinja", given)


def _one(actor: Actor, case_id: UUID) -> SentContact:
    step = sent_by(actor).filter(case_id=case_id).first()
    if step is None:
        raise Http404
    return as_sent(step)


@require_GET
@sender_page
def one(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """One contact: where it stands, what was told about the outcome, and what was sent."""
    sent = _one(actor, case_id)
    same_agency = {"agency_id": sent.first.agency_id, "step__in": ("tell", *_LATER)}
    own = CaseStep.visible_to(actor).filter(case_id=case_id, **same_agency)
    told = shown_to_referrer(actor, sent.case, sent.more_told)
    given = {
        **shell(
            request, "What you sent", reference=sent.case.reference, back=reverse("sent"), back_words="What you sent"
        ),
        "sent": sent,
        "more_told": told,
        "said": [{"at": step.at, "rows": _said(actor, sent.case, step)} for step in own.order_by("number")],
        "add": step_href(sent.case, "add_information") if sent.case.open else "",
    }
    return render(request, "report/sent_one.jinja", given)


@require_GET
@sender_page
def now(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Straight after sending: the reference, who reads it, by when they hear."""
    sent = _one(actor, case_id)
    is_open, opens = read_when(sent.first.at)
    given = {
        **shell(request, "Sent", reference=sent.case.reference),
        "sent": sent,
        "is_open": is_open,
        "opens": opens,
        "missing": [heading for heading, names in TOLD[:-1] if not any(sent.first.answers.get(name) for name in names)],
        "add": step_href(sent.case, "add_information"),
    }
    return render(request, "report/sent_now.jinja", given)


def _said(actor: Actor, case: Any, step: CaseStep) -> list[tuple[str, str]]:
    """Label and words of each answer that the step recorded, people first."""
    people = [_person(actor, case, row) for row in step.answers.get("people", [])]
    rows = [("Who it is about", "; ".join(people))] if people else []
    columns = case.contactrecord._meta
    for name in ASKED_OF_REFERRER:
        if name in step.answers:
            column = columns.get_field(name)
            audit.revealed(*(group.key for group in groups_of(case, [case.contactrecord], name)))
            rows.append((str(column.verbose_name), _in_words(column, step.answers[name])))
    return rows


def _person(actor: Actor, case: Any, row: dict[str, Any]) -> str:
    """Who they are, and where as far as that has not become a protected place since."""
    name = f"{row.get('given_names', '')} {row.get('family_name', '')}".strip() or "Name not known"
    who = [name, *(str(row[part]) for part in ("age", "relation") if row.get(part))]
    where = ", ".join(str(row[part]) for part in ("address", "postcode", "school") if row.get(part))
    if where and not says_no_protected_place(actor, case, where):
        where = PLACE_KEPT_APART
    return ", ".join([*who, *([where] if where else [])])


def _in_words(column: Any, value: Any) -> str:
    offered = dict(getattr(column, "offered", None) or column.choices or ())
    if isinstance(value, list):
        return words.joined(str(offered.get(one, one)) for one in value)
    return str(offered.get(value, value))
