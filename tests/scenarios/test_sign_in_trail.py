"""A change in how somebody signs in leaves a row in the audit, and a notice to them."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core.cache import cache
from django.test import Client

from sightline.people.models import Account
from sightline.platform.audit.models import AuditRow
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice
from tests.world import PASSWORD, World, make_world

pytestmark = pytest.mark.django_db
CHANGED = "three invented words together"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def worker(world: World) -> Account:
    return world.accounts["worker"]


@pytest.fixture
def screen(worker: Account, client: Client) -> Client:
    """The worker's browser, in which they have just proved who they are."""
    client.post("/sign-in", {"login": "worker", "password": PASSWORD})
    client.post("/sign-in/again", {"password": PASSWORD})
    return client


def rows(*actions: str) -> list[Any]:
    found = AuditRow.objects.filter(action__in=actions).order_by("at")
    return list(found.values_list("action", "object_ids", "account_id", "outcome"))


def told(account: Account) -> list[str]:
    with as_account(account.pk):
        notices = Notice.objects.filter(worker_id=account.worker_id, page="/your-account/").order_by("created_at")
        return [notice.says.split(".")[0] for notice in notices]


def test_an_app_added_and_removed_is_on_the_trail_and_told(screen: Client, worker: Account) -> None:
    screen.get("/your-account/app")
    code = format_hotp_value(hotp_value(screen.session["mfa.totp.secret"], next(iter(counters()))))
    screen.post("/your-account/app", {"code": code})
    assert screen.get("/your-account/recovery-codes").status_code == 200
    screen.get("/your-account/recovery-codes/file")
    screen.post("/your-account/recovery-codes/new")
    screen.post("/your-account/app/remove")
    assert not Authenticator.objects.filter(user=worker).exists()
    changes = ["authenticator app added", "recovery codes made", "recovery codes viewed", "recovery codes taken away"]
    changes += ["recovery codes removed", "recovery codes made", "authenticator app removed", "recovery codes removed"]
    assert rows(*changes) == [(change, [worker.pk], worker.pk, "allowed") for change in changes]
    assert told(worker) == [
        "An authenticator app was added to your account",
        "New recovery codes were made for your account",
        "New recovery codes were made for your account",
        "The authenticator app was removed from your account",
    ]


def test_a_password_changed_is_on_the_trail_and_told(screen: Client, worker: Account) -> None:
    given = {"oldpassword": PASSWORD, "password1": CHANGED, "password2": CHANGED}
    assert screen.post("/your-account/password", given).status_code == 302
    assert rows("password changed") == [("password changed", [worker.pk], worker.pk, "allowed")]
    assert told(worker) == ["The password of your account was changed"]


def test_a_passkey_is_on_the_trail_whichever_way_it_comes_and_goes(world: World, worker: Account) -> None:
    passkey = Authenticator.objects.create(user=worker, type="webauthn", data={"name": "Work telephone"})
    passkey.record_usage()
    Authenticator.objects.filter(user=worker).delete()
    assert [row[0] for row in rows("passkey added", "passkey removed")] == ["passkey added", "passkey removed"]
    assert told(worker) == ["A passkey was added to your account", "A passkey was removed from your account"]


def test_a_wrong_code_is_on_the_trail(world: World, worker: Account, client: Client) -> None:
    TOTP.activate(worker, generate_totp_secret())
    RecoveryCodes.activate(worker)
    client.post("/sign-in", {"login": "worker", "password": PASSWORD})
    assert "The code is wrong" in client.post("/your-account/code", {"code": "000000"}).content.decode()
    assert rows("wrong code") == [("wrong code", [worker.pk], None, "refused")]


def test_whoever_has_no_role_any_more_is_written_down_and_has_no_notice(world: World) -> None:
    account = Account.objects.create_account("nobody-yet")
    TOTP.activate(account, generate_totp_secret())
    assert [row[1] for row in rows("authenticator app added")] == [[account.pk]]
