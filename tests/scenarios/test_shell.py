"""What surrounds every page: navigation by role, one transaction, headers, and pages for when things go wrong."""

import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from sightline.people.models import Partnership
from sightline.platform import audit
from sightline.platform.audit.models import AuditRow
from sightline.web import navigation, urls
from sightline.web.components import contact_details
from sightline.web.components.shell import shell
from sightline.web.errors import NotForYou
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def plain_page(request: HttpRequest) -> HttpResponse:
    return render(request, "layouts/page.jinja", shell(request, "A plain page", reference="C-7F3K2P", back="/"))


def writes_then_breaks(request: HttpRequest) -> HttpResponse:
    Partnership.objects.update(name="Changed")
    raise RuntimeError("planted")


def writes_then_answers_503(request: HttpRequest) -> HttpResponse:
    Partnership.objects.update(name="Changed")
    return HttpResponse(status=503)


def loses_the_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("planted: server closed the connection")


def asks_for_nonsense(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select nonsense")
    return HttpResponse()


def not_for_you(request: HttpRequest) -> HttpResponse:
    raise NotForYou("endorse this decision", "You proposed it.", "Tom Reid can endorse it.")


def shows_a_person(request: HttpRequest) -> HttpResponse:
    who = audit.acting()
    return HttpResponse(str(who.role if who else ""))


handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    path("test/plain", plain_page),
    path("test/breaks", writes_then_breaks),
    path("test/503", writes_then_answers_503),
    path("test/mistaken", asks_for_nonsense),
    path("test/lost", loses_the_database),
    path("test/refused", not_for_you),
    path("test/who", shows_a_person),
]


@pytest.fixture(autouse=True)
def _test_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    contact_details.forget()


@pytest.fixture
def world() -> World:
    world = make_world()
    Partnership.objects.update(front_door_phone="01632 960 101", out_of_hours_phone="01632 960 102")
    return world


@pytest.fixture
def quiet_client() -> Client:
    return Client(raise_request_exception=False)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_a_page_has_its_title_its_reference_and_no_name(world: World, client: Client) -> None:
    client.force_login(world.accounts["worker"], backend=BACKEND)
    page = client.get("/test/plain").content.decode()
    assert "<title>A plain page, C-7F3K2P, Sightline</title>" in page
    assert page.count("<h1") == 1
    assert "Kay Obi" in page
    assert "Kay Obi" not in re.search(r"<head>.*</head>", page, re.DOTALL)[0]  # type: ignore[index]


def test_help_and_telephone_numbers_are_on_every_page(world: World, quiet_client: Client) -> None:
    for address in ("/test/plain", "/sign-in", "/nowhere", "/test/breaks", "/test/lost", "/test/refused"):
        said = text_of(quiet_client.get(address))
        assert "call 999" in said, address
        assert "01632 960 101" in said, address
        assert "01632 960 102" in said, address


def test_every_page_of_an_invented_partnership_says_so_on_paper_too(world: World, quiet_client: Client) -> None:
    for address in ("/test/plain", "/sign-in", "/nowhere", "/test/breaks", "/test/lost"):
        page = quiet_client.get(address)
        assert "Demonstration: every person, agency and place here is invented" in text_of(page), address
        assert "sightline/invented.css" in page.content.decode(), address


def test_a_real_partnership_is_not_called_invented(settings: Any, world: World, client: Client) -> None:
    settings.SIGHTLINE_MODE = "production"
    Partnership.objects.update(invented=False)
    assert "invented" not in client.get("/test/plain").content.decode()


def test_the_navigation_has_only_what_a_role_has_and_at_most_six_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_address", lambda name: f"/{name}")
    for role in ("agency-lead", "front-door-worker", "data-analyst"):
        assert len(navigation.places_for([role])) <= 6
    school = [place.key for place, _ in navigation.places_for(["agency-lead"])]
    analyst = [place.key for place, _ in navigation.places_for(["data-analyst"])]
    assert "concern" in school
    assert "front-door" not in school
    assert analyst == ["work", "figures", "recommendations", "meetings", "returns", "statements"]
    assert navigation.places_for([]) == []


