"""Signing in with a work account, against an identity provider that lives in this process and signs its tokens."""

import html
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from sightline.people.models import Account
from sightline.platform.audit.models import AuditRow
from sightline.platform.settings.environment import Environment
from sightline.platform.settings.web_settings import content_security_policy, openid_connect, work_account_key
from sightline.web import urls
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.work_accounts import WorkAccountAdapter, shows_second_factor
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
ISSUER = "https://identity.ardenvale.example"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Answer:
    def __init__(self, content: Any) -> None:
        self.status_code, self.headers, self.content = 200, {"content-type": "application/json"}, content

    def json(self) -> Any:
        return self.content

    def raise_for_status(self) -> None:
        """It never fails."""


class Provider:
    """An identity provider. `claims` are added to the next identity token; `key` signs it."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.key, self.sends_token = KEY, True

    def __enter__(self) -> "Provider":
        return self

    def __exit__(self, *fault: object) -> None:
        """Nothing to close."""

    def get(self, url: str, **given: Any) -> Answer:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return Answer(
            {"keys": [{**public, "kid": "one", "alg": "RS256"}]}
            if url.endswith("/keys")
            else {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "userinfo_endpoint": f"{ISSUER}/userinfo",
                "jwks_uri": f"{ISSUER}/keys",
            }
        )

    def request(self, method: str, url: str, **given: Any) -> Answer:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "sightline", "sub": "w-17", "iat": now, "exp": now + 300, **self.claims}
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return Answer({"access_token": "opaque", **({"id_token": token} if self.sends_token else {})})


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Provider:
    cache.clear()
    monkeypatch.setenv("OIDC_SERVER_URL", ISSUER)
    monkeypatch.setenv("OIDC_CLIENT_ID", "sightline")
    for name, value in openid_connect(Environment()).items():
        setattr(settings, name, value)
    settings.DEMONSTRATION_SIGN_IN = False
    made = Provider()
    monkeypatch.setattr(WorkAccountAdapter, "get_requests_session", lambda self: made)
    return made


@pytest.fixture
def world(provider: Provider) -> World:
    return make_world()


@pytest.fixture
def worker(world: World) -> Account:
    """The front-door worker, whose work account is linked."""
    account = world.accounts["worker"]
    SocialAccount.objects.create(user=account, provider=work_account_key(ISSUER), uid="w-17")
    return account


def sign_in(client: Client, provider: Provider, **claims: Any) -> Any:
    provider.claims = claims
    address = f"/work-account/oidc/{work_account_key(ISSUER)}/login/"
    asked = client.post(address, {"process": "login"})
    state = parse_qs(urlsplit(asked["Location"]).query)["state"][0]
    return client.get(f"{address}callback/", {"code": "c", "state": state})


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_sign_in_page_offers_it_and_asks_when_the_person_last_signed_in(world: World, client: Client) -> None:
    assert "Sign in with your work account" in client.get("/sign-in").text
    asked = client.post(f"/work-account/oidc/{work_account_key(ISSUER)}/login/")
    query = parse_qs(urlsplit(asked["Location"]).query)
    assert asked["Location"].startswith(f"{ISSUER}/authorize?")
    assert (query["scope"], query["max_age"], query["code_challenge_method"]) == (["openid"], ["36000"], ["S256"])


def test_a_second_factor_shown_by_the_token_opens_the_pages(
    worker: Account, provider: Provider, client: Client
) -> None:
    sign_in(client, provider, amr=["pwd", "mfa"], auth_time=1_790_000_000)
    assert signed_in_as(client) == str(worker.pk)
    assert client.get("/figures/").status_code == 200
    row = AuditRow.objects.get(action="signed in with a work account")
    assert row.detail == {"second_factor": True, "auth_time": 1_790_000_000}
    assert row.object_ids == [worker.pk]


@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"acr": "1"}, {"amr": "pwd"}])
def test_a_password_alone_at_the_provider_opens_only_the_set_up_of_a_second_factor(
    worker: Account, provider: Provider, client: Client, claims: dict[str, Any]
) -> None:
    sign_in(client, provider, **claims)
    assert signed_in_as(client) == str(worker.pk)
    assert client.get("/figures/")["Location"] == "/your-account/"


def test_which_values_show_a_second_factor_is_a_setting(provider: Provider, settings: Any) -> None:
    assert shows_second_factor({"acr": "https://refeds.org/profile/mfa"})
    assert not shows_second_factor({"acr": "AAL3"})
    settings.WORK_ACCOUNT_SECOND_FACTOR = frozenset({"AAL3"})
    assert shows_second_factor({"acr": "AAL3"})
    assert not shows_second_factor({"amr": ["mfa"]})


def test_signing_in_again_with_a_password_does_not_keep_the_providers_second_factor(
    worker: Account, provider: Provider, client: Client
) -> None:
    from tests.world import PASSWORD

    sign_in(client, provider, amr=["mfa"])
    client.post("/sign-out")
    client.post("/sign-in", {"login": "worker", "password": PASSWORD})
    assert client.get("/figures/")["Location"] == "/your-account/"


def test_the_same_email_address_is_not_the_same_person(world: World, provider: Provider, client: Client) -> None:
    world.accounts["worker"].email = "worker@ardenvale.example"
    world.accounts["worker"].save()
    page = sign_in(client, provider, email="worker@ardenvale.example", email_verified=True, amr=["mfa"])
    assert signed_in_as(client) is None
    while page.status_code == 302:
        page = client.get(page["Location"])
    assert "Your work account is not linked to Sightline" in page.text
    assert Account.objects.filter(email="worker@ardenvale.example").count() == 1
    assert not SocialAccount.objects.exists()


def test_the_same_subject_at_another_provider_is_not_the_same_person(
    worker: Account, provider: Provider, client: Client
) -> None:
    SocialAccount.objects.update(provider=work_account_key("https://former.example"))
    sign_in(client, provider, amr=["mfa"])
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "wrong",
    [{"iss": "https://elsewhere.example"}, {"aud": "another"}, {"exp": 1_000_000_000}],
    ids=["issuer", "audience", "expired"],
)
def test_a_token_for_somebody_else_or_from_elsewhere_is_refused(
    worker: Account, provider: Provider, client: Client, wrong: dict[str, Any]
) -> None:
    assert "could not sign you in" in sign_in(client, provider, amr=["mfa"], **wrong).text
    assert signed_in_as(client) is None


def test_a_token_with_a_strangers_signature_or_none_at_all_is_refused(
    worker: Account, provider: Provider, client: Client
) -> None:
    provider.key = STRANGER
    assert "could not sign you in" in sign_in(client, provider, amr=["mfa"]).text
    provider.sends_token = False
    assert "could not sign you in" in sign_in(client, provider).text
    assert signed_in_as(client) is None


def test_a_closed_account_is_closed_to_its_work_account_too(
    worker: Account, provider: Provider, client: Client
) -> None:
    worker.is_active = False
    worker.save()
    sign_in(client, provider, amr=["mfa"])
    assert signed_in_as(client) is None


def test_a_provider_that_is_not_configured_is_not_found(world: World, client: Client) -> None:
    assert client.post("/work-account/oidc/another/login/").status_code == 404
    assert client.get("/work-account/oidc/another/login/callback/?code=c&state=s").status_code == 404


def at_their_screen(client: Client, account: Account) -> Client:
    """The account's own browser, signed in with a second factor longer ago than counts as fresh."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(account, generate_totp_secret())
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def state_of(asked: Any) -> str:
    return parse_qs(urlsplit(asked["Location"]).query)["state"][0]


