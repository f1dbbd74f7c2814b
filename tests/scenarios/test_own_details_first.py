"""Who a worker and their family are is asked first of all, and matched by their name where they told nothing."""

import re
from datetime import date, timedelta

import pytest

from sightline.access.interests import match_everybody
from sightline.access.models import Interest, OwnDetails
from sightline.people.models import Worker
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.notices.models import Notice
from tests.contacts import signed_in
from tests.families import person
from tests.journey import CHILD, Journey, page_of
from tests.world import PASSWORD

OWN = "/your-account/own-details"
MATCHES = "/oversight/interests/"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


def asks(world, who):
    """Take back that they have answered; gives their browser."""
    Worker.objects.filter(pk=getattr(world, who).worker.pk).update(own_details_answered_at=None)
    return signed_in(world, who)


def name_on_record(journey, given, family):
    """A contact about the child of an adult of that name, whose record is known."""
    with journey.acting(journey.world.officer):
        parent = person(journey.world.partnership, given, family)
    told = {"kind": "adult", "given_names": given, "family_name": family, "person": parent.pk}
    return journey.contact(people=[CHILD, told])


def test_the_enter_key_in_a_row_keeps_the_details_and_takes_nobody_away(world):
    page = signed_in(world, "worker").post(OWN, {"people-TOTAL_FORMS": "1", "add:people": "1"}).text
    form = page.partition("data-sightline-form")[2]
    assert "remove:people:0" in form
    first = re.search(r"<button[^>]*>", form)
    assert first
    assert "name=" not in first[0]


@pytest.mark.parametrize("who", ["worker", "police"])
def test_whoever_reads_childrens_records_is_led_there_from_every_page_and_back_when_they_have_answered(world, who):
    browser = asks(world, who)
    for wanted in ("/", "/notices?all=1"):
        led = browser.get(wanted)
        assert led.status_code == 302
        assert led["Location"].startswith(f"{OWN}?next=%2F")
    answered = browser.post(led["Location"], {"none": "1"})
    assert answered["Location"] == "/notices?all=1"
    assert browser.get("/").status_code == 200
    assert "nobody to tell of</button>" not in browser.get(OWN).text


def test_details_that_are_told_answer_it_too(world):
    browser = asks(world, "worker")
    told = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-whose": "self"}
    told |= {"people-0-given_names": "Kay", "people-0-family_name": "Obi", "people-0-postcode": "AV9 9ZZ"}
    assert browser.post(f"{OWN}?next=/", told)["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_where_it_leads_back_to_is_never_elsewhere(world):
    answered = asks(world, "worker").post(f"{OWN}?next=https://elsewhere.example/", {"none": "1"})
    assert answered["Location"] == OWN


def test_in_an_emergency_it_is_put_off_by_one_click_for_a_day_and_audited(journey, world, acting):
    case = journey.contact()
    browser = asks(world, "worker")
    led = browser.get(page_of(case))["Location"]
    assert "A child needs me now" in browser.get(led).text
    assert browser.post(led, {"later": "1"}, follow=True).redirect_chain[0][0] == page_of(case)
    assert browser.get(page_of(case)).status_code == 200
    with acting(world.ig):
        assert AuditRow.objects.get(action="put off own details").object_ids == [world.worker.worker.pk]
    assert "A child needs me now" not in browser.get(OWN).text
    with calendar.frozen(calendar.now() + timedelta(days=1)):
        tomorrow = signed_in(world, "worker")
        assert tomorrow.get(page_of(case)).status_code == 302
        assert "A child needs me now" in tomorrow.get(OWN).text


def test_what_is_sent_is_not_lost_to_it(journey, world):
    case = journey.contact()
    page = journey.browser("worker").step(case, "set_priority")
    asks(world, "worker")
    sent = journey.browser("worker").send(page, follow=False, rag="red", rag_reason="Hurt today")
    assert not sent.get("Location", "").startswith(OWN)


@pytest.mark.parametrize("who", ["hub", "ig", "council_lead"])
def test_whoever_reads_no_childs_record_is_not_asked(world, who):
    assert asks(world, who).get("/").status_code == 200


def test_signing_out_stays_open(world):
    browser = asks(world, "worker")
    assert OWN not in browser.post("/sign-out").get("Location", "")
    assert OWN not in browser.get("/your-account/password").get("Location", "")


def test_information_governance_and_the_doctor_say_how_many_have_not_answered(world, capsys):
    from sightline.cli.doctor import _own_details

    said = "yet said who they and their family are: {}</li>"
    governor = signed_in(world, "ig")
    assert said.format(0) in governor.get("/oversight/").text
    assert _own_details(None).startswith("Nobody")
    for who in ("worker", "police", "hub"):
        asks(world, who)
    assert said.format(2) in governor.get("/oversight/").text
    assert _own_details(None).startswith("2 of those")


def test_the_name_of_the_account_is_matched_at_night_where_nothing_was_told(journey, world):
    case = name_on_record(journey, "Kay Ann", "Obi")
    assert journey.browser("worker").case(case).status_code == 200
    assert match_everybody() == 1
    assert journey.browser("worker").case(case).status_code == 404
    assert "The name of their account" in signed_in(world, "ig").get(MATCHES).text


def test_a_name_that_many_bear_says_nothing_and_details_that_were_told_say_more(journey, world, acting):
    case = name_on_record(journey, "Kay", "Obi")
    with acting(world.worker):
        own = {"given_names": "Kay", "family_name": "Obi", "date_of_birth": date(1990, 1, 1)}
        told = OwnDetails.objects.create(worker=world.worker.worker, **own)
    assert match_everybody() == 0
    with acting(world.worker):
        told.delete()
        for _ in range(2):
            person(world.partnership, "Kay", "Obi")
    assert match_everybody() == 0
    assert journey.browser("worker").case(case).status_code == 200


def test_a_match_of_the_only_reviewer_is_told_to_the_service_manager_who_alone_may_clear_it(journey, world, acting):
    name_on_record(journey, "Ida", "Quant")
    name_on_record(journey, "Kay", "Obi")
    assert match_everybody() == 2
    with acting(world.clockwork):
        told = Notice.objects.filter(page=MATCHES).values_list("worker_id", flat=True)
        assert sorted(told) == sorted([world.ig.worker.pk, world.service_manager.worker.pk])
        hit = Interest.objects.get(worker=world.ig.worker)
    assert str(hit.pk) not in signed_in(world, "ig").get(MATCHES).text
    assert signed_in(world, "manager").get(MATCHES).status_code == 403
    manager = signed_in(world, "service_manager")
    page = manager.get(MATCHES).text
    assert str(hit.pk) in page
    assert "Kay Obi" not in page
    manager.post("/sign-in/again", {"password": PASSWORD})
    manager.post(f"{MATCHES}{hit.pk}/", {"words": "She is another: she lives abroad"})
    assert manager.get(MATCHES).status_code == 403
    with acting(world.clockwork):
        assert Interest.objects.get(pk=hit.pk).cleared_by_id == world.service_manager.account.pk
