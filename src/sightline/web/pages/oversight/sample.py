"""A manager's sample of last week: was each of these reads right?"""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.oversight_looks import may_see_looks
from sightline.access.oversight_models import SampledRead
from sightline.access.oversight_rules import MANAGERS
from sightline.access.oversight_sample import answer, read_behind, to_answer, waiting_for
from sightline.people.actor import Actor
from sightline.platform import audit
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.shell import actor_of, shell
from sightline.web.pages.oversight.wording import page_words, relied_on_words


def sample_line(actor: Actor) -> dict[str, str] | None:
    """The worklist's line for a manager whose sample waits."""
    if not any(held.role in MANAGERS for held in actor.roles):
        return None
    count = waiting_for(actor)
    said = f"Was this right? {words.plural(count, 'read')} of your workers’ last week to look at"
    return {"text": said, "href": reverse("sample")} if count else None


class WasItRight(forms.Form):
    """A manager's answer about one read. None is answered by itself: what is left empty stays for later."""

    answer = forms.ChoiceField(
        label="Was this right?", choices=SampledRead.Answer.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(label="What are you not sure of?", required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == SampledRead.Answer.NOT_SURE and not given.get("words", "").strip():
            self.add_error("words", "Say what you are not sure of")
        return given


@login_required
def sample(request: HttpRequest) -> HttpResponse:
    """The reads that wait, by worker, each with its two answers; sent together."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    rows = to_answer(actor)
    audit.seen(SampledRead._meta.label, [row.pk for row in rows])
    data = request.POST if request.method == "POST" else None
    shown: list[tuple[SampledRead, Any]] = [(row, govuk_widgets(WasItRight(data, prefix=str(row.pk)))) for row in rows]
    if data is not None and all([form.is_valid() for _, form in shown]):
        given = [(row, form.cleaned_data) for row, form in shown if form.cleaned_data["answer"]]
        for row, said in given:
            answer(actor, row.pk, given=said["answer"], words=said["words"])
        left = len(shown) - len(given)
        messages.success(
            request,
            f"{words.plural(len(given), 'answer')} kept. "
            + (f"{words.plural(left, 'read')} still to look at." if left else "Nothing more to look at."),
        )
        return redirect("sample")
    forms_shown = tuple(form for _, form in shown)
    context = {
        **shell(
            request, "Was this right?", nav="work", back=reverse("work"), back_words="Back to work", forms=forms_shown
        ),
        "workers": _by_worker(actor, shown),
        "count": len(shown),
    }
    return render(request, "oversight/sample.jinja", context, status=422 if data is not None else 200)


def _called(actor: Actor, row: SampledRead) -> dict[str, str]:
    """What the manager knows the record as, its page, and who has looked at it where they may see that."""
    looks = may_see_looks(actor, row.partnership_id)
    if row.person:
        looked = reverse("person-looked", args=[row.person.pk]) if looks else ""
        return {"record": row.person.display_name, "href": reverse("person", args=[row.person.pk]), "looked": looked}
    assert row.case  # noqa: S101 - a read is of either, as the database holds
    looked = reverse("case-looked", args=[row.case.pk]) if looks else ""
    name = f"{row.case.declared.label} {row.case.reference}"
    return {"record": name, "href": case_href(row.case.pk), "looked": looked}


def _by_worker(actor: Actor, shown: list[tuple[SampledRead, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    behind = read_behind([row for row, _ in shown])
    for row, form in shown:
        read = behind.get(row.audit_row)
        groups[row.worker.display_name].append(
            {
                **_called(actor, row),
                "at": row.read_at,
                "page": page_words(read.detail.get("page", "")) if read else "",
                "why": relied_on_words(read.detail.get("relied_on", "")) if read else "",
                "form": form,
            }
        )
    return [{"who": who, "reads": reads} for who, reads in groups.items()]


urlpatterns = [path("oversight/sample/", sample, name="sample")]