def test_a_work_account_is_linked_and_unlinked_by_somebody_who_has_just_proved_who_they_are(
    world: World, provider: Provider, client: Client
) -> None:
    from tests.world import PASSWORD

    account = world.accounts["manager"]
    at_their_screen(client, account).post("/sign-in/again", {"password": PASSWORD})
    address = f"/work-account/oidc/{work_account_key(ISSUER)}/login/"
    assert f"{address}?process=connect" in client.get("/work-account/link").text
    client.get(f"{address}callback/", {"code": "c", "state": state_of(client.post(f"{address}?process=connect"))})
    linked = SocialAccount.objects.get()
    assert (linked.user_id, linked.provider, linked.uid) == (account.pk, work_account_key(ISSUER), "w-17")
    client.post("/work-account/link", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    rows = AuditRow.objects.filter(action__startswith="work account").order_by("at")
    assert [(row.action, row.object_ids, row.account_id, row.worker_id) for row in rows] == [
        (f"work account {done}", [account.pk], account.pk, account.worker_id) for done in ("linked", "unlinked")
    ]
    assert {row.detail["provider"] for row in rows} == {work_account_key(ISSUER)}
    told = client.get("/notices").text
    assert "A work account was linked to your account, and can sign in as you" in told
    assert "A work account was unlinked from your account" in told


@pytest.mark.parametrize("how", ["query", "form"])
def test_at_an_unlocked_screen_no_work_account_of_ones_own_can_be_linked(
    world: World, provider: Provider, client: Client, how: str
) -> None:
    at_their_screen(client, world.accounts["manager"])
    assert client.get("/work-account/link")["Location"].startswith("/sign-in/again")
    address, said = f"/work-account/oidc/{work_account_key(ISSUER)}/login/", {"process": "connect"}
    asked = client.post(f"{address}?process=connect") if how == "query" else client.post(address, said)
    assert asked["Location"] == "/sign-in/again?next=%2Fwork-account%2Flink"
    assert not SocialAccount.objects.exists()


def test_what_was_begun_while_the_sign_in_was_fresh_is_not_finished_at_an_unlocked_screen(
    world: World, provider: Provider, client: Client
) -> None:
    from tests.world import PASSWORD

    at_their_screen(client, world.accounts["manager"]).post("/sign-in/again", {"password": PASSWORD})
    address = f"/work-account/oidc/{work_account_key(ISSUER)}/login/"
    state = state_of(client.post(f"{address}?process=connect"))
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert client.get(f"{address}callback/", {"code": "c", "state": state})["Location"] == "/sign-in/again"
    assert not SocialAccount.objects.exists()


def test_forms_may_lead_to_the_provider_and_nowhere_else(provider: Provider) -> None:
    # Chromium holds a form's redirect to the policy as well, so without this nobody could get to the provider.
    assert content_security_policy(Environment())["form-action"] == ["'self'", ISSUER]


@needs_fresh_sign_in
def worth_stealing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("opened", content_type="text/html")


handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
urlpatterns = [*urls.urlpatterns, path("test/worth", worth_stealing)]


def opens(client: Client, settings: Any) -> bool:
    settings.ROOT_URLCONF = __name__
    return client.get("/test/worth").status_code == 200


def test_a_sign_in_at_the_provider_is_as_fresh_as_the_provider_says(
    worker: Account, provider: Provider, client: Client, settings: Any
) -> None:
    for auth_time, fresh in ((int(time.time()) - 60, True), (int(time.time()) - 3600, False), (None, False)):
        sign_in(client, provider, amr=["mfa"], **({"auth_time": auth_time} if auth_time else {}))
        assert opens(client, settings) == fresh, auth_time


def test_somebody_with_only_a_work_account_proves_it_there_again_and_goes_on(
    worker: Account, provider: Provider, client: Client, settings: Any
) -> None:
    worker.set_unusable_password()
    worker.save()
    sign_in(client, provider, amr=["mfa"], auth_time=int(time.time()) - 3600)
    settings.ROOT_URLCONF = __name__
    page = client.get("/test/worth", follow=True)
    assert "Sign in again with your work account" in page.text
    assert "Enter your password" not in page.text
    form = page.text.split(f'action="/work-account/oidc/{work_account_key(ISSUER)}/login/?', 1)[1]
    query = html.unescape(form.split('"', 1)[0])
    address = f"/work-account/oidc/{work_account_key(ISSUER)}/login/"
    asked = client.post(f"{address}?{query}", {"next": "/test/worth"})
    sent = parse_qs(urlsplit(asked["Location"]).query)
    assert (sent["prompt"], sent["max_age"]) == (["login"], ["0"])
    provider.claims = {"amr": ["mfa"], "auth_time": int(time.time())}
    back = client.get(f"{address}callback/", {"code": "c", "state": sent["state"][0]})
    assert back["Location"] == "/test/worth"
    assert client.get("/test/worth").text == "opened"
    later = client.post(address, {"process": "login"})
    assert "prompt" not in parse_qs(urlsplit(later["Location"]).query), "only that once"
