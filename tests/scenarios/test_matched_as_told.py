"""A worker whose family is told of on a contact finds no such contact, before anybody says whose record it is."""

from datetime import date

import pytest

from sightline.access.interests import match_everybody
from sightline.access.models import Interest, OwnDetails
from sightline.access.sight import cases_of, kept_from
from sightline.engine.models import Case
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice
from tests.journey import CHILD, MOTHER, Journey
from tests.world import PASSWORD

FATHER = {"kind": "adult", "given_names": "Kay Ann", "family_name": "Obi", "postcode": "av3  5rt", "relation": "father"}
BORN = date(1985, 4, 3)
POLICE = "ardenvale-police"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def contact(journey):
    """Nobody of it has a record yet; the police are asked about it."""
    case = journey.contact(people=[CHILD, MOTHER, {**FATHER, "date_of_birth": BORN}])
    journey.take(case, "second_worker", "set_priority", rag="amber", rag_reason="Injury, explained")
    asked = [{"agency": journey.world.agency(POLICE).pk}]
    journey.take(case, "second_worker", "ask_agencies", agencies=asked)
    return case


def tells(journey, who="worker", **more):
    worker = getattr(journey.world, who)
    with journey.acting(worker):
        own = {"given_names": "Kay", "family_name": "Obi", **more}
        OwnDetails.objects.create(worker=worker.worker, **own)


def nightly():
    return match_everybody()


def hits(journey):
    with journey.acting(journey.world.clockwork):
        return list(Interest.objects.filter(worker=journey.world.worker.worker).select_related("subject"))


@pytest.mark.parametrize("more", [{"date_of_birth": BORN}, {"postcode": "AV3 5RT"}])
def test_the_contact_and_what_came_of_it_close_to_a_worker_told_of_on_it(more, journey, contact, acting):
    enquiry = journey.enquiry(contact, POLICE)
    browser = journey.browser("worker")
    assert {browser.case(case).status_code for case in (contact, enquiry)} == {200}
    tells(journey, **more)
    assert nightly() == 1
    assert {browser.case(case).status_code for case in (contact, enquiry)} == {404}
    (hit,) = hits(journey)
    assert (hit.person_id, str(hit.subject), hit.subject.case_id) == (None, "Kay Ann Obi", contact.pk)
    page = journey.browser("ig").client.get("/oversight/interests/").text
    assert "the details match somebody told of on a case" in page
    with acting(journey.world.ig):
        assert Notice.objects.filter(page="/oversight/interests/", worker_id=journey.world.ig.worker.pk).exists()
    assert journey.browser("second_worker").case(contact).status_code == 200


@pytest.mark.parametrize("more", [{"date_of_birth": date(1985, 3, 4)}, {"postcode": "AV3 5RS"}, {}])
def test_the_name_alone_of_somebody_told_of_closes_nothing(more, journey, contact):
    tells(journey, **more)
    assert nightly() == 0
    assert journey.browser("worker").case(contact).status_code == 200


def test_what_is_asked_after_the_match_is_closed_from_its_first_moment(journey, contact):
    tells(journey, date_of_birth=BORN)
    nightly()
    journey.take(contact, "second_worker", "hold_strategy_now")
    with journey.acting(journey.world.clockwork):
        discussion = Case.objects.get(process="strategy-discussion")
    assert journey.browser("worker").case(discussion).status_code == 404
    assert journey.browser("second_worker").case(discussion).status_code == 200


def test_somebody_else_of_that_name_is_cleared_once_and_not_matched_again(journey, contact):
    enquiry = journey.enquiry(contact, POLICE)
    tells(journey, date_of_birth=BORN)
    nightly()
    (hit,) = hits(journey)
    reviewer = journey.browser("ig").client
    reviewer.post("/sign-in/again", {"password": PASSWORD})
    reviewer.post(f"/oversight/interests/{hit.pk}/", {"words": "Another Kay Obi: he works at sea"})
    assert nightly() == 0
    browser = journey.browser("worker")
    assert {browser.case(case).status_code for case in (contact, enquiry)} == {200}
    with journey.acting(journey.world.officer):
        found = [{"subject": s.pk, "is_person": "new"} for s in contact.subjects.all()]
    journey.take(contact, "officer", "identify", identified=found)
    assert nightly() == 0, "his record is that of whoever was cleared"


def test_both_walls_keep_it_each_by_itself(journey, contact, acting):
    world = journey.world
    enquiry = journey.enquiry(contact, POLICE)
    tells(journey, date_of_birth=BORN)
    nightly()
    both = {contact.pk, enquiry.pk}
    with acting(world.worker):
        assert not Case.objects.filter(pk__in=both).exists(), "the database's"
        assert set(kept_from(world.worker)) == both, "the application's"
        assert not Interest.objects.exists()
    with acting(world.clockwork):
        assert not Case.objects.filter(cases_of(world.worker), pk=contact.pk).exists(), "asked of somebody else"
    with as_account(world.second_worker.account.pk):
        assert set(kept_from(world.second_worker)) == set()
