"""The demonstration starts, says where it is and who may sign in, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sightline.platform.database import server
from sightline.platform.database.place import clear, recorded_place

PROGRAM = str(Path(sys.executable).with_name("sightline"))
FIRST_PAGE_WITHIN = 180


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demonstration"
    server.stop(tmp_path / "demonstration", for_everybody=True)
    clear(tmp_path / "demonstration")


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return ours | {"SIGHTLINE_HOME": str(home), "PORT": str(port)}


@pytest.mark.slow
def test_the_demonstration_stops_everything_when_interrupted_and_starts_again(
    home: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    for attempt, number in enumerate([signal.SIGINT, signal.SIGTERM]):
        said = tmp_path / f"said-{attempt}"
        demonstration = _start(environment, said)
        with urllib.request.urlopen(f"http://localhost:{environment['PORT']}/healthz", timeout=20) as page:
            assert page.status == 200
        demonstration.send_signal(number)
        assert demonstration.wait(60) == 0, said.read_text()
        assert f"http://localhost:{environment['PORT']}" in said.read_text()
        assert _left_running(home) == []


def test_a_port_that_is_none_is_named(environment: dict[str, str]) -> None:
    words = [PROGRAM, "demo"]
    refused = subprocess.run(words, env={**environment, "PORT": "eighty"}, capture_output=True, text=True, check=False)
    assert (refused.returncode, "sightline: PORT: " in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr


def test_a_port_in_use_is_named_before_anything_starts(home: Path, environment: dict[str, str]) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        refused = subprocess.run([PROGRAM, "demo"], env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert f"Port {environment['PORT']} is in use" in refused.stderr
    assert recorded_place(home) is None


def test_a_reset_forgets_the_state(home: Path, environment: dict[str, str]) -> None:
    server.start(home, durable=False)
    server.stop(home)
    (home / "secret-key").touch()
    (home / "mine").touch()
    assert subprocess.run([PROGRAM, "demo", "--reset"], env=environment, check=False).returncode == 0
    assert recorded_place(home) is None
    assert [path.name for path in home.iterdir()] == ["mine"]


def _start(environment: dict[str, str], said: Path) -> "subprocess.Popen[bytes]":
    with said.open("wb") as output:
        demonstration = subprocess.Popen([PROGRAM, "demo"], env=environment, stdout=output, stderr=output)
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while "Press Ctrl-C" not in said.read_text():
        assert demonstration.poll() is None, said.read_text()
        assert time.monotonic() < deadline, said.read_text()
        time.sleep(0.3)
    return demonstration


def _left_running(home: Path) -> list[str]:
    """Command lines of processes that name the demonstration's folder, in their words or in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        mine = process.name == str(os.getpid())
        if not mine and (os.fsencode(home) in words or os.fsencode(home) in environment):
            found.append(words.replace(b"\0", b" ").decode())
    return found
