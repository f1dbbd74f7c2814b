"""Starting a strategy discussion without a contact, in a real browser: axe, two widths, boxes that answers reveal."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from sightline.people.models import Household, HouseholdMembership, Person, PersonName
from tests.browser.seen import looked_at
from tests.browser.town import press
from tests.journey import Journey

pytestmark = pytest.mark.browser


def _family(journey: Journey) -> Person:
    world = journey.world
    with journey.acting(world.worker):
        home = Household.objects.create(partnership=world.partnership, label="12 Elm Road")
        people = []
        for given, kind, role, born in (
            ("Maya", "child", "child", date(2018, 2, 8)),
            ("Leo", "child", "child", date(2021, 5, 1)),
            ("Kim", "adult", "parent", date(1997, 5, 1)),
        ):
            made = Person.objects.create(partnership=world.partnership, kind=kind, date_of_birth=born)
            PersonName.objects.create(person=made, given_names=given, family_name="Dunne", valid_from=born)
            HouseholdMembership.objects.create(household=home, person=made, role=role, valid_from=date(2025, 1, 1))
            people.append(made)
    return people[0]


def test_from_a_childs_page_to_a_strategy_discussion(journey: Journey, at: Callable[..., Page]) -> None:
    child = _family(journey)
    page = at("team_manager", f"/people/{child.pk}/")
    looked_at(page, "start-person")
    press(page, "Start a strategy discussion")
    looked_at(page, "start")
    press(page, "Start a strategy discussion")
    looked_at(page, "start-refused")
    page.get_by_label("New information on an open case").check()
    page.get_by_label("Leo Dunne").check()
    press(page, "Start a strategy discussion")
    expect(page.get_by_text("Maya DUNNE").first).to_be_visible()
    expect(page.get_by_text("Leo DUNNE").first).to_be_visible()
    looked_at(at("team_manager", "/work/"), "start-work")


def test_a_box_that_two_answers_ask_for_shows_for_either(journey: Journey, at: Callable[..., Page]) -> None:
    page = at("school", "/tell/section/6")
    why = page.get_by_label("Why does the family not know?")
    expect(why).to_be_hidden()
    said = page.get_by_role("group", name="Does the family know")
    for answer, shown in (("no-unsafe", True), ("yes", False), ("no-not-practicable", True)):
        said.locator(f'input[value="{answer}"]').check()
        expect(why).to_be_visible() if shown else expect(why).to_be_hidden()
    looked_at(page, "two-answers-one-box")
