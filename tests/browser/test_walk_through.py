"""A concern becomes an endorsed decision and a meeting held in time, by everybody it passes through on the way.

Every page on the way is looked at, also as it is while it refuses something, at a desk and on a telephone.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sightline.datasets.extract import load_shipped_extract
from sightline.demonstration.load import load_small
from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import Town, choose, fill, follow, open_row, path_of, press, refused, when

pytestmark = pytest.mark.browser

WORDS = "I'm not allowed to say about Craig"
HALF_SISTER = "Isla Bhogle-Vale"
POLICE, HEALTH = "Ardenvale Police", "NHS Ardenvale Integrated Care Board"
WRITTEN = "Two call-outs to the house since June. Craig Tattersfield was cautioned for assault"


@pytest.fixture(scope="module", autouse=True)
def loaded(site: str) -> None:
    """The demonstration's small part and the published figures."""
    load_shipped_extract()
    load_small()


def test_a_concern_becomes_an_endorsed_decision_and_a_meeting_held_in_time(town: Town) -> None:
    reference = a_school_tells(town)
    contact = it_is_logged_and_matched(town)
    agencies_are_asked_and_answer(town, contact)
    a_decision_is_proposed(town, contact)
    another_manager_endorses(town, contact)
    the_school_reads_its_outcome_and_nothing_more(town, contact, reference)
    meeting = the_meeting_is_called_and_answered(town, contact)
    the_meeting_is_recorded(town, meeting)
    minutes_are_sent_and_opened(town, meeting)
    the_record_reads_right(town, contact, meeting)


def a_school_tells(town: Town) -> str:
    page = town.at("", "/sign-in")
    page.get_by_label("User name").fill("school-lead")
    page.get_by_label("Password", exact=True).fill("ardenvale-is-invented")
    press(page, "Sign in")
    looked_at(page, "school-home")
    press(page, "Tell the front door about a child")
    press(page, "Send now, the rest to follow")
    looked_at(page, "tell-error")
    follow(page, "The child or children")
    named = {"given_names": "Maya", "family_name": "Ormerod-Vale", "postcode": "AV3 4QT", "school": "Millbrook School"}
    born = {"date_of_birth-day": "8", "date_of_birth-month": "Feb", "date_of_birth-year": "2018"}
    fill(page, **{f"children-0-{name}": text for name, text in (named | born).items()})
    choose(page, in_danger="no")
    press(page, "Save and continue")
    town.at("", "/tell/section/2")
    choose(page, concerns="physical")
    fill(page, narrative="A bruise on her cheek. She fell, she said; then that she was not to talk about it")
    press(page, "Save and continue")
    town.at("", "/tell/section/3")
    fill(page, child_words=WORDS)
    press(page, "Save and continue")
    town.at("", "/tell/section/4")
    fill(page, **{"others-0-given_names": "Leanne", "others-0-family_name": "Ormerod", "others-0-relation": "mother"})
    press(page, "Save and continue")
    town.at("", "/tell/check")
    looked_at(page, "tell-check")
    press(page, "Send to the front door")
    looked_at(page, "tell-sent")
    expect(page.locator("main")).to_contain_text("You will hear by the end of")
    return page.locator(".govuk-panel__body strong").inner_text()


def it_is_logged_and_matched(town: Town) -> str:
    """Found in the queue, with Maya and her mother matched to whom the front door knows; gives its address."""
    page = town.at("contact-officer", "/front-door/?stage=new")
    looked_at(page, "queue")
    follow(page, re.compile("Maya O, 8 years"))
    looked_at(page, "contact-new", child=True)
    contact = path_of(page)
    follow(page, "Log this contact")
    expect(page.locator("main")).to_contain_text(
        f"Has a half-sister (same father), {HALF_SISTER.upper().replace('ISLA', 'Isla')}"
    )
    press(page, re.compile("^Log this contact"))
    looked_at(page, "log-error", child=True)
    for known in ("Maya", "Leanne"):
        page.get_by_label(f"Same person: {known}").check()
    press(page, re.compile("^Log this contact"))
    expect(page.locator("main")).to_contain_text("Stage: Logged")
    assert page.get_by_text("Not yet matched").count() == 0
    return contact


