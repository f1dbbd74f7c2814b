"""The headers that keep what is shown to whom it was shown, on every class of answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sightline.parts.models import File
from sightline.platform.settings.web_settings import SECURE_CSP
from sightline.web import urls
from tests import files
from tests.journey import Journey, page_of
from tests.scenarios.test_shell import BACKEND
from tests.scenarios.test_shell import urlpatterns as breaking_pages

handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
handler400 = urls.handler400
urlpatterns = breaking_pages

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.fixture(autouse=True)
def _pages_that_break(settings: Any, tmp_path: Path) -> None:
    settings.ROOT_URLCONF = __name__
    settings.SIGHTLINE_HOME, settings.SIGHTLINE_CLAMD = tmp_path / "home", None


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def signed_in(world: Any, client: Client) -> Client:
    client.force_login(world.accounts["worker"], backend=BACKEND)
    return client


def assert_guarded(answer: Any, policy: str = "default-src 'none'") -> None:
    missing = {name: value for name, value in EVERYWHERE.items() if answer.headers.get(name) != value}
    assert not missing
    assert policy in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Request-Id"]


ANSWERS: dict[str, tuple[int, Callable[[Client], Any]]] = {
    "a page": (200, lambda client: client.get("/notices")),
    "a page for anybody": (200, lambda client: client.get("/report/")),
    "a redirect to sign in": (302, lambda client: Client().get("/notices")),
    "a redirect after signing out": (302, lambda client: client.post("/sign-out")),
    "the way out": (302, lambda client: client.get("/leave")),
    "not understood": (400, lambda client: client.get("/notices", headers={"host": "elsewhere.example"})),
    "not allowed": (403, lambda client: client.get("/test/refused")),
    "an expired form": (403, lambda client: Client(enforce_csrf_checks=True).post("/sign-in", {})),
    "not found": (404, lambda client: client.get("/nowhere")),
    "broken": (500, lambda client: client.get("/test/breaks")),
    "the database is away": (503, lambda client: client.get("/test/lost")),
    "for a watcher": (200, lambda client: client.get("/healthz")),
    "no content": (204, lambda client: client.get("/still-here")),
    "a wrong method": (405, lambda client: client.get("/your-account/sign-out-everywhere")),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_class_of_answer_is_guarded_and_kept_by_nobody(world: Any, client: Client, name: str) -> None:
    status, ask = ANSWERS[name]
    answer = ask(signed_in(world, client))
    assert answer.status_code == status
    assert_guarded(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_download_is_guarded_and_sandboxed(world: Any, acting: Any, client: Client) -> None:
    journey = Journey(world, acting)
    case = journey.contact()
    signed_in(world, client).post(page_of(case) + "files/add", {"file": SimpleUploadedFile("report.pdf", files.pdf())})
    with acting(world.worker):
        file = File.visible_to(world.worker).get()
    answer = client.get(page_of(case) + f"files/{file.pk}")
    assert_guarded(answer, "default-src 'none'; sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_static_files_are_guarded_too_and_may_be_kept(client: Client, db: None) -> None:
    answer = client.get("/static/sightline/case.css")
    assert answer.status_code == 200
    assert_guarded(answer)
    assert "no-store" not in answer.headers["Cache-Control"]
    answer.close()


def test_a_redirect_to_https_is_guarded_and_so_is_what_follows(settings: Any, client: Client, world: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    fresh = Client()  # settings of middleware are read when the first request comes
    redirected = fresh.get("/sign-in")
    assert redirected.status_code == 301
    assert redirected["Location"].startswith("https://")
    assert "no-store" in redirected["Cache-Control"]
    followed = fresh.get("/sign-in", secure=True)
    assert followed["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed() -> None:
    allowed = {str(source) for sources in SECURE_CSP.values() for source in sources}
    assert allowed == {"'none'", "'self'"}
    assert SECURE_CSP["frame-ancestors"] == SECURE_CSP["base-uri"] == SECURE_CSP["default-src"]


def test_no_page_has_a_script_or_a_style_of_its_own(world: Any, client: Client) -> None:
    signed_in(world, client)
    for address in ("/", "/notices", "/sign-in", "/report/", "/your-account/", "/figures/"):
        page = client.get(address, follow=True).text
        assert " style=" not in page, address
        assert " onclick=" not in page, address
        scripts = [piece.split(">", 1)[0] for piece in page.split("<script")[1:]]
        assert all(" src=" in script or "application/json" in script for script in scripts), address
