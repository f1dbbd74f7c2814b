"""Section 11 in a real browser: every page and refusal looked at by axe, at a desk and on a telephone."""

import re

import pytest
from playwright.sync_api import Page, expect

from sightline.demonstration.cast import write_cast
from sightline.demonstration.in_the_name_of import in_the_name_of
from sightline.demonstration.section_11 import load_section_11
from sightline.engine.matter import load
from sightline.engine.perform import perform
from sightline.instruments.standing import standing_of
from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import Town, choose, fill, follow, open_row, press, refused

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def loaded(site: str) -> None:
    """The invented partnerships with both their cycles."""
    write_cast(calendar.today())
    load_section_11()


def to_return(town: Town, who: str, name: str = "Section 11") -> Page:
    page = town.at(who, "/section-11/")
    follow(page, re.compile(name))
    return page


def test_the_lead_answers_and_is_told_what_is_missing(town: Town) -> None:
    page = town.at("council-lead", "/section-11/")
    looked_at(page, "asked-of-you")
    follow(page, re.compile(f"Section 11 {calendar.today().year}: Ardenvale Council"))
    looked_at(page, "return")
    press(page, "Continue")
    looked_at(page, "question")
    press(page, "Add a piece of evidence")
    looked_at(page, "question-evidence")
    choose(page, score="3")
    press(page, "Save and continue")
    refused(page, "3 Met and evidenced needs evidence dated in the last 24 months")
    looked_at(page, "question-refused")
    choose(page, score="2")
    fill(page, difference="Families said that it helped")
    press(page, "Save and continue")
    expect(page.get_by_text("saved at")).to_be_visible()
    confirmed_where_last_time_was_no_three(town, page)


def confirmed_where_last_time_was_no_three(town: Town, page: Page) -> None:
    """Last time's evidence is too old for a 3, so the first answer below that is the one to confirm."""
    address = page.url.split("/questions/")[0]
    for item in ("9.1", "9.2", "9.3", "10.1", "10.2", "11.1"):
        page.goto(f"{address}/questions/{item}/")
        if page.get_by_text("Last time").first.inner_text().find(": 3 ") < 0:
            press(page, "Use and confirm")
            expect(page.get_by_text(f"{item}: last time's answer is confirmed")).to_be_visible()
            return
    raise AssertionError("Every answer of last time was a 3.")


def test_the_police_in_both_partnerships(town: Town) -> None:
    page = town.at("police-lead", "/section-11/")
    looked_at(page, "police")
    follow(page, re.compile(f"Thornmere Section 11 {calendar.today().year}"))
    looked_at(page, "thornmere")


def test_a_signatory_reads_and_is_told_why_not_yet(town: Town) -> None:
    page = to_return(town, "council-signs", f"Section 11 {calendar.today().year}")
    looked_at(page, "signatory")
    page.goto(f"{page.url}sign/")
    expect(page.get_by_text("not answered yet")).to_be_visible()
    looked_at(page, "not-yet")
    page = to_return(town, "youth-justice-signs", f"Section 11 {calendar.today().year}")
    looked_at(page, "signed")
    follow(page, "Read every answer on one page")
    looked_at(page, "read")


def test_the_moderator_side_by_side(town: Town) -> None:
    page = town.at("moderator", "/section-11/")
    looked_at(page, "cycles")
    follow(page, re.compile(rf"^Section 11 {calendar.today().year}$"))
    follow(page, "Ardenvale Police")
    press(page, "Moderate the scores")
    looked_at(page, "moderate")
    choose(page, **{"q1-1-score": "0"})
    press(page, "Save and go on")
    refused(page, "Give the reason where your score differs from theirs")
    looked_at(page, "moderate-refused")
    page.locator("textarea").first.fill("The minutes are of another year")
    press(page, "Save and go on")
    expect(page.get_by_text("Saved: 1 A clear line of accountability.")).to_be_visible()
    follow(page, re.compile(r"^1$"))
    looked_at(page, "moderated")


def test_the_hub_s_cycle_its_heat_map_and_the_next_one(town: Town) -> None:
    page = town.at("hub", "/section-11/")
    follow(page, re.compile(rf"^Section 11 {calendar.today().year}$"))
    looked_at(page, "cycle")
    follow(page, "Heat map")
    looked_at(page, "heat-map")
    follow(page, "Moderated scores")
    looked_at(page, "heat-map-moderated")
    page = town.at("hub", "/section-11/")
    press(page, "Start a Section 11 cycle")
    looked_at(page, "start")
    page = town.at("hub", "/section-11/")
    follow(page, re.compile(rf"^Section 11 {calendar.today().year}$"))
    follow(page, "Ask another agency")
    looked_at(page, "ask")
    page = town.at("hub", "/work/")
    looked_at(page, "work")


def test_a_case_page_of_a_return(town: Town) -> None:
    page = to_return(town, "hospital", f"Section 11 {calendar.today().year}")
    looked_at(page, "hospital")
    follow(page, "What has happened, clocks and actions")
    looked_at(page, "case")


def test_without_scripts_a_question_is_answered(town: Town) -> None:
    page = town.at("ambulance", "/section-11/", scripts=False)
    open_row(page, f"Section 11 {calendar.today().year}")
    press(page, "Continue")
    choose(page, score="1")
    press(page, "Save and continue")
    expect(page.get_by_text("saved at")).to_be_visible()


def test_a_clarification_and_what_is_sent_late(town: Town) -> None:
    page = to_return(town, "health-lead", f"Section 11 {calendar.today().year}")
    looked_at(page, "clarification")
    page = to_return(town, "youth-justice", f"Section 11 {calendar.today().year}")
    press(page, "Send the return")
    looked_at(page, "send")
    press(page, re.compile("Send the return"))
    refused(page, "Select why this is late")
    looked_at(page, "send-refused")


def test_the_signature(town: Town) -> None:
    """The council's last answers are given behind the scenes; its signatory reads all and signs."""
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
    press(page, "Read and sign")
    looked_at(page, "sign")
    press(page, "Sign this return")
    expect(page.get_by_text("You have signed the return")).to_be_visible()
    looked_at(page, "has-signed")