def test_nothing_inline_and_nothing_from_elsewhere_may_run(world: World, client: Client) -> None:
    for address in ("/test/plain", "/sign-in"):
        response = client.get(address)
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        page = response.content.decode()
        assert not re.search(r'<script(?![^>]*(src=|application/json))|<style| style="| on[a-z]+="', page)
        assert not re.search(r'(src|href)="(https?:)?//', page)


def test_pages_are_not_kept_framed_or_told_to_others(client: Client) -> None:
    headers = client.get("/sign-in").headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-Id"])


@pytest.mark.parametrize("given", ["proxy-12345678", "<script>alert", "x" * 500])
def test_a_request_is_never_called_as_its_sender_says(client: Client, given: str) -> None:
    names = [client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] for _ in range(2)]
    assert len({*names, given}) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in names)


@pytest.mark.parametrize("address", ["/test/breaks", "/test/503"])
def test_a_page_that_ends_in_a_server_error_is_undone_whole(world: World, quiet_client: Client, address: str) -> None:
    assert quiet_client.get(address).status_code in (500, 503)
    assert Partnership.objects.get().name == "Ardenvale Safeguarding Children Partnership"


def test_when_the_database_is_lost_the_page_says_so_and_what_to_do(world: World, quiet_client: Client) -> None:
    quiet_client.get("/test/plain")
    response = quiet_client.get("/test/lost")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    said = text_of(response)
    assert "There is a problem with the service" in said
    assert "was not saved" in said
    assert "01632 960 101" in said


def test_a_database_that_never_answers_still_gives_a_page_with_the_numbers(
    world: World, quiet_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet_client.get("/test/plain")

    def away(*args: object) -> None:
        raise OperationalError("planted")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    response = quiet_client.get("/test/plain")
    assert response.status_code == 503
    assert "01632 960 101" in text_of(response)


def test_a_mistake_in_a_query_is_a_fault_page_not_a_broken_transaction(world: World, quiet_client: Client) -> None:
    response = quiet_client.get("/test/mistaken")
    assert response.status_code == 500
    assert "There is a problem with the service" in text_of(response)


def test_somebody_who_may_not_is_told_why_and_who_can(world: World, client: Client) -> None:
    response = client.get("/test/refused")
    assert response.status_code == 403
    said = text_of(response)
    assert "You cannot endorse this decision" in said
    assert "You proposed it. Tom Reid can endorse it." in said


def test_missing_and_mistyped_addresses_have_one_wording(world: World, client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "Page not found" in text_of(response)
    assert "/nowhere" not in response.content.decode()


def test_a_form_without_our_proof_is_refused_and_nothing_typed_is_called_saved(world: World) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in", {"login": "worker"})
    assert response.status_code == 403
    assert "This form has expired" in text_of(response)
    assert "was not saved" in text_of(response)


def test_each_page_is_worked_in_the_name_of_who_asks(world: World, client: Client) -> None:
    client.force_login(world.accounts["worker"], backend=BACKEND)
    assert client.get("/test/who").content == b"front-door-worker"
    assert Client().get("/test/who").content == b""


def test_health_is_plain_words(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"Ready.\n")


def test_health_says_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise OperationalError("planted")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert b"does not answer" in response.content


def test_quick_exit_forgets_everything_even_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    session = client.session
    session["typed"] = "something"
    session.save()
    response = client.get("/leave")
    assert response.status_code == 302
    assert "sightline" not in response.headers["Location"]
    assert response.cookies["sightline"].value == ""
    assert '"storage"' in response.headers["Clear-Site-Data"]


def test_nothing_read_by_a_plain_page_is_written_as_a_read(world: World, client: Client) -> None:
    client.force_login(world.accounts["worker"], backend=BACKEND)
    client.get("/test/plain")
    assert not AuditRow.objects.filter(action="read").exists()
