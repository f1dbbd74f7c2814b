"""Every page of a group's meeting in a real browser: axe, a desk and a telephone, and no JavaScript needed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from governing import Sittings
from playwright.sync_api import Page

from sightline.engine.models import Case
from sightline.people.models import Group
from sightline.platform import audit
from sightline.platform.database import as_account
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 320)
RESTRICTED = {"kind": "information", "title": "A complaint about the police", "restricted": ["yes"]}


@contextmanager
def acting(actor: Any) -> Iterator[None]:
    with ExitStack() as both:
        both.enter_context(as_account(actor.account.pk))
        both.enter_context(audit.request(account_id=actor.account.pk))
        yield


@pytest.fixture
def town(running_site: str) -> tuple[str, Sittings]:
    """The running site with the small world's groups in it."""
    with transaction.atomic():
        world = make_world()
        world.partnership.front_door_phone = "01632 960 001"
        world.partnership.save()
        return running_site, Sittings(world, acting)


@pytest.fixture
def at(open_page: Callable[..., Page], town: tuple[str, Sittings]) -> Callable[..., Page]:
    """`at("hub", "/meetings/")` opens the page signed in as that person."""
    site, sittings = town

    def opened(who: str, address: str) -> Page:
        client = Client()
        client.force_login(sittings.world.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sightline"]
        page = open_page(1280, cookies=[{"name": "sightline", "value": cookie.value, "url": site}])
        page.set_default_timeout(8000)
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    """No fault by axe and no sideways scrolling at either width; a picture of each is kept."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        shot(page, f"meeting-{name}-{width}")
        found += [f"{width}: {fault}" for fault in axe(page)]
        found += [f"{width}: scrolls sideways"] * scrolls_sideways(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not found, f"{name}: {found}"


def papers_out(sittings: Sittings) -> Case:
    case = sittings.with_papers(sittings.planned(), RESTRICTED)
    item = sittings.items(case)[2]
    sittings.take(case, "police_partner", "declare_interest", interests=[{"item": str(item.pk), "says": "Mine"}])
    return case


def test_a_meeting_before_it_is_held(town: tuple[str, Sittings], at: Callable[..., Page]) -> None:
    _, sittings = town
    looked_at(at("hub", "/meetings/"), "groups-empty")
    looked_at(at("hub", "/start/group-meeting/"), "plan")
    bare = sittings.planned("steering")
    looked_at(at("hub", f"/cases/{bare.pk}/do/issue_agenda/"), "agenda")
    case = papers_out(sittings)
    looked_at(at("police_partner", f"/meetings/{case.pk}/pack/"), "pack-conflicted")
    looked_at(at("council_partner", f"/meetings/{case.pk}/pack/"), "pack")
    looked_at(at("council_partner", f"/meetings/{case.pk}/items/1/"), "item")
    looked_at(at("council_partner", f"/cases/{case.pk}/do/declare_interest/"), "interest")
    looked_at(at("council_partner", f"/cases/{case.pk}/do/say_coming/"), "coming")
    looked_at(at("scrutineer", f"/cases/{case.pk}/"), "case")
    page = at("hub", f"/cases/{case.pk}/do/record_sitting/")
    looked_at(page, "record")
    page.get_by_role("button", name="Record the meeting").last.click()
    assert page.get_by_text("Select who chaired").first.is_visible()
    looked_at(page, "record-refused")


def test_papers_that_wait_for_the_childs_voice(town: tuple[str, Sittings], at: Callable[..., Page]) -> None:
    _, sittings = town
    case = sittings.planned()
    sittings.take(case, "hub", "issue_agenda", agenda=[{"kind": "decision", "title": "Agree a rota"}])
    page = at("hub", f"/cases/{case.pk}/do/issue_papers/")
    page.get_by_role("button", name="Issue papers").last.click()
    assert page.get_by_text("Item 1 asks for a decision.").first.is_visible()
    looked_at(page, "papers-refused")


def test_a_meeting_after_it_was_held(town: tuple[str, Sittings], at: Callable[..., Page]) -> None:
    _, sittings = town
    case = papers_out(sittings)
    sittings.held(case, away=("police_partner",))
    looked_at(at("hub", f"/cases/{case.pk}/"), "held")
    looked_at(at("police_partner", f"/cases/{case.pk}/do/ratify_decisions/"), "ratify")
    looked_at(at("hub", f"/cases/{case.pk}/do/draft_minutes/"), "draft")
    sittings.take(case, "hub", "draft_minutes", discussed=sittings.record(case)["discussed"])
    looked_at(at("nhs_partner", f"/cases/{case.pk}/do/check_minutes/"), "check")
    sittings.take(case, "nhs_partner", "check_minutes")
    looked_at(at("council_partner", f"/meetings/{case.pk}/minutes/"), "minutes")
    looked_at(at("hub", f"/meetings/{case.pk}/minutes/public/"), "minutes-public")
    looked_at(at("hub", f"/cases/{case.pk}/meetings/1/circulation"), "circulation")
    looked_at(at("hub", f"/cases/{case.pk}/do/confirm_minutes/"), "confirm")
    looked_at(at("hub", "/meetings/"), "groups")
    with acting(sittings.world.hub):
        group = Group.objects.get(key="executive")
    looked_at(at("hub", f"/meetings/groups/{group.pk}/"), "group")
    looked_at(at("hub", "/meetings/decisions/"), "decisions")
    looked_at(at("hub", "/meetings/actions/"), "actions")
