"""Registers in a real browser: axe at three widths, every state, and a change proposed and approved without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from sightline.datasets.extract import load_shipped_extract
from sightline.demonstration.cast import write_cast
from sightline.demonstration.registers import load_registers
from sightline.people.models import Account
from sightline.platform import calendar
from tests.browser.conftest import WIDTHS, axe, scrolls_sideways, shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TERMS = "/registers/terms-of-reference/"


@pytest.fixture
def at(open_page: Callable[..., Page], running_site: str) -> Callable[..., Page]:
    """`at("hub", "/registers/", width)` opens a page signed in as that person."""
    with transaction.atomic():
        write_cast(calendar.today())
        load_registers()
    load_shipped_extract()

    def opened(who: str, address: str, width: int = 1280, scripts: bool = True) -> Page:
        client = Client()
        client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies["sightline"].value
        page = open_page(width, scripts=scripts, cookies=[{"name": "sightline", "value": value, "url": running_site}])
        page.goto(running_site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"registers-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)


PAGES = (
    ("hub", "/registers/", "catalogue"),
    ("hub", "/registers/priorities/", "priorities"),
    ("hub", "/registers/priorities/?on-day=1&on-month=6&on-year=2024", "as-it-stood"),
    ("hub", "/registers/priorities/?on-day=31&on-month=2&on-year=2024", "no-such-day"),
    ("scrutineer", "/registers/priorities/neglect-seen-early/", "entry"),
    ("hub", "/registers/groups/", "groups"),
    ("hub", "/registers/groups/missing-children-task-group/", "ended-group"),
    ("hub", f"{TERMS}executive/", "terms"),
    ("hub", "/registers/local-limits/new/", "new-limit"),
    ("hub", f"{TERMS}executive/change/", "change-terms"),
    ("hub", "/registers/targets/", "targets"),
    ("chief-police", "/registers/targets/?in=thornmere", "empty"),
    ("analyst", "/registers/priorities/new/", "refused"),
    ("scrutineer", "/registers/neighbour-sets/", "neighbour-sets"),
)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_registers_is_free_of_faults_at_every_width(at: Callable[..., Page], width: int) -> None:
    for who, address, name in PAGES:
        looked_at(at(who, address, width), name)


def test_a_target_is_proposed_and_approved_without_scripts(at: Callable[..., Page]) -> None:
    page: Any = at("hub", "/registers/targets/new/", scripts=False)
    page.get_by_role("button", name="Continue").click()
    shot(page, "registers-mistakes")
    assert page.locator(".govuk-error-summary__list li").count() > 1
    page.get_by_label("Which indicator?").select_option("plan_rate")
    for label, text in {"What is the target?": "45", "Who decided it?": "Executive group"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Where is the decision recorded?").fill("Executive group, minute 12")
    for part, text in {"day": "1", "month": "4", "year": "2031"}.items():
        page.locator(f"[name=effective_from-{part}]").fill(text)
    page.get_by_role("button", name="Continue").click()
    shot(page, "registers-check")
    page.get_by_role("button", name="Propose a new target").click()
    shot(page, "registers-proposed")
    path = page.url.split("/cases/")[1]

    page = at("chief-health", f"/cases/{path}", scripts=False)
    shot(page, "registers-case")
    page.get_by_role("button", name="Approve the change").click()
    shot(page, "registers-approve")
    page.get_by_role("button", name="Continue").click()
    shot(page, "registers-approve-check")
    page.locator("main .govuk-button").first.click()
    shot(page, "registers-approved")
    page = at("chief-health", "/registers/targets/plan_rate/")
    looked_at(page, "new-entry")
    assert "Salma Munroe-Tait" in page.inner_text("main")
