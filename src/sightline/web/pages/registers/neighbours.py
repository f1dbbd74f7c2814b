"""Statistical neighbours as a register: each edition, the days on which it holds, and who is near whom."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.datasets.neighbours.register import NearArea, NeighbourSets, SetHeld, areas_of, near, sets_held
from sightline.platform import calendar
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.pages.registers.reader import Reader, register_for
from sightline.web.pages.registers.register import NAV, who_changes


class Area(forms.Form):
    """Of which area the neighbours are shown."""

    area = forms.ChoiceField(label="Area", required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.choices = [("", ""), *areas]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = "Choose an area from the list"
        field.widget = forms.Select(choices=[("", ""), *areas])


@login_required
def sets(request: HttpRequest) -> HttpResponse:
    """Every edition that is held."""
    reader, declared = register_for(request, NeighbourSets.key)
    context = {
        **shell(request, declared.label, back=reader.address("registers"), back_words="All registers", nav=NAV),
        "declared": declared,
        "who": who_changes(declared),
        "rows": [_set_words(reader, held) for held in sets_held()],
    }
    return render(request, "registers/neighbour_sets.jinja", context)


def _set_words(reader: Reader, held: SetHeld) -> dict[str, str]:
    now = held.in_force(calendar.today())
    return {
        "edition": held.edition,
        "href": reader.address("neighbour-set", held.edition),
        "source": held.source,
        "since": words.plain_date(held.since),
        "until": words.plain_date(held.until) if held.until else "",
        "state": "In force" if now else "Past" if held.since <= calendar.today() else "Coming",
    }


@login_required
def one_set(request: HttpRequest, edition: str) -> HttpResponse:
    """One edition: where it comes from, and the neighbours of the area that is chosen."""
    reader, declared = register_for(request, NeighbourSets.key)
    held = next((one for one in sets_held() if one.edition == edition), None)
    if held is None:
        raise Http404
    form = Area(request.GET if "area" in request.GET else None, areas=areas_of(edition))
    chosen = form.cleaned_data["area"] if form.is_bound and form.is_valid() else ""
    found: list[NearArea] = near(edition, chosen) if chosen else []
    context = {
        **shell(
            request,
            f"Statistical neighbours, edition {edition}",
            back=reader.address("register", declared.key),
            back_words=f"Back to {declared.label.lower()}",
            nav=NAV,
            forms=(form,),
        ),
        "about": [
            ("Source", held.source),
            ("Holds from", words.plain_date(held.since)),
            ("Until", words.plain_date(held.until) if held.until else "A later edition is loaded"),
            ("File", held.file_name),
            ("Loaded", f"{words.plain_date(held.loaded_on)} by {held.loaded_by}"),
        ],
        "form": form,
        "chosen": dict(areas_of(edition)).get(chosen, ""),
        "rows": found,
    }
    return render(request, "registers/neighbour_set.jinja", context)


urlpatterns = [
    path("registers/neighbour-sets/", sets, name="neighbour-sets"),
    path("registers/neighbour-sets/<str:edition>/", one_set, name="neighbour-set"),
]
