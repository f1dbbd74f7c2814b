"""The page that says how closely a case is held, and what a case says to whom it is held from."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seen import looked_at
from tests.browser.town import fill, follow, press
from tests.journey import Journey, page_of
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def contact(journey: Journey) -> Any:
    contact = journey.asked()
    journey.take(contact, "worker", "hold_strategy_now", rationale="She said that he hit her")
    return contact


def test_a_contact_is_held_with_what_it_opened_and_says_who_cannot_see_it(
    at: Callable[..., Page], journey: Journey, contact: Any
) -> None:
    page = at("service_manager", page_of(contact, "held"))
    fill(page, password=PASSWORD)
    press(page, "Continue")
    looked_at(page, "holding", child=True)
    for name in ("Kay Obi", "Noor Kell"):
        expect(page.get_by_label(name)).to_be_checked()
    page.get_by_label("Edda Marsh").check()
    page.get_by_label("Kay Obi").uncheck()
    page.get_by_label("Restricted: named people only", exact=True).check()
    page.get_by_role("group", name="known only to those named").get_by_label("No").check()
    page.get_by_label("Why?").fill("Threats to the mother")
    press(page, "Keep it so")
    looked_at(page, "holding-refused", child=True)
    expect(page.locator(".govuk-error-summary")).to_contain_text("Kay Obi owns it")
    page.get_by_label("Kay Obi").check()
    press(page, "Keep it so")
    expect(page.get_by_text("Kept. It holds from now on.")).to_be_visible()
    expect(page.get_by_text("cannot see what it is asked").first).to_be_visible()
    looked_at(page, "held-closely", child=True)
    follow(page, re.compile(r"Strategy discussion S-"))
    expect(page.get_by_text("and so cannot come")).to_be_visible()
    looked_at(page, "meeting-held-closely", child=True)
    follow(page, "Call the meeting")
    looked_at(page, "call-held-closely", child=True)
    follow(page, "Name somebody of theirs")
