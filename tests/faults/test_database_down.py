"""The database stops answering: the public form goes on, and nothing that was sent is lost."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import OperationalError, connections
from django.test import Client

from sightline.engine.models import Case
from sightline.people.actor import actor_for
from sightline.people.models import Account
from sightline.platform import audit
from sightline.platform.database import as_account
from sightline.processes.front_door import intake
from sightline.web.components import contact_details

WAY = (
    ("danger", {"in_danger": "no"}),
    (
        "who",
        {
            "children-TOTAL_FORMS": "1",
            "children-INITIAL_FORMS": "0",
            "children-0-given_names": "Maya",
            "children-0-age": "7",
        },
    ),
    ("what", {"narrative": "Alone in the house since yesterday"}),
    ("when", {}),
    ("said", {}),
    ("home", {}),
    ("else", {}),
    ("contact", {"may_contact": "no"}),
)


@pytest.fixture
def site(server_database, settings, tmp_path):
    """A real database with the small partnership, whose pages have been visited once."""
    from world import make_world

    settings.SIGHTLINE_HOME = tmp_path
    contact_details.forget()
    world = make_world()
    world.partnership.front_door_phone, world.partnership.out_of_hours_phone = "01632 960100", "01632 960101"
    world.partnership.save()
    Client().get("/report/")
    yield world
    contact_details.forget()


@pytest.fixture
def database_away(site):
    """Django's connections lead to a server that is not there."""
    kept = {alias: dict(connections.settings[alias]) for alias in connections}
    connections.close_all()
    for alias in kept:
        connections.settings[alias].update(HOST="/nonexistent/sightline", PORT="1")

    def back() -> None:
        connections.close_all()
        for alias, entry in kept.items():
            connections.settings[alias].update(entry)

    yield back
    back()


def walk(client: Client) -> str:
    page = text(client.get("/report/before-you-start"))
    for at, answers in (("begin", {}), *WAY):
        page = text(client.post(f"/report/question/{at}", {"carried": carried(page), **answers}))
    return page


def text(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def carried(page: str) -> str:
    return re.search(r'name="carried" value="([^"]+)"', page)[1]


def test_every_page_works_and_shows_the_numbers(database_away):
    assert "01632 960100" in text(Client().get("/report/"))
    page = walk(Client())
    assert "Check your answers before you send this" in page
    assert "01632 960101" in page
    assert "every person, agency and place here is invented" in page


def test_what_is_sent_is_saved_said_so_and_taken_in_when_the_database_is_back(database_away, site):
    client = Client()
    page = text(client.post("/report/question/check", {"carried": carried(walk(client)), "go": "send"}))
    assert "There is a problem with the service" in page
    assert "What you entered was saved at" in page
    assert "01632 960100" in page
    reference = re.search(r"C-[2-9A-Z]{6}", page)[0]
    assert len(intake.spool().waiting()) == 1

    database_away()
    assert intake.take_in_spool() == 1
    worker = actor_for(Account.objects.get(username="worker"))
    with as_account(worker.account.pk), audit.request(account_id=worker.account.pk):
        case = Case.visible_to(worker).select_related("contactrecord").get()
    assert case.reference == reference
    assert case.contactrecord.narrative == "Alone in the house since yesterday"


def test_sending_again_while_it_is_away_keeps_one_concern(database_away, site):
    client = Client()
    token = carried(walk(client))
    for _ in range(2):
        client.post("/report/question/check", {"carried": token, "go": "send"})
    assert len(intake.spool().waiting()) == 1


def test_with_neither_database_nor_disk_the_sender_is_told_that_nothing_was_saved(database_away, site, monkeypatch):
    def full(*given: object) -> None:
        raise OSError("No space left")

    monkeypatch.setattr("sightline.platform.spool.Spool.put", full)
    client = Client()
    token = carried(walk(client))
    response = client.post("/report/question/check", {"carried": token, "go": "send"})
    page = unescape(response.content.decode())
    assert response.status_code == 503
    assert "What you entered was not saved" in page
    assert "01632 960100" in page
    assert carried(page)


def test_leaving_works_while_it_is_away(database_away):
    assert Client().get("/leave").status_code == 302


def test_a_server_that_never_saw_its_partnership_shows_the_numbers_of_its_environment(
    database_away, settings, monkeypatch
):
    from sightline.platform.settings.environment import environment

    (settings.SIGHTLINE_HOME / "contact-details.json").unlink()
    contact_details.forget()
    monkeypatch.setenv("SIGHTLINE_FRONT_DOOR_PHONE", "01632 960555")
    environment.cache_clear()
    try:
        assert "01632 960555" in text(Client().get("/report/"))
    finally:
        environment.cache_clear()


def test_losing_it_before_the_page_itself_is_asked_is_said_as_such(site, monkeypatch):
    """What a middleware raises never reaches the one that answers for a lost database; the answer is the same."""

    def lost(*given: object) -> bool:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("sightline.access.oversight_purpose.purpose_needed", lost)
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username="worker"), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(f"/cases/{uuid4()}/")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
