"""Passkeys in a real browser, with Chromium's own virtual authenticator: added, used to sign in, asked for first."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django import forms
from django.db import transaction
from playwright.sync_api import Page, expect

from sightline.web.accounts import PasskeyForm
from tests.browser.seen import looked_at, shot
from tests.browser.town import Town, enter, press
from tests.world import PASSWORD, World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def site(running_site: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A real partnership's site by its rules, at a name that a passkey can belong to: an address in figures cannot."""
    settings.DEMONSTRATION_SIGN_IN = False
    settings.SIGHTLINE_MODE = "production"
    settings.MFA_PASSKEY_LOGIN_ENABLED = True
    # Where the forms were first imported under the demonstration's settings, this one lacks its box.
    monkeypatch.setitem(PasskeyForm.base_fields, "passwordless", forms.BooleanField(required=False))
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test's server has no certificate
    return running_site.replace("127.0.0.1", "localhost")


@pytest.fixture
def world(site: str) -> World:
    with transaction.atomic():
        return make_world()


def with_authenticator(page: Page) -> Page:
    """The page in a browser that has a fingerprint reader, and a finger on it."""
    channel = page.context.new_cdp_session(page)
    channel.send("WebAuthn.enable")
    options = {
        **{"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True},
        **{"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True},
    }
    channel.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in_with_password(town: Town, page: Page) -> None:
    page.goto(f"{town.address}/sign-in")
    page.get_by_label("User name").fill("worker")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def go_to_add(town: Town, page: Page) -> None:
    """To the page that adds a passkey, past the password that is asked for before a change to one's sign-in."""
    page.goto(f"{town.address}/your-account/passkeys/add")
    if "/sign-in/again" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        enter(page)
    assert page.url.endswith("/passkeys/add")


def with_passkey(town: Town) -> Page:
    """A worker's browser, and the passkey that they add there."""
    page = with_authenticator(town.at(""))
    sign_in_with_password(town, page)
    assert page.url.endswith("/your-account/")
    go_to_add(town, page)
    add_passkey(page)
    return page


def add_passkey(page: Page) -> None:
    page.get_by_label("Name for this passkey").fill("Work telephone")
    page.get_by_label("Sign in with this passkey alone").check()
    press(page, "Add a passkey")
    expect(page.get_by_text("Recovery codes").first).to_be_visible()


def sign_out(page: Page) -> None:
    press(page, "Sign out")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_by_itself(town: Town, world: World) -> None:
    page = with_authenticator(town.at(""))
    sign_in_with_password(town, page)
    assert page.url.endswith("/your-account/")
    assert page.get_by_text("add a second way to prove that it is you").is_visible()
    shot(page, "needed")
    page.goto(f"{town.address}/figures/")
    assert page.url.endswith("/your-account/"), "without a second factor nothing else opens"

    go_to_add(town, page)
    looked_at(page, "add")
    add_passkey(page)
    assert Authenticator.objects.filter(type="webauthn", user=world.accounts["worker"]).count() == 1
    page.goto(f"{town.address}/your-account/passkeys")
    assert page.get_by_text("Work telephone").is_visible()
    looked_at(page, "list")

    sign_out(page)
    page.goto(f"{town.address}/sign-in?next=/figures/")
    looked_at(page, "sign-in")
    press(page, "Sign in with a passkey")
    assert page.url == f"{town.address}/figures/"
    assert page.get_by_role("button", name="Sign out").is_visible()


@pytest.mark.usefixtures("world")
def test_after_the_password_a_passkey_is_the_second_factor(town: Town) -> None:
    page = with_passkey(town)
    sign_out(page)
    sign_in_with_password(town, page)
    assert page.url.endswith("/your-account/code")
    looked_at(page, "second-factor")
    press(page, "Use a passkey instead")
    assert page.url == f"{town.address}/"
    assert page.get_by_role("button", name="Sign out").is_visible()


@pytest.mark.usefixtures("world")
def test_another_devices_browser_has_no_passkey_to_sign_in_with(town: Town) -> None:
    with_passkey(town)
    stranger = with_authenticator(town.another(""))
    stranger.goto(f"{town.address}/sign-in")
    stranger.get_by_role("button", name="Sign in with a passkey").click()
    expect(stranger.get_by_text("The passkey was not used")).to_be_visible()
    looked_at(stranger, "not-used")
    assert stranger.url.startswith(f"{town.address}/sign-in")
    stranger.goto(f"{town.address}/figures/")
    assert not stranger.get_by_role("button", name="Sign out").is_visible()
