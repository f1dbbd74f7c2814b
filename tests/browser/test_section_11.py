"""Section 11 in a real browser: every page and refusal looked at by axe, at a desk and on a telephone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import Town, choose, fill, follow, press, refused
from tests.conftest import QUICK_HASHERS, fresh_database, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(database_server: str, database_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The invented partnerships with both their cycles, on a site that this module shares."""
    from sightline.demonstration.cast import write_cast
    from sightline.demonstration.section_11 import load_section_11
    from sightline.web.components import contact_details

    with fresh_database(database_server, database_template, django_db_blocker):
        with override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
            write_cast(calendar.today())
        load_section_11()
        contact_details.forget()
        with serving() as address:
            yield address
        contact_details.forget()


@pytest.fixture
def town(browser: Browser, site: str) -> Iterator[Town]:
    everybody = Town(browser, site)
    yield everybody
    everybody.close()
    assert not everybody.faults


def to_return(town: Town, who: str, name: str = "Section 11") -> Any:
    page = town.at(who, "/section-11/")
    follow(page, re.compile(name))
    return page


def test_the_lead_answers_and_is_told_what_is_missing(town: Town) -> None:
    page = town.at("council-lead", "/section-11/")
    looked_at(page, "s11-asked-of-you")
    follow(page, re.compile(f"Section 11 {calendar.today().year}: Ardenvale Council"))
    looked_at(page, "s11-return")
    press_link(page, "Continue")
    looked_at(page, "s11-question")
    page.get_by_role("button", name="Add a piece of evidence").click()
    looked_at(page, "s11-question-evidence")
    choose(page, score="3")
    press(page, "Save and continue")
    refused(page, "3 Met and evidenced needs evidence dated in the last 24 months")
    looked_at(page, "s11-question-refused")
    choose(page, score="2")
    fill(page, difference="Families said that it helped")
    press(page, "Save and continue")
    expect(page.get_by_text("saved at")).to_be_visible()
    confirmed_where_last_time_was_no_three(town, page)


def confirmed_where_last_time_was_no_three(town: Town, page: Any) -> None:
    """Last time's evidence is too old for a 3, so the first answer below that is the one to confirm."""
    address = page.url.split("/questions/")[0]
    for item in ("9.1", "9.2", "9.3", "10.1", "10.2", "11.1"):
        page.goto(f"{address}/questions/{item}/")
        if page.get_by_text("Last time").first.inner_text().find(": 3 ") < 0:
            press(page, "Use and confirm")
            expect(page.get_by_text(f"{item}: last time's answer is confirmed")).to_be_visible()
            return
    raise AssertionError("Every answer of last time was a 3.")


