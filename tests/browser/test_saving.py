"""Work is saved while it is typed; what is typed past the time-out comes back after signing in. In a real browser."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from sightline.platform import calendar
from sightline.web.models import Draft
from tests.browser.seen import axe, looked_at, shot
from tests.browser.town import Town, enter, press
from tests.contacts import bound
from tests.journey import Journey
from tests.world import PASSWORD

pytestmark = pytest.mark.browser
SAVED = re.compile("^Saved ")
WRITTEN = "A bruise that has no story yet"


@dataclass
class Desk:
    """A front-door worker signed in, with a step open."""

    page: Page
    step: str
    worker: Any

    def written(self) -> str:
        """What is kept of what they typed."""
        with bound(self.worker):
            return str([draft.data for draft in Draft.objects.all()])


@pytest.fixture
def desk(journey: Journey, town: Town) -> Desk:
    worker = journey.world.worker
    with bound(worker):
        Draft.objects.all().delete()
    page, case = town.at("worker"), journey.logged()
    page.clock.install()
    step = f"{town.address}/cases/{case.pk}/do/propose/"
    page.goto(step)
    return Desk(page, step, worker)


def box(page: Page) -> Any:
    return page.locator("textarea").first


def test_what_is_typed_is_saved_three_seconds_after_typing_stops(desk: Desk) -> None:
    page = desk.page
    box(page).focus()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 60"))  # else seconds pass while this test waits its turn
    page.keyboard.type(WRITTEN)
    page.clock.run_for(2000)
    assert WRITTEN not in desk.written()
    with page.expect_response("**/draft") as answer:
        page.clock.run_for(1500)
    assert answer.value.status == 200
    line = page.locator(".app-save-line")
    expect(line).to_have_text(SAVED)
    expect(line).to_have_attribute("aria-live", "polite")  # the first save is said aloud
    assert WRITTEN in desk.written()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    with page.expect_response("**/draft"):
        page.keyboard.type(" and more")
        page.clock.run_for(3500)
    expect(line).to_have_attribute("aria-live", "off")
    page.clock.resume()
    looked_at(page, "saved", child=True)


def test_leaving_a_field_saves_it_and_the_draft_is_there_next_time(desk: Desk) -> None:
    box(desk.page).fill(WRITTEN)
    with desk.page.expect_response("**/draft"):
        desk.page.keyboard.press("Tab")
    expect(desk.page.locator(".app-save-line")).to_have_text(SAVED)
    desk.page.goto(desk.step)
    assert box(desk.page).input_value() == WRITTEN
    expect(desk.page.locator("main")).to_contain_text("This is your draft")


def test_a_form_sent_while_it_is_being_saved_is_sent_after_that_save_and_not_beside_it(desk: Desk) -> None:
    page, held, seen = desk.page, [], []
    page.route("**/draft", lambda route: held.append(route))  # until the form is sent
    page.on("request", lambda request: seen.append(("sent", request.method, request.url)))
    page.on("requestfinished", lambda request: seen.append(("answered", request.method, request.url)))
    box(page).fill("A bruise")
    with page.expect_request("**/draft"):
        page.keyboard.press("Tab")
    box(page).fill(WRITTEN)
    page.get_by_role("button", name="Save draft").click(no_wait_after=True)
    with page.expect_navigation():
        held[0].continue_()
    draft = f"{desk.step}draft"
    posted = [(what, address) for what, method, address in seen if method == "POST"]
    assert posted[:3] == [("sent", draft), ("answered", draft), ("sent", desk.step)]
    assert WRITTEN in desk.written()


def test_offline_it_says_so_and_saves_once_the_line_is_back(desk: Desk) -> None:
    page = desk.page
    page.context.set_offline(True)
    box(page).fill(WRITTEN)
    page.keyboard.press("Tab")
    expect(page.get_by_text("You are offline. Nothing is saved yet. Keep this page open")).to_be_visible()
    shot(page, "offline")
    assert axe(page) == []
    with page.expect_response("**/draft"):
        page.context.set_offline(False)
    expect(page.locator(".app-save-line")).to_have_text(SAVED)
    assert WRITTEN in desk.written()


def test_the_time_counts_from_asking_and_not_from_an_answer_that_comes_late(desk: Desk) -> None:
    page, held = desk.page, []
    page.route("**/still-here", lambda route: held.append(route))
    box(page).fill(WRITTEN)
    with page.expect_request("**/still-here"):
        page.clock.run_for(70 * 1000)
    page.clock.run_for(16 * 60 * 1000)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    expect(dialog).to_contain_text("3 minutes left")
    with page.expect_response("**/still-here"):
        held[0].continue_()
    page.clock.run_for(10 * 1000)
    expect(dialog).to_contain_text("4 minutes left")


def test_the_time_out_says_that_work_is_saved_only_when_it_is(desk: Desk) -> None:
    page = desk.page
    box(page).fill(WRITTEN)
    with page.expect_response("**/draft"):
        page.keyboard.press("Tab")
    with page.expect_response("**/still-here"):
        page.clock.run_for(70 * 1000)  # typing counts as being there
    page.clock.run_for(16 * 60 * 1000)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    expect(dialog.get_by_text("Your work is saved.")).to_be_visible()
    assert axe(page) == []
    shot(page, "time-out-saved")
    with page.expect_response("**/still-here"):
        page.keyboard.press("Escape")
    page.context.set_offline(True)
    box(page).fill(WRITTEN + " and more")
    page.keyboard.press("Tab")
    expect(page.get_by_text("You are offline. Saved up to")).to_be_visible()
    page.clock.run_for(20 * 60 * 1000)
    expect(page.get_by_role("dialog")).to_contain_text("What you have typed on this page is not saved.")
    expect(page.get_by_role("dialog")).not_to_contain_text("Your work is saved")
    shot(page, "time-out-over-unsaved")


def test_typed_past_the_time_out_it_comes_back_after_signing_in(desk: Desk) -> None:
    page = desk.page
    Session.objects.update(expire_date=calendar.now() - timedelta(minutes=1))
    box(page).fill(WRITTEN)
    page.keyboard.press("Tab")
    expect(page.get_by_text("You were signed out. Keep this page open")).to_be_visible()
    page.clock.run_for(20 * 60 * 1000 + 6000)
    dialog = page.get_by_role("dialog", name="You were signed out")
    work = dialog.locator("[data-time-out-over-work]")
    expect(work).to_have_text("What you have typed on this page is not saved.")
    looked_at(page, "time-out-over")
    press(page, "Sign in and carry on")
    expect(page.get_by_text("What you wrote is kept for 30 minutes")).to_be_visible()
    looked_at(page, "held-sign-in")
    page.get_by_label("User name").fill("worker")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    enter(page)
    expect(page.get_by_text("What you wrote is here.")).to_be_visible()
    assert page.url == desk.step
    assert box(page).input_value() == WRITTEN
    looked_at(page, "held-returned")


@pytest.mark.parametrize("signed_out", [True, False])
def test_what_keeps_no_draft_comes_back_too_and_nothing_of_it_is_done(
    desk: Desk, journey: Journey, town: Town, signed_out: bool
) -> None:
    page = town.at("manager")
    page.clock.install()
    case = journey.logged()
    held = f"{town.address}/cases/{case.pk}/held/"
    page.goto(held)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")
    page.get_by_label("Restricted: named people only").check()
    page.get_by_label("Edda Marsh").check()
    page.get_by_label("Why?").fill(WRITTEN)
    if signed_out:
        Session.objects.update(expire_date=calendar.now() - timedelta(minutes=1))
    else:
        page.route("**/still-here", lambda route: route.abort())
    page.clock.run_for(20 * 60 * 1000 + 6000)
    press(page, "Sign in and carry on")
    if signed_out:
        page.get_by_label("User name").fill("manager")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        enter(page)
    expect(page.get_by_text("What you wrote is here.")).to_be_visible()
    assert page.url == held
    expect(page.get_by_label("Why?")).to_have_value(WRITTEN)
    expect(page.get_by_label("Restricted: named people only")).to_be_checked()
    expect(page.get_by_label("Edda Marsh")).to_be_checked()
    looked_at(page, f"held-returned-whole-{signed_out}")


def test_another_tab_that_is_used_keeps_this_one_from_asking(desk: Desk) -> None:
    desk.page.clock.run_for(14 * 60 * 1000)
    heard = desk.page.evaluate_handle(
        "({it: new Promise(heard => new BroadcastChannel('sightline-time-out').addEventListener('message', heard))})"
    )
    other = desk.page.context.new_page()
    other.clock.install(time=desk.page.evaluate("Date.now() / 1000"))
    other.goto(desk.step)
    heard.evaluate("heard => heard.it.then(() => true)")
    desk.page.clock.run_for(2 * 60 * 1000)
    expect(desk.page.get_by_role("dialog")).to_be_hidden()
