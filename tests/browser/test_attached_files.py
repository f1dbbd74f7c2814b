"""Files on a case, signing out everywhere and proving who one is, in a real browser: axe, two widths, no JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.engine.models import Case
from tests import files
from tests.browser.conftest import WIDTHS, axe, scrolls_sideways, shot
from tests.contacts import signed_in
from tests.journey import Journey, page_of
from tests.world import PASSWORD, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def front_door(running_site: str, settings: Any, tmp_path: Path, acting: Any) -> tuple[str, World, Case]:
    """The running site with one contact; its files lie in a folder of the test's own."""
    settings.SIGHTLINE_HOME, settings.SIGHTLINE_CLAMD = tmp_path, None
    with transaction.atomic():
        world = make_world()
    with transaction.atomic():
        return running_site, world, Journey(world, acting).contact()


@pytest.fixture
def at(open_page: Callable[..., Page], front_door: tuple[str, World, Case]) -> Callable[..., Page]:
    site, world, _ = front_door

    def opened(address: str, width: int = 1280, scripts: bool = True) -> Page:
        value = signed_in(world, "worker").cookies["sightline"].value
        page = open_page(width, scripts=scripts, cookies=[{"name": "sightline", "value": value, "url": site}])
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"attached-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)


def attach(page: Page, content: bytes, name: str) -> None:
    given: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(given)
    page.get_by_role("button", name="Attach this file").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_files_is_free_of_faults_at_every_width(
    at: Callable[..., Page], front_door: tuple[str, World, Case], width: int, settings: Any
) -> None:
    page = at(page_of(front_door[2]), width)
    page.get_by_role("link", name="Attach a file").click()
    looked_at(page, "form")
    attach(page, files.package({"word/vbaProject.bin": b"x"}), "Letter of the school.docx")
    looked_at(page, "refused")
    attach(page, files.pdf(), "Body map.pdf")
    page.get_by_role("link", name="Attach a file").click()
    settings.SIGHTLINE_CLAMD = "/nowhere/clamd.ctl"
    attach(page, files.picture(), "Bruise on the left cheek, taken at school by the nurse.jpg")
    page.get_by_role("link", name="Attach a file").click()
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        attach(page, files.EICAR, "note.txt")
    looked_at(page, "virus")
    page.get_by_role("link", name="Back to the case").click()
    looked_at(page, "panel")


def test_a_file_is_attached_and_taken_away_without_javascript(
    at: Callable[..., Page], front_door: tuple[str, World, Case]
) -> None:
    page = at(page_of(front_door[2]), 320, scripts=False)
    page.get_by_role("link", name="Attach a file").click()
    attach(page, files.pdf(active=True), "Body map.pdf")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Body map.pdf").click()
    assert taken.value.suggested_filename == "Body map.pdf"
    assert b"/JavaScript" not in Path(taken.value.path()).read_bytes()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_sessions_are_free_of_faults(at: Callable[..., Page], front_door: Any, width: int) -> None:
    page = at("/your-account/", width)
    looked_at(page, "account")
    page.goto(front_door[0] + "/sign-in/again?next=/notices")
    looked_at(page, "again")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Continue").click()
    looked_at(page, "again-wrong")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    assert page.url.endswith("/notices")
    page.goto(front_door[0] + "/your-account/")
    page.get_by_role("button", name="Sign out everywhere").click()
    looked_at(page, "signed-out")
