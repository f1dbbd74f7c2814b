"""Plain commands answer at once: no Django, no database, and little processor time, Python's own start included."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sightline

BUDGET_IN_SECONDS = 0.3
TRIES = 3
SOURCE = Path(sightline.__file__).parents[1]

PLAIN_COMMANDS = [
    ["working-days", "2026-04-02", "15"],
    ["due", "CK-08", "--from", "2026-04-02"],
    ["spc", "series.csv", "--format", "json"],
    ["check", "series.csv"],
]
plain_commands = pytest.mark.parametrize("words", PLAIN_COMMANDS, ids=[words[0] for words in PLAIN_COMMANDS])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "".join(f"{2001 + row},{row % 3}\n" for row in range(20))
    (tmp_path / "series.csv").write_text(f"period,value\n{rows}")
    return tmp_path


def _environment() -> dict[str, str]:
    """Nothing that points to a database, and none of coverage's hooks, which would be timed too."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "DATABASE_URL": "postgresql://nowhere.invalid/none"}


def _processor_seconds(words: list[str], folder: Path) -> float:
    started = subprocess.Popen(
        [sys.executable, "-m", "sightline.cli.main", *words],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


@plain_commands
def test_a_plain_command_starts_within_its_budget(words: list[str], folder: Path) -> None:
    assert min(_processor_seconds(words, folder) for _ in range(TRIES)) <= BUDGET_IN_SECONDS


@plain_commands
def test_a_plain_command_leaves_django_and_the_database_alone(words: list[str], folder: Path) -> None:
    script = (
        "import sys\n"
        "from sightline.cli.main import main\n"
        f"main({words!r})\n"
        "heavy = {'django', 'psycopg', 'pydantic', 'duckdb', 'holidays'} & set(sys.modules)\n"
        "print(*sorted(heavy), file=open('heavy.txt', 'w'))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=_environment(), check=True, capture_output=True, timeout=60
    )
    assert (folder / "heavy.txt").read_text().strip() == ""
