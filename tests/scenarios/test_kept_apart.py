"""What is kept apart from somebody is in no form, entry or list of theirs; what is shown them is written down."""

import pytest

from tests.journey import Journey, form_of, page_of
from tests.scenarios.test_fields_revealed import newest
from tests.scenarios.test_glass import glass_of, held

TOLD = {"referrer_name": "Dee Cole", "referrer_job": "Head of year", "referrer_contact": "07700 900123"}
POLICE, HEALTH = "ardenvale-police", "ardenvale-icb"
WATCHED = {"information": "Under watch since May", "sensitivity": "front-door", "view_of_risk": "some"}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    """A contact that a school told, on which a lead worker and somebody of the police are named in person."""
    case = journey.logged(journey.contact(**TOLD))
    held(journey, case, "restricted", "service_manager", "lead_worker", "police", "worker")
    return case


def pages(browser, case):
    adding = browser.step(case, "add_information")
    return [adding, browser.client.get(f"{page_of(case)}timeline/1/correct/")] if adding.status_code == 200 else []


@pytest.mark.parametrize("who", ["lead_worker", "police"])
def test_a_form_asks_nobody_for_what_is_kept_apart_from_them(who, journey, case):
    browser = journey.browser(who)
    assert "Kept apart: who told us" in browser.case(case).text
    for page in (browser.case(case), *pages(browser, case)):
        assert page.status_code == 200
        assert not any(said in page.text for said in TOLD.values())
        assert "referrer_" not in page.text


def test_a_worker_named_may_add_to_what_was_told_and_correct_it_and_changes_nothing_kept_apart(journey, case):
    browser = journey.browser("lead_worker")
    adding, correcting = pages(browser, case)
    assert "narrative" in form_of(adding)[1]
    browser.send(adding, narrative="He said more", referrer_name="Somebody Else", referrer_job="")
    assert browser.send(correcting, opinion="Put right", referrer_contact="1", reason="Mistyped").status_code == 200
    record = journey.record(case, "worker")
    assert (record.narrative, record.opinion) == ("He said more", "Put right")
    assert {name: getattr(record, name) for name in TOLD} == TOLD


def test_nothing_kept_apart_is_in_a_draft_nor_among_what_changed_meanwhile(journey, case):
    browser = journey.browser("lead_worker")
    page = browser.step(case, "add_information")
    browser.send(page, "draft", narrative="Half written", referrer_name="Somebody Else")
    for job in ("Deputy head", "Deputy head since May"):
        journey.take(case, "worker", "add_information", narrative="Meanwhile", referrer_job=job)
    again = browser.step(case, "add_information").text
    assert "Half written" in again
    assert "Kept apart: who told us" in again, "among what was done since"
    for text in (again, browser.send(page, narrative="Mine", referrer_name="Somebody Else").text):
        assert "Deputy head" not in text
        assert "Dee Cole" not in text
        assert "Somebody Else" not in text


@pytest.mark.parametrize("more", [("do", "add_information"), ("timeline", "1", "correct")])
def test_a_form_that_shows_who_told_us_is_written_down_as_having_shown_it(more, journey, case):
    assert newest(journey, "worker", case, *more) == {"who-told"}
    assert newest(journey, "lead_worker", case, *more) == set()


def test_what_an_agency_reads_of_what_it_sent_is_written_down(journey):
    case = journey.contact(**TOLD)
    address = f"/sent/{case.pk}/"
    assert newest(journey, "school", case, address=address) == {"who-told"}


def test_what_the_police_refuse_is_for_those_who_decide_without_anybody_saying_so(journey):
    contact = journey.asked()
    for agency, who in ((POLICE, "police"), (HEALTH, "health")):
        said = {"refusal": "investigation", "refusal_detail": f"Watched by {who}"}
        journey.take(journey.enquiry(contact, agency), who, "refuse", **said)
    enquiry = journey.enquiry(contact, POLICE)
    for reader, reads in (("worker", True), ("manager", True), ("support", False), ("officer", False)):
        browser = journey.browser(reader)
        assert ("Active investigation" in browser.case(enquiry).text) is reads, reader
        for page in (browser.case(contact), browser.case(enquiry)):
            assert ("Watched by police" in page.text) is reads, reader
            assert ("Kept apart: what the police hold back" in page.text) is not reads, reader
        assert "Watched by health" in browser.case(contact).text, "what others refuse is theirs to read"
    assert "Watched by police" in journey.browser("police").case(enquiry).text


def test_an_entry_stays_apart_as_it_was_given_whatever_is_added_later(journey):
    enquiry = journey.enquiry(journey.asked(), POLICE)
    journey.take(enquiry, "police", "reply", **WATCHED, opinion="A dealer")
    journey.take(enquiry, "police", "add_to_reply", information="Two call-outs", opinion="", sensitivity="all-asked")
    for who, reads in (("worker", True), ("support", False), ("officer", False)):
        page = journey.browser(who).case(enquiry).text
        assert "Two call-outs" in page
        assert ("Under watch since May" in page) is reads, who
        assert ("A dealer" in page) is reads, who


def test_a_correction_stays_apart_with_the_entry_that_it_corrects(journey):
    enquiry = journey.enquiry(journey.asked(), POLICE)
    journey.take(enquiry, "police", "reply", **WATCHED, opinion="A dealer")
    browser = journey.browser("police")
    browser.send(browser.client.get(f"{page_of(enquiry)}timeline/2/correct/"), opinion="A buyer", reason="Mixed up")
    journey.take(enquiry, "police", "add_to_reply", information="Two call-outs", opinion="", sensitivity="all-asked")
    assert "A dealer, now A buyer" in journey.browser("worker").case(enquiry).text
    page = journey.browser("support").case(enquiry).text
    assert "Corrected an earlier answer" in page
    assert "A dealer" not in page
    assert "A buyer" not in page


def test_glass_opens_nothing_that_is_kept_apart_and_says_whom_to_ask(journey):
    case = journey.logged(journey.contact(**TOLD))
    assert "Dee Cole" in journey.browser("second_worker").case(case).text
    held(journey, case, "restricted", "service_manager", "lead_worker")
    assert glass_of(journey, "second_worker", case).status_code == 302
    browser = journey.browser("second_worker")
    for page in (browser.case(case), *pages(browser, case)):
        assert not any(said in page.text for said in TOLD.values())
    said = browser.case(case).text
    assert "Kept apart: who told us. You opened this without a part in it." in said
    assert "Ask a front-door manager or a service manager to name you on it." in said
    held(journey, case, "restricted", "service_manager", "lead_worker", "second_worker")
    assert "Dee Cole" in journey.browser("second_worker").case(case).text


def test_whoever_told_us_and_gave_no_name_is_not_named_by_the_entry_either(journey):
    case = journey.logged()
    held(journey, case, "restricted", "service_manager", "worker")
    assert glass_of(journey, "second_worker", case).status_code == 302
    assert "Dee Cole" in journey.browser("worker").case(case).text
    browser = journey.browser("second_worker")
    for text in (browser.case(case).text, browser.client.get(f"/cases/{case.pk}/timeline").text):
        assert "Dee Cole" not in text
        assert "Millbrook School" in text
        assert journey.world.officer.worker.display_name in text, "whoever logged it did not tell us"


def test_glass_that_is_not_needed_any_more_keeps_nothing_apart(journey):
    case = journey.logged(journey.contact(**TOLD))
    held(journey, case, "restricted", "service_manager", "lead_worker")
    glass_of(journey, "second_worker", case)
    held(journey, case, "open", "service_manager")
    assert "Dee Cole" in journey.browser("second_worker").case(case).text
