"""What a health agency gives as sexual health is read by few, wherever it is said again."""

import pytest

from sightline.platform import calendar
from tests.contacts import text_of
from tests.journey import Journey, boxes, page_of
from tests.scenarios.test_fields_revealed import newest, revealed_to
from tests.scenarios.test_strategy_discussion import agreed, here
from tests.taking import freshly

POLICE, HEALTH, SCHOOL = "ardenvale-police", "ardenvale-icb", "millbrook-school"
GIVEN = {"information": "Seen at the clinic in May. She comes alone", "view_of_risk": "some", "searched_by": "Nia"}
APART = "Kept apart: sexual health. Ask the named nurse who gave it."
SHARED = "Nurse: she was seen.\nTwice since.\nPolice: two call-outs.\nSchool: often late."


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def contact(journey):
    """A contact about which three agencies are asked, and health has marked its answer."""
    case = journey.asked(POLICE, HEALTH, SCHOOL)
    journey.take(journey.enquiry(case, HEALTH), "health", "reply", sensitivity="sexual-health", **GIVEN)
    return case


def discussed(journey, contact):
    """A discussion that followed, with minutes: what health says, and its answer written down beside the decision."""
    journey.take(contact, "worker", "hold_strategy_now")
    with journey.acting(journey.world.manager):
        seen = contact.__class__.visible_to(journey.world.manager)
        found = seen.get(links_in__source=contact, process="strategy-discussion")
    browser = journey.browser("team_manager")
    page = browser.step(found, "record_meeting")
    said = {"decision": "s47-joint", "rationale": "A mark", "child_voice": "Quiet", "safe_tonight": "With her mother"}
    said |= {"risk_analysis": "Health said: seen at the clinic, in May", "information_shared": SHARED}
    browser.send(page, **said, **here(page), **boxes("held_at", calendar.now()), **agreed(journey.world))
    support = journey.browser("support")
    support.send(support.step(found, "send_minutes"))
    return found


@pytest.fixture
def strategy(journey, contact):
    return discussed(journey, contact)


@pytest.mark.parametrize(("agency", "who", "offered"), [(HEALTH, "health", True), (POLICE, "police", False)])
def test_only_a_health_agency_is_asked_whether_its_answer_is_sexual_health(agency, who, offered, journey):
    enquiry = journey.enquiry(journey.asked(), agency)
    browser = journey.browser(who)
    page = browser.step(enquiry, "reply")
    assert (
        "Sexual health: managers at the front door, whoever holds the case, and your agency" in page.text
    ) is offered
    sent = browser.send(page, sensitivity="sexual-health", **GIVEN)
    assert (journey.record(enquiry).sensitivity == "sexual-health") is offered
    assert ("Select a valid choice" in sent.text) is not offered


def test_nobody_else_makes_it_that_by_correcting_what_was_added(journey):
    enquiry = journey.enquiry(journey.asked(), POLICE)
    journey.take(enquiry, "police", "reply", sensitivity="core", **GIVEN)
    journey.take(enquiry, "police", "add_to_reply", information="More", sensitivity="core")
    browser = journey.browser("police")
    page = browser.client.get(f"{page_of(enquiry)}timeline/3/correct/")
    assert "Who may see it?" in page.text
    assert "Sexual health" not in page.text
    browser.send(page, sensitivity="sexual-health", reason="To try")
    assert journey.record(enquiry).sensitivity == "core"


def test_it_is_read_by_managers_by_whoever_asked_and_by_the_agency_that_gave_it(journey, contact):
    enquiry = journey.enquiry(contact, HEALTH)
    for who, reads in {
        "manager": True,
        "worker": True,
        "second_worker": False,
        "officer": False,
        "support": False,
    }.items():
        browser = journey.browser(who)
        for page in (browser.case(contact), browser.case(enquiry), browser.client.get(f"{page_of(enquiry)}timeline")):
            assert page.status_code == 200
            assert ("Seen at the clinic in May" in page.text) is reads, (who, page.request["PATH_INFO"])
            assert (APART in page.text) is not reads, (who, page.request["PATH_INFO"])
        assert ("sexual-health" in revealed_to(journey, who, contact)) is reads, who
    assert "She comes alone" in journey.browser("health").case(enquiry).text


def test_no_copy_of_the_family_s_says_it(journey, contact, strategy):
    with journey.acting(journey.world.manager):
        person = strategy.subjects.get(given_names="Kim").person_id
    browser = freshly(journey.world, "team_manager")
    made = browser.get(f"/cases/{strategy.pk}/family-copy/{person}/html").content.decode()
    assert "often late" in made
    assert "With her mother" in made
    for kept in ("she was seen", "Twice since", "clinic"):
        assert kept not in made, kept
    assert "sexual health" in text_of(browser.get(f"/cases/{strategy.pk}/family-copy/").text)


def test_minutes_say_it_to_those_who_may_read_it_and_to_others_that_it_is_kept_apart(journey, contact, strategy):
    address = f"{page_of(strategy)}meetings/1/minutes"
    for who, reads in (
        ("team_manager", True),
        ("health", True),
        ("police", False),
        ("school", False),
        ("support", False),
    ):
        page = journey.browser(who).client.get(address).text
        assert "often late" in page, who
        assert "two call-outs" in page, who
        for said in ("she was seen", "Twice since", "seen at the clinic"):
            assert (said in page) is reads, (who, said)
        assert (APART in page) is not reads, who
        assert ("sexual-health" in newest(journey, who, strategy, address=address)) is reads, who


def test_the_page_and_timeline_of_the_discussion_say_it_to_nobody_else_either(journey, contact, strategy):
    for who, reads in (
        ("team_manager", True),
        ("health", True),
        ("police", False),
        ("school", False),
        ("support", False),
    ):
        browser = journey.browser(who)
        for page in (browser.case(strategy), browser.client.get(f"{page_of(strategy)}timeline")):
            assert page.status_code == 200
            assert "often late" in page.text, who
            for said in ("she was seen", "Twice since", "seen at the clinic"):
                assert (said in page.text) is reads, (who, said, page.request["PATH_INFO"])
            assert (APART in page.text) is not reads, who


def test_what_health_did_not_mark_is_in_the_minutes_as_it_was(journey):
    case = journey.asked(HEALTH)
    journey.take(journey.enquiry(case, HEALTH), "health", "reply", sensitivity="core", **GIVEN)
    assert SHARED in journey.browser("police").client.get(f"{page_of(discussed(journey, case))}meetings/1/minutes").text
