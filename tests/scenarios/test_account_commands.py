"""Accounts are made, closed and let in again from the command line, and each deed is in the audit."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from sightline.cli import database
from sightline.cli.main import main
from sightline.people.models import Account
from sightline.people.roles_held import roles_held
from sightline.platform.audit.models import AuditRow
from tests.world import PASSWORD, World, make_world

pytestmark = pytest.mark.django_db
CHOSEN = "three invented words together"
WHO = ["--given-name", "Ola", "--family-name", "Venn", "--email", "ola@ardenvale.example"]
WHERE = ["--agency", "millbrook-school", "--role", "agency-lead"]


@pytest.fixture(autouse=True)
def _in_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command uses the test's own database and transaction."""
    cache.clear()
    monkeypatch.setattr(database, "database_ready", lambda: nullcontext())


@pytest.fixture
def world() -> World:
    return make_world()


def command(*words: str) -> int:
    return main(["account", *words])


def choose(client: Client, link: str, password: str = CHOSEN) -> Any:
    """Follow the link as a browser does, and send the form that it leads to."""
    page = client.get(urlsplit(link.strip()).path)
    if page.status_code != 302:
        return page
    return client.post(page["Location"], {"new_password1": password, "new_password2": password})


def signs_in(username: str, password: str) -> bool:
    client = Client()
    client.post("/sign-in", {"login": username, "password": password})
    return "_auth_user_id" in client.session


def audited(action: str) -> list[Any]:
    return list(AuditRow.objects.filter(action=action).values_list("role", "object_ids"))


