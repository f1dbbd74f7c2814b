"""Faults are tried on a server that brings to the disk what it acknowledges, as the site's own does.

Beside the other tests' server, which does not, and with a template of its own: both stay for the next run.
"""

from collections.abc import Iterator

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.conftest import fresh_database, home_of_tests, migrated_template


@pytest.fixture(scope="session")
def durable_server() -> Iterator[str]:
    """The address of its administrator."""
    from sightline.platform.database import server
    from sightline.platform.database.place import clear

    home = home_of_tests()
    home = home.with_name(f"{home.name}-durable")
    place = server.start(home, durable=True)
    address = server.superuser_address(place)
    with psycopg.connect(address) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"show {name}").fetchone() == ("on",)
    yield address
    server.stop(home)
    if place.outside and not server.answers(place):
        clear(home)


@pytest.fixture(scope="session")
def durable_template(durable_server: str, django_db_blocker: DjangoDbBlocker) -> str:
    return migrated_template(durable_server, django_db_blocker)


@pytest.fixture
def server_database(durable_server: str, durable_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """As in `tests/conftest.py`, and durable."""
    with fresh_database(durable_server, durable_template, django_db_blocker) as name:
        yield name
