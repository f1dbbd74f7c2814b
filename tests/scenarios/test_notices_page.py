"""Somebody reads what they have to be told, and nobody else's."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from sightline.engine.models import Case
from sightline.platform.jobs import clockwork
from sightline.platform.notices.models import Notice
from tests.contacts import bound
from tests.journey import Journey
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


def notice(world: World, case: Case, says: str, **to: Any) -> None:
    with clockwork():
        Notice.objects.create(
            partnership_id=world.partnership.pk,
            case_id=case.pk,
            reference=case.reference,
            says=says,
            created_at=AT,
            **to,
        )


def page_of(world: World, username: str) -> str:
    client = Client()
    client.force_login(world.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/notices").content.decode()


def test_a_worker_sees_their_own_and_their_roles_notices_and_no_others(world: World) -> None:
    journey = Journey(world, bound)
    contact = journey.asked("ardenvale-police", "ardenvale-icb")
    asked, agency = journey.enquiry(contact, "ardenvale-police"), world.agency("ardenvale-police").pk
    notice(world, asked, "Reply to the enquiry", role="agency-decision-maker", agency_id=agency)
    notice(world, asked, "Read the minutes", worker_id=world.police.worker.pk)  # type: ignore[union-attr]
    notice(world, contact, "Endorse the decision", role="front-door-manager")
    police, health = page_of(world, "police"), page_of(world, "health")
    assert "Reply to the enquiry" in police
    assert "Read the minutes" in police
    assert "Endorse the decision" not in police
    assert "Reply to the enquiry" not in health


def test_a_notice_is_new_until_the_list_was_opened(world: World) -> None:
    notice(world, Journey(world, bound).contact(), "Endorse the decision", role="front-door-manager")
    assert "Endorse the decision (new)" in page_of(world, "manager")
    assert "(new)" not in page_of(world, "manager")
    assert "Endorse the decision (new)" in page_of(world, "second_manager")


def test_an_empty_list_says_what_would_be_there(world: World) -> None:
    assert "There are no notices. They appear here when" in page_of(world, "worker")


def test_notices_are_for_those_signed_in(world: World, client: Client) -> None:
    assert client.get("/notices").headers["Location"].startswith("/sign-in")
