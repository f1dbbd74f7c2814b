"""Registers in a real browser: axe at two widths, every state, and a change proposed and approved without scripts."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.datasets.extract import load_shipped_extract
from sightline.demonstration.cast import write_cast
from sightline.demonstration.registers import load_registers
from sightline.platform import calendar
from tests.browser.seen import looked_at, shot
from tests.browser.town import press

pytestmark = pytest.mark.browser
TERMS = "/registers/terms-of-reference/"


@pytest.fixture(scope="module", autouse=True)
def loaded(site: str) -> None:
    """The demonstration's people and registers, and the published figures that are shipped."""
    with transaction.atomic():
        write_cast(calendar.today())
        load_registers()
    load_shipped_extract()


PAGES = (
    ("hub", "/registers/", "catalogue"),
    ("hub", "/registers/priorities/", "priorities"),
    ("hub", "/registers/priorities/?on-day=1&on-month=6&on-year=2024", "as-it-stood"),
    ("hub", "/registers/priorities/?on-day=31&on-month=2&on-year=2024", "no-such-day"),
    ("analyst", "/registers/priorities/neglect-seen-early/", "entry"),
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


def test_every_page_of_the_registers_is_free_of_faults_at_every_width(at: Callable[..., Page]) -> None:
    for who, address, name in PAGES:
        looked_at(at(who, address), name)


def test_a_target_is_proposed_and_approved_without_scripts(at: Callable[..., Page]) -> None:
    page = at("hub", "/registers/targets/new/", scripts=False)
    press(page, "Continue")
    shot(page, "mistakes")
    assert page.locator(".govuk-error-summary__list li").count() > 1
    page.get_by_label("Which indicator?").select_option("plan_rate")
    for label, text in {"What is the target?": "45", "Who decided it?": "Executive group"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Where is the decision recorded?").fill("Executive group, minute 12")
    for part, text in {"day": "1", "month": "4", "year": "2031"}.items():
        page.locator(f"[name=effective_from-{part}]").fill(text)
    press(page, "Continue")
    shot(page, "check")
    press(page, "Propose a new target")
    shot(page, "proposed")
    path = page.url.split("/cases/")[1]

    page = at("chief-health", f"/cases/{path}", scripts=False)
    shot(page, "case")
    press(page, "Approve the change")
    shot(page, "approve")
    press(page, "Continue")
    shot(page, "approve-check")
    press(page, re.compile("^Approve the change"))
    shot(page, "approved")
    page = at("chief-health", "/registers/targets/plan_rate/")
    looked_at(page, "new-entry")
    assert "Salma Munroe-Tait" in page.inner_text("main")
