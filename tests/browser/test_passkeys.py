"""Passkeys in a real browser, with Chromium's own virtual authenticator: added, used to sign in, asked for first."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django import forms
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Page

from sightline.web.accounts import PasskeyForm
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.world import PASSWORD, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(running_site: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A real partnership's site by its rules, at a name that a passkey can belong to: an address in figures cannot."""
    settings.DEMONSTRATION_SIGN_IN = False
    settings.SIGHTLINE_MODE = "production"
    settings.MFA_PASSKEY_LOGIN_ENABLED = True
    # Where the forms were first imported under the demonstration's settings, this one lacks its box.
    monkeypatch.setitem(PasskeyForm.base_fields, "passwordless", forms.BooleanField(required=False))
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test's server has no certificate
    cache.clear()
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


def sign_in_with_password(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("User name").fill("worker")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def go_to_add(page: Page, site: str) -> None:
    """To the page that adds a passkey, past the password that is asked for before a change to one's sign-in."""
    page.goto(f"{site}/your-account/passkeys/add")
    if "/sign-in/again" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/passkeys/add")


def add_passkey(page: Page, site: str) -> None:
    go_to_add(page, site)
    page.get_by_label("Name for this passkey").fill("Work telephone")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Recovery codes").first.wait_for()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("banner").get_by_role("link", name="Sign in").wait_for()


def test_a_passkey_is_added_and_signs_in_by_itself(open_page: Callable[..., Page], site: str, world: World) -> None:
    page = with_authenticator(open_page())
    sign_in_with_password(page, site)
    page.wait_for_url("**/your-account/")
    assert page.get_by_text("add a second way to prove that it is you").is_visible()
    shot(page, "passkey-needed-1280")
    page.goto(f"{site}/figures/")
    assert page.url.endswith("/your-account/"), "without a second factor nothing else opens"

    go_to_add(page, site)
    assert axe(page) == []
    shot(page, "passkey-add-1280")
    add_passkey(page, site)
    assert Authenticator.objects.filter(type="webauthn", user=world.accounts["worker"]).count() == 1
    page.goto(f"{site}/your-account/passkeys")
    assert page.get_by_text("Work telephone").is_visible()
    assert axe(page) == []
    shot(page, "passkeys-1280")

    sign_out(page)
    page.goto(f"{site}/sign-in?next=/figures/")
    shot(page, "sign-in-passkey-1280")
    assert axe(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/figures/")
    assert page.get_by_role("button", name="Sign out").is_visible()


def test_after_the_password_a_passkey_is_the_second_factor(
    open_page: Callable[..., Page], site: str, world: World
) -> None:
    page = with_authenticator(open_page(320))
    sign_in_with_password(page, site)
    page.wait_for_url("**/your-account/")
    add_passkey(page, site)
    sign_out(page)
    sign_in_with_password(page, site)
    page.wait_for_url("**/your-account/code")
    assert axe(page) == []
    assert not scrolls_sideways(page)
    shot(page, "passkey-second-factor-320")
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url(f"{site}/")
    assert page.get_by_role("button", name="Sign out").is_visible()


def test_another_devices_browser_has_no_passkey_to_sign_in_with(
    open_page: Callable[..., Page], site: str, world: World
) -> None:
    page = with_authenticator(open_page())
    sign_in_with_password(page, site)
    page.wait_for_url("**/your-account/")
    add_passkey(page, site)
    stranger = with_authenticator(open_page())
    stranger.goto(f"{site}/sign-in")
    stranger.get_by_role("button", name="Sign in with a passkey").click()
    stranger.get_by_text("The passkey was not used").wait_for()
    assert axe(stranger) == []
    shot(stranger, "passkey-not-used-1280")
    assert stranger.url.startswith(f"{site}/sign-in")
    stranger.goto(f"{site}/figures/")
    assert not stranger.get_by_role("button", name="Sign out").is_visible()
