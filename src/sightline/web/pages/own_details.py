"""What a worker tells of themself and their family, so that their own records can be kept from them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sightline.access.interests import keep_own_details, own_details
from sightline.access.models import OwnDetails
from sightline.access.own_name import may_put_off, put_off
from sightline.platform import calendar
from sightline.web.components.rows import rows_changed, rows_of
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou

PREFIX = "people"


class Told(forms.Form):
    whose = forms.ChoiceField(
        label="Whose details?",
        choices=[
            (OwnDetails.Whose.SELF, "My own"),
            (OwnDetails.Whose.RELATIVE, "A relative's, or somebody's I live with"),
        ],
        widget=forms.RadioSelect,
    )
    given_names = forms.CharField(label="Given names", max_length=100)
    family_name = forms.CharField(label="Family name", max_length=100)
    date_of_birth = forms.DateField(label="Date of birth", required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)

    def clean_date_of_birth(self) -> Any:
        day = self.cleaned_data["date_of_birth"]
        if day and day > calendar.today():
            raise forms.ValidationError("Enter a date in the past")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not (given.get("date_of_birth") or given.get("postcode")):
            self.add_error("date_of_birth", "Give a date of birth or a postcode: a name alone matches too many people")
        return given


@login_required
def details(request: HttpRequest) -> HttpResponse:
    """Their own details and those of relatives and whoever they live with; matched as soon as they are kept."""
    actor = actor_of(request)
    if actor is None or actor.worker is None:
        raise NotForYou("give your own details", "This account belongs to no worker.")
    onward = _onward(request)
    if "later" in request.POST and may_put_off(actor.worker):
        put_off(actor.worker)
        messages.success(request, "Put off until tomorrow. Then you are asked again.")
        return redirect(onward)
    if "none" in request.POST:
        keep_own_details(actor.worker, [])
        messages.success(request, "Kept: you have nobody to tell of. Change it here when that is so no longer.")
        return redirect(onward)
    data, added = rows_changed(request.POST) if request.method == "POST" else (None, False)
    before = [_initial(row) for row in own_details(actor.worker)] or [{"whose": "self", **_name(actor.worker)}]
    formset: Any = rows_of(Told, PREFIX, data=data, initial=before)
    formset.quiet = added
    if data is not None and not added and formset.is_valid():
        told = [OwnDetails(**{**row, "postcode": row["postcode"].upper()}) for row in formset.cleaned_data if row]
        keep_own_details(actor.worker, told)
        messages.success(request, "Kept. Nobody but information governance reads it.")
        return redirect(onward)
    around = shell(
        request, "Your own details", back=reverse("mfa_index"), back_words="Back to your account", forms=(formset,)
    )
    answered = actor.worker.own_details_answered_at is not None
    context = {"rows_form": formset, "answered": answered, "may_put_off": may_put_off(actor.worker)}
    return render(request, "account/own_details.jinja", {**around, **context})


def _onward(request: HttpRequest) -> str:
    """The page that was asked for first; this one where there was none."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, None) else reverse("own-details")


def _name(worker: Any) -> dict[str, str]:
    return {"given_names": worker.given_name, "family_name": worker.family_name}


def _initial(row: OwnDetails) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Told.base_fields}


urlpatterns = [path("your-account/own-details", details, name="own-details")]
