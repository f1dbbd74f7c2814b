"""A strategy discussion for a child already open: no contact, the same form, and nobody on record is typed again."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from sightline.engine.models import Case
from sightline.people.models import Household, HouseholdMembership, Person, PersonName, Relationship
from tests.journey import Journey, form_of

pytestmark = pytest.mark.django_db
START = "/start/strategy-discussion/"


@pytest.fixture
def journey(world: Any, acting: Any) -> Journey:
    return Journey(world, acting)


@pytest.fixture
def family(world: Any, acting: Any) -> dict[str, Person]:
    """Maya and Leo live with their mother Kim; nobody else knows of Ren."""
    with acting(world.worker):
        found = {
            name: _person(world, name, family, kind, born)
            for name, family, kind, born in (
                ("Maya", "Dunne", "child", date(2018, 2, 8)),
                ("Leo", "Dunne", "child", date(2021, 5, 1)),
                ("Kim", "Dunne", "adult", date(1997, 5, 1)),
                ("Ren", "Osei", "child", date(2011, 6, 1)),
            )
        }
        home = Household.objects.create(partnership=world.partnership, label="12 Elm Road")
        for name, role in (("Maya", "child"), ("Leo", "child"), ("Kim", "parent")):
            HouseholdMembership.objects.create(
                household=home, person=found[name], role=role, valid_from=date(2025, 1, 1)
            )
        Relationship.objects.create(person_a=found["Kim"], person_b=found["Maya"], type="mother", source="school")
    return found


def _person(world: Any, given: str, name: str, kind: str, born: date) -> Person:
    made = Person.objects.create(partnership=world.partnership, kind=kind, date_of_birth=born)
    PersonName.objects.create(person=made, given_names=given, family_name=name, valid_from=born)
    return made


def about(person: Person) -> str:
    return f"{START}?person={person.pk}"


def opened(journey: Journey, who: str) -> list[Case]:
    actor = getattr(journey.world, who)
    with journey.acting(actor):
        found = Case.visible_to(actor).filter(process="strategy-discussion").order_by("opened_at")
        return list(found.prefetch_related("subjects", "clocks").select_related("strategydiscussionrecord"))


def test_from_a_childs_page_the_family_is_chosen_and_linked_and_the_clock_runs(
    journey: Journey, family: dict[str, Person]
) -> None:
    browser = journey.browser("team_manager")
    page = browser.client.get(f"/people/{family['Maya'].pk}/")
    assert about(family["Maya"]) in page.text
    assert "Start a strategy discussion" in page.text
    page = browser.client.get(about(family["Maya"]))
    assert form_of(page)[1]["known"] == [str(family["Maya"].pk)], "the child herself is ticked, the others are offered"
    assert "Leo Dunne" in page.text
    assert "Kim Dunne" in page.text
    assert "Ren" not in page.text
    known = [str(family[name].pk) for name in ("Maya", "Kim")]
    typed = {"known": known, "trigger": "open-case", "urgent": "yes", "reason": "A new injury", "venue": "team"}
    done = browser.send(page, **typed)
    (case,) = opened(journey, "team_manager")
    assert urlsplit(done.redirect_chain[-1][0]).path == f"/cases/{case.pk}/"
    assert "Identified the need for a strategy discussion" in done.text
    told = {s.given_names: s for s in case.subjects.all()}
    assert {name: s.person_id for name, s in told.items()} == {name: family[name].pk for name in ("Maya", "Kim")}
    assert told["Kim"].relation == "mother"
    assert case.strategydiscussionrecord.need_identified_at is not None, "left empty, it was just now"
    assert {clock.key for clock in case.clocks.all()} == {"hold_in_time", "hold_same_day"}


def test_only_what_led_to_it_is_required(journey: Journey, family: dict[str, Person]) -> None:
    browser = journey.browser("team_manager")
    page = browser.send(browser.client.get(about(family["Maya"])))
    assert "Select what led to this" in page.text
    assert "<title>Error: " in page.text
    browser.send(page, trigger="assessment")
    (case,) = opened(journey, "team_manager")
    assert [s.person_id for s in case.subjects.all()] == [family["Maya"].pk]


def test_a_child_new_to_everybody_is_told_of_on_the_same_form(journey: Journey) -> None:
    browser = journey.browser("lead_worker")
    assert START in browser.client.get("/work/").text
    page = browser.client.get(START)
    page = browser.send(page, trigger="open-case")
    assert "Tell us something about the child" in page.text
    done = browser.send(page, people__0__given_names="Tam", people__0__age="4")
    assert "Tam" in done.text
    (case,) = opened(journey, "lead_worker")
    assert [(s.given_names, s.person_id) for s in case.subjects.all()] == [("Tam", None)]


def test_somebody_else_is_typed_beside_those_chosen_and_a_mistake_stays_beside_them(
    journey: Journey, family: dict[str, Person]
) -> None:
    browser = journey.browser("team_manager")
    page = browser.send(browser.client.get(about(family["Maya"])), "add:people", trigger="open-case")
    page = browser.send(
        page, people__0__given_names="Sean", people__0__kind="adult", people__0__postcode="far too long"
    )
    assert page.text.count("Cut it to 10 or fewer") == 2
    browser.send(page, people__0__postcode="AV1 2CD")
    (case,) = opened(journey, "team_manager")
    assert [(s.given_names, s.kind) for s in case.subjects.all()] == [("Maya", "child"), ("Sean", "adult")]


def test_sending_the_form_twice_starts_one(journey: Journey, family: dict[str, Person]) -> None:
    browser = journey.browser("team_manager")
    page = browser.client.get(about(family["Maya"]))
    for _ in range(2):
        browser.send(page, trigger="open-case")
    assert len(opened(journey, "team_manager")) == 1
    again = browser.client.get(about(family["Maya"]))
    assert "Already open about this person" in again.text


def test_a_person_is_linked_only_where_the_page_offers_them(journey: Journey, family: dict[str, Person]) -> None:
    browser = journey.browser("team_manager")
    page = browser.client.get(about(family["Maya"]))
    refused = browser.send(page, trigger="open-case", known=[str(family["Ren"].pk)])
    assert "Select people from this list" in refused.text
    browser.send(page, trigger="open-case", people__TOTAL_FORMS="1", people__0__person=str(family["Ren"].pk))
    (case,) = opened(journey, "team_manager")
    assert [s.person_id for s in case.subjects.all()] == [family["Maya"].pk]


def test_whoever_may_not_see_a_person_is_offered_nobody(journey: Journey, family: dict[str, Person]) -> None:
    page = journey.browser("lead_worker").client.get(about(family["Maya"]))
    assert page.status_code == 200
    assert "Maya" not in page.text


def test_others_are_told_who_can_and_what_has_its_own_form_is_not_here(journey: Journey) -> None:
    refused = journey.browser("police").client.get(START)
    assert refused.status_code == 403
    assert "social care team manager" in refused.text
    for process in ("contact", "agency-enquiry", "no-such-thing"):
        assert journey.browser("team_manager").client.get(f"/start/{process}/").status_code == 404


def test_it_is_offered_to_those_who_work_with_open_children(journey: Journey) -> None:
    for who, offered in (("team_manager", True), ("lead_worker", True), ("worker", False), ("school", False)):
        for page in ("/", "/work/"):
            assert (START in journey.browser(who).client.get(page).text) is offered, (who, page)
