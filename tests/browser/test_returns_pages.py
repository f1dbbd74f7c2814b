"""Files that agencies send, in a real browser: axe, three widths, uploaded and mended with and without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.demonstration.census import invent_census
from tests.browser.conftest import WIDTHS, axe, scrolls_sideways, shot
from tests.contacts import signed_in
from tests.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GOOD = (Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv").read_bytes()


@pytest.fixture
def office(running_site: str) -> tuple[str, World]:
    """The running site with the figures that ship with it."""
    from sightline.datasets.extract import load_shipped_extract

    with transaction.atomic():
        world = make_world()
        load_shipped_extract()
    return running_site, world


@pytest.fixture
def at(open_page: Callable[..., Page], office: tuple[str, World]) -> Callable[..., Page]:
    site, world = office

    def opened(address: str, width: int = 1280, scripts: bool = True) -> Page:
        value = signed_in(world, "analyst").cookies["sightline"].value
        page = open_page(width, scripts=scripts, cookies=[{"name": "sightline", "value": value, "url": site}])
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"returns-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)


def upload(page: Page, content: bytes, name: str, sender: str = "The publisher") -> None:
    given: Any = {"name": name, "mimeType": "text/plain", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(given)
    page.get_by_label(sender).check()
    page.get_by_role("button", name="Check and load this file").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_returns_is_free_of_faults_at_every_width(at: Callable[..., Page], width: int) -> None:
    page = at("/returns/", width)
    looked_at(page, "list")
    page.get_by_role("button", name="Upload a file").click()
    looked_at(page, "upload")
    upload(page, b"PK\x03\x04 a workbook", "figures.xlsx")
    looked_at(page, "unreadable")
    bad = GOOD.replace(b"200,50,25", b"many,50,250").replace(b"240,60,25", b"some,60,25")
    upload(page, bad.replace(b"1000,200,20", b"1000,900,20"), "figures.csv")
    looked_at(page, "refused")
    page.get_by_role("button", name="Upload a corrected file").click()
    upload(page, GOOD.replace(b"200,50,25", b"200,50,26"), "figures.csv")
    looked_at(page, "to-check")
    page.get_by_role("link", name="Upload another file").click()
    upload(page, GOOD, "figures.csv")
    looked_at(page, "loaded")


def test_a_refused_file_is_mended_and_loaded_without_javascript(at: Callable[..., Page]) -> None:
    page = at("/returns/send/", scripts=False)
    upload(page, GOOD.replace(b"200,50,25", b"many,50,25"), "figures.csv")
    assert page.get_by_role("heading", level=1).inner_text() == "This file has not been loaded"
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download all faults (CSV)").click()
    assert "type.number" in Path(downloading.value.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name="Upload a corrected file").click()
    upload(page, GOOD, "figures.csv")
    assert page.get_by_role("heading", level=1).inner_text() == "Loaded. Nothing to fix"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_census_with_planted_faults_lists_them_by_child(at: Callable[..., Page], tmp_path: Path, width: int) -> None:
    path = tmp_path / "census.xml"
    invent_census(path, year="2025-26", children=300, plant_faults=60)
    page = at("/returns/send/", width)
    upload(page, path.read_bytes(), "census_2025_26.xml", "Ardenvale Council")
    looked_at(page, "census-refused")
