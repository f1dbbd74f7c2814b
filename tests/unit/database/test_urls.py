"""Which database the site reaches, and as whom."""

from pathlib import Path

import pytest

from sightline.platform.database import connection_urls
from sightline.platform.database.django_databases import django_databases
from sightline.platform.settings.environment import Environment


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    return monkeypatch


def test_an_address_given_is_the_one_used_and_serves_the_owner_too(given: pytest.MonkeyPatch) -> None:
    given.setenv("DATABASE_URL", "postgresql://ann@db.example/sightline")
    urls = connection_urls(Environment())
    assert urls.app == urls.owner == "postgresql://ann@db.example/sightline"


def test_without_an_address_the_embedded_server_is_reached_by_two_roles(
    given: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    databases = django_databases(Environment())
    assert databases["default"]["USER"] == "sightline_app"
    assert databases["owner"]["USER"] == "sightline_owner"
    assert databases["default"]["HOST"].startswith(str(tmp_path))


def test_an_owner_who_logs_in_still_works_as_the_application_role(given: pytest.MonkeyPatch) -> None:
    given.setenv("DATABASE_URL", "postgresql://ann:secret@db.example:5433/sightline?sslmode=require")
    default = django_databases(Environment())["default"]
    assert "-c role=sightline_app" in default["OPTIONS"]["options"]
    assert default["OPTIONS"]["sslmode"] == "require"
    assert (default["NAME"], default["PORT"], default["PASSWORD"]) == ("sightline", "5433", "secret")


def test_only_a_process_that_answers_pages_keeps_a_pool(given: pytest.MonkeyPatch) -> None:
    assert "pool" not in django_databases(Environment())["default"]["OPTIONS"]
    given.setenv("SIGHTLINE_WEB_PROCESS", "1")
    assert "pool" in django_databases(Environment())["default"]["OPTIONS"]


def test_a_password_alone_signs_in_only_on_the_demonstrations_own_database(given: pytest.MonkeyPatch) -> None:
    assert Environment().demonstration_sign_in
    given.setenv("DATABASE_URL", "postgresql://ann@db.example/sightline")
    assert not Environment().demonstration_sign_in
