"""Sessions: they end by themselves, at once when they should, and a few things ask for a fresh proof of who one is."""

import re
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from sightline.cli import database
from sightline.cli.main import main
from sightline.people.accounts import close, end_sessions
from sightline.people.models import RoleHeld
from sightline.platform import audit, calendar
from sightline.platform.audit.models import AuditRow
from sightline.web import urls
from sightline.web.components.shell import shell
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from tests.journey import Journey, page_of
from tests.world import PASSWORD, World

SIGN_IN = "/sign-in"


@needs_fresh_sign_in
def worth_stealing(request: HttpRequest) -> HttpResponse:
    return render(request, "layouts/page.jinja", shell(request, "Worth stealing a session for"))


@login_required
def recorded_meanwhile(request: HttpRequest) -> HttpResponse:
    """Records that somebody came, who may be signed out in another window at that moment."""
    audit.record("came", subject="account")
    request.session["seen_at"] = 0
    if "ended" in request.GET:
        end_sessions(request.user)  # type: ignore[arg-type]
    return render(request, "layouts/page.jinja", shell(request, "Somebody came"))


handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    path("test/worth", worth_stealing),
    path("test/recorded", recorded_meanwhile),
]


@pytest.fixture(autouse=True)
def _test_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    cache.clear()


@pytest.fixture
def browser(world: World) -> Client:
    """Somebody who signed in by hand."""
    client = Client()
    assert sign_in(client).status_code == 302
    return client


