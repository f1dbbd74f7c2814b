"""The tests' own PostgreSQL: embedded, thrown away, and reached by the site's own role, never by an owner.

One migrated template serves every run until a migration changes. Each run gets a copy of it, in which tests work
inside transactions; a test that needs a server of its own asks for `server_database` and gets another copy.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

Connection = psycopg.Connection[tuple[object, ...]]
ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Whatever database the developer works with is not to be touched by a test.
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_DOOR_URL", "SIGHTLINE_MODE"):
    os.environ.pop(name, None)


def home_of_tests() -> Path:
    from sightline.platform.database.binaries import find_binaries

    return ROOT / "build" / "tests" / f"postgresql-{find_binaries().major()}"


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """The tests' server, up; its administrator's address."""
    from sightline.platform.database import server
    from sightline.platform.database.place import clear

    home = home_of_tests()
    os.environ["SIGHTLINE_HOME"] = str(home)
    place = server.start(home, durable=False)
    yield server.superuser_address(place)
    server.stop(home)
    if place.outside and not server.answers(place):
        clear(home)


@pytest.fixture(scope="session")
def database_template(database_server: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of a database with every migration applied, to be copied and never worked in."""
    return migrated_template(database_server, django_db_blocker)


def migrated_template(database_server: str, django_db_blocker: DjangoDbBlocker) -> str:
    """What `database_template` gives, on the server at this administrator's address."""
    name = f"template_{_fingerprint()}"
    with psycopg.connect(database_server, autocommit=True) as administrator:
        administrator.execute("select pg_advisory_lock(7423)")  # two runs that start together migrate once
        if not administrator.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            draft = f"draft_{uuid.uuid4().hex}"
            administrator.execute(f"create database {draft} owner sightline_owner")
            try:
                with django_db_blocker.unblock(), _pointing_at(draft, database_server):
                    from sightline.platform.database import migrate

                    migrate()
            except BaseException:
                administrator.execute(f"drop database {draft} with (force)")
                raise
            administrator.execute(f"alter database {draft} rename to {name}")
            _forget_old(administrator, "template_", keep=4)
            _forget_old(administrator, "test_", keep=40)
    return name


