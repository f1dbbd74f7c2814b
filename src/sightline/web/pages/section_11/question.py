"""One question of a return: answered and saved by itself, with last time's answer beside it; or read."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.engine.perform import already_done, perform
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.instruments.answering import CONFIRMED
from sightline.instruments.earlier import answers_last_time
from sightline.instruments.models import Answer
from sightline.instruments.standing import Standing, standing_of
from sightline.vocabulary.instrument import Item, Standard
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.components.rows import rows_changed
from sightline.web.form_key import key_of
from sightline.web.held_text import returned
from sightline.web.leaving import script_answer
from sightline.web.pages.cases import drafts
from sightline.web.pages.cases.opening import Opened, open_case
from sightline.web.pages.cases.panels.files import attached
from sightline.web.pages.cases.refused import allow, not_for_you
from sightline.web.pages.section_11.opening import (
    address,
    answering_step,
    around,
    may,
    origin_words,
    return_page,
    score_words,
)
from sightline.web.pages.section_11.question_form import SEEN, QuestionForm


@return_page
def question(request: HttpRequest, opened: Opened, standing: Standing, item: str) -> HttpResponse:
    """The form for whoever may answer now, filled from their draft; for everybody else, what was answered."""
    asked = _item(standing, item)
    if request.method == "POST":
        return _posted(request, opened, standing, asked)
    if not answering_step(opened):
        return _draw(request, opened, standing, asked, None)
    text, kept = returned(request), _draft_step(asked)
    draft = drafts.keep(opened, kept, text.fields()) if text else drafts.find(opened, kept)
    typed = drafts.typed(draft) if draft else None
    page = QuestionForm(opened, asked, standing.answers.get(asked.key), typed, quiet=True)
    return _draw(request, opened, standing, asked, page, draft=draft)


@require_POST
@return_page
def autosave(request: HttpRequest, opened: Opened, standing: Standing, item: str) -> HttpResponse:
    """Save what is typed so far; answers with when, for the line under the button."""
    asked = _item(standing, item)
    allow(opened, _step(opened))
    earlier = already_done(opened.actor, key_of(request.POST))
    saved_at = earlier.recorded_at if earlier else drafts.keep(opened, _draft_step(asked), request.POST).saved_at
    return script_answer("draft-saved", {"saved": words.clock_time(saved_at)})


def _item(standing: Standing, key: str) -> Item:
    try:
        return standing.instrument.item(key)
    except LookupError as unknown:
        raise Http404 from unknown


def _draft_step(item: Item) -> Step:
    """Each question has a draft of its own."""
    return Step(key=f"answer/{item.key}")


def _step(opened: Opened) -> Step:
    steps = opened.case.declared.steps
    return steps["clarify"] if opened.case.stage == "clarification" else steps["answer"]


def _posted(request: HttpRequest, opened: Opened, standing: Standing, asked: Item) -> HttpResponse:
    data, more = rows_changed(request.POST)
    before = standing.answers.get(asked.key)
    if more:
        return _draw(request, opened, standing, asked, QuestionForm(opened, asked, before, data, quiet=True))
    if already_done(opened.actor, key_of(data)):
        return _onwards(request, opened, asked, "Already saved.")
    allow(opened, _step(opened))
    if "confirm" in data:
        return _confirm(request, opened, standing, asked, data)
    drafts.keep(opened, _draft_step(asked), data)
    if "draft" in data:
        messages.success(request, "Saved as a draft. Come back to it from the list.")
        return redirect(address(opened, "section-11-return"))
    page = QuestionForm(opened, asked, before, data)
    if _changed_meanwhile(data, before):
        return _draw(request, opened, standing, asked, page, meanwhile=before, status=409)
    answers = page.answers()
    if answers is None:
        return _draw(request, opened, standing, asked, page)
    return _save(request, opened, standing, page, answers)


def _changed_meanwhile(data: QueryDict, before: Answer | None) -> bool:
    """Whether somebody has answered this very question since the page was drawn; others never get in the way."""
    seen = drafts.number(data.get(SEEN))
    return seen is not None and seen != (before.version if before else 0)


def _save(
    request: HttpRequest, opened: Opened, standing: Standing, page: QuestionForm, answers: dict[str, Any]
) -> HttpResponse:
    step = _step(opened)
    try:
        row = perform(opened.case.pk, step.key, by=opened.actor, answers=answers, key=key_of(request.POST))
    except NotAllowed as refusal:
        raise not_for_you(opened, step, refusal) from refusal
    except AnswersRefused as refusal:
        page.say(refusal)
        return _draw(request, opened, standing, page.item, page)
    drafts.forget(opened, _draft_step(page.item))
    return _onwards(request, opened, page.item, f"{page.item.key} saved at {words.clock_time(row.recorded_at)}.")


def _confirm(request: HttpRequest, opened: Opened, standing: Standing, asked: Item, data: QueryDict) -> HttpResponse:
    step = opened.case.declared.steps["confirm_last"]
    answers = {CONFIRMED: [{"item": asked.key}]}
    try:
        perform(opened.case.pk, step.key, by=opened.actor, answers=answers, key=key_of(data))
    except NotAllowed as refusal:
        raise not_for_you(opened, step, refusal) from refusal
    except AnswersRefused as refusal:
        said = [{"text": text, "href": "#last-time"} for every in refusal.errors.values() for text in every]
        page = QuestionForm(opened, asked, standing.answers.get(asked.key), data, quiet=True)
        return _draw(request, opened, standing, asked, page, problems=said)
    drafts.forget(opened, _draft_step(asked))
    return _onwards(request, opened, asked, f"{asked.key}: last time's answer is confirmed.")


def _onwards(request: HttpRequest, opened: Opened, asked: Item, said: str) -> HttpResponse:
    """To the next question that is not answered, else back to the list."""
    messages.success(request, said)
    standing = standing_of(open_case(request, opened.case.pk).matter)
    keys = [item.key for item in standing.instrument.items]
    after = [item for item in standing.unanswered() if keys.index(item.key) > keys.index(asked.key)]
    if after:
        return redirect(address(opened, "section-11-question", after[0].key))
    return redirect(address(opened, "section-11-return"))


def _draw(
    request: HttpRequest,
    opened: Opened,
    standing: Standing,
    asked: Item,
    page: QuestionForm | None,
    *,
    draft: Any = None,
    meanwhile: Answer | None = None,
    problems: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    answer = standing.answers.get(asked.key)
    context = around(request, opened, f"{asked.key} {asked.question}")
    context["page_problems"] = problems or (page.problems() if page else [])
    context.update(
        item=asked,
        standard=_standard(standing, asked),
        beside=_beside(opened, standing, asked),
        page=page,
        applies=asked in standing.asked,
        last=_last_time(opened, standing, asked),
        evidence=_evidence(opened, standing, asked),
        versions=_versions(standing, asked),
        moderated=_moderated(standing, asked),
        meanwhile=_said(standing, meanwhile) if meanwhile else None,
        saved_at=draft.saved_at if draft else None,
        key=request.POST.get("idempotency_key") or uuid4(),
        seen=answer.version if answer else 0,
        seen_name=SEEN,
        action=address(opened, "section-11-question", asked.key),
        autosave=address(opened, "section-11-autosave", asked.key),
    )
    return render(request, "section_11/question.jinja", context, status=status)


def _standard(standing: Standing, asked: Item) -> Standard:
    return next(standard for standard in standing.instrument.standards if asked in standard.items)


def _beside(opened: Opened, standing: Standing, asked: Item) -> list[dict[str, Any]]:
    """The questions of the same standard, each with whether it is answered."""
    found = []
    for item in _standard(standing, asked).items:
        answer = standing.answers.get(item.key)
        said = score_words(standing.instrument, answer.score) if answer else "not answered yet"
        if item not in standing.asked:
            said = "does not apply"
        found.append(
            {
                "key": item.key,
                "said": said,
                "href": "" if item == asked else address(opened, "section-11-question", item.key),
            }
        )
    return found


def _last_time(opened: Opened, standing: Standing, asked: Item) -> dict[str, Any] | None:
    earlier = answers_last_time(opened.matter)
    before = earlier.answers.get(asked.key) if earlier else None
    if earlier is None or before is None:
        return None
    on = words.plain_date(before.step.at)
    return {
        "says": f"Last time ({on}, {earlier.reference}): {score_words(standing.instrument, before.score)}.",
        "difference": before.difference or before.reason,
        "may_confirm": bool(may(opened, "confirm_last")) and asked.key not in standing.answers,
    }


def _evidence(opened: Opened, standing: Standing, asked: Item) -> list[dict[str, Any]]:
    """What is there already, newest first; what is too old for the highest score says so."""
    rows = sorted(standing.evidence_for(asked.key), key=lambda row: row.dated_on, reverse=True)
    here = address(opened, "section-11-question", asked.key)
    return [
        {
            "says": row.says,
            "about": f"{row.get_kind_display()}, {words.plain_date(row.dated_on)}",
            "where": row.where or row.figure_words,
            "files": attached(opened, row.pk, row.says, then=here),
            "old": "" if row.dated_on >= standing.oldest else "Too old for a 3",
        }
        for row in rows
    ]


def _versions(standing: Standing, asked: Item) -> list[dict[str, Any]]:
    """Every version of the answer, newest first."""
    rows = [row for row in standing.every if row.item == asked.key]
    return [_said(standing, row) for row in sorted(rows, key=lambda row: row.version, reverse=True)]


def _said(standing: Standing, row: Answer) -> dict[str, Any]:
    return {
        "score": score_words(standing.instrument, row.score),
        "text": row.difference or row.reason,
        "by": f"{row.step.worker or ''}, {words.date_and_time(row.step.recorded_at)}",
        "origin": origin_words(row),
    }


def _moderated(standing: Standing, asked: Item) -> dict[str, str] | None:
    row = standing.moderated.get(asked.key)
    if row is None:
        return None
    return {"score": score_words(standing.instrument, row.score), "reason": row.reason}
