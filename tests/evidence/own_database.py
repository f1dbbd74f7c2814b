"""A database server of one's own, empty and migrated, that is thrown away afterwards; with Django set up on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "SIGHTLINE_MODE")


@contextmanager
def own_home() -> Iterator[Path]:
    """An empty `SIGHTLINE_HOME` in which a server may be started; both are gone when the block ends.

    Call it before anything has asked for the environment, which is read once.
    """
    from sightline.platform.database import server
    from sightline.platform.database.place import clear

    for name in SETTINGS:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIGHTLINE_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            server.stop(Path(folder), for_everybody=True)
            clear(Path(folder))


@contextmanager
def own_database() -> Iterator[None]:
    """Django on a fresh migrated database whose server trusts that the machine does not lose power.

    "Not there" is answered at once, as nobody waits for it; what measures how long it takes says so.
    """
    from django.test import override_settings

    from sightline.cli.database import database_ready
    from sightline.platform.database import server

    with own_home() as home:
        server.start(home, durable=False)
        with database_ready(), override_settings(EVEN_ANSWERS=0):
            yield


def administrator() -> str:
    """The address of the administrator of the database that Django reaches now, for what only a superuser may do."""
    import psycopg
    from django.db import connections

    from sightline.platform.database.server import SUPERUSER

    place = connections.settings["default"]
    return psycopg.conninfo.make_conninfo(host=place["HOST"], user=SUPERUSER, dbname=place["NAME"])
