"""Everybody at once, each signed in in a browser of their own, and what they do on a page.

Whatever leads to another page is done with `press`, `follow`, `open_row`, `enter` or inside `page.expect_navigation()`:
a click alone comes back before the next page is there. What stays on its page is waited for with Playwright's `expect`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page

from sightline.people.models import Account
from tests.journey import boxes
from tests.world import PASSWORD

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
DESK = 1280


@dataclass
class Town:
    """Who uses the site: `pages` has a page for each of them, with scripts and without; `faults` what went wrong."""

    browser: Browser
    address: str
    pages: dict[tuple[str, bool], Page] = field(default_factory=dict)
    opened: list[Page] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def at(self, who: str, where: str = "", width: int = DESK, *, scripts: bool = True) -> Page:
        """This person's page, the same each time, at an address of the site where one is given. "" is nobody."""
        page = self.pages.get((who, scripts)) or self.another(who, scripts=scripts)
        self.pages[who, scripts] = page
        if page.viewport_size != {"width": width, "height": 900}:
            page.set_viewport_size({"width": width, "height": 900})
        if where:
            page.goto(self.address + where)
        return page

    def another(self, who: str, *, scripts: bool = True) -> Page:
        """A page of this person's in one more browser, beside the one that they have."""
        context = self.browser.new_context(viewport={"width": DESK, "height": 900}, java_script_enabled=scripts)
        context.add_init_script(path=AXE)  # by the browser's own channel, past the content security policy
        if who:
            context.add_cookies([{"name": "sightline", "value": signed_in(who), "url": self.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if _is_fault(said) else None)
        self.opened.append(page)
        return page

    def close(self) -> None:
        for page in self.opened:
            page.context.close()


def signed_in(who: str) -> str:
    """The session of somebody who has signed in."""
    client = Client()
    client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sightline"].value


def _is_fault(said: Any) -> bool:
    # Chromium reports the status of an error page itself as a failed load.
    return said.type == "error" and "Failed to load resource" not in said.text


def enter(page: Page) -> None:
    """The Enter key, where it leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=isinstance(name, str)).locator("visible=true").last.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.locator("main a:visible", has_text=name).first.click()


def open_row(page: Page, text: str) -> None:
    """The link of the row of a list that has this text."""
    with page.expect_navigation():
        page.get_by_role("row").filter(has_text=text).get_by_role("link").click()


def fill(page: Page, **answers: str) -> None:
    """Text into the boxes of these names."""
    for name, text in answers.items():
        page.locator(f"main [name='{name}']").fill(text)


def choose(page: Page, **answers: str) -> None:
    """One radio button or tick box of each of these names."""
    for name, value in answers.items():
        page.locator(f"main [name='{name}'][value='{value}']").check()


def refused(page: Page, *said: str) -> None:
    """The page says these things are wrong, and nothing else."""
    assert page.locator(".govuk-error-summary__list li").all_inner_texts() == list(said)


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def when(page: Page, name: str, moment: date) -> None:
    """A day, or a moment where it is one, into its boxes."""
    fill(page, **boxes(name, moment))


def proven(at: Callable[..., Page], who: str, address: str) -> Page:
    """The page at this address, for somebody who has just signed in again."""
    page = at(who, f"/sign-in/again?next={address}")
    fill(page, password=PASSWORD)
    press(page, "Continue")
    assert path_of(page) == address
    return page
