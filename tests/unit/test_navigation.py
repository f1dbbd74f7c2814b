"""What the navigation offers: few places, and never one that has no use for its reader."""

import pytest

from sightline.vocabulary.roles import ROLES
from sightline.web.navigation import PLACES, Place, places_for

MOST = 6


@pytest.mark.parametrize("role", sorted(ROLES))
def test_nobody_has_more_than_six_places(role: str) -> None:
    assert 1 <= len(places_for([role])) <= MOST


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address)
def test_every_place_has_an_address(place: Place) -> None:
    assert any(found.address == place.address for role in place.roles for found, _ in places_for([role]))
