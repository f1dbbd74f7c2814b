"""Files on a case, signing out everywhere and proving who one is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.engine.models import Case
from tests import files
from tests.browser.seen import PHONE, looked_at
from tests.browser.town import fill, follow, path_of, press
from tests.journey import Journey, page_of
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def case(journey: Journey) -> Case:
    with transaction.atomic():
        return journey.contact()


@pytest.fixture(autouse=True)
def _no_scanner(settings: Any) -> None:
    settings.SIGHTLINE_CLAMD = None


def attach(page: Page, content: bytes, name: str) -> None:
    given: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(given)
    press(page, "Attach this file")


def test_a_file_is_refused_kept_or_held_back_and_every_page_says_so(
    at: Callable[..., Page], case: Case, settings: Any
) -> None:
    page = at("worker", page_of(case))
    follow(page, "Attach a file")
    looked_at(page, "form")
    attach(page, files.package({"word/vbaProject.bin": b"x"}), "Letter of the school.docx")
    looked_at(page, "refused")
    attach(page, files.pdf(), "Body map.pdf")
    follow(page, "Attach a file")
    settings.SIGHTLINE_CLAMD = "/nowhere/clamd.ctl"
    attach(page, files.picture(), "Bruise on the left cheek, taken at school by the nurse.jpg")
    follow(page, "Attach a file")
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        attach(page, files.EICAR, "note.txt")
    looked_at(page, "virus")
    at("worker", page_of(case))
    looked_at(page, "panel", child=True)


def test_a_file_is_attached_and_taken_away_without_javascript(at: Callable[..., Page], case: Case) -> None:
    page = at("worker", page_of(case), PHONE, scripts=False)
    follow(page, "Attach a file")
    attach(page, files.pdf(active=True), "Chronology.pdf")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Chronology.pdf").click()
    assert taken.value.suggested_filename == "Chronology.pdf"
    assert b"/JavaScript" not in Path(taken.value.path()).read_bytes()


def test_whoever_signs_in_again_goes_on_and_whoever_signs_out_everywhere_is_out(
    at: Callable[..., Page], world: World
) -> None:
    page = at("second_worker", "/your-account/")
    looked_at(page, "account")
    at("second_worker", "/sign-in/again?next=/notices")
    looked_at(page, "again")
    fill(page, password="wrong")
    press(page, "Continue")
    looked_at(page, "again-wrong")
    fill(page, password=PASSWORD)
    press(page, "Continue")
    assert path_of(page) == "/notices"
    at("second_worker", "/your-account/")
    press(page, "Sign out everywhere")
    looked_at(page, "signed-out")
