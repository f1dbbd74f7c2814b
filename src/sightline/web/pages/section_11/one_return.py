"""An agency's return: what is left, whether each score has its proof, and what happens next."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.access.begun import begun
from sightline.engine.perform import perform
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.instruments.answering import SHARED, to_take_over
from sightline.instruments.earlier import answers_elsewhere
from sightline.instruments.standing import Standing, answered_by, why_not_complete
from sightline.processes.assurance.second_person import someone_else_signs, works_for
from sightline.processes.assurance.section_11_return import Section11Return
from sightline.vocabulary.instrument import Standard
from sightline.web.components import words
from sightline.web.form_key import key_of
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.panels.meeting import actions_panel
from sightline.web.pages.cases.refused import not_for_you
from sightline.web.pages.section_11.opening import (
    MODERATING,
    address,
    answering_step,
    around,
    may,
    return_page,
    summary,
)

OWN_PAGES = ("answer", "clarify", "confirm_last", "use_shared", "sign_off", *MODERATING)


@return_page
def one_return(request: HttpRequest, opened: Opened, standing: Standing) -> HttpResponse:
    """The standards as a list of tasks; under it whatever this person can do next."""
    context = {
        **around(request, opened, opened.case.title, back="/section-11/", back_words="Back to Section 11"),
        "summary": summary(opened, standing),
        "stage": opened.case.at_stage.label,
        "state": _state(opened, standing),
        "tasks": _tasks(opened, standing),
        "annex": _annex(opened, standing),
        "shared": _shared(opened, standing),
        "main": _main(opened, standing),
        "others": [link(opened, step) for step in opened.steps() if step.key not in OWN_PAGES],
        "question": opened.record.clarification if opened.case.stage == Section11Return.clarification.key else "",
        "actions": actions_panel(opened),
        "key": uuid4(),
        "read": address(opened, "section-11-read"),
        "file": address(opened, "section-11-return-file"),
    }
    return render(request, "section_11/return.jinja", context)


def _state(opened: Opened, standing: Standing) -> list[str]:
    """Where it stands in a sentence or two, for whoever looks."""
    case, worker = opened.case, opened.actor.worker
    if case.stage == Section11Return.invited.key:
        return [f"Not started. It takes about {standing.instrument.hours} hours; you can stop at any time."]
    if case.stage in (Section11Return.in_progress.key, Section11Return.clarification.key):
        missing = why_not_complete(opened.matter)
        if missing:
            return [missing]
        said = ["Every question is answered."]
        if worker and worker.pk in answered_by(opened.matter.steps, standing.every):
            said.append(someone_else_signs(opened.matter, worker.pk))
        return said
    return [_last_said(opened)]


def _last_said(opened: Opened) -> str:
    last = opened.matter.steps[-1]
    done = opened.case.declared.steps[last.step].done if last.step in opened.case.declared.steps else "Changed"
    by = f" by {last.worker}" if last.worker else ""
    return f"{done}{by}, {words.plain_date(last.recorded_at)}."


def _tasks(opened: Opened, standing: Standing) -> list[dict[str, Any]]:
    """One task for each standard, for GOV.UK's task list."""
    drafted = _drafted(opened)
    bare = standing.without_evidence()
    return [
        {
            "title": {"text": f"{standard.key} {standard.title}"},
            "href": address(opened, "section-11-question", _first(standing, standard)),
            "hint": {"text": _hint(standing, standard)},
            "status": _status(standing, standard, drafted, bare),
        }
        for standard in standing.instrument.standards
    ]


def _first(standing: Standing, standard: Standard) -> str:
    left = standing.unanswered(standing.asked_of(standard))
    return (left or standard.items)[0].key


def _hint(standing: Standing, standard: Standard) -> str:
    asked = standing.asked_of(standard)
    given = [standing.answers[item.key] for item in asked if item.key in standing.answers]
    proof = sum(len(standing.evidence_for(item.key)) for item in asked)
    if not given:
        return words.plural(len(asked), "question")
    said = [f"You: {words.joined('not applicable' if a.score is None else a.score for a in given)}"]
    moderated = [standing.moderated[item.key].score for item in asked if item.key in standing.moderated]
    if moderated:
        said.append(f"Moderated: {words.joined('not applicable' if s is None else s for s in moderated)}")
    said.append(f"Evidence: {proof or 'none'}")
    return " · ".join(said)


