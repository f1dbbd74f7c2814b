"""A case, its steps and what refuses them in a real browser: axe, two widths, and no JavaScript needed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.journey import CHILD, STEP_BACK, Journey
from tests.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 320)


@pytest.fixture
def town(running_site: str) -> tuple[str, Journey]:
    """The running site with the small world in it, and a journey in that world."""
    from contextlib import ExitStack, contextmanager

    @contextmanager
    def acting(actor: Any) -> Iterator[None]:
        with ExitStack() as both:
            both.enter_context(as_account(actor.account.pk))
            both.enter_context(audit.request(account_id=actor.account.pk))
            yield

    from django.db import transaction

    with transaction.atomic():
        world = make_world()
    world.partnership.front_door_phone = "01632 960 001"
    world.partnership.save()
    return running_site, Journey(world, acting)


@pytest.fixture
def at(open_page: Callable[..., Page], town: tuple[str, Journey]) -> Callable[..., Page]:
    """`at("worker", "/cases/...", width)` opens the page signed in as that person."""
    site, journey = town

    def opened(who: str, address: str, width: int = 1280, scripts: bool = True) -> Page:
        client = Client()
        client.force_login(journey.world.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sightline"]
        page = open_page(width, scripts=scripts, cookies=[{"name": "sightline", "value": cookie.value, "url": site}])
        page.set_default_timeout(8000)
        page.goto(site + address)
        return page

    return opened


def looked_at(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"case-{name}-{width}")
    assert axe(page) == []
    assert not scrolls_sideways(page)


def _full_contact(journey: Journey) -> Case:
    """A contact with a history, a half-brother, replies in and out, and a second child."""
    from sightline.people.models import Person, PersonName, Relationship

    earlier = journey.logged()
    journey.take(earlier, "worker", "propose", **STEP_BACK)
    journey.take(earlier, "manager", "endorse")
    with journey.acting(journey.world.officer):
        known = {s.kind: s.person_id for s in earlier.subjects.all()}
        mother = Person.objects.get(pk=known["adult"])
        brother = Person.objects.create(kind="child", partnership=mother.partnership, date_of_birth=date(2015, 1, 1))
        PersonName.objects.create(person=brother, given_names="Ayaan", family_name="Khan", kind="current")
        Relationship.objects.create(person_a=mother, person_b=brother, type="mother", confidence="reported")
    leo = {"kind": "child", "given_names": "Leo", "family_name": "Dunne", "age": "1"}
    kim = {"kind": "adult", "given_names": "Kim", "family_name": "Dunne", "relation": "mother"}
    address = {"address": "12 Elm Road", "postcode": "AV1 2CD", "school": "Millbrook School"}
    contact = journey.contact(people=[{**CHILD, **address}, leo, kim], concerns=["physical", "neglect"])
    with journey.acting(journey.world.officer):
        rows = [
            {"subject": s.pk, "is_person": "new" if s.given_names == "Leo" else str(known[s.kind])}
            for s in contact.subjects.all()
        ]
    journey.take(contact, "officer", "log", source="2A", concerns=["physical"], identified=rows)
    journey.take(contact, "worker", "set_priority", rag="red", rag_reason="An injury that is not explained")
    asked = [
        {"agency": journey.world.agency(key).pk} for key in ("ardenvale-police", "ardenvale-icb", "tollgate-school")
    ]
    journey.take(contact, "worker", "ask_agencies", agencies=asked)
    reply = {"information": "Two call-outs since June", "sensitivity": "core", "view_of_risk": "some"}
    journey.take(journey.enquiry(contact, "ardenvale-police"), "police", "reply", **reply)
    return contact


@pytest.mark.parametrize("width", WIDTHS)
def test_a_contact_from_receipt_to_decision(width: int, town: tuple[str, Journey], at: Callable[..., Page]) -> None:
    _, journey = town
    new = journey.contact()
    contact = _full_contact(journey)
    base = f"/cases/{contact.pk}/"
    looked_at(at("worker", base, width), "contact")
    looked_at(at("school", base, width), "contact-school")
    looked_at(at("worker", f"{base}timeline", width), "timeline")
    looked_at(at("officer", f"{base}who", width), "who")
    looked_at(at("officer", f"/cases/{new.pk}/do/log/", width), "log")
    looked_at(at("worker", f"{base}do/ask_agencies/", width), "ask")
    looked_at(at("worker", f"{base}timeline/1/correct/", width), "correct")
    enquiry = journey.enquiry(contact, "ardenvale-icb")
    looked_at(at("health", f"/cases/{enquiry.pk}/", width), "enquiry")
    looked_at(at("health", f"/cases/{enquiry.pk}/do/reply/", width), "enquiry-reply")
    page = at("worker", f"{base}do/propose/", width)
    looked_at(page, "propose")
    page.get_by_label("No further action").check()
    page.get_by_role("button", name="Propose this decision").click()
    looked_at(page, "propose-refused")


@pytest.mark.parametrize("width", WIDTHS)
def test_conditions_conflict_endorsement_and_refusal(
    width: int, town: tuple[str, Journey], at: Callable[..., Page]
) -> None:
    _, journey = town
    contact = journey.asked()
    base = f"/cases/{contact.pk}/"
    page = at("worker", f"{base}do/propose/", width)
    for label, text in (
        ("What does the history tell you?", "Nothing before"),
        ("What is life like for this child?", "Settled"),
        ("Why this decision?", "Seen and explained"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("No further action").check()
    page.get_by_label("Agreed").check()
    page.get_by_role("button", name="Propose this decision").click()
    looked_at(page, "unmet")
    journey.take(contact, "second_worker", "add_information", opinion="Something new")
    page.get_by_label("Why decide without").fill("Rang them")
    page.get_by_label("How did what the child").fill("Heard alone")
    page.get_by_role("button", name="Propose this decision").click()
    looked_at(page, "conflict")
    looked_at(at("manager", f"{base}do/propose/override/", width), "override")
    page.get_by_role("button", name="Use mine on top of the change").click()
    looked_at(page, "proposed")
    endorse = at("manager", f"{base}do/endorse/", width)
    looked_at(endorse, "endorse")
    endorse.get_by_role("button", name="Continue").click()
    looked_at(endorse, "check")
    looked_at(at("worker", f"{base}do/endorse/", width), "not-allowed")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_strategy_discussion(width: int, town: tuple[str, Journey], at: Callable[..., Page]) -> None:
    _, journey = town
    strategy = journey.strategy()
    base = f"/cases/{strategy.pk}/"
    looked_at(at("team_manager", base, width), "strategy")
    looked_at(at("police", base, width), "strategy-police")
    looked_at(at("police", f"{base}do/answer_invitation/", width), "invitation")
    page = at("team_manager", f"{base}do/record_meeting/", width)
    looked_at(page, "meeting")
    with journey.acting(journey.world.team_manager):
        seats = load(strategy.pk).seats_now
    council = journey.world.agency("ardenvale-council").pk
    action = {"what": "See Maya alone", "who": "Sol Ames", "agency": council, "if_not": "Ring the chair"}
    journey.take(
        strategy,
        "team_manager",
        "record_meeting",
        held_at=calendar.now(),
        decision="s47-joint",
        rationale="A mark on a child who says little",
        attendance=[{"seat": seat.pk, "presence": "here"} for seat in seats],
        actions=[{**action, "due_on": calendar.today() + timedelta(days=3)}],
    )
    looked_at(at("support", f"{base}do/send_minutes/", width), "send-minutes")
    journey.take(strategy, "support", "send_minutes")
    looked_at(at("police", f"{base}meetings/1/minutes", width), "minutes")
    looked_at(at("support", f"{base}meetings/1/circulation", width), "circulation")
    looked_at(at("team_manager", f"{base}do/decide_family_copy/", width), "family-copy")
    looked_at(at("team_manager", base, width), "strategy-sent")


def test_what_is_typed_is_saved_by_itself(town: tuple[str, Journey], at: Callable[..., Page]) -> None:
    _, journey = town
    contact = journey.logged()
    page = at("worker", f"/cases/{contact.pk}/do/propose/")
    page.get_by_label("Why this decision?").fill("Being written")
    page.get_by_label("What would change it?").focus()
    page.get_by_text("Saved ").first.wait_for()
    assert "Being written" in at("worker", f"/cases/{contact.pk}/do/propose/").content()
