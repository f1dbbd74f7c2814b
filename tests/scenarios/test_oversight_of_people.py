"""Whoever opens the page of a person is sampled and listed like whoever opens a case."""

from datetime import datetime, time, timedelta
from html import unescape

import pytest
from contacts import bound, signed_in, text_of

from sightline.access import oversight_sample, oversight_unusual
from sightline.access.models import Interest, OwnDetails, SampledRead, UnusualAccess
from sightline.access.oversight_rules import ACTING_ROLES
from sightline.engine.models import Case
from sightline.people.models import Household, HouseholdMembership, Person, PersonAddress
from sightline.platform import calendar
from sightline.platform.jobs.acting import clockwork
from sightline.vocabulary.roles import ROLES
from tests.journey import CHILD, Journey

TODAY = calendar.today()


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


def child_of(case, name="Maya"):
    with clockwork():
        return case.subjects.get(given_names=name).person_id


@pytest.fixture
def child(journey):
    return child_of(journey.logged())


def of_person(key):
    return f"/people/{key}/"


def page(world, who, address, status=200):
    response = signed_in(world, who).get(address)
    assert response.status_code == status, response.content.decode()[-1500:]
    return unescape(response.content.decode())


def opens(world, who, *people):
    for key in people:
        page(world, who, of_person(key))


def find(world, day=TODAY):
    with clockwork():
        oversight_unusual.find(world.partnership, day)
    with bound(world.ig):
        return {line.rule: line for line in UnusualAccess.objects.all()}


def renamed(world, who, family):
    worker = world.accounts[who].worker
    worker.family_name = family
    worker.save()


def sealed(key):
    """As when the case about somebody is sealed."""
    with clockwork():
        assert Case.objects.filter(subjects__person=key).update(tier=Case.Tier.SEALED)
        assert Person.objects.filter(pk=key).update(sealed=True)


@pytest.fixture
def drawn(world, child):
    opens(world, "worker", child, child)
    monday = datetime.combine(TODAY + timedelta(days=7 - TODAY.weekday()), time(6), tzinfo=calendar.now().tzinfo)
    with calendar.frozen(monday):
        oversight_sample.draw_weeks()
    with bound(world.ig):
        return SampledRead.objects.get(worker=world.worker.worker)


def manager_of(world, drawn):
    return next(name for name in ("manager", "second_manager") if getattr(world, name).worker.pk == drawn.manager_id)


def test_a_person_s_page_that_was_opened_is_drawn_once_for_the_manager_who_reads_whom_it_is(world, child, drawn):
    who = manager_of(world, drawn)
    assert (drawn.person_id, drawn.case_id) == (child, None)
    assert "Was this right? 1 read of your workers’ last week to look at" in text_of(page(world, who, "/"))
    said = page(world, who, "/oversight/sample/")
    assert "Maya Dunne" in said
    assert f'href="{of_person(child)}"' in said
    assert f'href="/oversight/looked/people/{child}/"' in said


def test_a_person_who_was_sealed_since_is_in_no_sample(world, child, drawn):
    who = manager_of(world, drawn)
    sealed(child)
    assert "Maya" not in page(world, who, "/oversight/sample/")
    assert "Was this right?" not in page(world, who, "/")


def test_information_governance_is_told_of_a_doubt_about_a_person_without_a_name(world, child, drawn):
    given = {f"{drawn.pk}-answer": "not-sure", f"{drawn.pk}-words": "Why this child?"}
    signed_in(world, manager_of(world, drawn)).post("/oversight/sample/", given)
    said = page(world, "ig", f"/oversight/not-sure/{drawn.pk}/")
    assert f"/oversight/looked/people/{child}/" in said
    assert "Maya" not in said
    sealed(child)
    assert str(child) not in page(world, "ig", f"/oversight/not-sure/{drawn.pk}/")


def test_looking_up_one_s_own_family_name_among_people_is_listed_and_leads_to_who_looked(world, child):
    renamed(world, "second_worker", "Dunne")
    opens(world, "second_worker", child)
    line = find(world)["same-surname"]
    assert line.worker_id == world.accounts["second_worker"].worker_id
    said = page(world, "ig", f"/oversight/unusual/{line.pk}/")
    looked = f"/oversight/looked/people/{child}/"
    assert f'href="{looked}"' in said
    assert "Maya" not in said
    assert "Ivo Dunne" in page(world, "ig", looked)
    assert "Maya" not in page(world, "ig", looked)


