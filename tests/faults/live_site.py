"""The whole site as its own processes on a durable database, and ways to kill each of them outright."""

import os
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import requests
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from sightline.cli.children import Children, sightline
from sightline.platform.database import server
from sightline.platform.database.place import Place

PATIENCE = 90.0
"""Seconds that the site may take to answer after its start."""
BACKEND = "postgres: sightline_app"


class QuickHasher(PBKDF2PasswordHasher):
    """What the site's own hasher can check, without its labour, which would be most of what a short run did."""

    iterations = 1


@dataclass
class LiveSite:
    """`sightline serve`, `sightline worker` and PostgreSQL, each killed and started again as asked."""

    home: Path
    place: Place
    port: int
    said: Path
    """Where the processes' own words go; the worker's emails among them."""
    children: Children = field(default_factory=Children)
    ended_by_themselves: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the web server and the worker, and wait for the first page."""
        self.children.start("web", self._quietly(sightline("serve", "--port", str(self.port))))
        self._start_worker()
        self.wait()

    def _start_worker(self) -> None:
        self.children.start("worker", self._quietly(sightline("worker")))

    def _quietly(self, words: list[str]) -> list[str]:
        return ["/bin/sh", "-c", 'exec "$@" >>"$0" 2>&1', str(self.said), *words]

    def wait(self) -> None:
        """Until the site answers that it is ready."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                if requests.get(f"{self.address}/healthz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"The site did not answer within {PATIENCE:.0f} seconds: {self.last_words()}")

    def last_words(self) -> str:
        """The end of what the processes said."""
        return self.said.read_text(errors="replace")[-3000:]

    def kill(self, what: str, drawn: random.Random) -> bool:
        """Kill one process of a kind outright; False where none of the kind was there to be killed."""
        found = sorted(PIDS[what](self))
        if not found:
            return False
        with suppress(ProcessLookupError):
            os.kill(drawn.choice(found), signal.SIGKILL)
        return True

    def look_after(self) -> None:
        """Start again what is dead, as whoever runs a site has it started."""
        for name, status in self.children.ended().items():
            if status != -signal.SIGKILL:
                self.ended_by_themselves.append(f"{name}: {status}")
            if name == "worker":
                self._start_worker()
        if not _postmaster(self):
            server.start(self.home, durable=True)

    def stop(self) -> None:
        self.children.stop()


def _postmaster(site: LiveSite) -> list[int]:
    with suppress(OSError, ValueError, IndexError):
        pid = int((site.place.data / "postmaster.pid").read_text().splitlines()[0])
        if _parent(pid) is not None:
            return [pid]
    return []


def _web_workers(site: LiveSite) -> list[int]:
    """The processes that answer pages: children of gunicorn's own, which is a child of `sightline serve`."""
    masters = _children(site.children.started["web"].pid)
    return [pid for master in masters for pid in _children(master)]


def _backends(site: LiveSite) -> list[int]:
    found = [pid for master in _postmaster(site) for pid in _children(master)]
    return [pid for pid in found if _words(pid).startswith(BACKEND)]


def _worker(site: LiveSite) -> list[int]:
    found = site.children.started.get("worker")
    return [found.pid] if found else []


PIDS = {"web worker": _web_workers, "jobs worker": _worker, "database backend": _backends, "postmaster": _postmaster}


def _children(pid: int) -> list[int]:
    numbers = [int(entry) for entry in os.listdir("/proc") if entry.isdecimal()]
    return [number for number in numbers if _parent(number) == pid]


def _parent(pid: int) -> int | None:
    """The parent of a process that lives, None of one that does not."""
    with suppress(OSError):
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
        return int(parent) if state != "Z" else None
    return None


def _words(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def live_site(words: list[str]) -> Iterator[LiveSite]:
    """A site on a server and a database of its own, with `words` run once on them, all gone when the block ends.

    Its processes get an environment of their own, so that it may run beside a test that has another database.
    """
    from sightline.platform.database.place import clear

    with tempfile.TemporaryDirectory() as folder:
        home, earlier = Path(folder), dict(os.environ)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "SIGHTLINE_MODE"):
            os.environ.pop(name, None)
        os.environ["SIGHTLINE_HOME"] = folder
        place = server.start(home, durable=True)
        _recover_quickly(place)
        site = LiveSite(home, place, free_port(), home / "said")
        try:
            subprocess.run(words, check=True)
            site.start()
            yield site
        finally:
            site.stop()
            server.stop(home, for_everybody=True)
            clear(home)
            os.environ.clear()
            os.environ.update(earlier)


def _recover_quickly(place: Place) -> None:
    """After a crash, bring the whole file system onto the disk with one call: as durable as a call for every file.

    The thousands of files of an empty database would otherwise be most of what a thousand crashes take.
    """
    with psycopg.connect(server.superuser_address(place), autocommit=True) as superuser:
        superuser.execute("alter system set recovery_init_sync_method = 'syncfs'")
        superuser.execute("select pg_reload_conf()")


@contextmanager
def looked_after(site: LiveSite) -> Iterator[None]:
    """While the block runs, whatever dies is started again within a fifth of a second."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            with suppress(server.ServerFailed, OSError):
                site.look_after()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
