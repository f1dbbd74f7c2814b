"""Everybody of the demonstration at once, each in a browser of their own, and what they do on a page."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.test import Client
from playwright.sync_api import Browser, Page

from sightline.people.models import Account


@dataclass
class Town:
    """Everybody who is signed in, each in a browser of their own."""

    browser: Browser
    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def at(self, who: str, where: str = "") -> Page:
        """This person's page, at an address of the site where one is given."""
        if who not in self.pages:
            self.pages[who] = self.new(who)
        if where:
            self.pages[who].goto(self.address + where)
        return self.pages[who]

    def new(self, who: str = "", width: int = 1280, *, scripts: bool = True) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        if who:
            client = Client()
            client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
            cookie = client.cookies["sightline"].value
            context.add_cookies([{"name": "sightline", "value": cookie, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


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


def when(page: Page, name: str, moment: datetime) -> None:
    day(page, name, moment)
    fill(page, **{f"{name}-time": f"{moment:%H:%M}"})


def day(page: Page, name: str, on: date) -> None:
    fill(page, **{f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)})
