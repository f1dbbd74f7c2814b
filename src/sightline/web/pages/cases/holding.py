"""How closely is this case held, by whom, and who is named on it? Managers of the front door say."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.html import format_html, format_html_join

from sightline.access.closeness import descending
from sightline.access.door import at_the_door
from sightline.access.tiering import Held, Holding, HoldingRefused, hold, in_person, may_hold, nobody_to_loosen
from sightline.engine.models import Case, Involvement
from sightline.people.actor import Actor
from sightline.people.codes import label
from sightline.people.directory import SENT_THINGS
from sightline.people.membership import agencies_by_worker, holders
from sightline.people.models import Agency, Worker
from sightline.platform import calendar
from sightline.vocabulary.compartments import MAY_HOLD_CLOSELY
from sightline.vocabulary.roles import ROLES
from sightline.web.case_links import case_href
from sightline.web.components.inputs import lowered
from sightline.web.components.shell import shell
from sightline.web.errors import NotForYou
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import as_typed
from sightline.web.pages.cases.identity import identity
from sightline.web.pages.cases.opening import Opened, case_page

ONLY_THEY = (
    "Of what is restricted or sealed, everybody else loses their part; whoever has one today is ticked. "
    "The owner has to be among them, and for what is sealed at least two people. "
    "An agency sees nothing of it unless somebody of theirs is named. "
    "Somebody who can say again how closely it is held has to be among them, too: yourself perhaps."
)

type Nameable = tuple[Worker, str, str]
"""Who may be named, in what words, and the kind of agency under which they are folded away; "": they stand open."""
LINK = '<a class="govuk-notification-banner__link" href="{}">{}</a>'


class HowClosely(forms.Form):
    tier = forms.ChoiceField(
        label="How closely is it held?",
        choices=[(tier, f"{tier.capitalize()}: {lowered(said)}") for tier, said in Case.Tier.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how closely it is held"},
    )
    named = forms.MultipleChoiceField(
        label="Who is named on it?", help_text=ONLY_THEY, required=False, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label="Until when are they named?", help_text="Leave it empty for no end.", required=False)
    persons = forms.BooleanField(
        label="Are the people in it known only to those named, too?",
        help_text="Only where it is sealed. They are known again when no sealed record is left with them.",
        required=False,
    )
    why = forms.CharField(label="Why?", max_length=180, error_messages={"required": "Say why"})

    def __init__(self, people: Sequence[Nameable], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = {str(worker.pk): worker for worker, _, _ in people}
        first: Any = [(str(worker.pk), said) for worker, said, group in people if not group]
        groups = sorted({group for _, _, group in people if group})
        rest = [(one, [(str(worker.pk), said) for worker, said, group in people if group == one]) for one in groups]
        self.fields["named"].choices = [*first, *rest]  # type: ignore[attr-defined]

    def clean_until(self) -> datetime | None:
        day = self.cleaned_data["until"]
        if day and day <= calendar.today():
            raise forms.ValidationError("Enter a date after today")
        return calendar.end_of_day(day) if day else None

    def holding(self) -> Holding:
        given = self.cleaned_data
        named = [self.people[key] for key in given["named"]]
        return Holding(given["tier"], given["why"], named, given["until"], bool(given["persons"]))


@case_page
@needs_fresh_sign_in
def holding(request: HttpRequest, opened: Opened) -> HttpResponse:
    if not may_hold(opened.actor, opened.case) or opened.glass:
        raise NotForYou("say how closely this is held", "It is said by a manager of the front door.")
    below = list(Case.visible_to(opened.actor).filter(pk__in=[row.pk for row in descending(opened.case)]))
    parts = in_person([opened.case, *below])
    people = _people(opened.case, parts)
    now = {
        "tier": opened.case.tier,
        "named": [str(worker.pk) for worker in _with_a_part(opened.case, parts)],
        "persons": any(subject.person and subject.person.sealed for subject in opened.matter.subjects),
    }
    form: Any = as_typed(partial(HowClosely, people, initial=now), request)
    if request.method == "POST" and form.is_valid() and _somebody_loosens(opened.case, form):
        try:
            held = hold(opened.case.pk, form.holding(), by=opened.actor)
        except HoldingRefused as refusal:
            for name, said in refusal.errors.items():
                form.add_error(name, said)
        else:
            messages.success(request, _kept(opened.actor, held))
            still = Case.visible_to(opened.actor).filter(pk=opened.case.pk).exists()
            return redirect(opened.address() if still else "/")
    around = shell(
        request,
        "How closely is this held?",
        back=opened.address(),
        back_words="Back to the case",
        nav=opened.place,
        reference=opened.case.reference,
        forms=(form,),
    )
    from_it = [{"text": _held(row), "href": case_href(row.pk)} for row in below]
    context = {**around, "opened": opened, "identity": identity(opened), "form": form, "from_it": from_it}
    return render(request, "cases/holding.jinja", context, status=422 if form.errors else 200)


def _somebody_loosens(case: Case, form: Any) -> bool:
    """The boxes ticked beforehand would else hold it for its owner alone, and nobody could loosen it again."""
    if nobody_to_loosen(case, form.holding()):
        form.add_error("named", "Name yourself, or another manager who can say again how closely it is held")
    return bool(form.is_valid())


def _with_a_part(case: Case, parts: Sequence[Involvement]) -> list[Worker]:
    """Everybody who would lose something if they were not named: each once, the owner first."""
    workers = [case.owner] if case.owner else []
    return list(dict.fromkeys([*workers, *(part.worker for part in parts if part.worker)]))


def _people(case: Case, parts: Sequence[Involvement]) -> list[Nameable]:
    """Who may be named: those with a part and those who can say it again first; the rest by kind of agency."""
    today = calendar.today()
    roles = SENT_THINGS if case.concerns == "child" else ROLES
    agencies = agencies_by_worker(case.partnership, today)
    there = [worker for worker in _with_a_part(case, parts) if worker.pk in agencies]
    first = dict.fromkeys([*there, *holders(case.partnership, MAY_HOLD_CLOSELY & set(roles), today)])
    every = dict.fromkeys([*first, *holders(case.partnership, list(roles), today)])
    found = []
    for worker in every:
        at = agencies.get(worker.pk, [])
        kind = label("agency_kind", at[0].kind) if at else "No agency"
        found.append((worker, _said(worker, at, case, parts), "" if worker in first else kind))
    return found


def _said(worker: Worker, agencies: list[Agency], case: Case, parts: Sequence[Involvement]) -> str:
    """ "Kay Obi, Ardenvale Council (owns it)"."""
    named = ", ".join([worker.display_name, *(agency.name for agency in agencies)])
    mine = [part for part in parts if part.worker_id == worker.pk]
    here = [part for part in mine if part.case_id == case.pk]
    if case.owner_id == worker.pk:
        return f"{named} (owns it)"
    if any(part.part == "named" for part in here):
        return f"{named} (is named on it)"
    if here:
        return f"{named} (has a part in it: {lowered(here[0].basis)})"
    return f"{named} (has a part in {_called(mine[0].case)})" if mine else named


def _called(case: Case) -> str:
    return f"{case.declared.label} {case.reference}"


def _held(case: Case) -> str:
    return f"{_called(case)}: {lowered(case.get_tier_display())}"


def _kept(actor: Actor, held: Held) -> str:
    """What was done, and what stays held as it was: a link to each that they see, a reference of one only known of."""
    seen = Case.visible_to(actor).filter(pk__in=[case.pk for case in held.left])
    left = [format_html(LINK, case_href(case.pk), _held(case)) for case in seen]
    known = {case.pk for case in seen}
    for case in held.left:
        if case.pk not in known:
            left += [format_html("{} {}", there.label, there.reference) for there in at_the_door(actor, case=case.pk)]
    if not left:
        return "Kept. It holds from now on."
    others = format_html_join("; ", "{}", ((one,) for one in left))
    return format_html("Kept. It holds from now on. These stay held as they were: {}.", others)


urlpatterns = [path("cases/<uuid:case_id>/held/", holding, name="case-held")]