def agencies_are_asked_and_answer(town: Town, contact: str) -> None:
    page = town.at("front-door-worker", f"{contact}do/set_priority/")
    press(page, re.compile("^Set priority"))
    refused(page, "Select a priority", "Say why this priority")
    looked_at(page, "priority-error", child=True)
    choose(page, rag="amber")
    fill(page, rag_reason="An injury explained twice over")
    press(page, re.compile("^Set priority"))
    expect(page.locator("main")).to_contain_text("Named worker: Kay Obi")
    follow(page, "Ask agencies")
    page.get_by_label("Agency to ask").select_option(label=POLICE)
    press(page, "Ask another agency")
    page.get_by_label("Agency to ask").nth(1).select_option(label=HEALTH)
    looked_at(page, "ask-agencies", child=True)
    press(page, re.compile("^Ask these agencies"))
    town.at("front-door-worker", f"{contact}do/propose/")
    the_police_reply(town)
    health_holds_nothing(town)


def the_police_reply(town: Town) -> None:
    page = town.at("police", "/")
    looked_at(page, "police-home")
    open_row(page, "Maya O")
    looked_at(page, "enquiry")
    follow(page, "Send what we hold")
    press(page, re.compile("^Send what we hold"))
    refused(page, "Say what is relevant", "Select who may see it", "Select your agency's view of the risk")
    looked_at(page, "enquiry-error")
    fill(page, information=WRITTEN)
    choose(page, sensitivity="core", view_of_risk="some")
    press(page, re.compile("^Send what we hold"))
    looked_at(page, "enquiry-answered")


def health_holds_nothing(town: Town) -> None:
    page = town.at("health", "/")
    open_row(page, "Maya O")
    follow(page, "Reply that nothing is held")
    fill(page, searched_by="Nia Alderton")
    press(page, "Continue")
    looked_at(page, "nothing-held-check")
    press(page, re.compile("^Reply that nothing is held"))
    expect(page.locator("main")).to_contain_text("Stage: Nothing held")


def a_decision_is_proposed(town: Town, contact: str) -> None:
    """Stepping back is refused with every condition said and every answer kept; what protects goes through."""
    page = town.at("front-door-worker", f"{contact}do/propose/")
    looked_at(page, "propose", child=True)
    said = {
        "history_summary": "A cold kitchen in May",
        "lived_experience": "She watches the door",
        "rationale": "Twice told",
    }
    fill(page, **said)
    choose(page, decision="early-help", agreement="refused")
    press(page, re.compile("^Propose this decision"))
    refused(
        page,
        *(
            f"Say what happens for {child}: included, own record or not affected"
            for child in (HALF_SISTER, "Reuben Ormerod")
        ),
    )
    for nth, what in enumerate(("own-record", "included")):
        choose(page, **{f"other_children-{nth}-disposition": what})
    press(page, re.compile("^Propose this decision"))
    refused(
        page,
        "The family refused help. Say why this is not a step up",
        "Say how the child's view affected this, or why it was not obtained",
    )
    looked_at(page, "propose-conditions", child=True)
    assert {name: page.locator(f"[name='{name}']").input_value() for name in said} == said
    expect(page.locator("[name='other_children-0-disposition'][value='own-record']")).to_be_checked()
    choose(page, decision="strategy")
    press(page, "Propose this decision for Maya Ormerod-Vale")
    looked_at(page, "proposed", child=True)
    town.at("front-door-worker", f"{contact}do/endorse/")
    expect(page.locator("h1")).to_have_text("You cannot endorse this decision")
    looked_at(page, "not-allowed")


def another_manager_endorses(town: Town, contact: str) -> None:
    page = town.at("front-door-manager", "/")
    looked_at(page, "manager-home")
    town.at("front-door-manager", f"{contact}do/endorse/")
    expect(page.locator("#proposal")).to_contain_text("Kay Obi")
    looked_at(page, "endorse", child=True)
    fill(page, endorsement="Agreed. See Maya alone first")
    press(page, "Continue")
    looked_at(page, "endorse-check", child=True)
    press(page, re.compile("^Endorse this decision"))
    expect(page.locator("main")).to_contain_text("Stage: Endorsed")
    officer = town.at("contact-officer", f"{contact}do/tell_referrer/")
    expect(officer.locator("#to-tell")).to_contain_text("Hold a strategy discussion now")
    press(officer, re.compile("^Tell the referrer"))
    looked_at(officer, "tell-referrer-error", child=True)
    choose(officer, told_route="sightline", told_outcome="strategy", outcome_family_told="no-unsafe")
    fill(officer, told_words="A social worker will see Maya at school tomorrow", outcome_family_reason="Not safe yet")
    press(officer, re.compile("^Tell the referrer"))
    expect(officer.locator("main")).to_contain_text("Stage: Referrer told")


