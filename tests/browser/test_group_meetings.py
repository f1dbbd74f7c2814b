"""Every page of a group's meeting in a real browser: axe, a desk and a telephone, and no JavaScript needed."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from governing import Sittings
from playwright.sync_api import Page

from sightline.engine.models import Case
from sightline.people.models import Group
from tests.browser.seen import looked_at
from tests.browser.town import press
from tests.contacts import bound
from tests.world import make_world

pytestmark = pytest.mark.browser
RESTRICTED = {"kind": "information", "title": "A complaint about the police", "restricted": ["yes"]}


@pytest.fixture
def site(running_site: str) -> str:
    return running_site


@pytest.fixture
def sittings(site: str) -> Sittings:
    """The small world's groups."""
    with transaction.atomic():
        return Sittings(make_world(), bound)


def papers_out(sittings: Sittings) -> Case:
    case = sittings.with_papers(sittings.planned(), RESTRICTED)
    item = sittings.items(case)[2]
    sittings.take(case, "police_partner", "declare_interest", interests=[{"item": str(item.pk), "says": "Mine"}])
    return case


def test_a_meeting_before_it_is_held(sittings: Sittings, at: Callable[..., Page]) -> None:
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
    press(page, re.compile("^Record the meeting"))
    assert page.get_by_text("Select who chaired").first.is_visible()
    looked_at(page, "record-refused")


def test_papers_that_wait_for_the_childs_voice(sittings: Sittings, at: Callable[..., Page]) -> None:
    case = sittings.planned()
    sittings.take(case, "hub", "issue_agenda", agenda=[{"kind": "decision", "title": "Agree a rota"}])
    page = at("hub", f"/cases/{case.pk}/do/issue_papers/")
    press(page, re.compile("^Issue papers"))
    assert page.get_by_text("Item 1 asks for a decision.").first.is_visible()
    looked_at(page, "papers-refused")


def test_a_meeting_after_it_was_held(sittings: Sittings, at: Callable[..., Page]) -> None:
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
    with bound(sittings.world.hub):
        group = Group.objects.get(key="executive")
    looked_at(at("hub", f"/meetings/groups/{group.pk}/"), "group")
    looked_at(at("hub", "/meetings/decisions/"), "decisions")
    looked_at(at("hub", "/meetings/actions/"), "actions")
