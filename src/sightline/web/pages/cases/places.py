"""Which places are kept from whom: recording one on a case, and ending it."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.engine.refusals import AnswersRefused
from sightline.outgoing import protecting
from sightline.outgoing.kept_places import KeptPlace, kept_places, people_of
from sightline.outgoing.protecting import END, KEEP, Protection
from sightline.people.codes import code_list
from sightline.people.models import Person
from sightline.platform import calendar
from sightline.web.components.shell import shell
from sightline.web.components.words import joined
from sightline.web.errors import NotForYou
from sightline.web.form_key import key_of
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.held_text import as_typed
from sightline.web.pages.cases.identity import identity
from sightline.web.pages.cases.opening import Opened, case_page
from sightline.web.pages.cases.refused import who_can


class KeepPlace(forms.Form):
    """Where, whose, from whom and why."""

    lives_there = forms.MultipleChoiceField(
        label="Who lives, learns or can be reached there?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select who lives, learns or can be reached there"},
    )
    kind = forms.ChoiceField(label="What kind of place is it?", initial="home")
    lines = forms.CharField(
        label="Address",
        help_text="Without the postcode. Leave it empty for a school or a phone number alone.",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    postcode = forms.CharField(label="Postcode", required=False, max_length=10)
    gives_away = forms.CharField(
        label="What else would give the place away?",
        help_text="The school, a phone number, the name of the refuge: one on each line.",
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since = forms.DateField(
        label="When did they come to live there?",
        help_text="Their earlier homes end on that day. Leave it empty for today. For example, 27 3 2026",
        required=False,
    )
    kept_from = forms.MultipleChoiceField(
        label="From whom is it kept?",
        help_text="Select nobody to keep it from all of the family who do not live there.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    basis = forms.ChoiceField(
        label="Why is it protected?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select why it is protected"},
    )
    source = forms.CharField(
        label="Who told us?", help_text="In a few words, for example: Kim, by phone.", required=False, max_length=200
    )

    def __init__(self, opened: Opened, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        people = people_of(opened.matter)
        around = protecting.may_be_kept_from(opened.matter, opened.actor)
        today = calendar.today()
        offered = {
            "lives_there": _named(people),
            "kept_from": _named(around),
            "kind": code_list("address_kind").choices(today),
            "basis": code_list("protection_basis").choices(today),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def protection(self) -> Protection:
        given = self.cleaned_data
        away = [line.strip()[:120] for line in given["gives_away"].splitlines() if line.strip()]
        return Protection(
            lives_there=list(map(UUID, given["lives_there"])),
            kept_from=list(map(UUID, given["kept_from"])),
            gives_away=away,
            **{name: given[name] for name in ("basis", "kind", "lines", "postcode", "source", "since")},
        )


class EndKeeping(forms.Form):
    """From whom it need no longer be kept, and why."""

    persons = forms.MultipleChoiceField(
        label="From whom need it no longer be kept?", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="Why, and what keeps them safe?",
        help_text="It is kept on the timeline. Do not write the address.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, and what keeps them safe"},
    )

    def __init__(self, place: KeptPlace, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["persons"].choices = _named(place.from_whom)  # type: ignore[attr-defined]
        if not place.from_whom:
            del self.fields["persons"]


@case_page
def keeping(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Recording that a place is kept from somebody."""
    if not protecting.may(opened.matter, KEEP, opened.actor):
        raise NotForYou("record a protected place", "Those who work on the case do it.", who_can(opened, KEEP.by))
    form: Any = as_typed(partial(KeepPlace, opened), request)
    if request.method == "POST" and form.is_valid():
        try:
            protecting.keep(opened.case.pk, form.protection(), by=opened.actor, key=key_of(request.POST))
        except AnswersRefused as refusal:
            _add(form, refusal)
        else:
            messages.success(request, "Recorded. The place is left out of whatever leaves from now on.")
            return redirect(opened.address())
    known = bool(people_of(opened.matter))
    return _page(request, opened, form, "Record a protected place", "cases/place_kept.jinja", known=known)


@case_page
@needs_fresh_sign_in
def ending(request: HttpRequest, opened: Opened, place_id: UUID) -> HttpResponse:
    """Ending that a place is kept from somebody: a manager, with a reason."""
    place = next((one for one in kept_places(opened.matter, opened.actor) if one.key == place_id), None)
    if place is None:
        raise Http404
    if not protecting.may(opened.matter, END, opened.actor):
        raise NotForYou("end that a place is protected", "A manager has to do it.", who_can(opened, END.by))
    form: Any = as_typed(partial(EndKeeping, place), request)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            persons = list(map(UUID, given.get("persons", [])))
            protecting.end(
                opened.case.pk, place.key, persons, given["reason"], by=opened.actor, key=key_of(request.POST)
            )
        except AnswersRefused as refusal:
            _add(form, refusal)
        else:
            messages.success(request, "Ended. It holds from now on.")
            return redirect(opened.address())
    said = {"who": joined(place.who), "from_whom": from_words(place), "always": place.always, "many": _many(place)}
    return _page(request, opened, form, "End that a place is protected", "cases/place_ended.jinja", **said)


def from_words(place: KeptPlace) -> str:
    """ "Dan Dunne", "all of the family who do not live there"; "somebody" where nobody of them may be named here."""
    everybody = "somebody" if place.more else "all of the family who do not live there"
    return joined(place.from_whom) or everybody


def _many(place: KeptPlace) -> bool:
    return len(place.from_whom) > 1


def _named(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(str(person.pk), person.display_name) for person in people]


def _add(form: Any, refusal: AnswersRefused) -> None:
    for name, said in refusal.errors.items():
        form.add_error(name if name in form.fields else None, said)


def _page(request: HttpRequest, opened: Opened, form: Any, heading: str, template: str, **said: Any) -> HttpResponse:
    around = shell(
        request,
        heading,
        back=opened.address(),
        back_words="Back to the case",
        nav=opened.place,
        reference=opened.case.reference,
        forms=(form,),
    )
    key = request.POST.get("idempotency_key") or str(uuid4())
    context = {**around, "opened": opened, "identity": identity(opened), "form": form, "key": key, **said}
    return render(request, template, context, status=422 if form.errors else 200)
