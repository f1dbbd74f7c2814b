"""What is open to somebody without a part in it is marked wherever it is shown, and costs nobody else a query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.models import Glass
from sightline.access.tiering import Holding, hold
from tests.journey import Journey, page_of
from tests.world import PASSWORD

WHY = {"reason": "child-at-risk-now", "words": "The night ward rang: he is there, and nobody of the team answers"}
READ, LISTED, MARK = "Opened without a part in it", "Open to you without a part in it", 'class="app-watermark"'
LISTS = ("/", "/work/", "/front-door/")


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    case = journey.logged()
    manager = journey.world.service_manager
    with journey.acting(manager):
        hold(
            case.pk,
            Holding("restricted", "A colleague's child", [journey.world.worker.worker, manager.worker]),
            by=manager,
        )
    return case


def browsing(journey, who, case=None):
    client = journey.browser(who).client
    if case is not None:
        client.post("/sign-in/again", {"password": PASSWORD})
        assert client.post(f"{page_of(case)}open/", WHY).status_code == 302
    return client


@pytest.fixture
def child(case, acting, world):
    with acting(world.worker):
        return case.subjects.get(kind="child").person


def test_lists_say_what_is_open_until_when(journey, case):
    with_glass, without = browsing(journey, "manager", case), browsing(journey, "second_manager")
    for address in LISTS:
        page = with_glass.get(address).text
        assert LISTED in page, address
        assert case.reference in page, address
        assert MARK not in page, address
        assert LISTED not in without.get(address).text, address


def test_the_page_of_a_person_and_what_a_search_finds_are_marked_and_watermarked(journey, case, child):
    client = browsing(journey, "second_worker", case)
    sought = {"given_names": "Maya", "family_name": "Dunne"}
    for page in (client.get(f"/people/{child.pk}/"), client.post("/search/", sought, follow=True)):
        assert case.reference in page.text
        assert READ in page.text
        assert MARK in page.text
        assert LISTED not in page.text
    assert MARK not in browsing(journey, "worker").get(f"/people/{child.pk}/").text


def test_who_looked_is_marked_and_watermarked(journey, case, child):
    client = browsing(journey, "manager", case)
    for address in (f"/oversight/looked/cases/{case.pk}/", f"/oversight/looked/people/{child.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert READ in page.text, address
        assert MARK in page.text, address


def test_a_page_of_another_record_says_what_is_open_and_bears_no_watermark_of_it(journey, case):
    other = journey.logged()
    client = browsing(journey, "second_worker", case)
    page = client.get(page_of(other)).text
    assert LISTED in page
    assert case.reference in page
    assert MARK not in page
    own = client.get(page_of(case)).text
    assert READ in own
    assert LISTED not in own


@pytest.mark.parametrize("since", ["named", "sealed"])
def test_what_is_no_longer_open_by_glass_alone_is_marked_no_more(journey, case, world, since):
    client = browsing(journey, "second_worker", case)
    assert case.reference in client.get("/work/").text
    manager = world.service_manager
    named = [world.worker.worker, manager.worker, *([world.second_worker.worker] if since == "named" else [])]
    with journey.acting(manager):
        hold(case.pk, Holding("restricted" if since == "named" else "sealed", "Threats", named), by=manager)
    for address in LISTS:
        assert LISTED not in client.get(address).text, address


def test_whoever_has_no_glass_pays_no_query_for_it(journey, case, monkeypatch):
    def asked(client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len([query for query in seen if Glass._meta.db_table in query["sql"]])

    worker, analyst = browsing(journey, "second_worker"), browsing(journey, "analyst")
    pages = [(worker, one) for one in (*LISTS, "/search/", page_of(journey.logged()))]
    for client, address in [*pages, (analyst, "/notices")]:
        marked = asked(client, address)
        with monkeypatch.context() as patched:
            patched.setattr("sightline.web.components.shell.by_glass_alone", lambda actor: [])
            assert asked(client, address) == marked, address
