"""What `sightline audit` answers to words and files that it cannot work with: what is wrong, where, what to do."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from psycopg import OperationalError

from sightline.cli import database
from sightline.cli.main import main
from sightline.platform.audit import reading

pytestmark = pytest.mark.django_db
HEAD = {"size": 3, "at": "2026-01-05T09:00:00Z", "root": "", "previous": "", "key": "", "signature": ""}


@pytest.fixture(autouse=True)
def _in_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "database_ready", lambda: nullcontext())


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    try:
        status = main(["audit", *map(str, words)])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    return said.err


def test_kept_heads_that_are_not_there_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "kept.jsonl"
    assert f"{missing} cannot be read: No such file or directory." in refused(capsys, "verify", "--heads", missing)
    assert f"{tmp_path} cannot be read: Is a directory." in refused(capsys, "verify", "--heads", tmp_path)


@pytest.mark.parametrize(
    "line",
    [b"agency,head", b"[]", b"{}", b"\xff\xfe", json.dumps({**HEAD, "size": "three"}).encode()],
    ids=["table", "list", "empty", "bytes", "size"],
)
def test_a_line_that_is_no_head_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: bytes) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(json.dumps(HEAD).encode() + b"\n" + line + b"\n")
    assert "Line 2 of kept.jsonl is not a head" in refused(capsys, "verify", "--heads", kept)


def test_an_empty_file_of_heads_is_not_taken_for_agreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.touch()
    assert f"{kept} holds no heads." in refused(capsys, "verify", "--heads", kept, "--key", "ab" * 32)


def test_a_public_key_that_is_none_is_not_trusted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "“zz” is not a public key" in refused(capsys, "verify", "--key", "zz")


def test_a_number_of_rows_is_digits(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("heads", "--since", "soon"), ("heads", "--since", "-4"), ("prove", "--from", "1", "--to", "all")):
        assert "is not a whole number, 0 or more" in refused(capsys, *words)


def test_an_export_into_a_folder_that_is_there_says_to_choose_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "export", "--out", tmp_path)
    assert f"{tmp_path} cannot be written to: File exists. Choose another with --out." in said


def test_a_database_that_does_not_answer_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def silent() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(reading, "connect", silent)
    assert "The database does not answer: connection refused. Ask: sightline doctor" in refused(capsys, "heads")
