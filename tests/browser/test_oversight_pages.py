"""The pages about how records were opened in a real browser: axe at a desk and on a telephone, and pictures."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from contacts import bound, rated, signed_in, told
from django.db import transaction
from playwright.sync_api import Page

from sightline.access import oversight_sample, oversight_unusual
from sightline.access.models import SampledRead, UnusualAccess
from sightline.platform import calendar
from sightline.platform.jobs.acting import clockwork
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.journey import Journey
from tests.recommending import Recommending
from tests.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 320)


def _opened(site: str, open_page: Callable[..., Page], journey: Journey, who: str, address: str, width: int) -> Page:
    cookie = signed_in(journey.world, who).cookies["sightline"]
    page = open_page(width, cookies=[{"name": "sightline", "value": cookie.value, "url": site}])
    page.set_default_timeout(15000)
    page.goto(site + address)
    return page


def _looked_at(page: Page, name: str) -> None:
    shot(page, name)
    assert axe(page) == []
    assert not scrolls_sideways(page)


def test_the_pages_of_oversight_read_well_at_both_widths(running_site: str, open_page: Callable[..., Page]) -> None:
    with transaction.atomic():
        world = make_world()
    today = calendar.today()
    world.accounts["second_worker"].worker.family_name = "Dunne"
    world.accounts["second_worker"].worker.save()
    case = rated(world, told(world, at=calendar.now()), "amber", calendar.now())
    for who in ("worker", "second_worker", "other_school"):
        signed_in(world, who).get(f"/cases/{case.pk}/")
    with clockwork():
        oversight_unusual.find(world.partnership, today)
    monday = datetime.combine(today + timedelta(days=7 - today.weekday()), time(6), tzinfo=calendar.now().tzinfo)
    with calendar.frozen(monday):
        oversight_sample.draw_last_week()
    with bound(world.ig):
        (line,) = UnusualAccess.objects.all()
        drawn = SampledRead.objects.filter(worker=world.worker.worker).get()
    who = next(name for name in ("manager", "second_manager") if getattr(world, name).worker.pk == drawn.manager_id)
    journey = Recommending(world, bound)
    matter = journey.document()
    pages = (
        ("manager", f"/oversight/looked/cases/{case.pk}/", "looked"),
        ("ig", "/", "home"),
        ("ig", "/oversight/", "start"),
        ("ig", f"/oversight/unusual/{line.pk}/", "unusual"),
        (who, "/oversight/sample/", "sample"),
        ("scrutineer", f"/cases/{matter.pk}/", "purpose"),
    )
    for width in WIDTHS:
        for reader, address, name in pages:
            page = _opened(running_site, open_page, journey, reader, address, width)
            assert page.locator("h1").count() == 1
            _looked_at(page, f"oversight-{name}-{width}")
    sample = _opened(running_site, open_page, journey, who, "/oversight/sample/", 1280)
    sample.get_by_label("I am not sure").first.check()
    sample.get_by_label("What are you not sure of?").first.fill("It is not in his area")
    sample.get_by_role("button", name="Keep these answers").click()
    assert re.search("1 answer kept", sample.inner_text("main"))