def test_a_sealed_person_is_in_no_line_and_a_line_shows_nobody_sealed_since(world, child):
    renamed(world, "second_worker", "Dunne")
    opens(world, "second_worker", child)
    line = find(world)["same-surname"]
    sealed(child)
    assert str(child) not in page(world, "ig", f"/oversight/unusual/{line.pk}/")
    page(world, "ig", f"/oversight/looked/people/{child}/", status=404)
    with clockwork():
        assert not oversight_unusual.opened_in(
            world.partnership, TODAY, TODAY + timedelta(days=1), {world.second_worker.worker.pk}
        )


def test_a_person_in_the_worker_s_own_street_is_listed(world, child):
    with bound(world.ig):
        OwnDetails.objects.create(worker=world.worker.worker, given_names="K", family_name="Obi", postcode="AV1 2cd")
    with clockwork():
        PersonAddress.objects.create(person_id=child, postcode="AV1 2CD", lines="2 Any Street")
    opens(world, "worker", child)
    assert "same-street" in find(world)


def test_a_person_in_the_household_of_somebody_close_to_the_worker_is_listed(world, child, journey):
    other = child_of(journey.logged(journey.contact(people=[{**CHILD, "given_names": "Ren"}])), "Ren")
    with clockwork():
        home = Household.objects.create(partnership=world.partnership)
        for person in (child, other):
            HouseholdMembership.objects.create(household=home, person_id=person)
    opens(world, "worker", child)
    base = {"worker": world.worker.worker, "partnership": world.partnership, "found_at": calendar.now()}
    with bound(world.ig):
        Interest.objects.create(person_id=other, **base)
    assert "same-household" in find(world)


def test_far_more_people_than_on_a_usual_day_are_listed_though_no_case_was_opened(world, child, journey, monkeypatch):
    rule = oversight_unusual.UNUSUAL["volume"]
    for name, value in (("fewest", 2), ("days_needed", 1), ("times", 1)):
        monkeypatch.setitem(rule, name, value)
    usual = [(world.worker.worker.pk, ("people.Person", child), TODAY - timedelta(days=3))]
    monkeypatch.setattr(oversight_unusual, "days_opened", lambda *given: iter(usual))
    opens(
        world,
        "worker",
        child,
        child_of(journey.logged(journey.contact(people=[{**CHILD, "given_names": "Ren"}])), "Ren"),
    )
    assert find(world)["volume"].says.startswith("Opened 2 records in a day")


def test_people_opened_and_left_are_listed_but_not_for_whoever_works_in_a_case_about_them(world, child, monkeypatch):
    rule = oversight_unusual.UNUSUAL["no-action"]
    monkeypatch.setitem(rule, "fewest", 1)
    opens(world, "worker", child)
    opens(world, "second_worker", child)
    line = find(world, TODAY + timedelta(days=rule["days"]))["no-action"]
    assert line.worker_id == world.accounts["second_worker"].worker_id


@pytest.mark.parametrize("who", ["support", "police"])
def test_nothing_done_counts_for_every_role_that_reads_children_s_records(world, journey, monkeypatch, who):
    rule = oversight_unusual.UNUSUAL["no-action"]
    monkeypatch.setitem(rule, "fewest", 1)
    page(world, who, f"/cases/{journey.enquiry(journey.asked(), 'ardenvale-police').pk}/")
    lines = find(world, TODAY + timedelta(days=rule["days"]))
    assert lines["no-action"].worker_id == world.accounts[who].worker_id


def test_the_page_says_of_whom_nothing_done_is_asked_and_managers_alone_are_left_out(world):
    said = text_of(page(world, "ig", "/oversight/"))
    assert "asked of everybody whose role reads children’s records, but of duty manager, front-door manager" in said
    left = {role.key for role in ROLES.values() if role.of_children} - ACTING_ROLES
    assert left == {
        *("clockwork", "public-intake"),
        *("duty-manager", "front-door-manager", "service-manager", "team-manager"),
    }