def the_school_reads_its_outcome_and_nothing_more(town: Town, contact: str, reference: str) -> None:
    page = town.at("school-lead", "/sent/")
    looked_at(page, "sent-list")
    follow(page, reference)
    looked_at(page, "sent-outcome")
    for where in ("", contact, f"{contact}timeline", f"{contact}who"):
        if where:
            town.at("school-lead", where)
        said = page.locator("main").inner_text()
        assert not re.search(r"\dT\d", said), "a moment as machines write it"
        for unsaid in ("Tattersfield", "Isla", "Reuben", "cold kitchen", "Endorsed", "Strategy discussion S-", "Amber"):
            assert unsaid not in said, f"{unsaid} at {page.url}"
    town.at("school-lead", contact)
    expect(page.locator("main")).to_contain_text("Getting help now. You were told today at")
    looked_at(page, "contact-of-school", child=True)
    assert town.at("other-school").goto(town.address + contact).status == 404  # type: ignore[union-attr]
    looked_at(town.at("other-school"), "not-found")


def the_meeting_is_called_and_answered(town: Town, contact: str) -> str:
    """The discussion that the decision opened, found from the contact; gives its address."""
    page = town.at("front-door-manager", contact)
    follow(page, re.compile("Strategy discussion S-"))
    meeting = path_of(page)
    page = town.at("team-manager", meeting)
    looked_at(page, "strategy-needed")
    follow(page, "Call the meeting")
    press(page, re.compile("^Call the meeting"))
    refused(page, "Enter when it will be held")
    looked_at(page, "call-error")
    when(page, "planned_for", calendar.local(calendar.now()) + timedelta(minutes=5))
    choose(page, mode="video", venue="mash")
    press(page, re.compile("^Call the meeting"))
    expect(page.locator("main")).to_contain_text("Not yet quorate: social care, police and health")
    police = town.at("police", f"{meeting}do/answer_invitation/")
    expect(police.locator("#meeting")).to_contain_text("Planned for today")
    choose(police, **{"answered_invitation-0-answer": "wrote-in"})
    looked_at(police, "invitation")
    fill(police, **{"answered_invitation-0-wrote": WRITTEN})
    press(police, re.compile("^Answer invitation"))
    expect(police.locator("main")).to_contain_text(WRITTEN)
    return meeting


def the_meeting_is_recorded(town: Town, meeting: str) -> None:
    """Quorum in words, each agency's view of each child, dissent, and actions with who, by when and what if not."""
    page = town.at("team-manager", f"{meeting}do/record_meeting/")
    expect(page.locator("main")).to_contain_text("Not yet quorate: social care and health have not answered yet.")
    fill(page, **{"actions-0-what": "Monitor the family", "actions-0-who": "All"})
    press(page, re.compile("^Finish and record"))
    looked_at(page, "meeting-error")
    here = {POLICE: "wrote-in", HEALTH: "here", "Ardenvale Council": "here", "Millbrook School": "here"}
    for agency, presence in here.items():
        page.get_by_role("row").filter(has_text=agency).first.locator(f"[value='{presence}']").check()
    for view in page.locator("[name^='views-'][value='significant']").all():
        view.check()
    for nth, what in enumerate(("own-record", "included")):
        choose(page, **{f"other_children-{nth}-disposition": what})
    when(page, "held_at", calendar.local(calendar.now()))
    choose(page, decision="s47-joint")
    fill(page, rationale="A mark on a child who is told to be silent", child_voice=WORDS)
    page.get_by_label("Millbrook School: what do they disagree with").fill("She should not go home tonight")
    soon = calendar.today() + timedelta(days=2)
    fill(
        page,
        **{
            "actions-0-what": "See Maya alone at school",
            "actions-0-who": "Noor Kellaway",
            "actions-0-if_not": "Ring the chair",
        },
    )
    page.locator("[name='actions-0-agency']").select_option(label="Ardenvale Council")
    when(page, "actions-0-due_on", soon)
    press(page, re.compile("^Finish and record"))
    conference = calendar.add_working_days(calendar.today(), 15)
    expect(page.locator("main")).to_contain_text("Stage: Decided")
    expect(page.locator("main")).to_contain_text(f"{conference:%A} {conference.day} {conference:%B}")
    expect(page.locator("main")).to_contain_text("15 working days, statutory guidance")
    looked_at(page, "strategy-decided")


