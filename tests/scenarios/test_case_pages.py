"""A case on its page: for everybody who may open it, no more than they may see, in a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.engine.models import Involvement
from sightline.platform import calendar
from tests.contacts import signed_in
from tests.families import lives
from tests.journey import CHILD, STEP_BACK, Journey, page_of

NO_SUCH_CASE = "/cases/11111111-1111-4111-8111-111111111111/"
POLICE, HEALTH = "ardenvale-police", "ardenvale-icb"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.mark.parametrize("who", ["worker", "officer", "manager", "service_manager", "support", "school"])
def test_whoever_may_see_the_case_has_its_page(who, journey):
    contact = journey.logged()
    answer = journey.browser(who).case(contact)
    assert answer.status_code == 200
    assert "Maya DUNNE" in answer.text
    assert "You can see this because" in answer.text
    assert contact.reference in answer.text


@pytest.mark.parametrize("who", ["other_school", "police", "analyst", "scrutineer"])
def test_whoever_may_not_finds_no_page_in_the_same_words_as_for_no_case(who, journey):
    browser = journey.browser(who)
    contact = journey.logged()
    hidden, missing = browser.case(contact), browser.client.get(NO_SUCH_CASE)
    assert hidden.status_code == missing.status_code == 404
    assert "Dunne" not in hidden.text
    assert len(hidden.text) == len(missing.text)


@pytest.mark.parametrize("more", [("do", "propose"), ("do", "propose", "check"), ("do", "propose", "override")])
def test_no_page_of_a_case_opens_for_somebody_who_cannot_see_it(more, journey):
    assert journey.browser("other_school").case(journey.logged(), *more).status_code == 404


def test_somebody_signed_out_is_asked_to_sign_in(journey, client):
    answer = client.get(page_of(journey.contact()))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_the_page_never_puts_a_name_in_the_title_or_the_address(journey):
    answer = journey.browser("worker").case(journey.logged())
    title = answer.text.split("<title>")[1].split("</title>")[0]
    assert "Dunne" not in title
    assert "Maya" not in title


def test_protective_steps_are_live_buttons_on_every_page_of_the_case(journey):
    contact = journey.logged()
    for more in ((), ("do", "propose"), ("do", "ask_agencies")):
        page = journey.browser("worker").case(contact, *more).text
        assert "Start a strategy discussion now</a>" in page
        assert "Raise priority</a>" in page


def test_the_child_s_words_are_quoted_and_the_clock_says_its_class(journey):
    page = journey.browser("worker").case(journey.logged()).text
    assert "“I don&#39;t like Saturdays”" in page
    assert "statutory guidance" in page
    assert "Working Together" in page


def test_what_waits_for_somebody_else_names_who(journey):
    contact = journey.logged()
    journey.take(contact, "worker", "propose", **STEP_BACK)
    assert "Endorse this decision</a>" in journey.browser("manager").case(contact).text
    page = journey.browser("worker").case(contact).text
    assert "Endorse this decision · waits for: front-door manager or service manager" in page


def test_the_agency_that_told_sees_what_it_sent_and_nothing_of_what_others_said(journey):
    contact = journey.asked()
    journey.take(journey.enquiry(contact, POLICE), "police", "reply", information="Two call-outs", sensitivity="core",
                 view_of_risk="some")  # fmt: skip
    journey.take(contact, "worker", "propose", **STEP_BACK, without_agencies="Rang")
    page = journey.browser("school").case(contact).text
    assert "A bruise on the cheek" in page
    assert "deciding what happens" in page
    for hidden in ("Two call-outs", "Ardenvale Police", "Settled at home", "Priority", "Amber", "Kay Obi", "Proposed"):
        assert hidden not in page, hidden


def test_an_agency_with_any_other_part_in_it_sees_within(journey):
    contact = journey.logged()
    assert journey.browser("police").case(contact).status_code == 404
    with journey.acting(journey.world.manager):
        Involvement.objects.create(
            case=contact, agency=journey.world.agency(POLICE), part="asked", basis="Asked", starts_at=calendar.now()
        )
    page = journey.browser("police").case(contact).text
    assert "Maya DUNNE" in page
    assert "Priority" in page


def test_the_agency_that_told_is_told_the_outcome_in_its_words(journey):
    contact = journey.logged()
    journey.take(contact, "worker", "propose", **STEP_BACK)
    journey.take(contact, "manager", "endorse", endorsement="Agreed with care")
    journey.take(contact, "worker", "tell_referrer", told_route="sightline", told_outcome="nfa", told_words="Thank you")
    page = journey.browser("school").case(contact).text
    assert "No further action" in page
    assert "Thank you" in page
    assert "Agreed with care" not in page


@pytest.mark.parametrize("page", ["case", "sent"])
def test_what_was_told_is_not_shown_once_it_says_a_place_that_has_become_protected(journey, page):
    contact = journey.logged()
    journey.take(contact, "worker", "propose", **STEP_BACK)
    journey.take(contact, "manager", "endorse", endorsement="Agreed with care")
    said = "They are at 12 Larkmoor Rd with her sister"
    journey.take(contact, "worker", "tell_referrer", told_route="sightline", told_outcome="nfa", told_words=said)
    school = signed_in(journey.world, "school")
    address = f"/cases/{contact.pk}/" if page == "case" else f"/sent/{contact.pk}/"
    assert "12 Larkmoor Rd" in school.get(address).text
    with journey.acting(journey.world.worker):
        mother = contact.subjects.get(given_names="Kim").person
        lives(mother, "12 Larkmoor Road", "AV7 4QX", protected=True)
    shown = school.get(address).text
    assert "Larkmoor" not in shown
    assert "What was said more cannot be shown here. Phone the front door and give the reference." in shown


def test_the_agency_that_told_adds_to_it_without_reading_or_wiping_what_is_recorded(journey):
    contact = journey.logged()
    journey.take(contact, "worker", "add_information", domestic_abuse="yes", opinion="Front door's own view")
    browser = journey.browser("school")
    page = browser.step(contact, "add_information")
    assert "Front door&#39;s own view" not in page.text
    done = browser.send(page, child_presentation="Quiet")
    assert "Added to what was told at" in done.text
    record = journey.record(contact)
    assert (record.opinion, record.child_presentation) == ("Front door's own view", "Quiet")


def test_an_asked_agency_sees_its_own_enquiry_and_not_the_others(journey):
    contact = journey.asked()
    own, other = journey.enquiry(contact, POLICE), journey.enquiry(contact, HEALTH)
    browser = journey.browser("police")
    page = browser.case(own)
    assert page.status_code == 200
    assert "Maya DUNNE" in page.text
    assert "Kim Dunne" in page.text
    assert "Send what we hold</a>" in page.text
    assert browser.case(other).status_code == 404
    assert browser.case(contact).status_code == 404


def test_agencies_asked_are_listed_with_late_ones_said_to_be_late(journey):
    from datetime import timedelta

    from sightline.platform import calendar

    contact = journey.asked()
    journey.take(journey.enquiry(contact, HEALTH), "health", "reply_nothing_held", searched_by="Nia Alder")
    with calendar.frozen(calendar.now() + timedelta(days=9)):
        page = journey.browser("worker").case(contact).text
    assert "Nothing held" in page
    assert "Waiting" in page
    assert "Late by" in page


def test_an_invited_agency_sees_the_strategy_discussion_and_not_the_contact(journey):
    strategy = journey.strategy()
    browser = journey.browser("police")
    page = browser.case(strategy)
    assert page.status_code == 200
    assert "Ardenvale Police (always required)" in page.text
    assert "Answer invitation" in page.text
    with journey.acting(journey.world.manager):
        contact = strategy.links_in.get().source
    assert contact.reference not in page.text
    assert browser.case(contact).status_code == 404


def test_linked_matters_lead_both_ways(journey):
    strategy = journey.strategy()
    with journey.acting(journey.world.manager):
        contact = strategy.links_in.get().source
    browser = journey.browser("manager")
    assert page_of(strategy) in browser.case(contact).text
    assert page_of(contact) in browser.case(strategy).text


def test_every_entry_of_the_timeline_is_past_tense_with_who_in_what_role_for_which_agency(journey):
    page = journey.browser("worker").case(journey.logged()).text
    assert "Told the front door about a child" in page
    assert "by Dee Cole, agency safeguarding lead, Millbrook School" in page


def test_who_can_do_what_next_says_why_not(journey):
    contact = journey.logged()
    page = journey.browser("officer").client.get(f"/cases/{contact.pk}/who").text
    assert "It is done by" in page
    assert "Front-door social worker" in page


def test_a_protected_address_is_said_to_be_protected_and_never_shown(journey, world, acting):
    from sightline.people.models import PersonAddress

    contact = journey.contact(people=[{**CHILD, "address": "12 Elm Road", "postcode": "AV1 2CD"}])
    journey.logged(contact)
    with acting(world.worker):
        person = contact.subjects.get().person
        PersonAddress.objects.filter(person=person).update(protected=True)
    page = journey.browser("worker").case(contact).text
    assert "The address of Maya Dunne is protected" in page
    assert "12 Elm Road" not in page


def test_a_child_tied_to_the_family_is_on_the_page_without_a_click(journey, world, acting):
    from datetime import date

    from sightline.people.models import Person, PersonName, Relationship

    contact = journey.logged()
    with acting(world.worker):
        mother = contact.subjects.get(kind="adult").person
        brother = Person.objects.create(kind="child", partnership=world.partnership, date_of_birth=date(2015, 1, 1))
        PersonName.objects.create(person=brother, given_names="Ayaan", family_name="Khan", kind="current")
        Relationship.objects.create(person_a=mother, person_b=brother, type="mother")
    for more in ((), ("do", "propose")):
        page = journey.browser("worker").case(contact, *more).text
        assert "Ayaan Khan" in page, more


def test_every_agency_on_the_page_is_named_by_one_look_up(journey):
    strategy, browser = journey.strategy(), journey.browser("team_manager")
    with CaptureQueriesContext(connection) as counted:
        page = browser.case(strategy).text
    assert "Ardenvale Police" in page
    assert sum('FROM "people_agencyname"' in query["sql"] for query in counted) == 1


def queries(journey, who, case, *more):
    browser = journey.browser(who)
    browser.case(case, *more)
    with CaptureQueriesContext(connection) as counted:
        assert browser.case(case, *more).status_code == 200
    return len(counted)


@pytest.mark.parametrize("more", [(), ("do", "propose")])
def test_the_number_of_queries_is_the_same_for_one_enquiry_and_for_twenty(more, journey, world):
    from sightline.people.models import Agency, AgencyName, PartnershipMembership
    from tests.world import START

    for number in range(18):
        agency = Agency.objects.create(key=f"invented-{number}", kind="edu")
        AgencyName.objects.create(agency=agency, name=f"Invented School {number}", valid_from=START)
        PartnershipMembership.objects.create(partnership=world.partnership, agency=agency, valid_from=START)
        world.agencies[agency.key] = agency
    few = queries(journey, "worker", journey.asked(POLICE), *more)
    many = queries(journey, "worker", journey.asked(POLICE, HEALTH, *(f"invented-{n}" for n in range(18))), *more)
    assert few == many
    assert 10 < many <= 50
