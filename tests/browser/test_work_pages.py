"""Home, worklist, queue, board, search and people in a real browser: axe, three widths, and no JavaScript needed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.platform import calendar
from tests.browser.conftest import WIDTHS, axe, scrolls_sideways, shot
from tests.contacts import bound, rated, signed_in, take, told
from tests.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(running_site: str) -> tuple[str, World]:
    """The running site with a late contact, one being checked, one proposed and one that nobody has taken."""
    now = calendar.now()
    with transaction.atomic():
        world = make_world()
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
    return running_site, world


@pytest.fixture
def at(open_page: Callable[..., Page], town: tuple[str, World]) -> Callable[..., Page]:
    """`at("worker", "/work/", width)` opens a page signed in as that person; nobody for an empty name."""
    site, world = town

    def opened(who: str, address: str, width: int = 1280, scripts: bool = True) -> Page:
        cookies = []
        if who:
            value = signed_in(world, who).cookies["sightline"].value
            cookies = [{"name": "sightline", "value": value, "url": site}]
        page = open_page(width, scripts=scripts, cookies=cookies)
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"work-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_to_work_from_is_free_of_faults_at_every_width(at: Callable[..., Page], width: int) -> None:
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
        looked_at(at(who, address, width), name)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_search_and_its_person_are_free_of_faults(at: Callable[..., Page], width: int) -> None:
    page = at("worker", "/search/", width)
    page.get_by_role("button", name="Find a person").click()
    looked_at(page, "search-error")
    page.get_by_label("Given names").fill("Maya")
    page.get_by_role("button", name="Find a person").click()
    looked_at(page, "search-results")
    page.get_by_role("link", name="Maya DUNNE").click()
    looked_at(page, "person")


def test_the_next_contact_is_taken_and_several_allocated_without_javascript(at: Callable[..., Page]) -> None:
    page: Any = at("manager", "/front-door/", scripts=False)
    page.get_by_role("button", name="Allocate").click()
    assert "Select a contact to allocate" in page.inner_text("main")
    page.locator("input[name=contact]").first.check()
    page.get_by_label("Allocate the contacts chosen to").select_option(label="Ivo Brand")
    page.get_by_role("button", name="Allocate").click()
    assert "1 contact allocated to Ivo Brand." in page.inner_text("main")
    page.get_by_role("button", name="Take the next contact").click()
    assert "You now own C-" in page.inner_text("main")
