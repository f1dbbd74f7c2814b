"""The doctor names each fault that is planted for it, and its mend."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError
from pytest_django import Settings

from sightline.platform.settings import doctor
from sightline.platform.settings.doctor import CHECKS, DATABASE_CHECKS, Fault, findings
from sightline.platform.settings.environment import Environment
from tests import files

Given = Callable[..., Environment]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Given:
    """An environment with these variables, and otherwise a demonstration's."""

    def build(**variables: str) -> Environment:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"SIGHTLINE_HOME": str(tmp_path / "state"), **variables}.items():
            monkeypatch.setenv(name, value)
        return Environment()

    return build


def test_a_sound_installation_has_no_fault_before_its_database_is_looked_at(given: Given, tmp_path: Path) -> None:
    style = tmp_path / "govuk" / "govuk-frontend.min.css"
    style.parent.mkdir()
    style.touch()
    found = findings(given(SIGHTLINE_ASSETS=str(tmp_path)), CHECKS)
    assert [finding.check for finding in found if not finding.right] == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_migrated_database_has_no_fault(given: Given) -> None:
    assert [finding for finding in findings(given(), DATABASE_CHECKS) if not finding.right] == []


@pytest.mark.parametrize(
    ("check", "variables", "mend"),
    [
        (doctor.postgres_found, {"PG_BINDIR": "/nowhere"}, "Correct it, or unset it"),
        (doctor.assets_built, {"SIGHTLINE_ASSETS": "/nowhere"}, "Run: make"),
        (doctor.secret_key_safe, {"SIGHTLINE_MODE": "production"}, "at least 50 random characters"),
        (doctor.secret_key_safe, {"SIGHTLINE_MODE": "production", "SIGHTLINE_SECRET_KEY": "short"}, "at least 50"),
        (doctor.email_sent, {"SIGHTLINE_MODE": "production"}, "Set EMAIL_HOST"),
        (doctor.email_sent, {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "1"}, "Correct EMAIL_HOST and EMAIL_PORT"),
        (doctor.held_to_https, {"DATABASE_URL": "postgresql://ann@db.example/real"}, "Set SIGHTLINE_MODE=production"),
        (doctor.held_to_https, {"OIDC_SERVER_URL": "http://identity.example"}, "Give its https one"),
        (doctor.sign_in_safe, {"DATABASE_URL": "postgresql://ann@db.example/real"}, "a second factor"),
        (doctor.sign_in_safe, {"SIGHTLINE_MODE": "production"}, "to a real database|Set DATABASE_URL"),
        (
            doctor.login_apart,
            {"SIGHTLINE_MODE": "production", "DATABASE_URL": "postgresql://ann@db.example/real"},
            "keep the owner's in DATABASE_OWNER_URL",
        ),
    ],
)
def test_a_fault_is_named_with_its_mend(
    given: Given, settings: Settings, check: doctor.Check, variables: dict[str, str], mend: str
) -> None:
    settings.DEMONSTRATION_SIGN_IN = True
    with pytest.raises(Fault, match=mend):
        check(given(**variables))


def test_a_time_zone_that_nobody_knows_is_a_fault(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(key: str) -> None:
        raise doctor.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(doctor, "ZoneInfo", missing)
    with pytest.raises(Fault, match="Install the package tzdata"):
        doctor.time_zone_data(given())


def test_migrations_that_wait_are_counted(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.platform.database.waiting_migrations", lambda: ["people.0009_more"])
    with pytest.raises(Fault, match=r"1 migrations wait, people.0009_more first. Run: sightline migrate"):
        doctor.migrations_applied(given())


def test_a_check_that_breaks_is_a_finding_and_not_a_crash(given: Given) -> None:
    def broken(environment: Environment) -> str:
        raise ZeroDivisionError("by nought")

    (finding,) = findings(given(), {"Broken": broken})
    assert not finding.right
    assert finding.said == "could not be checked: ZeroDivisionError: by nought"


def test_a_virus_scanner_that_is_named_has_to_answer(given: Given) -> None:
    assert "are not scanned" in doctor.scanner_answers(given())
    with files.scanner() as address:
        assert doctor.scanner_answers(given(SIGHTLINE_CLAMD=address)) == f"{address} answers"
    with pytest.raises(Fault, match="Start clamd"):
        doctor.scanner_answers(given(SIGHTLINE_CLAMD="/nowhere/clamd.ctl"))


def test_a_virus_scanner_is_named_by_its_socket_or_its_host_and_port(given: Given) -> None:
    with pytest.raises(ValidationError, match="the path of the scanner's socket"):
        given(SIGHTLINE_CLAMD="clamd")
