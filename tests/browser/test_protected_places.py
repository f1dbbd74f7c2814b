"""Recording a place that is kept from somebody and ending it, and asking for Section 11 answers, in a real browser."""

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.seen import looked_at
from tests.browser.town import choose, fill, follow, press, proven
from tests.contacts import bound
from tests.journey import CHILD, MOTHER, Journey
from tests.section_11 import a_cycle, return_of
from tests.world import World

pytestmark = pytest.mark.browser

FATHER = {"kind": "adult", "given_names": "Dan", "family_name": "Dunne", "relation": "father"}


@pytest.fixture(scope="module")
def case(journey: Journey) -> str:
    """The address of a contact about a child, her mother and her father."""
    contact = journey.logged(journey.contact(people=[CHILD, MOTHER, FATHER]))
    return f"/cases/{contact.pk}/"


def test_a_place_is_recorded_shown_without_its_address_and_ended(at: Callable[..., Page], case: str) -> None:
    page = at("worker", case)
    follow(page, "Record a protected place")
    looked_at(page, "record", child=True)
    press(page, "Record it")
    looked_at(page, "record-mistakes", child=True)
    for name in ("Kim Dunne", "Maya Dunne"):
        page.get_by_role("group", name="Who lives, learns").get_by_label(name).check()
    page.get_by_role("group", name="From whom").get_by_label("Dan Dunne").check()
    choose(page, basis="non-molestation")
    fill(page, lines="12 Larkmoor Road", postcode="AV7 4QX", gives_away="Larkmoor Primary School", source="Kim")
    press(page, "Record it")
    expect(page.locator("main")).to_contain_text("Kept from Dan Dunne. Non-molestation order. Told by Kim")
    expect(page.locator("body")).not_to_contain_text("Larkmoor")
    looked_at(page, "case", child=True)
    ending = at("manager", case)
    href = str(ending.get_by_role("link", name="End that the place of").get_attribute("href"))
    ending = proven(at, "manager", href)
    looked_at(ending, "end", child=True)
    ending.get_by_label("Dan Dunne").check()
    fill(ending, reason="The order has ended, and Kim agrees")
    press(ending, "End it")
    expect(ending.locator("main")).to_contain_text("Ended. It holds from now on.")
    looked_at(ending, "case-after", child=True)


def test_answers_are_asked_for_with_a_purpose(at: Callable[..., Page], world: World) -> None:
    with transaction.atomic():
        cycle = a_cycle(world, bound, "ardenvale-council", "ardenvale-police")
        police = return_of(world, bound, cycle, "ardenvale-police")
    page = proven(at, "police_lead", f"/section-11/returns/{police.pk}/answers/take/")
    looked_at(page, "answers-ask")
    fill(page, purpose="To show our own board what we said")
    press(page, "Continue")
    looked_at(page, "answers-ready")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Take the file (CSV)").click()
    assert "To show our own board" in downloading.value.path().read_text(encoding="utf-8-sig")
