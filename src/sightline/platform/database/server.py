"""Starts, joins and stops the embedded PostgreSQL of the demonstration and the tests.

It listens on a socket in a private folder and nowhere else. Every process that uses it holds a share of one lock, so
whoever leaves last stops it, and a process that was killed counts as gone.
"""

import contextlib
import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from sightline.platform.database.binaries import find_binaries
from sightline.platform.database.place import Place, PlaceRefused, recorded_place, settle
from sightline.platform.database.roles import make_roles_and_database

SUPERUSER = "postgres"
_ATTEMPTS = 40
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

_shares: dict[Path, list[int]] = {}


class ServerFailed(RuntimeError):
    """PostgreSQL would not start; the message ends with its own last words."""


def start(home: Path, *, durable: bool = True) -> Place:
    """Start the server of `SIGHTLINE_HOME`, or join it, with the two roles and the database made.

    `durable=False` lets the tests go faster by trusting that the machine will not lose power.
    Raises `NoPostgres`, `PlaceRefused` or `ServerFailed`, each saying what to do.
    """
    home = home.absolute()
    try:
        (home / "database").mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        why = f"{home} cannot hold the database: {wrong.strerror}."
        raise PlaceRefused(f"{why} Set SIGHTLINE_HOME to a folder of your own.") from wrong
    with _turn(home):
        place = settle(home, find_binaries())
        if not answers(place):
            _check_version(place)
            _initialise(place)
            _launch(place, _NOT_DURABLE if not durable else {})
        make_roles_and_database(superuser_address(place))
        _take_share(home)
    return place


def stop(home: Path, *, for_everybody: bool = False) -> None:
    """Stop using the server of `SIGHTLINE_HOME`, and stop it when nobody else does (or `for_everybody`)."""
    home = home.absolute()
    place = recorded_place(home)
    if place is None:
        return
    with _turn(home):
        _give_back_share(home)
        if for_everybody or _unused(home):
            _run(place, ["pg_ctl", "-D", str(place.data), "-m", "fast", "-w", "-t", "60", "stop"])


@contextlib.contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[Place]:
    """The server of `SIGHTLINE_HOME`, up for as long as the block runs."""
    place = start(home, durable=durable)
    try:
        yield place
    finally:
        stop(home)


def answers(place: Place) -> bool:
    """Whether the server lets us in: the only true sign of life, since process ids outlive a killed server."""
    try:
        psycopg.connect(superuser_address(place), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def superuser_address(place: Place) -> str:
    """The address of the server's own administrator, for making roles and databases."""
    return psycopg.conninfo.make_conninfo(host=str(place.socket), user=SUPERUSER, dbname="postgres")


def _initialise(place: Place) -> None:
    if (place.data / "PG_VERSION").exists():
        return
    words = ["initdb", "-D", str(place.data), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    done = _run(place, [*words, "--no-sync", "--no-instructions"])
    if done.returncode != 0:
        raise ServerFailed(f"PostgreSQL could not make its data folder {place.data}. It said:\n{done.stdout}")


def _check_version(place: Place) -> None:
    with contextlib.suppress(FileNotFoundError):
        made_by = (place.data / "PG_VERSION").read_text(encoding="ascii").strip()
        said = _run(place, ["postgres", "--version"]).stdout
        if f" {made_by}." not in said:
            raise PlaceRefused(
                f"The database in {place.home} was made by PostgreSQL {made_by}, and the programs found say: "
                f"{said.strip()}. Set PG_BINDIR to the programs of version {made_by}, or start afresh: make demo-reset"
            )


def _launch(place: Place, settings: dict[str, str]) -> None:
    options = {"listen_addresses": "''", "unix_socket_permissions": "0700", **settings}
    line = " ".join([f"-k {place.socket}", *(f"-c {name}={value}" for name, value in options.items())])
    words = ["pg_ctl", "-D", str(place.data), "-w", "-t", "60", "-l", str(place.log), "-o", line, "start"]
    for _ in range(_ATTEMPTS):
        _clear_dead_server(place)
        done = _run(place, words)
        if done.returncode == 0 or answers(place):
            return
        time.sleep(0.25)
    last_words = place.log.read_text(errors="replace")[-2000:] if place.log.exists() else ""
    raise ServerFailed(f"PostgreSQL would not start in {place.data}. It said:\n{done.stdout}{last_words}")


def _clear_dead_server(place: Place) -> None:
    """Remove what a dead server left: the files with its number, which may still be a zombie's or a stranger's."""
    for path in (place.data / "postmaster.pid", *place.socket.glob(".s.PGSQL.*.lock")):
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(path.read_text(encoding="utf-8").splitlines()[0])
            try:
                name, _, state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")
            except FileNotFoundError:
                continue  # PostgreSQL itself clears up after a number that nobody has
            if "(postgres" not in name or state.split()[0] == "Z":
                path.unlink()


def _run(place: Place, words: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/", "TZ": "UTC"}
    return subprocess.run(
        [str(place.programs / words[0]), *words[1:]],
        env=environment,
        cwd="/",
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **place.run_as(),
    )


@contextlib.contextmanager
def _turn(home: Path) -> Iterator[None]:
    with open(home / "database" / "turn.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _users_lock(home: Path) -> int:
    return os.open(home / "database" / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _take_share(home: Path) -> None:
    share = _users_lock(home)
    fcntl.flock(share, fcntl.LOCK_SH)
    _shares.setdefault(home, []).append(share)


def _give_back_share(home: Path) -> None:
    if _shares.get(home):
        os.close(_shares[home].pop())


def _unused(home: Path) -> bool:
    lock = _users_lock(home)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
