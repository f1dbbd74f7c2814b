"""Processes that a command starts end with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sightline.cli.children import Children, Parent

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]
WITH_GRANDCHILD = ["/bin/sh", "-c", "sleep 60 & sleep 60"]


@pytest.mark.parametrize("words", [SLEEP, WITH_GRANDCHILD])
def test_a_child_and_what_it_started_end_when_asked(words: list[str]) -> None:
    children = Children()
    children.start("one", words)
    group = children.started["one"].pid
    children.stop()
    assert not _group_lives(group)


def test_a_child_that_will_not_end_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.cli.children.PATIENCE", 0.2)
    children = Children()
    children.start("stubborn", STUBBORN)
    time.sleep(0.2)
    group = children.started["stubborn"].pid
    children.stop()
    assert not _group_lives(group)


def test_a_child_that_ended_by_itself_is_named_once_with_its_status() -> None:
    children = Children()
    children.start("short", [sys.executable, "-c", "raise SystemExit(3)"])
    children.started["short"].wait()
    assert children.ended() == {"short": 3}
    assert children.ended() == {}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a child that its parent was killed")
def test_a_child_ends_when_its_parent_is_killed_outright(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from sightline.cli.children import Children\n"
        f"children = Children(); children.start('one', {SLEEP!r})\n"
        "Path(sys.argv[1]).write_text(str(children.started['one'].pid))\n"
        "children.started['one'].wait()"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "pid")])
    child = _number_in(tmp_path / "pid")
    parent.kill()
    parent.wait()
    _wait_until_gone(child)


@pytest.mark.skipif(sys.platform != "linux", reason="seen in /proc alone")
def test_a_parent_that_stops_catching_interrupts_counts_as_gone() -> None:
    earlier = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        script = (
            "import os, sys; from sightline.cli.children import Parent\n"
            "parent = Parent(os.getppid()); print(parent.gone(), flush=True)\n"
            "sys.stdin.readline(); print(parent.gone())"
        )
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen([sys.executable, "-c", script], text=True, **pipes) as child:
            before = child.stdout.readline().strip()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            after = child.communicate("\n")[0].strip()
    finally:
        signal.signal(signal.SIGINT, earlier)
    assert (before, after) == ("False", "True")


def test_a_parent_that_is_not_ours_counts_as_gone() -> None:
    assert Parent(os.getpid()).gone()


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    # A grandchild that was killed may wait as a zombie for whoever adopts it.
    return any(_state(pid) not in ("Z", "X") for pid in _members(group))


def _members(group: int) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if _stat(pid)[2:3] == [str(group)]]


def _state(pid: int) -> str:
    return (_stat(pid) or ["X"])[0]


def _stat(pid: int) -> list[str]:
    """State, parent, group and so on; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _number_in(path: Path) -> int:
    for _ in range(100):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.1)
    raise AssertionError("the parent did not start its child")


def _wait_until_gone(pid: int) -> None:
    for _ in range(50):
        if _state(pid) in ("Z", "X"):
            return
        time.sleep(0.1)
    raise AssertionError(f"process {pid} is still there")
