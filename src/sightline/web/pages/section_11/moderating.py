"""Moderating one standard: the agency's score and proof side by side with the moderator's score and reason."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from sightline.engine.perform import already_done, perform
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.instruments.answering import NOT_APPLICABLE
from sightline.instruments.models import Answer
from sightline.instruments.moderating import MODERATED, ItemModerated
from sightline.instruments.standing import Standing
from sightline.processes.assurance.second_person import works_for
from sightline.vocabulary.instrument import Item, Standard
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.problems import problems
from sightline.web.errors import NotForYou
from sightline.web.form_key import key_of
from sightline.web.pages.cases import drafts
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.refused import allow, not_for_you
from sightline.web.pages.section_11.opening import (
    MODERATING,
    address,
    around,
    may,
    origin_words,
    return_page,
    score_words,
)


@return_page
def moderate(request: HttpRequest, opened: Opened, standing: Standing, standard: str) -> HttpResponse:
    """One standard's questions, each with a moderated score and its reason."""
    step = opened.case.declared.steps[may(opened, *MODERATING) or "moderate"]
    allow(opened, step)
    theirs = works_for(opened.case, opened.actor)
    if theirs:
        raise NotForYou("moderate this return", theirs)
    try:
        chosen = standing.instrument.standard(standard)
    except LookupError as unknown:
        raise Http404 from unknown
    if request.method == "POST":
        return _posted(request, opened, standing, chosen, step)
    draft = drafts.find(opened, _draft_step(chosen))
    rows = _rows(opened, standing, chosen, drafts.typed(draft) if draft else None, quiet=True)
    return _draw(request, opened, standing, chosen, rows)


def _draft_step(standard: Standard) -> Step:
    return Step(key=f"moderate/{standard.key}")


def _rows(
    opened: Opened, standing: Standing, standard: Standard, data: QueryDict | None, *, quiet: bool = False
) -> list[dict[str, Any]]:
    """Each answered question: what the agency says, and the form beside it."""
    found = []
    for item in standing.asked_of(standard):
        answer = standing.answers.get(item.key)
        if answer is None:
            continue
        form = ItemModerated(data=data, matter=opened.matter, prefix=_prefix(item), initial=_known(standing, item))
        del form.fields["item"]
        form.fields["score"].label = f"{item.key}: your score"
        form.fields["reason"].label = f"{item.key}: reason, where it differs"
        form.quiet = quiet  # type: ignore[attr-defined]
        found.append({"item": item, "form": govuk_widgets(form), **_theirs(standing, item, answer)})
    return found


def _prefix(item: Item) -> str:
    return f"q{item.key.replace('.', '-')}"


def _known(standing: Standing, item: Item) -> dict[str, Any]:
    row = standing.moderated.get(item.key)
    if row is None:
        return {}
    return {"score": NOT_APPLICABLE if row.score is None else str(row.score), "reason": row.reason}


def _theirs(standing: Standing, item: Item, answer: Answer) -> dict[str, Any]:
    earlier = [row for row in standing.every if row.item == item.key and row.version < answer.version]
    row = standing.moderated.get(item.key)
    return {
        "self": score_words(standing.instrument, answer.score),
        "was": words.joined(score_words(standing.instrument, one.score) for one in earlier),
        "text": answer.difference or answer.reason,
        "origin": origin_words(answer),
        "evidence": [
            f"{one.get_kind_display()}, {words.plain_date(one.dated_on)}: {one.says}"
            + ("" if one.dated_on >= standing.oldest else " (too old for a 3)")
            for one in standing.evidence_for(item.key)
        ],
        "difference": difference_words(answer.score, row.score) if row and row.answer_id == answer.pk else "",
    }


def difference_words(own: int | None, moderated: int | None) -> str:
    """ "Difference -1", "Same score"; in words where either does not apply."""
    if own is None or moderated is None:
        return "Same score" if own == moderated else "Different: one of the two says not applicable"
    return f"Difference {moderated - own:+d}" if own != moderated else "Same score"


def _posted(request: HttpRequest, opened: Opened, standing: Standing, standard: Standard, step: Step) -> HttpResponse:
    rows = _rows(opened, standing, standard, request.POST)
    if already_done(opened.actor, key_of(request.POST)):
        return _onwards(request, opened, standing, standard)
    drafts.keep(opened, _draft_step(standard), request.POST)
    if not all(row["form"].is_valid() for row in rows):
        return _draw(request, opened, standing, standard, rows)
    given = [{**row["form"].cleaned_data, "item": row["item"].key} for row in rows if row["form"].cleaned_data["score"]]
    try:
        perform(opened.case.pk, step.key, by=opened.actor, answers={MODERATED: given}, key=key_of(request.POST))
    except NotAllowed as refusal:
        raise not_for_you(opened, step, refusal) from refusal
    except AnswersRefused as refusal:
        chosen = [row for row in rows if row["form"].cleaned_data["score"]] or rows
        _say(chosen, refusal)
        return _draw(request, opened, standing, standard, rows)
    drafts.forget(opened, _draft_step(standard))
    return _onwards(request, opened, standing, standard)


def _say(rows: list[dict[str, Any]], refused: AnswersRefused) -> None:
    for name, messages_said in refused.errors.items():
        index, _, column = name.removeprefix(f"{MODERATED}-").partition("-")
        form = rows[int(index)]["form"] if index.isdecimal() else rows[0]["form"]
        for message in messages_said:
            form.add_error(column if column in form.fields else "score", message)


def _onwards(request: HttpRequest, opened: Opened, standing: Standing, standard: Standard) -> HttpResponse:
    messages.success(request, f"Saved: {standard.key} {standard.title}.")
    keys = [one.key for one in standing.instrument.standards]
    after = keys[keys.index(standard.key) + 1 :]
    if after:
        return redirect(address(opened, "section-11-moderate", after[0]))
    return redirect(address(opened, "section-11-return"))


def _draw(
    request: HttpRequest, opened: Opened, standing: Standing, standard: Standard, rows: list[dict[str, Any]]
) -> HttpResponse:
    context = around(request, opened, f"Moderate: {standard.key} {standard.title}")
    context["page_problems"] = problems(*(row["form"] for row in rows))
    left = standing.not_moderated()
    context.update(
        rows=rows,
        standard=standard,
        progress=f"{len(standing.asked) - len(left)} of {len(standing.asked)} questions moderated",
        steps=[
            {
                "key": one.key,
                "href": "" if one == standard else address(opened, "section-11-moderate", one.key),
                "done": not any(item in left for item in standing.asked_of(one)),
            }
            for one in standing.instrument.standards
        ],
        key=request.POST.get("idempotency_key") or uuid4(),
        action=address(opened, "section-11-moderate", standard.key),
    )
    return render(request, "section_11/moderate.jinja", context)
