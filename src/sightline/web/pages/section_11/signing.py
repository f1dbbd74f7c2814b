"""Reading a whole return, and signing it: by somebody who answered none of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.engine.answers import column_form
from sightline.engine.perform import perform
from sightline.engine.refusals import NotAllowed
from sightline.instruments.models import Answer
from sightline.instruments.standing import Standing, answered_by
from sightline.processes.assurance.second_person import someone_else_signs
from sightline.vocabulary.instrument import Item
from sightline.web.components import words
from sightline.web.components.inputs import govuk_widgets
from sightline.web.errors import NotForYou
from sightline.web.form_key import key_of
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.refused import allow, not_for_you
from sightline.web.pages.section_11.opening import address, around, origin_words, return_page, score_words, summary


@return_page
def read(request: HttpRequest, opened: Opened, standing: Standing) -> HttpResponse:
    """Every question with its answer, evidence and moderated score, on one page that prints."""
    context = {
        **around(request, opened, "Every answer of this return"),
        "summary": summary(opened, standing),
        "standards": every_answer(standing),
        "page": None,
    }
    return render(request, "section_11/read.jinja", context)


@return_page
def sign(request: HttpRequest, opened: Opened, standing: Standing) -> HttpResponse:
    """The same, with the signature under it."""
    step = opened.case.declared.steps["sign_off"]
    allow(opened, step)
    worker = opened.actor.worker
    if worker and worker.pk in answered_by(opened.matter.steps, standing.every):
        raise NotForYou("sign this return", someone_else_signs(opened.matter, worker.pk))
    form = govuk_widgets(column_form(step, opened.matter, data=request.POST or None))
    if request.method == "POST" and form.is_valid():
        return _sign(request, opened, form.cleaned_data)
    context = {
        **around(request, opened, "Read and sign this return", forms=(form,)),
        "summary": summary(opened, standing),
        "standards": every_answer(standing),
        "page": form,
        "action": address(opened, "section-11-sign"),
        "key": uuid4(),
    }
    return render(request, "section_11/read.jinja", context)


def _sign(request: HttpRequest, opened: Opened, answers: dict[str, Any]) -> HttpResponse:
    step = opened.case.declared.steps["sign_off"]
    try:
        perform(opened.case.pk, step.key, by=opened.actor, answers=answers, key=key_of(request.POST))
    except NotAllowed as refusal:
        raise not_for_you(opened, step, refusal) from refusal
    messages.success(request, "You have signed the return. It can be sent now.")
    return redirect(address(opened, "section-11-return"))


def every_answer(standing: Standing) -> list[dict[str, Any]]:
    """Each standard with its questions as they are answered now."""
    return [
        {
            "title": f"{standard.key} {standard.title}",
            "source": standard.source,
            "items": [_item(standing, item) for item in standing.asked_of(standard)],
        }
        for standard in standing.instrument.standards
    ]


def _item(standing: Standing, item: Item) -> dict[str, Any]:
    answer, moderation = standing.answers.get(item.key), standing.moderated.get(item.key)
    return {
        "key": item.key,
        "question": item.question,
        "score": score_words(standing.instrument, answer.score) if answer else "Not answered yet",
        "text": (answer.difference or answer.reason) if answer else "",
        "by": _by(answer) if answer else "",
        "evidence": [
            f"{row.get_kind_display()}, {words.plain_date(row.dated_on)}: {row.says}"
            for row in standing.evidence_for(item.key)
        ],
        "moderated": score_words(standing.instrument, moderation.score) if moderation else "",
        "because": moderation.reason if moderation else "",
    }


def _by(answer: Answer) -> str:
    origin = origin_words(answer)
    return f"{answer.step.worker or ''}, {words.plain_date(answer.step.at)}" + (f". {origin}" if origin else "")
