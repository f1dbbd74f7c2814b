"""Home, worklist, queue, board, search and people in a real browser: axe, two widths, and no JavaScript needed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import follow, press
from tests.contacts import bound, rated, take, told
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def contacts(world: World) -> None:
    """A late contact, one being checked, one proposed and one that nobody has taken."""
    now = calendar.now()
    with transaction.atomic():
        case = told(world, "Maya", now - timedelta(days=6))
        with bound(world.officer):
            identified = [{"subject": case.subjects.get().pk, "is_person": "new"}]
        take(world, case, "officer", "log", now, source="2A", concerns=["physical"], identified=identified)
        asked = [{"agency": world.agency(key).pk} for key in ("ardenvale-police", "tollgate-school")]
        take(world, rated(world, case, "red", now), "worker", "ask_agencies", now, agencies=asked)
        proposed = rated(world, told(world, "Leo", now), "amber", now)
        take(world, proposed, "worker", "propose", now, decision="strategy", rationale="Explained differently")
        told(world, "Nell", now, in_danger="yes")


def test_every_page_to_work_from_is_free_of_faults_at_every_width(at: Callable[..., Page]) -> None:
    for who, address, name in (
        ("", "/", "public"),
        ("worker", "/", "home-worker"),
        ("manager", "/", "home-manager"),
        ("police", "/", "home-agency"),
        ("analyst", "/", "home-figures"),
        ("worker", "/work/", "worklist"),
        ("manager", "/work/?whose=team", "worklist-team"),
        ("manager", "/front-door/", "queue"),
        ("worker", "/front-door/?rag=red&owner=mine", "queue-filtered"),
        ("worker", "/front-door/?rag=blue", "queue-empty"),
        ("manager", "/front-door/board/", "board"),
        ("worker", "/search/", "search"),
        ("school", "/search/", "search-agency"),
    ):
        looked_at(at(who, address), name, wall=name == "board")


def test_a_search_and_its_person_are_free_of_faults(at: Callable[..., Page]) -> None:
    page = at("worker", "/search/")
    press(page, "Find a person")
    looked_at(page, "search-error")
    page.get_by_label("Given names").fill("Maya")
    press(page, "Find a person")
    looked_at(page, "search-results")
    follow(page, "Maya DUNNE")
    looked_at(page, "person")


def test_the_next_contact_is_taken_and_several_allocated_without_javascript(at: Callable[..., Page]) -> None:
    page = at("manager", "/front-door/", scripts=False)
    press(page, "Allocate")
    assert "Select a contact to allocate" in page.inner_text("main")
    page.locator("input[name=contact]").first.check()
    page.get_by_label("Allocate the contacts chosen to").select_option(label="Ivo Brand")
    press(page, "Allocate")
    assert "1 contact allocated to Ivo Brand." in page.inner_text("main")
    press(page, "Take the next contact")
    assert "You now own C-" in page.inner_text("main")
