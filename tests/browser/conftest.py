"""A real Chromium on a real server: a site with its own database, and everybody who uses it in a test.

`town` and `at` open pages as somebody, in town.py; `looked_at` in seen.py says what is wrong with a page. The site is
shared by the tests of a file, which fill it once in a fixture of their own. A file whose tests change what the others
of it see, or count on an empty site, takes `running_site` for its `site`, and gets another for every test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sightline.web.components import contact_details
from tests.browser.town import Town
from tests.conftest import serving
from tests.contacts import bound
from tests.journey import Journey
from tests.world import World, make_world

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

# Playwright's own event loop runs in this thread; Django would otherwise take every query for one made inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A time-out is not an assertion: a busy machine is slow, not wrong.
expect.set_options(timeout=30_000)


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("Chromium is missing, and the browser tests need it. As root run: apt-get install chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(shared_database: str) -> Iterator[str]:
    """The address of a site on a fresh migrated database, for all tests of a file."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def world(site: str) -> World:
    """The small invented partnership on that site; who is in it signs in by the names of world.py."""
    with transaction.atomic():
        return make_world()


@pytest.fixture(scope="module")
def journey(world: World) -> Journey:
    """Cases brought along in that partnership."""
    return Journey(world, bound)


@pytest.fixture
def town(browser: Browser, site: str, settings: Any, tmp_path: Path) -> Iterator[Town]:
    """Everybody who uses the site; whatever goes wrong in any of their browsers fails the test."""
    settings.SIGHTLINE_HOME = tmp_path  # where the public form counts, and keeps what comes too fast
    contact_details.forget()
    cache.clear()
    everybody = Town(browser, site)
    yield everybody
    everybody.close()
    contact_details.forget()
    assert not everybody.faults, everybody.faults


@pytest.fixture
def at(town: Town) -> Callable[..., Page]:
    """`at("hub", "/registers/")` gives that person's page there: `Town.at`."""
    return town.at
