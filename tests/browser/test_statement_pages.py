"""A position statement in a real browser: put together, refused, signed by three partners, published, opened again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seen import looked_at
from tests.browser.town import choose, fill, follow, open_row, press, refused

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("world")]

NAME = "Position statement, autumn 2026"
SIGNERS = ("council_chief", "police_chief", "nhs_chief")


def test_a_statement_from_its_first_draft_to_its_second_edition(at: Callable[..., Page]) -> None:
    looked_at(at("chair", "/statements/"), "none")
    statement = it_is_put_together(at)
    it_waits_for_what_the_partners_conclude(at, statement)
    three_partners_sign(at, statement)
    it_is_published(at, statement)


def it_is_put_together(at: Callable[..., Page]) -> str:
    """By the Support Hub; gives its address."""
    page = at("hub", "/statements/")
    press(page, "Put a statement together")
    press(page, "Put a statement together")
    looked_at(page, "start-refused")
    choose(page, publication="position-statement")
    fill(page, name=NAME, introduction="What inspectors asked of us.\n\nWe say plainly what has not changed.")
    press(page, "Put a statement together")
    at("hub", "/statements/")
    open_row(page, NAME)
    expect(page.locator("main")).to_contain_text("Draft, edition 1")
    looked_at(page, "draft")
    return page.url.partition("/statements/")[2]


def it_waits_for_what_the_partners_conclude(at: Callable[..., Page], statement: str) -> None:
    page = at("hub", f"/cases/{statement}do/offer/")
    expect(page.locator("main")).to_contain_text("It does not say yet: what the partners conclude.")
    looked_at(page, "not-yet")
    at("hub", f"/cases/{statement}do/rewrite/")
    looked_at(page, "rewrite")
    fill(page, assurance="We are not yet assured that meetings are held on time.")
    press(page, re.compile("^Edit and put it together again"))
    at("hub", f"/statements/{statement}")
    expect(page.locator("main")).to_contain_text("Draft, edition 2")
    press(page, "Send it to be signed")
    looked_at(page, "send")
    press(page, re.compile("^Send it to be signed"))


def three_partners_sign(at: Callable[..., Page], statement: str) -> None:
    looked_at(at("nhs_chief", f"/cases/{statement}do/refuse/"), "do-not-sign")
    for who in SIGNERS:
        page = at(who, f"/statements/{statement}")
        press(page, "Sign this edition")
        if who == SIGNERS[0]:
            looked_at(page, "sign")
            press(page, re.compile("^Sign this edition"))
            refused(page, "Confirm that you have read this edition")
            looked_at(page, "sign-refused")
        page.get_by_label("Yes").check()
        press(page, re.compile("^Sign this edition"))
    page = at("council_partner", f"/cases/{statement}do/sign/")
    expect(page.locator("main")).to_contain_text("It is already signed for the council.")
    looked_at(page, "signed-already")
    looked_at(at("council_chief", f"/statements/{statement}"), "signed")


def it_is_published(at: Callable[..., Page], statement: str) -> None:
    page = at("hub", f"/statements/{statement}")
    press(page, "Publish this edition")
    press(page, re.compile("^Publish this edition"))
    at("hub", f"/statements/{statement}")
    expect(page.locator("main")).to_contain_text(re.compile(r"Published \d+ \w+ 20\d\d, edition 2"))
    looked_at(page, "published")
    with page.expect_download() as downloading:
        page.get_by_role("link", name=re.compile("PDF")).click()
    assert downloading.value.suggested_filename.endswith(".pdf")
    at("hub", f"/cases/{statement}do/open_again/")
    fill(page, returned_because="A recommendation has closed since")
    press(page, re.compile("^Open it again"))
    at("hub", f"/statements/{statement}")
    page.get_by_text("Other editions").click()
    follow(page, "Edition 2")
    looked_at(page, "earlier-edition")
    looked_at(at("hub", f"/cases/{statement}"), "case")
    looked_at(at("chair", "/statements/"), "list")
    looked_at(at("worker", "/statements/"), "not-for-you")
