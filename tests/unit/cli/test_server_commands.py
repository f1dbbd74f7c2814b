"""Commands that need a database reach the one named, or start the embedded one and leave it as they found it."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from sightline.platform.database import server
from sightline.platform.database.place import clear, recorded_place

PROGRAM = str(Path(sys.executable).with_name("sightline"))


def test_a_migrated_database_has_nothing_waiting(server_database: str) -> None:
    looked = _run("migrate", "--check")
    assert (looked.returncode, looked.stdout) == (0, "")


def test_migrating_again_changes_nothing_and_says_so(server_database: str) -> None:
    assert _run("migrate").stderr == "The database is up to date.\n"


def test_jobs_that_wait_are_done_and_the_worker_stops(server_database: str) -> None:
    assert _run("worker", "--once").returncode == 0


def test_the_doctor_prints_a_line_for_each_check_and_fails_when_one_does(server_database: str) -> None:
    seen = _run("doctor", SIGHTLINE_ASSETS="/nowhere")
    assert seen.returncode == 1
    lines = seen.stdout.splitlines()
    assert [line for line in lines if line.startswith("FAULT")] == [
        "FAULT  Front-end files: /nowhere/govuk/govuk-frontend.min.css is missing, so pages would have no style. "
        "Run: make build/assets/.built",
        "FAULT  Web: DATABASE_URL names a database, but SIGHTLINE_MODE is not production, so cookies may travel "
        "without https and pages are not held to it. Set SIGHTLINE_MODE=production, or unset DATABASE_URL.",
    ]
    assert "right  Migrations: all applied" in lines


def test_the_doctor_names_a_setting_that_cannot_be_understood() -> None:
    seen = _run("doctor", PORT="eighty")
    assert seen.returncode == 1
    assert seen.stdout.startswith("FAULT  Environment: PORT: ")


def test_a_database_that_is_not_there_is_said_without_a_traceback() -> None:
    seen = _run("doctor", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert "FAULT  Database: The database does not let the site in" in seen.stdout
    assert "Traceback" not in seen.stderr


FIGURES = str(Path(__file__).parents[2] / "data" / "referrals_of_ardenvale.csv")


@pytest.mark.parametrize("words", [["load", FIGURES, "--from", "DfE"], ["migrate"], ["account", "disable", "x"]])
def test_a_command_says_in_words_that_the_database_does_not_answer(words: list[str]) -> None:
    seen = _run(*words, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert seen.returncode == 1
    assert seen.stderr.startswith("sightline: The database does not answer: ")
    assert "Traceback" not in seen.stderr


@pytest.mark.parametrize("command", ["doctor", "migrate", "serve"])
def test_an_address_that_is_none_is_named_and_its_password_is_not_repeated(command: str) -> None:
    seen = _run(command, DATABASE_URL="pass5word rubbish")
    assert seen.returncode == 1
    assert "DATABASE_URL: This is not the address of a PostgreSQL database" in seen.stdout + seen.stderr
    assert "pass5word" not in seen.stdout + seen.stderr


def test_a_production_site_without_its_key_is_told_how_to_make_one() -> None:
    seen = _run("serve", SIGHTLINE_MODE="production", SIGHTLINE_SECRET_KEY="")
    assert seen.returncode == 1
    assert seen.stderr.startswith("sightline: SIGHTLINE_SECRET_KEY is not set.")


def test_a_port_that_is_none_is_named() -> None:
    assert "sightline: PORT: " in _run("serve", PORT="eighty").stderr


@pytest.mark.parametrize("words", [["serve", "--port", "eighty"], ["serve", "--workers", "-1"]])
def test_a_number_that_is_none_is_refused_in_words(words: list[str]) -> None:
    seen = _run(*words)
    assert (seen.returncode, f"“{words[-1]}” is not a whole number" in seen.stderr) == (2, True)


def test_a_state_folder_that_is_a_file_is_said_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    where = {"SIGHTLINE_HOME": str(tmp_path / "file"), "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
    seen = _run("migrate", **where)
    assert (seen.returncode, seen.stderr) == (
        1,
        f"sightline: {tmp_path / 'file'} cannot hold the database: Not a directory. "
        "Set SIGHTLINE_HOME to a folder of your own.\n",
    )
    assert "FAULT  State folder: " in _run("doctor", **where).stdout


def test_a_database_without_its_tables_is_to_be_migrated(server_database: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("alter table people_account rename to elsewhere")
    seen = _run("account", "disable", "somebody")
    assert (seen.returncode, seen.stderr) == (1, "sightline: The database is not up to date. Run: sightline migrate\n")


def test_pages_that_cannot_be_written_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    seen = _run("docs", "--out", str(tmp_path / "file" / "below"))
    assert seen.returncode == 1
    assert "cannot be written to" in seen.stderr
    assert "Traceback" not in seen.stderr


def test_a_reader_that_stops_early_gets_no_traceback() -> None:
    words = f"{PROGRAM} due --list | head -1"
    seen = subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=False, timeout=60)
    assert seen.stdout
    assert seen.stderr == ""


def test_without_a_database_named_the_embedded_one_is_started_and_stopped_again(tmp_path: Path) -> None:
    home = tmp_path / "state"
    try:
        looked = _run("migrate", "--check", SIGHTLINE_HOME=str(home), DATABASE_URL="", DATABASE_OWNER_URL="")
        assert looked.returncode == 1
        assert "people.0001_initial" in looked.stdout
        place = recorded_place(home)
        assert place is not None
        assert not server.answers(place)
    finally:
        clear(home)


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "doctor", "demo"])
def test_help_needs_no_database(command: str) -> None:
    assert "usage: sightline" in _run(command, "--help", DATABASE_URL="nonsense").stdout


def _run(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PROGRAM, *words], env={**os.environ, **variables}, capture_output=True, text=True, check=False, timeout=120
    )
