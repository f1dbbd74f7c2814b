"""Somebody whose session ends while they write loses nothing, and nobody else is given it."""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sightline.engine.perform import open_case
from sightline.people.held_text import forget_old, hold
from sightline.people.models import HeldText
from sightline.people.sessions import forget_ended
from sightline.platform import calendar
from sightline.platform.database import as_account
from sightline.platform.jobs import clockwork
from sightline.web.models import Draft
from tests.world import PASSWORD, World, make_world

pytestmark = pytest.mark.django_db
WRITTEN = "She said that he shouts at night"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def step(world: World, acting: Any) -> str:
    """The address of a step that the front-door worker may take."""
    child = {"kind": "child", "given_names": "Maya", "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
    told = {"narrative": "A bruise", "people": [child], "channel": "portal", "in_danger": "no"}
    with acting(world.school):
        case = open_case("contact", by=world.school, partnership=world.partnership, answers=told).case
    return f"/cases/{case.pk}/do/set_priority/"


def sign_in(client: Client, username: str, next_page: str = "") -> Any:
    return client.post("/sign-in", {"login": username, "password": PASSWORD, "next": next_page})


def time_out(client: Client) -> None:
    Session.objects.filter(pk=client.session.session_key).update(expire_date=calendar.now() - timedelta(minutes=1))


def mark(client: Client, page: str = "/your-account/") -> str:
    """The hidden mark of whose forms this person's pages have."""
    found = re.search(r'name="written_by" value="([^"]+)"', client.get(page).text)
    return found[1] if found else ""


def post(client: Client, page: str, written_by: str = "", **more: Any) -> Any:
    proof = {"csrfmiddlewaretoken": "x" * 64, "written_by": written_by}
    return client.post(page, {"rag_reason": WRITTEN, "version": "0", **proof}, **more)


@pytest.fixture
def held(world: World, step: str, client: Client) -> Any:
    """The answer to a form posted after its writer's session had ended."""
    sign_in(client, "worker")
    form = mark(client, step)
    time_out(client)
    return post(client, step, form)


def where(answer: Any) -> str:
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def test_what_was_written_comes_back_on_the_same_page(held: Any, step: str, client: Client) -> None:
    assert where(held) == step
    asked = client.get(held["Location"]).text
    assert "What you wrote is kept for 30 minutes" in asked
    assert sign_in(client, "worker", step)["Location"] == step
    page = client.get(step).text
    assert (
        "You were signed out: nothing happened for 20 minutes, or you signed out in another window. "
        "What you wrote is here." in page
    )
    assert WRITTEN in page
    assert "Nothing has been sent yet" in page


def test_a_section_of_the_professional_form_comes_back_filled(world: World, client: Client) -> None:
    sign_in(client, "school")
    section = reverse("professional-section", args=[2])
    form = mark(client, section)
    time_out(client)
    assert where(client.post(section, {"narrative": WRITTEN, "written_by": form})) == section
    sign_in(client, "school")
    page = client.get(section).text
    assert "What you wrote is here" in page
    assert page.count(WRITTEN) == 1
    assert WRITTEN in client.get(section).text


def test_it_is_given_back_once_and_is_then_an_ordinary_draft(held: Any, step: str, client: Client) -> None:
    sign_in(client, "worker")
    client.get(step)
    assert not HeldText.objects.exists()
    again = client.get(step).text
    assert "You were signed out" not in again
    assert WRITTEN in again


def test_another_account_on_the_same_computer_is_given_nothing(held: Any, step: str, client: Client) -> None:
    sign_in(client, "second_worker")
    page = client.get(step).text
    assert WRITTEN not in page
    assert "You were signed out" not in page
    with clockwork():
        assert HeldText.objects.count() == 1


def test_after_half_an_hour_it_is_gone(held: Any, step: str, client: Client) -> None:
    with calendar.frozen(calendar.now() + timedelta(minutes=31)):
        sign_in(client, "worker")
        assert WRITTEN not in client.get(step).text
        forget_old()
    assert not HeldText.objects.exists()


def test_signed_in_in_time_but_back_too_late_gives_nothing(held: Any, step: str, client: Client) -> None:
    sign_in(client, "worker")
    with calendar.frozen(calendar.now() + timedelta(minutes=31)):
        assert WRITTEN not in client.get(step).text


def test_what_is_kept_is_sealed_and_holds_no_token(held: Any, world: World) -> None:
    with clockwork():
        row = HeldText.objects.get()
    assert row.account == world.accounts["worker"]
    assert WRITTEN not in row.sealed
    from sightline.people.held_text import give_back

    given = give_back(world.accounts["worker"], row.page)
    assert given is not None
    assert set(given.fields) == {"rag_reason", "version"}


def test_a_row_moved_to_another_account_does_not_open_for_it(held: Any, world: World, step: str) -> None:
    from sightline.people.held_text import give_back
    from sightline.platform.sealed import NotOurs

    with clockwork():
        row = HeldText.objects.get()
    row.pk, row.account = uuid4(), world.accounts["second_worker"]
    with as_account(row.account.pk):
        row.save(force_insert=True)
    with pytest.raises(NotOurs):
        give_back(world.accounts["second_worker"], step)


def test_a_page_without_a_place_for_it_shows_it_to_be_copied(world: World, client: Client) -> None:
    hold(world.accounts["worker"], "/your-account/", {"note": [WRITTEN]}, "You were signed out.")
    sign_in(client, "worker")
    page = client.get("/your-account/").text
    assert WRITTEN in page
    assert "Copy what you need from it" in page


def test_a_step_no_longer_allowed_still_gives_the_text_back(held: Any, world: World, step: str, client: Client) -> None:
    hold(world.accounts["school"], step, {"rag_reason": [WRITTEN]}, "You were signed out.")
    sign_in(client, "school")
    refused = client.get(step)
    assert refused.status_code in (403, 404)
    assert WRITTEN in refused.text


def test_ten_hours_after_signing_in_what_is_posted_is_held_too(world: World, step: str, client: Client) -> None:
    sign_in(client, "worker")
    form = mark(client, step)
    with calendar.frozen(calendar.now() + timedelta(hours=10, minutes=1)):
        assert where(post(client, step, form)) == step
        sign_in(client, "worker")
        page = client.get(step).text
    assert "signed in for 10 hours. What you wrote is here" in page
    assert WRITTEN in page


def test_the_page_of_the_form_is_returned_to_not_the_address_it_posts_to(
    world: World, step: str, client: Client
) -> None:
    sign_in(client, "worker")
    form = mark(client)
    time_out(client)
    answer = post(client, f"{step}check/", form, headers={"Referer": f"http://testserver{step}?from=list"})
    assert where(answer) == f"{step}?from=list"
    foreign = post(client, f"{step}check/", form, headers={"Referer": "https://elsewhere.example/form"})
    assert where(foreign) == f"{step}check/"


def test_a_form_that_is_not_ours_is_never_held(world: World, step: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    form = mark(client)
    time_out(client)
    assert post(client, step, form).status_code == 403
    assert post(client, step, form, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert not HeldText.objects.exists()


@pytest.mark.parametrize("page", ["/your-account/password", "/sign-in", "/sign-in/again"])
def test_passwords_are_never_held(world: World, client: Client, page: str) -> None:
    sign_in(client, "worker")
    form = mark(client)
    time_out(client)
    wrong = {"oldpassword": PASSWORD, "password1": PASSWORD, "login": "worker", "password": "wrong"}
    client.post(page, {**wrong, "written_by": form})
    assert not HeldText.objects.exists()


def test_somebody_who_was_never_signed_in_is_only_sent_to_sign_in(world: World, step: str, client: Client) -> None:
    answer = post(client, step, "made up")
    assert answer.status_code == 302
    assert "held" not in answer["Location"]
    assert not HeldText.objects.exists()


def test_what_a_script_saves_by_itself_is_not_held(world: World, step: str, client: Client) -> None:
    sign_in(client, "worker")
    form = mark(client)
    time_out(client)
    post(client, f"{step}draft", form, headers={"Sec-Fetch-Dest": "empty"})
    assert not HeldText.objects.exists()
    assert not Draft.objects.exists()


def test_a_browser_that_has_forgotten_the_session_still_gets_the_text_back(
    world: World, step: str, client: Client
) -> None:
    sign_in(client, "worker")
    form = mark(client, step)
    client.post("/sign-out")
    assert where(post(client, step, form)) == step
    sign_in(client, "worker")
    assert WRITTEN in client.get(step).text


def test_a_page_open_from_before_signing_in_again_loses_nothing(world: World, step: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    form = mark(client, step)
    ours = {"Origin": "http://testserver"}
    answer = post(client, step, form, headers=ours)
    assert (answer.status_code, answer["Location"]) == (302, step)
    page = client.get(step).text
    assert "This page was open from before you signed in. What you wrote is here." in page
    assert WRITTEN in page


def test_a_page_open_from_another_accounts_time_gives_that_account_nothing_to_read(world: World, step: str) -> None:
    client, other = Client(enforce_csrf_checks=True), Client()
    other.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    client.force_login(world.accounts["second_worker"], backend="django.contrib.auth.backends.ModelBackend")
    answer = post(client, step, mark(other, step), headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    assert WRITTEN not in client.get(step).text


def test_sessions_that_have_run_out_are_forgotten(world: World, client: Client) -> None:
    sign_in(client, "worker")
    forget_ended()
    assert Session.objects.count() == 1
    time_out(client)
    forget_ended()
    assert not Session.objects.exists()
