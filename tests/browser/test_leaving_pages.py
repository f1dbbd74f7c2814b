"""Asking to take a file away, a second person's answer, and the family's copies, in a real browser: axe, two widths."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.datasets.faults import Checked, Fault
from sightline.datasets.refusals import keep_faults
from tests.browser.conftest import WIDTHS, axe, scrolls_sideways, shot
from tests.contacts import signed_in
from tests.world import PASSWORD, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(running_site: str) -> tuple[str, World]:
    with transaction.atomic():
        return running_site, make_world()


@pytest.fixture
def at(open_page: Callable[..., Page], office: tuple[str, World]) -> Callable[..., Page]:
    site, world = office

    def opened(who: str, address: str, width: int) -> Page:
        client = signed_in(world, who)
        client.post("/sign-in/again", {"password": PASSWORD})
        value = client.cookies["sightline"].value
        page = open_page(width, cookies=[{"name": "sightline", "value": value, "url": site}])
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"leaving-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_large_file_is_asked_for_and_agreed_to(
    at: Callable[..., Page], office: tuple[str, World], acting: Any, width: int
) -> None:
    world = office[1]
    faults = [
        Fault("value.date", "error", "children", ("date_of_birth",), f"C{n:04}", n, "2031-02-30", "Not a date")
        for n in range(201)
    ]
    with transaction.atomic(), acting(world.analyst):
        found = keep_faults(world.analyst.account.pk, Checked("cin.xml", "0" * 64, "cin_census", faults=faults))
    page = at("analyst", f"/exports/faults/{found}/", width)
    looked_at(page, "ask")
    page.get_by_label("What is it for?").fill("To correct dates of birth with the council")
    page.get_by_role("button", name="Ask a second person").click()
    looked_at(page, "waits")
    second = at("hub", "/exports/", width)
    looked_at(second, "list")
    second.get_by_role("link", name="What is wrong with cin.xml").first.click()
    second.get_by_role("button", name="Save the answer").click()
    looked_at(second, "decide-mistakes")
    second.get_by_label("Yes").check()
    second.get_by_label("Why?").fill("The council asked for it")
    second.get_by_role("button", name="Save the answer").click()
    page.reload()
    looked_at(page, "ready")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Take the file (CSV)").click()
    assert "Taken by Bo Tarn" in downloading.value.path().read_text(encoding="utf-8")
