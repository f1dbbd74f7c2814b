"""The audit row of a page says which groups of fields with rules of their own were revealed by it, and no others."""

import pytest

from sightline.platform.audit.models import AuditRow
from tests.contacts import bound
from tests.journey import Journey, page_of


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


def revealed_to(journey, who, case):
    """What the newest rows of this reader's name as revealed, when they open the case."""
    return newest(journey, who, case)


def newest(journey, who, case, *more, address=""):
    """The same of another page of the case, or at another address."""
    actor = getattr(journey.world, who)
    with bound(actor):
        before = set(AuditRow.objects.filter(account_id=actor.account.pk).values_list("pk", flat=True))
    assert journey.browser(who).client.get(address or page_of(case, *more)).status_code == 200
    with bound(actor):
        rows = AuditRow.objects.filter(account_id=actor.account.pk, action="read", object_ids__contains=[case.pk])
        found = [row.detail.get("fields", []) for row in rows.exclude(pk__in=before)]
    assert found
    return {name for fields in found for name in fields}


def test_whoever_reads_who_told_us_is_written_down_as_having_read_it(journey):
    case = journey.logged(journey.contact(referrer_name="Dee Cole"))
    assert revealed_to(journey, "worker", case) == {"who-told"}


def test_what_is_kept_apart_from_a_reader_is_not_written_down_as_revealed(journey):
    case = journey.logged(journey.contact(referrer_name="Dee Cole"))
    assert revealed_to(journey, "support", case) == set()


def test_where_nobody_said_who_they_are_nothing_of_them_is_revealed(journey):
    case = journey.logged(journey.contact(referrer_name=""))
    assert revealed_to(journey, "worker", case) == set()


def test_what_the_police_hold_back_is_named_where_it_is_shown_in_the_contact_that_asked(journey):
    contact = journey.asked()
    enquiry = journey.enquiry(contact, "ardenvale-police")
    reply = {"information": "Under watch since May", "sensitivity": "front-door", "view_of_risk": "some"}
    journey.take(enquiry, "police", "reply", **reply)
    assert "police-sensitive" in revealed_to(journey, "worker", contact)
    assert "police-sensitive" in revealed_to(journey, "worker", enquiry)
    assert "police-sensitive" not in revealed_to(journey, "officer", contact)
