"""Which places of this family are kept from whom, and the way to record one."""

from typing import Any

from sightline.outgoing import protecting
from sightline.outgoing.kept_places import KeptPlace, kept_places, people_of
from sightline.outgoing.protecting import END, KEEP
from sightline.people.codes import label
from sightline.web.components.words import joined
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.places import from_words

from .base import Panel


def places_panel(opened: Opened) -> list[Panel]:
    """Whose place is kept from whom and why, never where it is. Nothing to say or to do: no panel."""
    places = kept_places(opened.matter, opened.actor)
    links = _links(opened, places)
    if not places and not links:
        return []
    rows = [_row(place) for place in places]
    empty = "No place of anybody here is recorded as protected."
    return [Panel("places", "Protected places", "people", rows, empty, side=True, links=links)]


def _links(opened: Opened, places: list[KeptPlace]) -> list[dict[str, str]]:
    found = []
    if people_of(opened.matter) and protecting.may(opened.matter, KEEP, opened.actor):
        found.append({"text": "Record a protected place", "href": opened.address("case-place-kept")})
    if protecting.may(opened.matter, END, opened.actor):
        found += [
            {
                "text": f"End that the place of {joined(place.who)} is protected",
                "href": opened.address("case-place-ended", place.key),
            }
            for place in places
        ]
    return found


def _row(place: KeptPlace) -> dict[str, Any]:
    bases = dict.fromkeys(label("protection_basis", one.basis) for one in place.kept_from)
    told = dict.fromkeys(f"told by {one.source}" for one in place.kept_from if one.source)
    said = [f"Kept from {from_words(place)}", *bases, *told]
    return {
        "name": joined(place.who),
        "age": "",
        "mark": "",
        "note": ". ".join(one[:1].upper() + one[1:] for one in said),
    }
