"""Starting a matter that no contact leads to: the same form for a child new to the service and one already open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.engine.matter import begin, registers_of
from sightline.engine.models import Case, CaseClock, CaseStep
from sightline.engine.perform import open_case
from sightline.engine.permission import role_for
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.front_door.contact import Contact
from sightline.vocabulary import roles
from sightline.vocabulary.process import PROCESSES, Process
from sightline.vocabulary.register import REGISTERS
from sightline.web.case_links import case_href
from sightline.web.components.rows import rows_changed
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.form_key import key_of
from sightline.web.held_text import returned
from sightline.web.pages.cases import known_people
from sightline.web.pages.cases.opening import Opened, View
from sightline.web.pages.cases.start_form import StartForm
from sightline.web.pages.cases.wording import done_words

type Prefill = Callable[[Opened], None]

HAVE_OWN_FORMS = (Contact.key, *(one.process_key() for one in REGISTERS.values() if one.change))
WITH_OPEN_CHILDREN = (roles.TEAM_MANAGER, roles.LEAD_WORKER)
"""Who works with children already open, and so starts matters without a contact."""


def startable(actor: Actor) -> list[type[Process]]:
    """Processes that this person may open by themselves: not a contact, and not what answers another matter."""
    return [
        process
        for key, process in PROCESSES.items()
        if not process.child_of
        and key not in HAVE_OWN_FORMS
        and any(actor.holds(role.key) for role in process.opening_step().by)
    ]


def starts(actor: Actor, person: UUID | None = None) -> list[dict[str, str]]:
    """A link for each of them, which leads to a form about `person` where one is given."""
    about = f"?person={person}" if person else ""
    found = [(process, process.opening_step()) for process in startable(actor)]
    return [{"text": step.label, "href": reverse("case-start", args=[process.key]) + about} for process, step in found]


def starts_without_contact(actor: Actor) -> list[dict[str, str]]:
    """The same, for the worklist and home of those who work with children already open."""
    return starts(actor) if any(actor.holds(role.key) for role in WITH_OPEN_CHILDREN) else []


@login_required
def start(request: HttpRequest, process_key: str, prefill: Prefill | None = None) -> HttpResponse:
    """The opening step's form, with the person it was reached from and everybody around them to choose among.

    prefill: puts what is already known about the new matter into its record before the form is drawn.
    """
    opened = _not_yet_open(request, process_key)
    if prefill:
        prefill(opened)
    step = opened.case.declared.opening_step()
    known = known_people.around_person(request.GET.get("person", ""), opened.actor)
    if request.method != "POST":
        text = returned(request)
        return _draw(request, opened, StartForm(opened, step, known, text.fields() if text else None, quiet=True))
    data, changed = rows_changed(request.POST)
    form = StartForm(opened, step, known, data, quiet=changed)
    answers = None if changed else form.checked()
    if answers is None:
        return _draw(request, opened, form)
    if step.happened and not answers.get(step.happened):
        answers[step.happened] = calendar.now()
    return _open(request, opened, form, answers, data)


def _not_yet_open(request: HttpRequest, process_key: str) -> Opened:
    """A matter in memory for the form to be drawn from. Raises Http404, or NotForYou naming who may."""
    actor, process = actor_of(request), PROCESSES.get(process_key)
    if actor is None or process is None or process.child_of or process_key in HAVE_OWN_FORMS:
        raise Http404
    step = process.opening_step()
    may = {role.key for role in step.by}
    held = next((held for held in actor.roles if held.role in may), None)
    if held is None:
        what = f"{step.label[:1].lower()}{step.label[1:]}"
        raise NotForYou(what, f"It is done by: {', '.join(role.name.lower() for role in step.by)}.")
    registers = registers_of(held.partnership)
    matter = begin(process, held.partnership, calendar.now(), "", registers=registers)
    role_for(matter, step, actor)
    return Opened(request, actor, matter, View.WHOLE)


def _draw(request: HttpRequest, opened: Opened, form: StartForm) -> HttpResponse:
    back = reverse("person", args=[form.known.person.pk]) if form.known else reverse("work")
    context = {
        **shell(request, form.step.label, back=back, nav="work"),
        "page": form,
        "step": form.step,
        "action": request.get_full_path(),
        "about_children": opened.case.concerns == "child",
        "key": request.POST.get("idempotency_key") or uuid4(),
        "open_already": _open_already(opened, form),
        "page_problems": form.problems(),
    }
    return render(request, "cases/start.jinja", context)


def _open_already(opened: Opened, form: StartForm) -> list[dict[str, str]]:
    """Matters of this kind that are open about the person: it may be one of those that is wanted."""
    if not form.known:
        return []
    seen = Case.visible_to(opened.actor).filter(process=opened.case.process, closed_at__isnull=True)
    rows = seen.filter(subjects__person=form.known.person).distinct().order_by("-opened_at")
    return [{"text": f"{opened.label} {case.reference}", "href": case_href(case.pk)} for case in rows]


def _open(
    request: HttpRequest, opened: Opened, form: StartForm, answers: dict[str, Any], data: QueryDict
) -> HttpResponse:
    case = opened.case
    try:
        row: CaseStep = open_case(
            case.process, by=opened.actor, partnership=case.partnership, answers=answers, key=key_of(data)
        )
    except NotAllowed as refusal:
        raise NotForYou(refusal.what, refusal.why) from refusal
    except AnswersRefused as refusal:
        for name, said in refusal.errors.items():
            form.say(name, said)
        return _draw(request, opened, form)
    started = CaseClock.visible_to(opened.actor).filter(case_id=row.case_id)
    messages.success(request, done_words(form.step, row, list(started)))
    return redirect(case_href(row.case_id))