def minutes_are_sent_and_opened(town: Town, meeting: str) -> None:
    page = town.at("team-manager", f"{meeting}do/send_minutes/")
    for said in (
        WRITTEN,
        WORDS,
        "She should not go home tonight",
        "See Maya alone at school",
        "Ring the chair",
        "Quorate",
    ):
        expect(page.locator("main")).to_contain_text(said)
    looked_at(page, "send-minutes")
    press(page, re.compile("^Confirm the minutes"))
    if page.url.endswith("/check/"):
        looked_at(page, "send-minutes-check")
        press(page, re.compile("^Confirm the minutes"))
    expect(page.locator("main")).to_contain_text("Stage: Record sent")
    school = town.at("school-lead", f"{meeting}meetings/1/minutes")
    expect(school.locator("main")).to_contain_text("See Maya alone at school")
    looked_at(school, "minutes")
    ledger = town.at("business-support", f"{meeting}meetings/1/circulation")
    expect(ledger.get_by_role("row").filter(has_text="Millbrook School")).to_contain_text("Dee Colefax")
    expect(ledger.get_by_role("row").filter(has_text=POLICE)).to_contain_text("Not opened")
    looked_at(ledger, "circulation")


def the_record_reads_right(town: Town, contact: str, meeting: str) -> None:
    page = town.at("front-door-manager", f"{contact}timeline")
    looked_at(page, "timeline", child=True)
    entries = [said.split("\n")[0] for said in page.locator(".app-timeline li:visible").all_inner_texts()]
    assert entries[:2] == ["Told the referrer", "Endorsed the decision"]
    assert entries[-2:] == ["Logged the contact", "Told the front door about a child"]
    town.at("front-door-manager", contact)
    expect(page.locator("#clocks")).to_contain_text("Met")
    looked_at(page, "contact-told", child=True)
    looked_at(town.at("team-manager", f"{meeting}timeline"), "strategy-timeline")


def test_solihulls_real_series_is_there_for_anybody_to_read(town: Town) -> None:
    page = town.at("", "/")
    looked_at(page, "partnership")
    follow(page, re.compile("published figures"))
    looked_at(page, "figures")
    follow(page, re.compile("[Rr]e-referrals"))
    looked_at(page, "figure")
    for said in ("Solihull", "West Midlands", "England", "2013", "2025"):
        expect(page.locator("main")).to_contain_text(said)


def test_the_public_tell_of_a_concern_on_a_telephone_without_javascript(town: Town) -> None:
    page = town.at("", "/", 375, scripts=False)
    follow(page, "Report a concern about a child")
    follow(page, "Start now")
    press(page, "Continue")
    press(page, "Continue")
    refused(page, "Select whether the child is in danger now")
    looked_at(page, "public-error", scripts=False)
    choose(page, in_danger="no")
    press(page, "Continue")
    page.get_by_label("First name, if you know it").fill("Joss")
    page.get_by_label("Not known").check()
    press(page, "Continue")
    fill(page, narrative="Crying every night and nobody goes in")
    looked_at(page, "public-what", scripts=False)
    for _ in range(5):
        press(page, "Continue")
    choose(page, may_contact="no")
    press(page, "Continue")
    looked_at(page, "public-check", scripts=False)
    press(page, "Send to the front door")
    expect(page.locator("h1")).to_have_text("Sent")
    looked_at(page, "public-sent", scripts=False)
    reference = page.locator(".govuk-panel__body strong").inner_text()
    expect(town.at("contact-officer", "/front-door/?stage=new").locator("main")).to_contain_text(reference)


def test_pages_with_nothing_in_them_and_pages_that_refuse_are_whole(town: Town) -> None:
    worker = town.at("front-door-worker", "/front-door/?rag=blue&clock=late")
    looked_at(worker, "queue-empty")
    town.at("front-door-worker", "/nowhere")
    looked_at(worker, "nowhere")
    town.at("front-door-worker", "/search/")
    press(worker, "Find a person")
    looked_at(worker, "search-error")
    town.at("front-door-worker", "/work/")
    expect(worker.locator("main")).to_contain_text("Late by")
    looked_at(worker, "work")
    school = town.at("school-lead", "/work/")
    looked_at(school, "work-late")