def sign_in(client: Client, username: str = "worker", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(SIGN_IN, {"login": username, "password": password}, **more)


def writers_mark(client: Client) -> str:
    """What each form of a page says of whose it is."""
    return re.findall(r'name="written_by" value="([^"]+)"', client.get("/your-account/").text)[0]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def later() -> Any:
    """`with later(minutes=11):` the clock says so."""
    return lambda **time: calendar.frozen(calendar.now() + timedelta(**time))


# How they end


def test_after_twenty_minutes_without_a_request_one_is_signed_out(browser: Client, settings: Any) -> None:
    assert settings.SESSION_COOKIE_AGE == 20 * 60
    session = Session.objects.get()
    assert session.expire_date - calendar.now() <= timedelta(minutes=20)
    Session.objects.update(expire_date=calendar.now() - timedelta(seconds=1))
    assert browser.get("/notices")["Location"] == "/sign-in?next=/notices"


def test_what_is_sent_while_one_is_signed_out_elsewhere_is_undone_and_comes_back(browser: Client) -> None:
    sent = {"words": "She said so", "written_by": writers_mark(browser)}
    answer = browser.post("/test/recorded?ended=1", sent)
    assert answer["Location"] == "/sign-in?next=%2Ftest%2Frecorded%3Fended%3D1&held=1"
    assert not came()
    assert not signed_in(browser)
    assert "You were signed out. What you wrote is kept" in browser.get(answer["Location"]).text
    sign_in(browser)
    page = browser.get("/test/recorded").text
    assert "You were signed out in another window, or by somebody who may sign you out. What you wrote is here." in page
    assert "She said so" in page


def test_what_is_read_while_one_is_signed_out_elsewhere_is_not_shown(browser: Client) -> None:
    assert browser.get("/test/recorded?ended=1")["Location"] == "/sign-in?next=/test/recorded%3Fended%3D1"
    assert not came()


def test_a_page_open_to_anybody_shows_nothing_of_somebody_who_was_signed_out_elsewhere(
    browser: Client, later: Any
) -> None:
    assert "Kay Obi" in browser.get("/").text

    def ended(run: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            Session.objects.all().delete()
        return run(sql, *rest)

    with later(minutes=2), connection.execute_wrapper(ended):
        page = browser.get("/")
    assert page.status_code == 200
    assert "Kay Obi" not in page.text
    assert "Sign out" not in page.text
    assert settings.SESSION_COOKIE_NAME not in page.cookies  # what the browser has may be of a newer sign-in


def test_a_page_whose_session_cannot_be_kept_for_want_of_the_database_is_undone_and_says_so(browser: Client) -> None:
    def away(run: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            raise OperationalError("server closed the connection unexpectedly")
        return run(sql, *rest)

    with connection.execute_wrapper(away):
        answer = browser.post("/test/recorded")
    assert answer.status_code == 503
    assert signed_in(browser)
    assert "What you entered was not saved" in answer.text
    assert not came()
    assert browser.get("/test/recorded").status_code == 200
    assert came()


def came() -> bool:
    return AuditRow.objects.filter(action="came").exists()


def test_one_button_signs_out_everywhere_and_nobody_else(browser: Client, world: World) -> None:
    second, other = Client(), Client()
    sign_in(second)
    sign_in(other, "manager")
    assert "Sign out everywhere" in browser.get("/your-account/").text
    answer = browser.post("/your-account/sign-out-everywhere", {"written_by": writers_mark(browser)})
    assert answer["Location"] == "/sign-in?everywhere=1"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "You are signed out everywhere" in browser.get(answer["Location"]).text
    assert second.get("/notices").status_code == 302
    assert other.get("/notices").status_code == 200
    assert AuditRow.objects.get(action="sessions ended").detail == {"sessions": 2}


def test_an_operator_ends_somebodys_sessions_and_they_may_sign_in_again(
    browser: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(database, "database_ready", lambda: nullcontext())
    assert main(["account", "end-sessions", "worker"]) == 0
    assert "1 of its sessions were ended" in capsys.readouterr().err
    assert browser.get("/notices").status_code == 302
    assert AuditRow.objects.get(action="sessions ended").role == "command line"
    assert sign_in(browser).status_code == 302
    assert signed_in(browser)


def test_a_closed_account_is_refused_at_its_next_request(browser: Client, world: World) -> None:
    assert browser.get("/notices").status_code == 200
    account = world.accounts["worker"]
    account.is_active = False
    account.save()
    assert browser.get("/notices")["Location"].startswith(SIGN_IN), "even where its session is still there"
    close(account)
    assert not Session.objects.exists()


def test_a_role_that_ends_today_opens_nothing_at_the_next_request(world: World, acting: Any) -> None:
    journey = Journey(world, acting)
    case = journey.contact()
    live = Client()
    sign_in(live)
    assert live.get(page_of(case)).status_code == 200
    RoleHeld.objects.filter(worker=world.accounts["worker"].worker).update(valid_to=calendar.today())
    assert live.get(page_of(case)).status_code == 404
    assert live.get(page_of(case) + "do/log/").status_code == 404
    assert live.post(page_of(case) + "do/log/", {"source": "2A"}).status_code == 404
    assert case.reference not in live.get("/work", follow=True).text


def test_signing_out_forgets_what_was_kept_but_not_that_the_browser_is_known(browser: Client) -> None:
    answer = browser.post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "sightline-known" in browser.cookies


# A fresh proof


def test_right_after_signing_in_nothing_more_is_asked(browser: Client) -> None:
    assert browser.get("/test/worth").status_code == 200


def test_after_ten_minutes_the_password_is_asked_once_more_and_one_goes_on(browser: Client, later: Any) -> None:
    with later(minutes=9):
        assert browser.get("/test/worth").status_code == 200
    with later(minutes=11):
        asked = browser.get("/test/worth?about=one")
        assert asked["Location"] == "/sign-in/again?next=%2Ftest%2Fworth%3Fabout%3Done"
        page = browser.get(asked["Location"]).text
    assert "needs a fresh sign-in" in page
    assert "The password is wrong" in browser.post(asked["Location"], {"password": "wrong"}).text
    proved = browser.post(asked["Location"], {"password": PASSWORD, "next": "/test/worth?about=one"})
    assert proved["Location"] == "/test/worth?about=one"
    assert browser.get("/test/worth").status_code == 200


def test_a_session_that_was_never_proved_is_never_fresh(world: World, client: Client) -> None:
    client.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/test/worth")["Location"].startswith("/sign-in/again")
    assert Client().get("/test/worth")["Location"].startswith("/sign-in?")


def test_what_was_posted_waits_until_the_proof_is_given(browser: Client, later: Any) -> None:
    with later(minutes=11):
        asked = browser.post("/test/worth", {"reason": "She did not come home"})
        assert asked["Location"] == "/sign-in/again?next=%2Ftest%2Fworth"
    browser.post("/sign-in/again", {"password": PASSWORD, "next": "/test/worth"})
    page = browser.get("/test/worth").text
    assert "She did not come home" in page
    assert "We asked you to prove again who you are." in page


# Guessing


def wrong(client: Client, times: int, username: str = "worker", **more: Any) -> list[str]:
    return [sign_in(client, username, f"wrong {n}", **more).text for n in range(times)]


def test_somebody_who_guesses_waits_and_then_goes_on(world: World, later: Any) -> None:
    stranger = Client()
    pages = wrong(stranger, 6)
    assert "The user name or the password is wrong" in pages[4]
    assert "Wait 1 second and try again, or use a passkey" in pages[5]
    assert "Wait" in sign_in(stranger).text, "the right password has to wait as well"
    with later(seconds=2):
        sign_in(stranger)
    assert signed_in(stranger)


def test_the_wait_grows_and_stays_short(world: World) -> None:
    stranger = Client()
    for n in range(12):
        with calendar.frozen(calendar.now() + timedelta(minutes=n)):
            sign_in(stranger, "worker", "wrong")
            last = sign_in(stranger, "worker", "wrong").text
    assert "Wait 30 seconds" in last


def test_whoever_guesses_never_keeps_the_workers_own_browser_out(browser: Client, world: World) -> None:
    browser.post("/sign-out")
    wrong(Client(), 20)
    sign_in(browser)
    assert signed_in(browser), "the same account and address, at the same moment"


def test_whoever_guesses_elsewhere_keeps_nobody_out_on_a_new_browser(world: World, monkeypatch: Any) -> None:
    slept: list[float] = []
    monkeypatch.setattr("sightline.web.sign_in_pace.time.sleep", slept.append)
    for n in range(35):
        wrong(Client(), 1, REMOTE_ADDR=f"192.0.2.{n}")
    new = Client()
    sign_in(new, REMOTE_ADDR="198.51.100.7")
    assert signed_in(new)
    assert slept[-1] == 1.0, "it is answered a second later, and not refused"


def test_one_place_that_tries_every_account_waits_and_its_known_browsers_do_not(browser: Client, world: World) -> None:
    browser.post("/sign-out")
    for n in range(45):
        wrong(Client(), 1, username=f"nobody-{n}")
    assert "Wait" in sign_in(Client(), "manager").text
    sign_in(browser)
    assert signed_in(browser)


def test_the_way_in_by_passkey_is_never_slowed_by_those_who_guess(world: World, settings: Any) -> None:
    settings.MFA_PASSKEY_LOGIN_ENABLED = True
    stranger = Client()
    wrong(stranger, 8)
    answers = [stranger.post("/your-account/passkeys/sign-in", {"credential": "{}"}).status_code for _ in range(15)]
    assert set(answers) <= {200, 302}, "each is looked at, and none is told to come back later"


def test_a_known_browser_is_known_for_its_own_account_only(browser: Client, world: World) -> None:
    browser.post("/sign-out")
    assert "Wait" in wrong(browser, 7, username="manager")[6]
    assert "Wait" not in wrong(browser, 7)[6]


def test_a_mark_that_we_did_not_seal_is_no_mark(world: World) -> None:
    stranger = Client()
    stranger.cookies["sightline-known"] = "made up"
    assert "Wait" in wrong(stranger, 6)[5]


def test_each_sign_in_and_each_refusal_is_audited_without_what_was_typed(world: World) -> None:
    client = Client()
    wrong(client, 1)
    wrong(client, 1, username="nobody")
    sign_in(client)
    worker = world.accounts["worker"].pk
    rows = AuditRow.objects.filter(action="sign in").order_by("at")
    assert [(row.outcome, row.object_ids) for row in rows] == [
        ("refused", [worker]),
        ("refused", []),
        ("allowed", [worker]),
    ]
    assert all(set(row.detail) <= {"known_browser"} for row in rows)


# Pages that were open before


@pytest.mark.parametrize(
    ("form", "drawn"),
    [("/sign-out", "/sign-out"), ("/your-account/sign-out-everywhere", "/your-account/"), (SIGN_IN, SIGN_IN)],
)
def test_a_button_from_before_signing_in_again_leads_to_a_new_one(browser: Client, form: str, drawn: str) -> None:
    browser.handler.enforce_csrf_checks = True
    assert browser.post(form)["Location"] == drawn


def test_signing_in_twice_goes_on_to_the_page_that_was_wanted(browser: Client) -> None:
    browser.handler.enforce_csrf_checks = True
    again = browser.post(SIGN_IN, {"login": "worker", "password": PASSWORD, "next": "/notices"})["Location"]
    assert browser.get(again)["Location"] == "/notices"


def test_a_sign_in_from_a_browser_without_cookies_says_that_the_form_has_expired(world: World) -> None:
    answer = sign_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "your browser does not accept cookies" in answer.text
