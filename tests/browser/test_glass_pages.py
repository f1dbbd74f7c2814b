"""A record opened without a part in it, and the page that comes before all others: in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.access.glass import FEWEST_CHARACTERS
from sightline.access.tiering import Holding, hold
from sightline.people.models import Worker
from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import choose, fill, path_of, press, proven, refused
from tests.journey import Journey, page_of

pytestmark = pytest.mark.browser
WORDS = "The night ward rang: he is there, and nobody of the team answers"


@pytest.fixture(scope="module")
def closed(journey: Journey) -> Any:
    """A contact held for one manager alone."""
    contact, manager = journey.logged(), journey.world.manager
    with journey.acting(manager):
        hold(
            contact.pk,
            Holding("restricted", "A worker's own child", [manager.worker, journey.world.worker.worker]),
            by=manager,
        )
    return contact


def test_a_record_is_opened_with_a_reason_and_says_so_wherever_it_is(at: Callable[..., Page], closed: Any) -> None:
    page = at("second_worker", page_of(closed))
    looked_at(page, "door")
    page = proven(at, "second_worker", page_of(closed, "open"))
    fill(page, words="Short")
    page.get_by_role("button", name="Open", exact=False).last.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    looked_at(page, "glass-refused")
    too_short = f"Say why in at least {FEWEST_CHARACTERS} characters: somebody will review it"
    refused(page, "Select why you need to open it", too_short)
    choose(page, reason="child-at-risk-now")
    fill(page, words=WORDS)
    press(page, "Open this record")
    assert path_of(page) == page_of(closed)
    looked_at(page, "glass-case", child=True)
    expect(page.get_by_text("Nothing of it may be taken away").first).to_be_visible()
    page = at("second_worker", "/work/")
    looked_at(page, "glass-worklist")
    expect(page.get_by_role("link", name=closed.reference).first).to_be_visible()


def test_a_worker_says_who_they_are_before_the_first_page(at: Callable[..., Page], journey: Journey) -> None:
    worker = journey.world.lead_worker.worker
    Worker.objects.filter(pk=worker.pk).update(own_details_answered_at=None)
    page = at("lead_worker", "/work/")
    assert path_of(page).startswith("/your-account/own-details?next=")
    looked_at(page, "own-details-first")


def test_a_planned_meeting_is_put_into_a_calendar(at: Callable[..., Page], journey: Journey) -> None:
    case = journey.strategy()
    journey.take(case, "team_manager", "call", planned_for=calendar.now() + timedelta(hours=3), mode="video")
    page = at("team_manager", page_of(case))
    looked_at(page, "meeting-called", child=True)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Put it in your calendar").click()
    assert taken.value.suggested_filename == f"{case.reference}.ics"
