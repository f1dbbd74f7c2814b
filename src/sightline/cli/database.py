"""What every command that needs the database begins with."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def database_ready(*, migrated: bool = True) -> Iterator[None]:
    """Django set up on a database that answers: `DATABASE_URL`'s, else the embedded one, started or joined.

    The embedded one is also brought up to date (`migrated`), and stopped afterwards by whoever leaves it last.
    Raises `SystemExit` with a plain message when there is no database to be had.
    """
    from sightline.platform.database.server import running
    from sightline.platform.settings.environment import environment

    with _termination_unwinds(), faults_in_words():
        if not environment().embedded:
            _set_up_django()
            yield
            return
        with running(environment().home):
            _set_up_django()
            if migrated:
                bring_up_to_date()
            yield


@contextlib.contextmanager
def faults_in_words() -> Iterator[None]:
    """A fault of the settings or of the database's server ends the command with a sentence, not with a traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError
    from psycopg.errors import UndefinedTable
    from pydantic import ValidationError

    from sightline.platform.database.binaries import NoPostgres
    from sightline.platform.database.place import PlaceRefused
    from sightline.platform.database.server import ServerFailed
    from sightline.platform.settings.environment import setting_faults
    from sightline.platform.settings.secret_key import NoSecretKey

    try:
        yield
    except ValidationError as refused:
        raise SystemExit("\n".join(f"sightline: {fault}" for fault in setting_faults(refused))) from refused
    except (NoPostgres, PlaceRefused, ServerFailed, NoSecretKey, ImproperlyConfigured) as fault:
        raise SystemExit(f"sightline: {fault}") from fault
    except OperationalError as fault:
        raise SystemExit(f"sightline: The database does not answer: {fault}. Ask: sightline doctor") from fault
    except ProgrammingError as fault:
        if not isinstance(fault.__cause__, UndefinedTable):
            raise
        raise SystemExit("sightline: The database is not up to date. Run: sightline migrate") from fault


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
    django.setup()


def bring_up_to_date(verbosity: int = 0) -> None:
    """Apply the migrations that wait, then bring in what ships: guidance versions and the published extract.

    Raises RolesWrong as `platform.database.migrate` does.
    """
    from sightline.datasets.extract import load_shipped_extract
    from sightline.platform.database import migrate, waiting_migrations
    from sightline.platform.settings.limits import record_shipped_guidance

    if waiting := waiting_migrations():
        print(f"Bringing the database up to date. Migrations to apply: {len(waiting)}", file=sys.stderr, flush=True)
        migrate(verbosity)
    record_shipped_guidance()
    load_shipped_extract()


@contextlib.contextmanager
def _termination_unwinds() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that the server is left as it should be."""

    def unwind(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    earlier = signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, earlier)
