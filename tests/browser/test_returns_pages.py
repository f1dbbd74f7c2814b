"""Files that agencies send, in a real browser: axe, two widths, uploaded and mended with and without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.datasets.extract import load_shipped_extract
from sightline.demonstration.census import invent_census
from tests.browser.seen import looked_at
from tests.browser.town import follow, press
from tests.world import World

pytestmark = pytest.mark.browser
GOOD = (Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv").read_bytes()


@pytest.fixture(scope="module", autouse=True)
def loaded(world: World) -> None:
    """The figures that ship with the site."""
    with transaction.atomic():
        load_shipped_extract()


def upload(page: Page, content: bytes, name: str, sender: str = "The publisher") -> None:
    given: Any = {"name": name, "mimeType": "text/plain", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(given)
    page.get_by_label(sender).check()
    press(page, "Check and load this file")


def test_every_page_of_returns_is_free_of_faults_at_every_width(at: Callable[..., Page]) -> None:
    page = at("analyst", "/returns/")
    looked_at(page, "list")
    press(page, "Upload a file")
    looked_at(page, "upload")
    upload(page, b"PK\x03\x04 a workbook", "figures.xlsx")
    looked_at(page, "unreadable")
    bad = GOOD.replace(b"200,50,25", b"many,50,250").replace(b"240,60,25", b"some,60,25")
    upload(page, bad.replace(b"1000,200,20", b"1000,900,20"), "figures.csv")
    looked_at(page, "refused")
    press(page, "Upload a corrected file")
    upload(page, GOOD.replace(b"200,50,25", b"200,50,26"), "figures.csv")
    looked_at(page, "to-check")
    follow(page, "Upload another file")
    upload(page, GOOD, "figures.csv")
    looked_at(page, "loaded")


def test_a_refused_file_is_mended_and_loaded_without_javascript(at: Callable[..., Page]) -> None:
    page = at("analyst", "/returns/send/", scripts=False)
    upload(page, GOOD.replace(b"200,50,25", b"many,50,25"), "figures.csv")
    assert page.get_by_role("heading", level=1).inner_text() == "This file has not been loaded"
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download all faults (CSV)").click()
    assert "type.number" in Path(downloading.value.path()).read_text(encoding="utf-8")
    press(page, "Upload a corrected file")
    upload(page, GOOD, "figures.csv")
    assert page.get_by_role("heading", level=1).inner_text() == "Loaded. Nothing to fix"


def test_a_census_with_planted_faults_lists_them_by_child(at: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    invent_census(path, year="2025-26", children=300, plant_faults=60)
    page = at("analyst", "/returns/send/")
    upload(page, path.read_bytes(), "census_2025_26.xml", "Ardenvale Council")
    looked_at(page, "census-refused")
