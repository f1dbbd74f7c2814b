"""`sightline demo`: the invented partnership, on a database of its own, with everything stopped at the end.

The first page needs the small part of the demonstration; two years of history load behind it.
"""

import argparse
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from sightline.cli.children import Children, Parent, gunicorn, sightline

FIRST_PAGE_WITHIN = 120.0
"""Seconds that the web server may take to answer for the first time."""


class Stopped(Exception):
    """Somebody asked the demonstration to stop: Ctrl-C, SIGTERM, or the end of the process it was to stop with."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the Makefile needs to say."""
    from sightline.cli.typed import whole_number

    parser.add_argument("--reset", action="store_true", help="forget the demonstration's state, and stop")
    parser.add_argument("--history-only", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--stop-with", type=whole_number, metavar="PID", help="stop when this parent process is gone")


def run(args: argparse.Namespace) -> int:
    """Run the demonstration until stopped; 0 after a stop that was asked for, 1 when a part of it failed."""
    from sightline.cli.database import faults_in_words

    with faults_in_words():
        return _demonstrate(args)


def _demonstrate(args: argparse.Namespace) -> int:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SIGHTLINE_MODE"):
        if os.environ.pop(name, None):
            tell(f"{name} is set; the demonstration leaves it alone and uses its own database.")
    from sightline.platform.settings.environment import environment

    os.environ["SIGHTLINE_HOME"] = str(environment().home)
    if args.reset:
        return _reset(environment().home)
    if args.history_only:
        return _load_history()
    port = environment().port
    if _taken(port):
        tell(f"Port {port} is in use. Stop what uses it, or choose another: make demo PORT={port + 1}")
        return 1
    return _run(environment().home, port, Parent(args.stop_with) if args.stop_with else None)


def tell(line: str) -> None:
    """A line of progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


def _run(home: Path, port: int, parent: Parent | None) -> int:
    from sightline.platform.database import server

    for number in _asked_to_stop():
        signal.signal(number, _stop)
    children = Children()
    try:
        _prepare(home)
        _start(children, port)
        _greet(port)
        return _look_after(children, parent)
    except Stopped:
        return 0
    finally:
        # A second Ctrl-C must not leave half of it running.
        for number in _asked_to_stop():
            signal.signal(number, signal.SIG_IGN)
        tell("Stopping the demonstration.")
        children.stop()
        server.stop(home, for_everybody=True)


def _prepare(home: Path) -> None:
    import django

    from sightline.platform.database import server

    tell("Starting the database.")
    server.start(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.platform.settings.django"
    django.setup()
    from django.db import connections

    from sightline.cli.database import bring_up_to_date
    from sightline.demonstration.load import load_small

    bring_up_to_date()
    load_small(tell)
    connections.close_all()


def _start(children: Children, port: int) -> None:
    tell("Starting the site.")
    children.start("web server", gunicorn("127.0.0.1", port, workers=2), {"SIGHTLINE_WEB_PROCESS": "1"})
    _wait_for_first_page(children, port)
    children.start("jobs worker", sightline("worker"))
    children.start("history", sightline("demo", "--history-only"))


def _wait_for_first_page(children: Children, port: int) -> None:
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while time.monotonic() < deadline and not children.ended():
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("sightline: the site did not start; what it said is above.")


def _greet(port: int) -> None:
    from sightline.demonstration.sign_ins import PASSWORD, SIGN_INS

    widths = [max(len(row[column]) for row in SIGN_INS) for column in (0, 1)]
    print(f"\nThe demonstration is ready: http://localhost:{port}\n")
    print(f"Everything in it is invented. Sign in with one of these names and the password {PASSWORD}\n")
    for role, username, does in SIGN_INS:
        print(f"  {role:<{widths[0]}}  {username:<{widths[1]}}  {does}")
    print("\nPress Ctrl-C to stop it.\n", flush=True)


def _look_after(children: Children, parent: Parent | None) -> int:
    while True:
        for name, status in children.ended().items():
            if name == "history" and status == 0:
                # Only now: rows of two invented years, sealed as they load, would look like rows that were forged late.
                children.start("sealer", sightline("audit", "seal"))
                continue
            tell(f"The {name} ended by itself with status {status}; what it said is above.")
            if name not in ("history", "sealer"):
                return 1
        if parent and parent.gone():
            raise Stopped
        time.sleep(0.5)


def _load_history() -> int:
    from sightline.cli.database import database_ready

    with database_ready(migrated=False):
        from sightline.demonstration.load import load_the_rest

        load_the_rest(tell)
    return 0


def _reset(home: Path) -> int:
    from sightline.platform.database import server
    from sightline.platform.database.place import clear

    server.stop(home, for_everybody=True)
    clear(home)
    # By name, because SIGHTLINE_HOME may be a folder that holds other things too.
    for name in ("spool", "sealing"):
        shutil.rmtree(home / name, ignore_errors=True)
    for name in ("secret-key", "contact-details.json"):
        (home / name).unlink(missing_ok=True)
    tell(f"The demonstration's state in {home} is gone.")
    return 0


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _asked_to_stop() -> list[signal.Signals]:
    """The signals that end the demonstration; a hang-up that `nohup` has switched off stays switched off."""
    hang_up = [] if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else [signal.SIGHUP]
    return [signal.SIGINT, signal.SIGTERM, *hang_up]


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
