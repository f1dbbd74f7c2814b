"""Who somebody is, found out on a contact, holds in what was asked and opened from it."""

from datetime import date

import pytest

from sightline.access.interests import match
from sightline.access.models import OwnDetails
from sightline.engine.models import Case, CaseSubject
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs.acting import clockwork
from tests.families import lives, person
from tests.journey import CHILD, MOTHER, Journey

WHERE = {"address": "7 Mill Lane", "postcode": "AV3 5RT"}
FATHER = {
    "kind": "adult",
    "given_names": "Rae",
    "family_name": "Cox",
    "date_of_birth": date(1985, 4, 3),
    "relation": "father",
    **WHERE,
}
POLICE = "ardenvale-police"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def contact(journey):
    """A contact about which the police were asked before anybody of it was identified."""
    case = journey.contact(people=[CHILD, {**MOTHER, **WHERE}, FATHER])
    journey.take(case, "worker", "set_priority", rag="amber", rag_reason="Injury, explained")
    journey.take(case, "worker", "ask_agencies", agencies=[{"agency": journey.world.agency(POLICE).pk}])
    return case


def subjects(journey, case):
    with journey.acting(journey.world.clockwork):
        return {s.given_names: s for s in CaseSubject.objects.filter(case=case)}


def identify(journey, case, **known):
    found = [
        {"subject": s.pk, "is_person": str(known[name].pk) if name in known else "new"}
        for name, s in subjects(journey, case).items()
        if s.person_id is None
    ]
    journey.take(case, "worker", "identify", identified=found)


def test_a_police_worker_finds_no_question_about_himself_once_he_is_identified_on_the_contact(journey, contact, acting):
    world = journey.world
    enquiry = journey.enquiry(contact, POLICE)
    assert journey.browser("police").case(enquiry).status_code == 200
    with acting(world.police):
        own = {"given_names": "Rae", "family_name": "Cox", "date_of_birth": FATHER["date_of_birth"]}
        OwnDetails.objects.create(worker=world.police.worker, **own)
    identify(journey, contact)
    with clockwork():
        assert match(world.police.worker)
    assert journey.browser("police").case(enquiry).status_code == 404


def test_an_address_that_is_protected_is_not_shown_as_told_on_what_was_asked(journey, contact, acting):
    with acting(journey.world.worker):
        kim = person(journey.world.partnership, "Kim")
        lives(kim, WHERE["address"], WHERE["postcode"], protected=True)
    enquiry, police = journey.enquiry(contact, POLICE), journey.browser("police")
    assert police.case(enquiry).text.count(WHERE["address"]) == 2
    identify(journey, contact, Kim=kim)
    page = police.case(enquiry).text
    assert "The address of Kim Dunne is protected" in page
    assert page.count(WHERE["address"]) == 1, "the father's alone"


def test_a_match_undone_is_undone_in_what_was_asked_and_can_be_made_anew(journey, contact, acting):
    with acting(journey.world.worker):
        wrong, right = (person(journey.world.partnership, name) for name in ("Kimberley", "Kim"))
    enquiry = journey.enquiry(contact, POLICE)
    identify(journey, contact, Kim=wrong)
    assert subjects(journey, enquiry)["Kim"].person_id == wrong.pk
    journey.take(contact, "worker", "undo_match", wrong_matches=[
        {"subject": subjects(journey, contact)["Kim"].pk, "undo": "yes"}
    ])  # fmt: skip
    assert subjects(journey, enquiry)["Kim"].person_id is None
    identify(journey, contact, Kim=right)
    assert subjects(journey, enquiry)["Kim"].person_id == right.pk


def test_it_is_carried_to_a_sealed_matter_of_which_whoever_says_it_learns_nothing(journey, contact, acting):
    world = journey.world
    journey.take(contact, "worker", "hold_strategy_now")
    with acting(world.clockwork):
        discussion = Case.objects.get(process="strategy-discussion")
        Case.objects.filter(pk=discussion.pk).update(tier="sealed", owner=None)
    identify(journey, contact)
    assert all(s.person_id for s in subjects(journey, discussion).values())
    with acting(world.clockwork):
        carried = AuditRow.objects.filter(action="carry who this is", object_ids=[discussion.pk])
        assert set(carried.values_list("account_id", "role")) == {(world.clockwork.account.pk, "clockwork")}
        assert carried.count() == 3
        after = AuditRow.objects.filter(account_id=world.worker.account.pk, at__gte=carried.earliest("at").at)
        assert not after.filter(object_ids__contains=[discussion.pk]).exists()


def test_somebody_else_told_of_in_the_same_place_is_left_alone(journey, contact):
    enquiry = journey.enquiry(contact, POLICE)
    with journey.acting(journey.world.clockwork):
        CaseSubject.objects.filter(case=enquiry, given_names="Rae").update(date_of_birth=date(1990, 1, 1))
    identify(journey, contact)
    found = subjects(journey, enquiry)
    assert found["Rae"].person_id is None
    assert found["Kim"].person_id == subjects(journey, contact)["Kim"].person_id


def test_whom_another_matter_knows_as_somebody_else_stays_so(journey, contact, acting):
    with acting(journey.world.worker):
        other = person(journey.world.partnership, "Kim")
    enquiry = journey.enquiry(contact, POLICE)
    with journey.acting(journey.world.clockwork):
        CaseSubject.objects.filter(case=enquiry, given_names="Kim").update(person=other)
    identify(journey, contact)
    assert subjects(journey, enquiry)["Kim"].person_id == other.pk
