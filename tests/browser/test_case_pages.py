"""A case, its steps and what refuses them in a real browser: axe, two widths, and no JavaScript needed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.platform import calendar
from tests.browser.seen import looked_at
from tests.browser.town import press
from tests.journey import CHILD, STEP_BACK, Journey

pytestmark = pytest.mark.browser

PROPOSE = re.compile("^Propose this decision")


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


def test_a_contact_from_receipt_to_decision(journey: Journey, at: Callable[..., Page]) -> None:
    new = journey.contact()
    contact = _full_contact(journey)
    base = f"/cases/{contact.pk}/"
    looked_at(at("worker", base), "contact")
    looked_at(at("school", base), "contact-school")
    looked_at(at("worker", f"{base}timeline"), "timeline")
    looked_at(at("officer", f"{base}who"), "who")
    looked_at(at("officer", f"/cases/{new.pk}/do/log/"), "log")
    looked_at(at("worker", f"{base}do/ask_agencies/"), "ask")
    looked_at(at("worker", f"{base}timeline/1/correct/"), "correct")
    enquiry = journey.enquiry(contact, "ardenvale-icb")
    looked_at(at("health", f"/cases/{enquiry.pk}/"), "enquiry")
    looked_at(at("health", f"/cases/{enquiry.pk}/do/reply/"), "enquiry-reply")
    page = at("worker", f"{base}do/propose/")
    looked_at(page, "propose")
    page.get_by_label("No further action").check()
    press(page, PROPOSE)
    looked_at(page, "propose-refused")


def test_conditions_conflict_endorsement_and_refusal(journey: Journey, at: Callable[..., Page]) -> None:
    contact = journey.asked()
    base = f"/cases/{contact.pk}/"
    page = at("worker", f"{base}do/propose/")
    for label, text in (
        ("What does the history tell you?", "Nothing before"),
        ("What is life like for this child?", "Settled"),
        ("Why this decision?", "Seen and explained"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("No further action").check()
    page.get_by_label("Agreed").check()
    press(page, PROPOSE)
    looked_at(page, "unmet")
    journey.take(contact, "second_worker", "add_information", opinion="Something new")
    page.get_by_label("Why decide without").fill("Rang them")
    page.get_by_label("How did what the child").fill("Heard alone")
    press(page, PROPOSE)
    looked_at(page, "conflict")
    looked_at(at("manager", f"{base}do/propose/override/"), "override")
    press(page, "Use mine on top of the change")
    looked_at(page, "proposed")
    endorse = at("manager", f"{base}do/endorse/")
    looked_at(endorse, "endorse")
    press(endorse, "Continue")
    looked_at(endorse, "check")
    looked_at(at("worker", f"{base}do/endorse/"), "not-allowed")


def test_a_strategy_discussion(journey: Journey, at: Callable[..., Page]) -> None:
    strategy = journey.strategy()
    base = f"/cases/{strategy.pk}/"
    looked_at(at("team_manager", base), "strategy")
    looked_at(at("police", base), "strategy-police")
    looked_at(at("police", f"{base}do/answer_invitation/"), "invitation")
    page = at("team_manager", f"{base}do/record_meeting/")
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
    looked_at(at("support", f"{base}do/send_minutes/"), "send-minutes")
    journey.take(strategy, "support", "send_minutes")
    looked_at(at("police", f"{base}meetings/1/minutes"), "minutes")
    looked_at(at("support", f"{base}meetings/1/circulation"), "circulation")
    looked_at(at("team_manager", f"{base}do/decide_family_copy/"), "family-copy")
    looked_at(at("team_manager", base), "strategy-sent")


def test_what_is_typed_is_saved_by_itself(journey: Journey, at: Callable[..., Page]) -> None:
    contact = journey.logged()
    page = at("worker", f"/cases/{contact.pk}/do/propose/")
    page.get_by_label("Why this decision?").fill("Being written")
    page.get_by_label("What would change it?").focus()
    expect(page.locator(".app-save-line")).to_have_text(re.compile("^Saved "))
    at("worker", f"/cases/{contact.pk}/do/propose/")
    expect(page.get_by_label("Why this decision?")).to_have_value("Being written")
