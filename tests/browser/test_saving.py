"""Work is saved while it is typed; what is typed past the time-out comes back after signing in. In a real browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from sightline.web.models import Draft
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.journey import Journey
from tests.world import PASSWORD, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRITTEN = "A bruise that has no story yet"


@dataclass
class Desk:
    """A front-door worker signed in, with a step open."""

    page: Page
    step: str


@pytest.fixture
def journey(running_site: str) -> Journey:
    @contextmanager
    def acting(actor: Any) -> Iterator[None]:
        with ExitStack() as both:
            both.enter_context(as_account(actor.account.pk))
            both.enter_context(audit.request(account_id=actor.account.pk))
            yield

    cache.clear()
    with transaction.atomic():
        world = make_world()
    return Journey(world, acting)


@pytest.fixture
def desk(journey: Journey, running_site: str, open_page: Callable[..., Page]) -> Callable[..., Desk]:
    def sit(width: int = 1280) -> Desk:
        case = journey.logged()
        client = Client()
        client.force_login(journey.world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
        cookie = {"name": "sightline", "value": client.cookies["sightline"].value, "url": running_site}
        page = open_page(width, cookies=[cookie])
        page.clock.install()
        step = f"{running_site}/cases/{case.pk}/do/propose/"
        page.goto(step)
        return Desk(page, step)

    return sit


def box(page: Page) -> Any:
    return page.locator("textarea").first


def written() -> str:
    return str([draft.data for draft in Draft.objects.all()])


def test_what_is_typed_is_saved_three_seconds_after_typing_stops(desk: Callable[..., Desk]) -> None:
    page = desk().page
    box(page).focus()
    page.keyboard.type(WRITTEN)
    page.clock.run_for(2000)
    assert WRITTEN not in written()
    with page.expect_response("**/draft") as answer:
        page.clock.run_for(1500)
    assert answer.value.status == 200
    line = page.locator(".app-save-line")
    page.wait_for_function("document.querySelector('.app-save-line').textContent.startsWith('Saved ')")
    assert line.get_attribute("aria-live") == "polite", "the first save is said aloud"
    assert WRITTEN in written()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert axe(page) == []
    with page.expect_response("**/draft"):
        page.keyboard.type(" and more")
        page.clock.run_for(3500)
    page.wait_for_function("document.querySelector('.app-save-line').getAttribute('aria-live') === 'off'")


def test_leaving_a_field_saves_it_and_the_draft_is_there_next_time(desk: Callable[..., Desk]) -> None:
    at = desk()
    box(at.page).fill(WRITTEN)
    with at.page.expect_response("**/draft"):
        at.page.keyboard.press("Tab")
    at.page.wait_for_function("document.querySelector('.app-save-line').textContent.startsWith('Saved ')")
    at.page.goto(at.step)
    assert box(at.page).input_value() == WRITTEN
    assert "This is your draft" in at.page.content()


def test_offline_it_says_so_and_saves_once_the_line_is_back(desk: Callable[..., Desk]) -> None:
    page = desk().page
    page.context.set_offline(True)
    box(page).fill(WRITTEN)
    page.keyboard.press("Tab")
    page.get_by_text("You are offline. Nothing is saved yet. Keep this page open").wait_for()
    shot(page, "saving-offline-1280")
    assert axe(page) == []
    with page.expect_response("**/draft"):
        page.context.set_offline(False)
    page.wait_for_function("document.querySelector('.app-save-line').textContent.startsWith('Saved ')")
    assert WRITTEN in written()


def test_the_time_out_says_that_work_is_saved_only_when_it_is(desk: Callable[..., Desk]) -> None:
    page = desk().page
    box(page).fill(WRITTEN)
    with page.expect_response("**/draft"):
        page.keyboard.press("Tab")
    with page.expect_response("**/still-here"):
        page.clock.run_for(70 * 1000)  # typing counts as being there
    page.clock.run_for(16 * 60 * 1000)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    assert dialog.get_by_text("Your work is saved.").is_visible()
    assert axe(page) == []
    shot(page, "time-out-saved-1280")
    with page.expect_response("**/still-here"):
        page.keyboard.press("Escape")
    page.context.set_offline(True)
    box(page).fill(WRITTEN + " and more")
    page.keyboard.press("Tab")
    page.get_by_text("You are offline. Saved up to").wait_for()
    page.clock.run_for(20 * 60 * 1000)
    shot(page, "time-out-over-unsaved-1280")
    assert "What you have typed on this page is not saved." in page.get_by_role("dialog").inner_text()
    assert "Your work is saved" not in page.get_by_role("dialog").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_typed_past_the_time_out_it_comes_back_after_signing_in(desk: Callable[..., Desk], width: int) -> None:
    at = desk(width)
    page = at.page
    Session.objects.update(expire_date=calendar.now() - timedelta(minutes=1))
    box(page).fill(WRITTEN)
    page.keyboard.press("Tab")
    page.get_by_text("You were signed out. Keep this page open").wait_for()
    page.clock.run_for(20 * 60 * 1000 + 6000)
    dialog = page.get_by_role("dialog", name="You were signed out")
    work = dialog.locator("[data-time-out-over-work]")
    assert work.inner_text() == "What you have typed on this page is not saved."
    assert axe(page) == []
    shot(page, f"time-out-over-{width}")
    page.get_by_role("button", name="Sign in and carry on").click()
    page.get_by_text("What you wrote is kept for 30 minutes").wait_for()
    assert axe(page) == []
    shot(page, f"held-sign-in-{width}")
    page.get_by_label("User name").fill("worker")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("What you wrote is here.").wait_for()
    assert page.url == at.step
    assert box(page).input_value() == WRITTEN
    assert axe(page) == []
    assert not scrolls_sideways(page)
    shot(page, f"held-returned-{width}")


def test_another_tab_that_is_used_keeps_this_one_from_asking(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.page.clock.run_for(14 * 60 * 1000)
    other = at.page.context.new_page()
    other.clock.install(time=at.page.evaluate("Date.now()"))
    other.goto(at.step)
    at.page.clock.run_for(2 * 60 * 1000)
    assert not at.page.get_by_role("dialog").is_visible()