def test_a_newcomer_has_a_role_and_a_link_that_sets_their_password_once(
    world: World, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("add", "ola", *WHO, *WHERE) == 0
    said = capsys.readouterr()
    assert said.out.startswith("http://localhost:8000/sign-in/new-password/")
    assert said.out.count("\n") == 1, "the link is all that goes to stdout"
    account = Account.objects.get(username="ola")
    assert [held.role for held in roles_held(account)] == ["agency-lead"]
    assert audited("account added") == [("command line", [account.pk])]
    assert choose(client, said.out)["Location"] == "/sign-in"
    assert audited("password chosen") == [("", [account.pk])]
    assert signs_in("ola", CHOSEN)
    again = choose(Client(), said.out)
    assert "This link no longer works" in again.text


def test_a_link_is_dead_after_a_day(
    world: World, client: Client, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 24 * 60 * 60
    command("reset", "worker")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "This link no longer works" in choose(client, capsys.readouterr().out).text


def test_a_password_that_is_too_short_is_refused_and_the_link_still_works(
    world: World, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    command("reset", "worker")
    link = capsys.readouterr().out
    assert "<title>Error: Choose a password" in choose(client, link, "short").text
    assert choose(client, link).status_code == 302


def test_closing_an_account_ends_its_sessions_at_once_and_nobody_elses(world: World, client: Client) -> None:
    client.post("/sign-in", {"login": "worker", "password": PASSWORD})
    other = Client()
    other.post("/sign-in", {"login": "manager", "password": PASSWORD})
    assert command("disable", "WORKER") == 0
    assert client.get("/notices")["Location"].startswith("/sign-in")
    assert Session.objects.count() == 1
    assert "_auth_user_id" in other.session
    assert not signs_in("worker", PASSWORD)
    assert audited("account closed") == [("command line", [world.accounts["worker"].pk])]


def test_a_reset_forgets_the_password_ends_sessions_and_opens_a_closed_account(
    world: World, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post("/sign-in", {"login": "worker", "password": PASSWORD})
    command("disable", "worker")
    assert command("reset", "worker") == 0
    assert not signs_in("worker", PASSWORD)
    assert not Session.objects.filter(pk=client.cookies["sightline"].value).exists()
    choose(Client(), capsys.readouterr().out)
    assert signs_in("worker", CHOSEN)
    assert audited("account reset") == [("command line", [world.accounts["worker"].pk])]


def test_a_second_factor_is_forgotten_only_when_asked(world: World) -> None:
    TOTP.activate(world.accounts["worker"], generate_totp_secret())
    command("reset", "worker")
    assert Authenticator.objects.count() == 1
    command("reset", "worker", "--second-factor")
    assert not Authenticator.objects.exists()


def test_somebody_with_a_work_account_needs_no_password_and_has_none_to_reset(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sightline.platform.settings import environment

    assert command("add", "ola", *WHO, *WHERE, "--work-account", "w-17") == 1
    assert "Set OIDC_SERVER_URL" in capsys.readouterr().err
    monkeypatch.setenv("OIDC_SERVER_URL", "https://identity.ardenvale.example")
    with fresh(environment.environment):
        assert command("add", "ola", *WHO, *WHERE, "--work-account", "w-17") == 0
    assert capsys.readouterr().out == ""
    assert SocialAccount.objects.get().uid == "w-17"
    assert command("reset", "ola") == 1
    assert "Their agency resets that one" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["disable", "nobody"], "There is no account called 'nobody'"),
        (["add", "ola", *WHO, "--agency", "nowhere", "--role", "agency-lead"], "There is no agency with the key"),
        (["add", "ola", *WHO, *WHERE, "--partnership", "elsewhere"], "Name one of the partnerships hosted here"),
        (["add", "ola", *WHO, "--agency", "millbrook-school", "--role", "king"], "role: "),
        (["add", "worker", *WHO, *WHERE], "username: "),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    world: World, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = Account.objects.count()
    assert command(*words) == 1
    assert said in capsys.readouterr().err
    assert Account.objects.count() == before
    assert not AuditRow.objects.filter(action__startswith="account").exists()


@contextmanager
def fresh(cached: Any) -> Iterator[None]:
    """The environment read again inside the block, and again after it."""
    cached.cache_clear()
    yield
    cached.cache_clear()


def roles_of(username: str) -> list[str]:
    return [held.role for held in roles_held(Account.objects.get(username=username))]


def test_a_role_is_given_and_ended_at_once_and_each_is_in_the_audit(world: World, client: Client) -> None:
    client.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/oversight/sample/").status_code == 200
    here = ["--agency", "ardenvale-council"]
    assert command("role", "worker", "--give", "team-manager", *here, "--until", "2099-01-31") == 0
    assert roles_of("worker") == ["front-door-worker", "team-manager"]
    assert command("role", "worker", "--end", "team-manager", *here) == 0
    assert command("role", "worker", "--end", "front-door-worker") == 0
    assert roles_of("worker") == []
    assert client.get("/front-door/").status_code == 403
    pk = world.accounts["worker"].pk
    assert audited("role given") == [("command line", [pk])]
    assert audited("role ended") == [("command line", [pk])] * 2


def test_a_role_is_covered_until_a_day_and_ends_with_what_it_covers(world: World) -> None:
    other = ["--for", "team_manager", "--role", "team-manager"]
    assert command("cover", "lead_worker", *other, "--until", "2099-01-31") == 0
    assert roles_of("lead_worker") == ["lead-worker", "team-manager"]
    assert audited("role covered") == [("command line", [world.accounts["lead_worker"].pk])]
    assert command("role", "team_manager", "--end", "team-manager") == 0
    assert roles_of("lead_worker") == ["lead-worker"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["role", "scrutineer", "--give", "support-hub", "--agency", "ardenvale-council"], "scrutineer is independent"),
        (["role", "worker", "--give", "magician", "--agency", "ardenvale-council"], "There is no role"),
        (["role", "worker", "--give", "team-manager", "--agency", "nowhere"], "There is no agency"),
        (["role", "worker", "--end", "team-manager"], "does not hold the role"),
        (["cover", "worker", "--for", "police", "--role", "team-manager", "--until", "2099-01-31"], "does not hold"),
        (["cover", "worker", "--for", "worker", "--role", "front-door-worker", "--until", "2099-01-31"], "themselves"),
    ],
)
def test_a_role_that_may_not_be_is_refused_in_words_and_leaves_no_row(
    world: World, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = roles_of(words[1])
    assert command(*words) == 1
    assert said in capsys.readouterr().err
    assert roles_of(words[1]) == before
    assert not audited("role given") + audited("role ended") + audited("role covered")