@pytest.fixture(scope="session")
def django_db_setup(database_server: str, database_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest-django's own: this run's copy of the template, reached as the application role."""
    with (
        _copy(database_server, database_template) as name,
        django_db_blocker.unblock(),
        _pointing_at(name, database_server),
    ):
        django_db_blocker.block()
        yield
        django_db_blocker.restore()


@pytest.fixture
def owner_connection(db: None) -> Iterator[Connection]:
    """The owner's connection to this run's database, rolled back at the end; it is outside the test's transaction."""
    from django.db import connections

    place = connections.settings["owner"]
    with psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"]) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def server_database(database_server: str, database_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh migrated database, not in a transaction, for a live server or another process.

    Gives its name. Inside the test Django's aliases reach it, and so does a process started with this environment
    and `DATABASE_URL`, `DATABASE_OWNER_URL` as the test finds them set.
    """
    with fresh_database(database_server, database_template, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def shared_database(database_server: str, database_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """`server_database` for all the tests of a file, which fill it once in a fixture of their own; its name."""
    from django.test import override_settings

    with (
        override_settings(PASSWORD_HASHERS=QUICK_HASHERS),
        fresh_database(database_server, database_template, django_db_blocker) as name,
    ):
        yield name


@contextmanager
def fresh_database(administrator_address: str, template: str, blocker: DjangoDbBlocker) -> Iterator[str]:
    """What `server_database` gives one test, for as long as the caller wants it."""
    with _copy(administrator_address, template) as name, blocker.unblock(), _pointing_at(name, administrator_address):
        yield name


@pytest.fixture
def running_site(server_database: str) -> Iterator[str]:
    """The whole site on a fresh migrated database, answering at the address that this gives."""
    with serving() as address:
        yield address


@contextmanager
def serving() -> Iterator[str]:
    """The whole site on the database that Django's aliases reach now, answering at the address that this gives."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()


@pytest.fixture(autouse=True)
def _no_slower_than_needed(settings: object) -> None:
    """Passwords are hashed and records not found slowly on purpose; few tests are about that, and say so."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS  # type: ignore[attr-defined]
    settings.EVEN_ANSWERS = 0  # type: ignore[attr-defined]


def _forget_old(administrator: Connection, prefix: str, keep: int) -> None:
    """Drop the oldest databases that earlier runs left, killed ones among them."""
    found = administrator.execute(
        "select datname from pg_database where starts_with(datname, %s) order by oid desc offset %s", [prefix, keep]
    )
    for (name,) in found.fetchall():
        with suppress(psycopg.errors.ObjectInUse):
            administrator.execute(f"drop database if exists {name}")


@contextmanager
def _copy(administrator_address: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(administrator_address, autocommit=True) as administrator:
        administrator.execute(f"create database {name} template {template} owner sightline_owner")
        try:
            yield name
        finally:
            administrator.execute(f"drop database {name} with (force)")


@contextmanager
def _pointing_at(name: str, administrator_address: str) -> Iterator[None]:
    """Each of Django's aliases, and the environment of any process started meanwhile, reach the database `name`."""
    from django.db import connections

    host = psycopg.conninfo.conninfo_to_dict(administrator_address)["host"]
    roles = {
        "default": ("sightline_app", "DATABASE_URL"),
        "owner": ("sightline_owner", "DATABASE_OWNER_URL"),
        "door": ("sightline_door", "DATABASE_DOOR_URL"),
    }
    earlier = {alias: dict(connections.settings[alias]) for alias in roles}
    environment = dict(os.environ)
    # Connections of their own: one used before may still be inside some test's transaction, which a close would lose.
    put_by = {alias: connections[alias] for alias in roles}
    for alias, (role, variable) in roles.items():
        del connections[alias]
        connections.settings[alias].update(NAME=name, HOST=host, USER=role, PORT="", PASSWORD="")
        os.environ[variable] = psycopg.conninfo.make_conninfo(host=host, user=role, dbname=name)
    try:
        yield
    finally:
        for alias in roles:
            connections[alias].close()
            connections.settings[alias].update(earlier[alias])
            connections[alias] = put_by[alias]
        os.environ.clear()
        os.environ.update(environment)


def _fingerprint() -> str:
    """Changes when a migration does, or the way of migrating, or anything of ours that a migration imports."""
    files = {*SOURCE.glob("sightline/**/migrations/*.py"), *SOURCE.glob("sightline/platform/database/*.py")}
    for migration in tuple(files):
        for module in re.findall(r"^(?:from|import) (sightline[\w.]+)", migration.read_text(), re.MULTILINE):
            path = SOURCE / module.replace(".", "/")
            files |= {candidate for candidate in (path.with_suffix(".py"), path / "__init__.py") if candidate.exists()}
    files |= {ROOT / "requirements.in"}
    content = b"".join(path.read_bytes() + str(path.relative_to(ROOT)).encode() for path in sorted(files))
    return hashlib.sha256(content).hexdigest()[:16]


@pytest.fixture
def world(db: None) -> object:
    """The small invented partnership of `world.py`."""
    from world import make_world

    return make_world()


@pytest.fixture
def acting() -> object:
    """`with acting(world.worker):` binds who acts, for the database's wall and for the audit."""
    from contextlib import ExitStack

    from sightline.platform import audit
    from sightline.platform.database import as_account

    @contextmanager
    def bind(actor: object) -> Iterator[None]:
        with ExitStack() as both:
            both.enter_context(as_account(actor.account.pk))
            both.enter_context(audit.request(account_id=actor.account.pk))
            yield

    return bind


@pytest.fixture
def read_as_scheduled_work(world: object, acting: object) -> Iterator[None]:
    """What a test looks up by itself it reads as scheduled work may; whoever acts in it is named there as ever."""
    with acting(world.clockwork):  # type: ignore[attr-defined, operator]
        yield