def press_link(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.locator("main a.govuk-button", has_text=name).click()


def test_the_police_in_both_partnerships(town: Town) -> None:
    page = town.at("police-lead", "/section-11/")
    looked_at(page, "s11-police")
    follow(page, re.compile(f"Thornmere Section 11 {calendar.today().year}"))
    looked_at(page, "s11-thornmere")


def test_a_signatory_reads_and_is_told_why_not_yet(town: Town) -> None:
    page = to_return(town, "council-signs", f"Section 11 {calendar.today().year}")
    looked_at(page, "s11-signatory")
    page.goto(f"{page.url}sign/")
    expect(page.get_by_text("not answered yet")).to_be_visible()
    looked_at(page, "s11-not-yet")
    page = to_return(town, "youth-justice-signs", f"Section 11 {calendar.today().year}")
    looked_at(page, "s11-signed")
    follow(page, "Read every answer on one page")
    looked_at(page, "s11-read")


def test_the_moderator_side_by_side(town: Town) -> None:
    page = town.at("moderator", "/section-11/")
    looked_at(page, "s11-cycles")
    follow(page, re.compile(rf"^Section 11 {calendar.today().year}$"))
    follow(page, "Ardenvale Police")
    press_link(page, "Moderate the scores")
    looked_at(page, "s11-moderate")
    choose(page, **{"q1-1-score": "0"})
    press(page, "Save and go on")
    refused(page, "Give the reason where your score differs from theirs")
    looked_at(page, "s11-moderate-refused")
    page.locator("textarea").first.fill("The minutes are of another year")
    press(page, "Save and go on")
    expect(page.get_by_text("Saved: 1 A clear line of accountability.")).to_be_visible()
    follow(page, re.compile(r"^1$"))
    looked_at(page, "s11-moderated")


def test_the_hub_s_cycle_its_heat_map_and_the_next_one(town: Town) -> None:
    page = town.at("hub", "/section-11/")
    follow(page, re.compile(rf"^Section 11 {calendar.today().year}$"))
    looked_at(page, "s11-cycle")
    follow(page, "Heat map")
    looked_at(page, "s11-heat-map")
    follow(page, "Moderated scores")
    looked_at(page, "s11-heat-map-moderated")
    page = town.at("hub", "/section-11/")
    press_link(page, "Start a Section 11 cycle")
    looked_at(page, "s11-start")
    page = town.at("hub", "/section-11/")
    follow(page, re.compile(rf"^Section 11 {calendar.today().year}$"))
    follow(page, "Ask another agency")
    looked_at(page, "s11-ask")
    page = town.at("hub", "/work/")
    looked_at(page, "s11-work")


def test_a_case_page_of_a_return(town: Town) -> None:
    page = to_return(town, "hospital", f"Section 11 {calendar.today().year}")
    looked_at(page, "s11-hospital")
    follow(page, "What has happened, clocks and actions")
    looked_at(page, "s11-case")


def test_without_scripts_a_question_is_answered(town: Town) -> None:
    page = town.new("ambulance", scripts=False)
    page.goto(f"{town.address}/section-11/")
    page.get_by_role("row").filter(has_text=f"Section 11 {calendar.today().year}").get_by_role("link").click()
    page.get_by_role("link", name="Continue").or_(page.get_by_role("button", name="Continue")).click()
    page.locator("[name='score'][value='1']").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("saved at")).to_be_visible()
    page.context.close()


def test_a_clarification_and_what_is_sent_late(town: Town) -> None:
    page = to_return(town, "health-lead", f"Section 11 {calendar.today().year}")
    looked_at(page, "s11-clarification")
    page = to_return(town, "youth-justice", f"Section 11 {calendar.today().year}")
    press_link(page, "Send the return")
    looked_at(page, "s11-send")
    page.get_by_role("button", name=re.compile("Send the return")).click()
    refused(page, "Select why this is late")
    looked_at(page, "s11-send-refused")


def test_the_signature(town: Town) -> None:
    """The council's last answers are given behind the scenes; its signatory reads all and signs."""
    from sightline.demonstration.in_the_name_of import in_the_name_of
    from sightline.engine.matter import load
    from sightline.engine.perform import perform
    from sightline.instruments.standing import standing_of

    page = to_return(town, "council-signs", f"Section 11 {calendar.today().year}")
    case_id = page.url.rstrip("/").rpartition("/")[2]
    with in_the_name_of("council-lead") as lead:
        left = standing_of(load(case_id)).unanswered()
        rows = [{"item": item.key, "score": "1", "difference": "Not known yet"} for item in left]
        perform(case_id, "answer", by=lead, answers={"item_answers": [r for r in rows if r["item"] != "12.1"]})
        last = [{"item": "12.1", "score": "na", "reason": "Nothing is commissioned"}]
        if any(row["item"] == "12.1" for row in rows):
            perform(case_id, "answer", by=lead, answers={"item_answers": last})
    page.reload()
    press_link(page, "Read and sign")
    looked_at(page, "s11-sign")
    press(page, "Sign this return")
    expect(page.get_by_text("You have signed the return")).to_be_visible()
    looked_at(page, "s11-has-signed")