def _status(standing: Standing, standard: Standard, drafted: set[str], bare: list[Any]) -> dict[str, Any]:
    asked = standing.asked_of(standard)
    left = standing.unanswered(asked)
    if any(item in bare for item in asked):
        return {"tag": {"text": "Needs evidence", "classes": "govuk-tag--orange"}}
    if not left:
        return {"text": "Completed"}
    started = len(left) < len(asked) or any(item.key in drafted for item in asked)
    if started:
        return {"tag": {"text": "In progress", "classes": "govuk-tag--blue"}}
    return {"tag": {"text": "Not yet started", "classes": "govuk-tag--grey"}}


def _drafted(opened: Opened) -> set[str]:
    """Questions that somebody at the agency has begun and not saved."""
    return {
        one.step.removeprefix("answer/")
        for one in begun(opened.actor, opened.case.pk)
        if one.step.startswith("answer/")
    }


def _annex(opened: Opened, standing: Standing) -> str:
    """For an agency that answers elsewhere too: which questions are this partnership's own."""
    if answers_elsewhere(opened.matter) is None:
        return ""
    local = [item.key for item in standing.asked if item.scope == "local"]
    name = opened.case.partnership.name
    return f"Questions {words.joined(local)} are about {name} alone, and are answered for it."


def _shared(opened: Opened, standing: Standing) -> dict[str, Any] | None:
    """The offer to take over regional answers given in another partnership."""
    elsewhere = answers_elsewhere(opened.matter)
    found = to_take_over(opened.matter)
    if elsewhere is None or not found or not may(opened, "use_shared"):
        return None
    last = max(row.step.at for row in elsewhere.answers.values())
    return {
        "partnership": elsewhere.partnership,
        "reference": elsewhere.reference,
        "on": words.plain_date(last),
        "count": words.plural(len(found), "regional question"),
        "action": address(opened, "section-11-shared"),
    }


@require_POST
@return_page
def use_shared(request: HttpRequest, opened: Opened, standing: Standing) -> HttpResponse:
    """Take over the answers given for another partnership."""
    step = opened.case.declared.steps["use_shared"]
    try:
        perform(opened.case.pk, step.key, by=opened.actor, answers={SHARED: []}, key=key_of(request.POST))
    except NotAllowed as refusal:
        raise not_for_you(opened, step, refusal) from refusal
    except AnswersRefused as refusal:
        messages.warning(request, " ".join(said for every in refusal.errors.values() for said in every) + ".")
    else:
        messages.success(request, "The answers are here now. Read them, then answer the questions that are local.")
    return redirect(address(opened, "section-11-return"))


def _main(opened: Opened, standing: Standing) -> dict[str, str] | None:
    """The one green button: what moves the return on, for this person."""
    if answering_step(opened) and standing.unanswered():
        following = standing.unanswered()[0].key
        begin = "Start" if not standing.answers else "Continue"
        return {"text": begin, "href": address(opened, "section-11-question", following)}
    if may(opened, "sign_off"):
        return {"text": "Read and sign", "href": address(opened, "section-11-sign")}
    if may(opened, "finish_moderation"):
        return link(opened, opened.case.declared.steps["finish_moderation"])
    if may(opened, *MODERATING) and not works_for(opened.case, opened.actor):
        standard = _to_moderate(standing)
        return {"text": "Moderate the scores", "href": address(opened, "section-11-moderate", standard)}
    following_step = next((step for step in opened.steps() if step.next_up and step.key not in OWN_PAGES), None)
    return link(opened, following_step) if following_step else None


def _to_moderate(standing: Standing) -> str:
    left = standing.not_moderated()
    return next(
        (one.key for one in standing.instrument.standards if any(item in left for item in one.items)),
        standing.instrument.standards[0].key,
    )
