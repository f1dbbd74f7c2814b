"""The key that signs sessions."""

from pathlib import Path

import pytest

from sightline.platform.settings.environment import Environment
from sightline.platform.settings.secret_key import NoSecretKey, secret_key


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path / "state"))


def test_a_demonstration_makes_its_own_key_once_and_keeps_it_private(tmp_path: Path) -> None:
    assert secret_key(Environment()) == secret_key(Environment())
    assert (tmp_path / "state" / "secret-key").stat().st_mode & 0o077 == 0


def test_production_without_a_key_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_MODE", "production")
    with pytest.raises(NoSecretKey, match="SIGHTLINE_SECRET_KEY is not set"):
        secret_key(Environment())


def test_a_key_given_is_the_one_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_SECRET_KEY", "given")
    assert secret_key(Environment()) == "given"
