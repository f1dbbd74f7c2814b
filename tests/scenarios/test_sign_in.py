"""Signing in: a password alone in the demonstration only, a second factor everywhere else, and out for good."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.platform.settings.environment import Environment
from sightline.platform.settings.web_settings import cookie_names, refuse_demonstration_elsewhere
from sightline.web.components import contact_details
from tests.world import PASSWORD, World, make_world

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()
    contact_details.forget()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def production(settings: Any) -> None:
    settings.DEMONSTRATION_SIGN_IN = False
    settings.SIGHTLINE_MODE = "production"


def sign_in(client: Client, username: str = "worker", password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": username, "password": password, **more})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_demonstration_signs_in_with_a_password_under_a_banner_that_says_so(world: World, client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "Demonstration sign-in: password only. Not for real use." in page
    assert "every person, agency and place here is invented" in page
    assert sign_in(client).status_code == 302
    assert "_auth_user_id" in client.session


def test_the_demonstration_lists_who_one_can_be(world: World, client: Client) -> None:
    accounts = [["Front-door manager", "manager", "endorses decisions"]]
    Partnership.objects.update(published_texts={"sign_ins": {"password": PASSWORD, "accounts": accounts}})
    page = client.get(SIGN_IN).content.decode()
    assert "endorses decisions" in page
    assert PASSWORD in page


def test_a_real_partnership_never_lists_sign_ins(production: None, world: World, client: Client) -> None:
    accounts = [["Front-door manager", "manager", "endorses decisions"]]
    Partnership.objects.update(published_texts={"sign_ins": {"password": PASSWORD, "accounts": accounts}})
    assert "endorses decisions" not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize(("username", "password"), [("worker", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_apart_from_nothing(
    world: World, client: Client, username: str, password: str
) -> None:
    page = sign_in(client, username, password).content.decode()
    assert "<title>Error: Sign in, Sightline</title>" in page
    assert page.count("The user name or the password is wrong") >= 1
    assert f'value="{username}"' in page, "what was typed is kept"
    assert "_auth_user_id" not in client.session


def test_an_empty_form_says_what_to_enter(client: Client) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "Enter your user name" in page
    assert "Enter your password" in page


def test_nobody_can_sign_up(client: Client) -> None:
    assert [client.get(address).status_code for address in ("/sign-up", "/signup", "/accounts/signup/")] == [404] * 3


def test_after_signing_in_one_lands_where_one_was_going_and_never_elsewhere(world: World, client: Client) -> None:
    assert sign_in(client, next="/your-account/").headers["Location"] == "/your-account/"
    client.logout()
    assert sign_in(client, next="https://elsewhere.example/").headers["Location"] == "/"


def test_too_many_attempts_are_slowed_down(world: World, client: Client) -> None:
    pages = [sign_in(client, "worker", f"wrong {n}") for n in range(12)]
    assert any("too many attempts" in page.content.decode() or page.status_code == 429 for page in pages)


def test_outside_the_demonstration_a_password_alone_opens_only_the_set_up(
    production: None, world: World, client: Client
) -> None:
    sign_in(client)
    response = client.get("/figures/")
    assert (response.status_code, response.headers["Location"]) == (302, "/your-account/")
    page = client.get("/your-account/").content.decode()
    assert "add a second way to prove that it is you" in page
    assert client.get("/your-account/app", follow=True).redirect_chain[-1][0].startswith("/sign-in/again")


def test_an_authenticator_app_is_added_and_then_asked_for(production: None, world: World, client: Client) -> None:
    sign_in(client)
    again = client.post("/sign-in/again?next=/your-account/app", {"password": PASSWORD, "next": "/your-account/app"})
    assert again.headers["Location"] == "/your-account/app"
    assert "<svg" in client.get("/your-account/app").content.decode()
    secret = client.session["mfa.totp.secret"]
    added = client.post("/your-account/app", {"code": code_for(secret)})
    assert (added.status_code, added.headers["Location"]) == (302, "/your-account/recovery-codes")
    assert client.get("/your-account/recovery-codes").content.decode().count("<li>") >= 10

    cache.clear()
    fresh = Client()
    response = sign_in(fresh)
    assert response.headers["Location"] == "/your-account/code"
    assert "_auth_user_id" not in fresh.session
    wrong = fresh.post("/your-account/code", {"code": "000000"}).content.decode()
    assert "The code is wrong" in wrong
    codes = Authenticator.objects.get(type="recovery_codes", user=world.accounts["worker"]).wrap().get_unused_codes()
    assert fresh.post("/your-account/code", {"code": codes[0]}).status_code == 302
    assert "_auth_user_id" in fresh.session


def test_the_apps_code_is_the_second_factor_and_works_once(production: None, world: World, client: Client) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.accounts["worker"], secret)
    assert sign_in(client, next="/figures/").headers["Location"].startswith("/your-account/code")
    code = code_for(secret)
    assert client.post("/your-account/code", {"code": code}).headers["Location"] == "/figures/"
    assert client.get("/figures/").status_code == 200
    again = Client()
    sign_in(again)
    assert "_auth_user_id" not in again.session
    assert "The code is wrong" in again.post("/your-account/code", {"code": code}).content.decode()


def test_with_a_second_factor_the_pages_open(production: None, world: World, client: Client) -> None:
    TOTP.activate(world.accounts["worker"], generate_totp_secret())
    RecoveryCodes.activate(world.accounts["worker"])
    client.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/your-account/passkeys").status_code == 200
    assert client.get("/figures/").status_code == 200


def test_signing_out_has_the_browser_forget(world: World, client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 200, "a link alone may not sign anybody out"
    response = client.post("/sign-out")
    assert '"storage"' in response.headers["Clear-Site-Data"]
    assert "_auth_user_id" not in client.session


def test_ten_hours_after_signing_in_one_is_signed_out_however_busy(world: World, client: Client) -> None:
    sign_in(client)
    client.get("/your-account/")
    with calendar.frozen(calendar.now() + timedelta(hours=9)):
        client.get("/your-account/")
        assert "_auth_user_id" in client.session
    with calendar.frozen(calendar.now() + timedelta(hours=10, minutes=1)):
        client.get("/your-account/")
    assert "_auth_user_id" not in client.session


def test_the_demonstration_is_refused_on_any_database_but_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_MODE", "demonstration")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere.example/sightline")
    with pytest.raises(ImproperlyConfigured, match="SIGHTLINE_MODE=production"):
        refuse_demonstration_elsewhere(Environment())
    monkeypatch.delenv("DATABASE_URL")
    refuse_demonstration_elsewhere(Environment())


def test_a_database_named_without_a_mode_is_no_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGHTLINE_MODE", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere.example/sightline")
    assert not Environment().demonstration_sign_in, "so a password alone opens only the set-up of a second factor"
    refuse_demonstration_elsewhere(Environment())


def test_cookies_of_a_real_site_cannot_be_set_by_a_neighbouring_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_MODE", "production")
    assert all(name.startswith("__Host-") for name in cookie_names(Environment()).values())
    monkeypatch.setenv("SIGHTLINE_MODE", "demonstration")
    assert not any(name.startswith("__") for name in cookie_names(Environment()).values())
