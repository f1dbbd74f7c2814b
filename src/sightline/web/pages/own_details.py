"""What a worker tells of themself and their family, so that their own records can be kept from them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from sightline.access.interests import keep_own_details, own_details
from sightline.access.models import OwnDetails
from sightline.platform import calendar
from sightline.web.components.rows import rows_changed, rows_of
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou

PREFIX = "people"


class Told(forms.Form):
    whose = forms.ChoiceField(label="Whose details?", choices=OwnDetails.Whose.choices, widget=forms.RadioSelect)
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
    data, added = rows_changed(request.POST) if request.method == "POST" else (None, False)
    before = [_initial(row) for row in own_details(actor.worker)] or [{"whose": "self", **_name(actor.worker)}]
    formset: Any = rows_of(Told, PREFIX, data=data, initial=before)
    formset.quiet = added
    if data is not None and not added and formset.is_valid():
        told = [OwnDetails(**{**row, "postcode": row["postcode"].upper()}) for row in formset.cleaned_data if row]
        keep_own_details(actor.worker, told)
        messages.success(request, "Kept. Nobody but information governance reads it.")
        return redirect("own-details")
    around = shell(
        request, "Your own details", back=reverse("mfa_index"), back_words="Back to your account", forms=(formset,)
    )
    return render(request, "account/own_details.jinja", {**around, "rows_form": formset})


def _name(worker: Any) -> dict[str, str]:
    return {"given_names": worker.given_name, "family_name": worker.family_name}


def _initial(row: OwnDetails) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Told.base_fields}


urlpatterns = [path("your-account/own-details", details, name="own-details")]
