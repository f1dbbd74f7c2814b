"""An agency or worker of another partnership cannot be named on a case, whoever asks and however."""

from datetime import date

import pytest

from sightline.engine.models import Case
from sightline.engine.perform import perform
from sightline.engine.refusals import AnswersRefused
from sightline.people.models import Agency, AgencyName, Partnership, PartnershipMembership, RoleHeld, Worker
from tests.journey import Journey

START = date(2020, 1, 1)


@pytest.fixture
def elsewhere(world):
    """Another partnership's council, and somebody who works for it."""
    partnership = Partnership.objects.create(key="thornmere", name="Thornmere Children's Partnership", invented=True)
    agency = Agency.objects.create(key="thornmere-council", kind="csc")
    AgencyName.objects.create(agency=agency, name="Thornmere Council", valid_from=START)
    PartnershipMembership.objects.create(partnership=partnership, agency=agency, valid_from=START)
    worker = Worker.objects.create(given_name="Far", family_name="Away")
    RoleHeld.objects.create(worker=worker, role="lead-worker", agency=agency, partnership=partnership, valid_from=START)
    return agency, worker


def test_an_agency_of_another_partnership_cannot_be_asked(world, acting, elsewhere):
    agency, _ = elsewhere
    case = Journey(world, acting).logged()
    with acting(world.worker), pytest.raises(AnswersRefused) as refused:
        perform(case, "ask_agencies", by=world.worker, answers={"agencies": [{"agency": agency.pk}]})
    assert refused.value.errors == {
        "agencies-0-agency": [
            "Thornmere Council does not belong to Ardenvale Safeguarding Children Partnership. Choose one that does"
        ]
    }
    with acting(world.worker):
        assert not Case.visible_to(world.worker).filter(parent=case).exists()


def test_an_agency_that_has_left_the_partnership_cannot_be_asked(world, acting):
    case = Journey(world, acting).logged()
    PartnershipMembership.objects.filter(agency=world.agency("ardenvale-police")).update(valid_to=date(2021, 1, 1))
    police = world.agency("ardenvale-police").pk
    with acting(world.worker), pytest.raises(AnswersRefused):
        perform(case, "ask_agencies", by=world.worker, answers={"agencies": [{"agency": police}]})


def test_agencies_that_belong_are_asked_as_before(world, acting):
    case = Journey(world, acting).asked("ardenvale-police", "ardenvale-icb")
    with acting(world.worker):
        assert Case.visible_to(world.worker).filter(parent=case).count() == 2
