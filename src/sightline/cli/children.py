"""The processes that a command starts and must leave none of behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
PATIENCE = 10.0
"""Seconds that a process has to end by itself after it was asked to."""


@dataclass
class Children:
    """Processes by name, each in a group of its own, so that Ctrl-C reaches only their parent, which stops them."""

    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, words: list[str], environment: Mapping[str, str] | None = None) -> None:
        """Start `words` with the present environment and these additions."""
        self.started[name] = subprocess.Popen(
            words,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
            preexec_fn=_end_with(os.getpid()),
        )

    def ended(self) -> dict[str, int]:
        """Those that ended since last asked, with their exit statuses; they are no longer looked after."""
        ended = {name: child.returncode for name, child in self.started.items() if child.poll() is not None}
        for name in ended:
            del self.started[name]
        return ended

    def stop(self) -> None:
        """Ask all to end, wait, and end by force whatever is left of their groups."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.started.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
        self._signal(signal.SIGKILL)
        for child in self.started.values():
            child.wait()
        self.started.clear()

    def _signal(self, number: signal.Signals) -> None:
        for child in self.started.values():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, number)


class Parent:
    """The `make` that started us, with which we are to stop."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.interruptible = self._catches_interrupts()

    def gone(self) -> bool:
        """Whether it died, or was interrupted alone: then it waits for us and tells us nothing.

        All that can be seen of such an interruption is that it no longer catches the next one.
        """
        return os.getppid() != self.pid or (self.interruptible and not self._catches_interrupts())

    def _catches_interrupts(self) -> bool:
        with contextlib.suppress(OSError, ValueError, StopIteration):
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
            caught = next(line for line in status if line.startswith("SigCgt:")).split()[1]
            return bool(int(caught, 16) & 1 << (signal.SIGINT - 1))
        return False


def sightline(*words: str) -> list[str]:
    """The words that run one of our own commands with this Python."""
    return [sys.executable, "-m", "sightline.cli.main", *words]


def gunicorn(host: str, port: int, workers: int) -> list[str]:
    """The words that run the web server, in which every worker answers four requests at a time."""
    return [
        *(sys.executable, "-m", "gunicorn", "sightline.web.wsgi:application"),
        *("--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4"),
        *("--timeout", "60", "--graceful-timeout", "5", "--max-requests", "20000", "--max-requests-jitter", "2000"),
        # Imported once, before the workers part: one that died is replaced in milliseconds, not in seconds.
        *("--preload", "--no-control-socket", "--log-level", "warning"),
    ]


def _end_with(parent: int) -> Callable[[], None]:
    """Linux tells a child when its parent was killed outright, with no chance to stop anything."""

    def before_exec() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return before_exec
