"""The pages about how records were opened: who looked, the weekly sample, unusual access, and what for."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from sightline.access import oversight_sample, oversight_unusual
from sightline.access.models import SampledRead, UnusualAccess
from sightline.engine.models import Case
from sightline.platform import calendar
from sightline.platform.jobs.acting import clockwork
from tests.browser.seen import looked_at
from tests.browser.town import press
from tests.contacts import bound, rated, signed_in, told
from tests.recommending import Recommending
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def case(world: World) -> Case:
    """A contact that three people have read, one of them with the child's surname."""
    with transaction.atomic():
        world.accounts["second_worker"].worker.family_name = "Dunne"
        world.accounts["second_worker"].worker.save()
        case = rated(world, told(world, at=calendar.now()), "amber", calendar.now())
    for who in ("worker", "second_worker", "other_school"):
        signed_in(world, who).get(f"/cases/{case.pk}/")
    return case


@pytest.fixture(scope="module")
def unusual(world: World, case: Case) -> str:
    with clockwork():
        oversight_unusual.find(world.partnership, calendar.today())
    with bound(world.ig):
        return f"/oversight/unusual/{UnusualAccess.objects.get().pk}/"


@pytest.fixture(scope="module")
def asked(world: World, case: Case) -> str:
    """The manager who is asked about what the worker read this week."""
    today = calendar.today()
    monday = datetime.combine(today + timedelta(days=7 - today.weekday()), time(6), tzinfo=calendar.now().tzinfo)
    with calendar.frozen(monday):
        oversight_sample.draw_weeks()
    with bound(world.ig):
        drawn = SampledRead.objects.filter(worker=world.worker.worker).get()
    return next(name for name in ("manager", "second_manager") if getattr(world, name).worker.pk == drawn.manager_id)


def test_whoever_answers_for_records_reads_who_looked_and_what_was_unusual(
    at: Callable[..., Page], case: Case, unusual: str
) -> None:
    looked_at(at("manager", f"/oversight/looked/cases/{case.pk}/"), "looked", child=False)
    for name, address in (("home", "/"), ("start", "/oversight/"), ("unusual", unusual)):
        looked_at(at("ig", address), name)


def test_a_manager_answers_the_week_s_sample(at: Callable[..., Page], asked: str) -> None:
    page = at(asked, "/oversight/sample/")
    looked_at(page, "sample")
    page.get_by_label("I am not sure").first.check()
    page.get_by_label("What are you not sure of?").first.fill("It is not in his area")
    press(page, "Keep these answers")
    expect(page.locator("main")).to_contain_text("1 answer kept")


def test_the_scrutineer_says_what_for_before_a_matter_is_read(at: Callable[..., Page], world: World) -> None:
    with transaction.atomic():
        matter = Recommending(world, bound).document()
    looked_at(at("scrutineer", f"/cases/{matter.pk}/"), "purpose")
