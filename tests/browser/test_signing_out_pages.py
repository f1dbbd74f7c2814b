"""The pages on which a colleague is signed out everywhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seen import looked_at
from tests.browser.town import fill, press
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


def test_a_manager_signs_a_colleague_out(at: Callable[..., Page], world: World) -> None:
    looked_at(at("manager", "/your-account/"), "your-account-of-a-manager")
    page = at("manager", "/oversight/colleagues/")
    looked_at(page, "colleagues")
    page.get_by_role("link", name=world.worker.name).click()
    fill(page, password=PASSWORD)
    press(page, "Continue")
    looked_at(page, "colleague")
    page.get_by_label("Sign them out everywhere").check()
    press(page, "Sign out")
    expect(page.locator("main")).to_contain_text(f"{world.worker.name}: ")
