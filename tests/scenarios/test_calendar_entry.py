"""A planned meeting goes into a calendar that colleagues may read: when, and where to sign in, and nobody's name."""

from datetime import UTC, timedelta

import pytest
from governing import Sittings
from icalendar import Calendar

from sightline.people.models import PersonAddress
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from tests.journey import Journey, boxes, page_of

LINK = "Put it in your calendar"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def called(journey):
    """A strategy discussion that is called for two hours from now."""
    case = journey.strategy()
    ahead = {"planned_for": calendar.now() + timedelta(hours=2), "mode": "video"}
    journey.take(case, "team_manager", "call", joining="Room 4 for Maya Dunne", venue="team", **ahead)
    return case


@pytest.fixture
def sittings(world, acting):
    return Sittings(world, acting)


def taken(journey, who, case):
    return journey.browser(who).client.get(f"{page_of(case)}calendar-entry")


def entry(answer):
    assert answer.status_code == 200
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return event


def test_a_strategy_discussion_is_entered_by_its_reference_alone(journey, called):
    assert LINK in journey.browser("team_manager").case(called).text
    answer = taken(journey, "team_manager", called)
    assert answer["Content-Disposition"] == f'attachment; filename="{called.reference}.ics"'
    assert answer["Content-Type"].startswith("text/calendar")
    event = entry(answer)
    assert event["SUMMARY"] == f"Strategy discussion {called.reference}"
    assert event["LOCATION"] == "Video"
    assert event["CLASS"] == "PRIVATE"
    assert event["DESCRIPTION"].endswith(page_of(called))
    assert event.start == journey.record(called).planned_for.astimezone(UTC).replace(microsecond=0)
    assert "Maya" not in answer.content.decode()
    assert "Room 4" not in answer.content.decode()


def test_an_invited_agency_enters_it_and_whoever_only_told_finds_none(journey, called):
    assert entry(taken(journey, "police", called))["SUMMARY"].startswith("Strategy discussion")
    contact = journey.contact()
    assert taken(journey, "school", contact).status_code == 404
    assert LINK not in journey.browser("school").case(contact).text


def test_a_meeting_that_moves_keeps_its_entry_and_moves_it(journey, called):
    before = entry(taken(journey, "team_manager", called))
    later = calendar.now() + timedelta(hours=5)
    journey.take(called, "team_manager", "call", planned_for=later)
    after = entry(taken(journey, "team_manager", called))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start > before.start


def test_before_it_is_called_there_is_nothing_to_enter(journey):
    case = journey.strategy()
    assert LINK not in journey.browser("team_manager").case(case).text
    assert taken(journey, "team_manager", case).status_code == 404


def test_a_group_s_meeting_says_where_it_is_and_how_to_join(journey, sittings):
    case = sittings.planned()
    browser = journey.browser("hub")
    moved = {"mode": "mixed", "venue": "Council House, room 2", "joining": "Call 5511", "moved_reason": "A clash"}
    browser.send(browser.step(case, "move"), **moved, **boxes("planned_for", calendar.now() + timedelta(days=30)))
    event = entry(taken(journey, "hub", case))
    assert event["SUMMARY"].startswith("Executive group, ")
    assert event["LOCATION"] == "Some in person, some not, Council House, room 2, Call 5511"


def test_a_protected_place_typed_as_the_way_to_join_keeps_it_in(journey, sittings, acting, world):
    child = journey.logged()
    with acting(world.manager):
        person = child.subjects.exclude(person=None).first().person
        PersonAddress.objects.create(
            person=person, kind="refuge", lines="12 Larkmoor Road", postcode="AV7 4QX", protected=True
        )
    case = sittings.planned()
    browser = journey.browser("hub")
    moved = {"mode": "in-person", "joining": "Meet at 12 Larkmoor Rd", "moved_reason": "A clash"}
    browser.send(browser.step(case, "move"), **moved, **boxes("planned_for", calendar.now() + timedelta(days=30)))
    answer = taken(journey, "hub", case)
    assert answer.status_code == 409
    assert "How do people join?" in answer.content.decode()
    assert "Larkmoor" not in answer.content.decode()


def test_every_entry_is_audited_with_its_kind(journey, called):
    taken(journey, "team_manager", called)
    actor = journey.world.team_manager
    with journey.acting(actor):
        row = AuditRow.objects.get(action="let out", subject="outgoing.calendar-entry")
    assert called.pk in row.object_ids
    assert row.account_id == actor.account.pk
    assert row.detail["relied_on"] == "role:team-manager"
