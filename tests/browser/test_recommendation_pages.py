"""The register, a recommendation at every stage, its source and its forms in a real browser: axe, two widths."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from sightline.parts import figures
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.recommending import FIGURE, Recommending
from tests.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 320)


@pytest.fixture
def town(running_site: str) -> Iterator[tuple[str, Recommending]]:
    """The running site with the small world in it, and recommendations at every stage."""

    @contextmanager
    def acting(actor: Any) -> Iterator[None]:
        with ExitStack() as both:
            both.enter_context(as_account(actor.account.pk))
            both.enter_context(audit.request(account_id=actor.account.pk))
            yield

    with transaction.atomic():
        world = make_world()
    world.partnership.front_door_phone = "01632 960 001"
    world.partnership.save()
    before = figures._Finders.find
    figures.cite_with(lambda partnership: [FIGURE])
    yield running_site, Recommending(world, acting)
    figures._Finders.find = before


@pytest.fixture
def at(open_page: Callable[..., Page], town: tuple[str, Recommending]) -> Callable[..., Page]:
    """`at("hub", "/recommendations/", width)` opens the page signed in as that person."""
    site, journey = town

    def opened(who: str, address: str, width: int = 1280) -> Page:
        client = Client()
        client.force_login(journey.world.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sightline"]
        page = open_page(width, cookies=[{"name": "sightline", "value": cookie.value, "url": site}])
        page.set_default_timeout(8000)
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"recommendation-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)
    assert page.locator("h1").count() == 1


def _told(journey: Recommending) -> dict[str, Any]:
    """A document of which one is missing, and recommendations on the way."""
    council, partnership = journey.to("ardenvale-council"), {"to": "partnership"}
    department = {"to": "outside", "outside": "A government department"}
    document = journey.document(
        {**department, "count": 1}, {**council, "count": 3}, {**partnership, "count": 2}, title="Inspection report 2025"
    )
    from_it = {"source": document, "paragraph": "paragraph 14"}
    journey.raised(**from_it, to=[department], title="Fund the change for three years")
    waiting = journey.asked(journey.raised(**from_it, to=[partnership], title="Every strategy discussion is quorate"))
    journey.take(waiting, "council_chief", "sign")
    done = journey.reviewed(
        journey.raised(**from_it, title="Children are told what was decided"),
        journey.evidence("document", "output", 3, says="A guide was sent to fourteen agencies"),
    )
    closed = journey.closed(**from_it, title="Replies come on time")
    rows = (journey.action(days=-4), journey.action("ardenvale-council", days=20))
    late = journey.planned(journey.raised(title="Neglect is seen sooner"), *rows)
    journey.take(late, "hub", "link_duplicate", same_as=done.reference)
    journey.take(waiting, "scrutineer", "scrutinise", scrutineer_view="Two of the meetings I saw had no nurse in them.")
    return {"document": document, "waiting": waiting, "done": done, "closed": closed, "late": late}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_register_and_every_stage_of_the_chain(
    width: int, town: tuple[str, Recommending], at: Callable[..., Page]
) -> None:
    _, journey = town
    cases = _told(journey)
    looked_at(at("hub", "/recommendations/", width), "register")
    looked_at(at("hub", "/recommendations/?show=overdue", width), "register-overdue")
    for name, case in cases.items():
        looked_at(at("hub", f"/cases/{case.pk}/", width), name)
    looked_at(at("council_chief", f"/cases/{cases['waiting'].pk}/", width), "waiting-lead-partner")
    looked_at(at("nhs_chief", f"/cases/{cases['waiting'].pk}/do/sign/", width), "sign")
    looked_at(at("police_lead", f"/cases/{cases['late'].pk}/", width), "late-agency")
    looked_at(at("police_lead", f"/cases/{cases['late'].pk}/do/record_progress/", width), "progress")


@pytest.mark.parametrize("width", WIDTHS)
def test_entering_and_what_holds_it_back(width: int, town: tuple[str, Recommending], at: Callable[..., Page]) -> None:
    _, journey = town
    page = at("hub", f"/recommendations/new/?figure={FIGURE.reference}", width)
    looked_at(page, "new-from-figure")
    page.get_by_role("button", name="Enter a recommendation").click()
    looked_at(page, "new-refused")
    looked_at(at("hub", "/start/source-document/", width), "document-new")
    case = journey.reviewed(None, journey.evidence("document"))
    held = at("hub", f"/cases/{case.pk}/do/ask_sign_off/", width)
    held.locator("[name=impact_statement]").fill("Children are seen sooner")
    held.get_by_role("button", name="Ask for sign-off").click()
    looked_at(held, "held-back")
    assert held.get_by_text("You cannot close this").first.is_visible()


def test_what_is_still_true_and_what_is_not(town: tuple[str, Recommending], at: Callable[..., Page]) -> None:
    _, journey = town
    case = journey.closed()
    soon = calendar.end_of_day(calendar.add_months(calendar.today(), 6)) - timedelta(days=3)
    with calendar.frozen(soon):
        journey.take(case, "hub", "check_at_6", evidence=[journey.evidence("voice")])
    journey.take(case, "hub", "reopen", reopened_because="Half of them were not quorate in March")
    looked_at(at("hub", f"/cases/{case.pk}/"), "reopened")
