"""The public form on a telephone, without JavaScript and by keyboard alone; and the professionals' pages at a desk."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.engine.models import Case
from tests.browser.seen import looked_at
from tests.browser.town import Town, choose, enter, fill, follow, press, refused
from tests.contacts import bound
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("world")]

TELEPHONE = 375
WORRY = "Shouting every night through the wall"


def begun(at: Callable[..., Page], **kind: Any) -> Page:
    page = at("", "/report/", TELEPHONE, **kind)
    press(page, "Start now")
    press(page, "Continue")
    return page


def named(page: Page) -> None:
    page.get_by_label("First name, if you know it").fill("Maya")
    page.get_by_label("Not known").check()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (TELEPHONE, False)], ids=["desk", "no-script"])
def test_every_page_of_the_form_is_usable(at: Callable[..., Page], width: int, scripts: bool) -> None:
    page = at("", "/report/", width, scripts=scripts)

    def usable(name: str) -> None:
        looked_at(page, name if scripts else f"{name}-plain", scripts=scripts)
        assert page.get_by_text("01632 960 101").last.is_visible(), "help is on every page"

    usable("start")
    press(page, "Start now")
    usable("before")
    press(page, "Continue")
    press(page, "Continue")
    refused(page, "Select whether the child is in danger now")
    usable("danger-error")
    page.get_by_label("Yes").check()
    press(page, "Continue")
    usable("999")
    press(page, "I have called 999, continue")
    press(page, "Continue")
    usable("who-error")
    named(page)
    press(page, "Continue")
    fill(page, narrative=WORRY)
    usable("what")
    for _ in range(5):
        press(page, "Continue")
    usable("contact")
    page.get_by_label("Yes").first.check()
    press(page, "Continue")
    usable("contact-error")
    page.get_by_label("How can we reach you?").fill("07700 900001")
    press(page, "Continue")
    usable("check")
    press(page, "Send to the front door")
    expect(page.locator("h1")).to_have_text("Sent")
    usable("sent")
    follow(page, "see whether it has been read")
    usable("status")


def test_the_browsers_back_button_keeps_what_was_typed(at: Callable[..., Page]) -> None:
    page = begun(at, scripts=False)
    choose(page, in_danger="no")
    press(page, "Continue")
    named(page)
    press(page, "Continue")
    expect(page.get_by_label("What has happened?")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("First name, if you know it")).to_have_value("Maya")
    press(page, "Continue")
    expect(page.get_by_label("What has happened?")).to_be_visible()


def test_the_keyboard_alone_answers_and_enter_goes_on(at: Callable[..., Page]) -> None:
    page = begun(at)
    page.locator("#in_danger").focus()
    page.keyboard.press("ArrowDown")
    enter(page)
    expect(page.locator("h1")).to_have_text("Who is the child?")
    page.get_by_label("First name, if you know it").focus()
    page.keyboard.type("Maya")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    enter(page)
    expect(page.get_by_label("What has happened?")).to_be_visible()


def test_exit_this_page_leaves_for_somewhere_neutral_and_nothing_stays(
    at: Callable[..., Page], site: str, settings: Any
) -> None:
    settings.QUICK_EXIT_ADDRESS = f"{site}/healthz"
    page = begun(at, scripts=False)
    page.locator("a.govuk-exit-this-page__button").click()
    page.wait_for_url("**/healthz")
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []


def test_without_a_script_a_concern_arrives(at: Callable[..., Page], world: World) -> None:
    page = begun(at, scripts=False)
    choose(page, in_danger="no")
    press(page, "Continue")
    named(page)
    press(page, "Add another child")
    expect(page.get_by_label("First name, if you know it").first).to_have_value("Maya")
    press(page, "Continue")
    fill(page, narrative=WORRY)
    for _ in range(5):
        press(page, "Continue")
    choose(page, may_contact="no")
    press(page, "Continue")
    press(page, "Send to the front door")
    reference = page.locator(".govuk-panel__body strong").inner_text()
    with bound(world.worker):
        assert Case.visible_to(world.worker).filter(reference=reference).exists()


def test_the_professional_form_and_what_was_sent(town: Town) -> None:
    page = town.at("school", "/sent/")
    looked_at(page, "sent-empty")
    looked_at(town.at("school", "/tell/"), "tell")
    press(page, "Send now, the rest to follow")
    looked_at(page, "tell-error")
    follow(page, "The child or children")
    page.get_by_label("Given names").fill("Maya")
    page.get_by_label("Day").first.fill("31")
    press(page, "Save and continue")
    looked_at(page, "tell-section-1-error")
    page.get_by_label("Day").first.fill("")
    press(page, "Save and continue")
    town.at("school", "/tell/section/2")
    page.get_by_label("What has happened?").fill("A bruise on the cheek")
    page.get_by_label("What has happened?").blur()
    expect(page.locator(".app-save-line")).to_contain_text("Saved")
    looked_at(page, "tell-section-2")
    press(page, "Save and continue")
    for number in range(3, 8):
        looked_at(town.at("school", f"/tell/section/{number}"), f"tell-section-{number}")
    looked_at(town.at("school", "/tell/"), "tell-begun")
    looked_at(town.at("school", "/tell/check"), "tell-check")
    press(page, "Send to the front door")
    looked_at(page, "sent-now")
    follow(page, "See what you sent")
    looked_at(page, "sent-one")
    looked_at(town.at("school", "/sent/"), "sent-list")
