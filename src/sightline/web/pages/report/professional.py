"""Tell the front door about a child, for people who work with children and for officers who take telephone calls.

Seven sections in any order, kept as a draft on the server. Only something about who and about the worry is needed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sightline.engine.perform import already_done
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.people.actor import Actor
from sightline.processes.front_door.contact import SENDERS, TOLD
from sightline.vocabulary import roles
from sightline.web.components import words
from sightline.web.components.check_answers import answer_rows
from sightline.web.components.rows import rows_changed
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.form_key import key_of
from sightline.web.held_text import returned
from sightline.web.leaving import script_answer
from sightline.web.models import Draft

from . import sections as asked
from .telling import tell

HEADING = "Tell the front door about a child"
CHECK = "Check your answers before you send this"
_KEY = "idempotency_key"


def sender_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever may tell the front door: signed in, with `actor` given."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, **given: Any) -> HttpResponse:
        actor = actor_of(request)
        if actor is None or not any(actor.holds(role.key) for role in SENDERS if role is not roles.PUBLIC_INTAKE):
            raise NotForYou("tell the front door on this page", "It is for people who work with children.")
        return view(request, actor=actor, **given)

    return page


@require_GET
@sender_page
def tasks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The seven sections and how far each has got."""
    return _tasks(request, actor)


def _tasks(request: HttpRequest, actor: Actor, problems: list[dict[str, str]] | None = None) -> HttpResponse:
    data, draft = asked.draft_of(actor)
    every = asked.every_section(actor, data)
    given = {
        **shell(request, HEADING, nav="concern"),
        "items": [_item(section, data) for section in every],
        "draft": draft,
        "key": data.get(_KEY, [str(uuid4())])[-1],
        "page_problems": problems or [],
    }
    return render(request, "report/tasks.jinja", given)


def _item(section: asked.Section, data: dict[str, list[str]]) -> dict[str, Any]:
    from_account = data.get(f"done-{section.number}") == ["from your account"]
    state = "Completed (from your account)" if from_account and section.state == "Completed" else section.state
    done = section.state == "Completed"
    return {
        "title": {"text": f"{section.number}. {section.heading}"},
        "href": reverse("professional-section", args=[section.number]),
        "status": {"text": state} if done else {"tag": {"text": state, "classes": _TAGS[section.state]}},
    }


_TAGS = {"In progress": "govuk-tag--yellow", "Not yet started": "govuk-tag--blue"}


@sender_page
def section(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """One section: save and go on, save as it is, or add and take away rows."""
    if not 1 <= number <= len(TOLD):
        raise Http404
    data, draft = asked.draft_of(actor, lock=True)
    if request.method != "POST":
        if text := returned(request):
            draft = _keep(actor, number, text.fields(), data, done=False)
        return _draw(request, actor, asked.section(number, actor, draft.data if draft else data), draft)
    posted, changed = rows_changed(request.POST)
    saved = _keep(actor, number, posted, data, done="draft" not in posted and not changed)
    made = asked.section(number, actor, saved.data, quiet=changed or "draft" in posted)
    if changed or "draft" in posted or not made.is_valid():
        return _draw(request, actor, made, saved)
    return redirect("professional-concern")


@require_POST
@sender_page
def autosave(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Save what is typed so far; answers with when, for the line under the button."""
    if not 1 <= number <= len(TOLD):
        raise Http404
    data, _ = asked.draft_of(actor, lock=True)
    saved = _keep(actor, number, request.POST, data, done=f"done-{number}" in data)
    return script_answer("draft-saved", {"saved": words.clock_time(saved.saved_at)})


def _keep(actor: Actor, number: int, posted: Any, data: dict[str, list[str]], *, done: bool) -> Draft:
    empty = asked.section(number, actor, {})
    kept = asked.without(empty, data)
    kept.pop(f"done-{number}", None)
    if done:
        kept[f"done-{number}"] = ["1"]
    kept.setdefault(_KEY, [str(uuid4())])
    return Draft.keep(actor, asked.STEP, {**kept, **asked.posted_names(empty, posted)})


def _draw(request: HttpRequest, actor: Actor, made: asked.Section, draft: Draft | None) -> HttpResponse:
    given = {
        **shell(request, made.heading, back=reverse("professional-concern"), nav="concern", forms=made.forms),
        "section": made,
        "saved_at": draft.saved_at if draft else None,
        "officer": asked.is_officer(actor),
    }
    return render(request, "report/section.jinja", given)


@require_GET
@sender_page
def check(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every answer, section by section, before it is sent."""
    data, _ = asked.draft_of(actor)
    cards = [
        {
            "heading": made.heading,
            "number": made.number,
            "rows": [
                row for form in _shown(made) for row in answer_rows(form) if "app-secondary" not in row["value"]["html"]
            ],
        }
        for made in asked.every_section(actor, data)
    ]
    given = {**shell(request, CHECK, back=reverse("professional-concern"), nav="concern"), "cards": cards}
    return render(request, "report/check_professional.jinja", {**given, "key": data.get(_KEY, [str(uuid4())])[-1]})


def _shown(made: asked.Section) -> list[Any]:
    made.is_valid()
    told = [row for row in made.rows.forms if row.is_bound and row.has_changed()] if made.rows is not None else []
    return [*told, made.form]


@require_POST
@sender_page
def send(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send what there is; the rest may follow. Sent twice, it is one contact."""
    key = key_of(request.POST) or uuid4()
    earlier = already_done(actor, key)
    if earlier:  # the draft that there is now is another one
        return redirect("sent-now", case_id=earlier.case_id)
    data, draft = asked.draft_of(actor)
    try:
        step = tell(actor, asked.every_section(actor, data), key)
    except NotAllowed as refusal:
        raise NotForYou(refusal.what, refusal.why) from refusal
    except AnswersRefused as refusal:
        return _tasks(request, actor, _what_is_missing(refusal))
    if draft:
        draft.delete()
    return redirect("sent-now", case_id=step.case_id)


def _what_is_missing(refusal: AnswersRefused) -> list[dict[str, str]]:
    """Each message with a link to the section that asks for it, in the order of the sections."""
    return [
        {"text": message, "href": reverse("professional-section", args=[_section_of(name)])}
        for name, said in sorted(refusal.errors.items(), key=lambda error: _section_of(error[0]))
        for message in said
    ]


def _section_of(name: str) -> int:
    asks = (number for number, (_, names) in enumerate(TOLD, 1) if name.split("-")[0] in names)
    return next(asks, asked.WHO)


@require_POST
@sender_page
def delete(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take the draft away."""
    draft = Draft.begun(actor, asked.STEP)
    if draft:
        draft.delete()
    messages.success(request, "Draft deleted.")
    return redirect("professional-concern")
