"""The register, a recommendation at every stage, its source and its forms in a real browser: axe, two widths."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from sightline.parts import figures
from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import press
from tests.contacts import bound
from tests.recommending import FIGURE, Recommending
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def journey(world: World) -> Iterator[Recommending]:
    """The small world, with a figure that can be cited and recommendations at every stage."""
    before = figures._Finders.find
    figures.cite_with(lambda partnership: [FIGURE])
    yield Recommending(world, bound)
    figures._Finders.find = before


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


def test_the_register_and_every_stage_of_the_chain(journey: Recommending, at: Callable[..., Page]) -> None:
    cases = _told(journey)
    looked_at(at("hub", "/recommendations/"), "register")
    looked_at(at("hub", "/recommendations/?show=overdue"), "register-overdue")
    for name, case in cases.items():
        looked_at(at("hub", f"/cases/{case.pk}/"), name)
    looked_at(at("council_chief", f"/cases/{cases['waiting'].pk}/"), "waiting-lead-partner")
    looked_at(at("nhs_chief", f"/cases/{cases['waiting'].pk}/do/sign/"), "sign")
    looked_at(at("police_lead", f"/cases/{cases['late'].pk}/"), "late-agency")
    looked_at(at("police_lead", f"/cases/{cases['late'].pk}/do/record_progress/"), "progress")


def test_entering_and_what_holds_it_back(journey: Recommending, at: Callable[..., Page]) -> None:
    page = at("hub", f"/recommendations/new/?figure={FIGURE.reference}")
    looked_at(page, "new-from-figure")
    press(page, "Enter a recommendation")
    looked_at(page, "new-refused")
    looked_at(at("hub", "/start/source-document/"), "document-new")
    case = journey.reviewed(None, journey.evidence("document"))
    held = at("hub", f"/cases/{case.pk}/do/ask_sign_off/")
    held.locator("[name=impact_statement]").fill("Children are seen sooner")
    press(held, re.compile("^Ask for sign-off"))
    looked_at(held, "held-back")
    assert held.get_by_text("You cannot close this").first.is_visible()


def test_what_is_still_true_and_what_is_not(journey: Recommending, at: Callable[..., Page]) -> None:
    case = journey.closed()
    soon = calendar.end_of_day(calendar.add_months(calendar.today(), 6)) - timedelta(days=3)
    with calendar.frozen(soon):
        journey.take(case, "hub", "check_at_6", evidence=[journey.evidence("voice")])
    journey.take(case, "hub", "reopen", reopened_because="Half of them were not quorate in March")
    looked_at(at("hub", f"/cases/{case.pk}/"), "reopened")
