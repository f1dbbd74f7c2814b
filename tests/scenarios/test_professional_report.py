"""Somebody who works with children tells the front door about a child, and hears what came of it."""

from datetime import timedelta

import pytest
from django.test import Client

from sightline.engine.models import Case
from sightline.engine.perform import perform
from sightline.platform import calendar
from sightline.web.models import Draft

pytestmark = pytest.mark.django_db

CHILD = {
    "children-TOTAL_FORMS": "1",
    "children-INITIAL_FORMS": "0",
    "children-0-given_names": "Maya",
    "children-0-date_of_birth-day": "8",
    "children-0-date_of_birth-month": "feb",
    "children-0-date_of_birth-year": "2018",
    "in_danger": "no",
}
WORRY = {"narrative": "A bruise on the cheek", "concerns": ["physical"]}


@pytest.fixture
def school(world):
    return signed_in(world.accounts["school"])


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def save(client, number, follow=True, **answers):
    return client.post(f"/tell/section/{number}", answers, follow=follow)


def page_of(response) -> str:
    from html import unescape

    return unescape(response.content.decode())


def only_contact(world, acting):
    with acting(world.worker):
        return Case.visible_to(world.worker).select_related("contactrecord", "partnership").get()


def send(client):
    return client.post("/tell/send", {}, follow=True)


def test_the_sections_say_how_far_each_has_got(world, school):
    page = page_of(school.get("/tell/"))
    assert page.count("Not yet started") == 6
    assert "Completed (from your account)" in page
    page = page_of(save(school, 1, **CHILD))
    assert page.count("Not yet started") == 5
    save(school, 2, narrative="", opinion="Something is wrong", draft="1")
    assert "In progress" in page_of(school.get("/tell/"))


def test_what_the_account_already_tells_is_never_asked(world, school):
    page = page_of(school.get("/tell/section/7"))
    assert 'value="Dee Cole"' in page
    assert 'value="school@ardenvale.example"' in page
    assert "Do you want to stay anonymous" not in page


def test_check_and_send_shows_every_answer_and_becomes_a_contact(world, school, acting):
    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    page = page_of(school.get("/tell/check"))
    assert "8 February 2018" in page
    assert "A bruise on the cheek" in page
    page = page_of(send(school))
    case = only_contact(world, acting)
    assert case.reference in page
    assert "You will hear by the end of" in page
    assert (case.contactrecord.channel, case.contactrecord.source) == ("portal", "2A")
    assert case.contactrecord.referrer_name == "Dee Cole"
    assert not Draft.visible_to(world.school).exists()


def test_send_now_needs_only_something_about_who_and_about_the_worry(world, school, acting):
    save(school, 1, **{"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "children-0-age": "6"})
    page = page_of(send(school))
    assert "Tell us what has happened" in page
    assert "/tell/section/2" in page
    save(school, 2, narrative="Thin and always hungry")
    page = page_of(send(school))
    assert "What you can still add" in page
    assert only_contact(world, acting).contactrecord.narrative == "Thin and always hungry"


def test_nothing_about_a_child_is_asked_for_in_the_same_words_everywhere(world, school):
    save(school, 2, **WORRY)
    assert "Tell us something about the child: a name, an age, or where they are" in page_of(send(school))


def test_why_the_family_does_not_know_is_asked_once_and_kept_whichever_way_it_was_answered(world, school, acting):
    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    for answer in ("no-unsafe", "no-not-practicable"):
        save(school, 6, family_told=answer, family_told_reason="He is at home with her")
        page = page_of(school.get("/tell/section/6"))
        assert page.count('name="family_told_reason"') == 1
        assert "He is at home with her" in page_of(school.get("/tell/check"))
    send(school)
    assert only_contact(world, acting).contactrecord.family_told_reason == "He is at home with her"


def test_a_date_that_does_not_exist_holds_nothing_up_and_goes_along_as_typed(world, school, acting):
    save(school, 1, **CHILD)
    wrong = {"incident_on-day": "31", "incident_on-month": "2", "incident_on-year": "2026"}
    page = page_of(save(school, 2, **WORRY, **wrong))
    assert "<title>Error: " in page
    send(school)
    assert "as typed: 31 2 2026" in only_contact(world, acting).contactrecord.anything_else


def test_a_date_of_birth_that_does_not_exist_is_asked_for_with_an_example(world, school):
    page = page_of(save(school, 1, **{**CHILD, "children-0-date_of_birth-day": "31"}))
    assert page.count("Enter a date of birth, like 27 3 2018") == 2


def test_an_answer_that_is_too_long_says_so_in_plain_words(world, school):
    page = page_of(save(school, 1, **{**CHILD, "children-0-postcode": "AR1 1AA, the flat"}))
    assert page.count("This is 17 characters long. Cut it to 10 or fewer") == 2


def test_people_at_home_are_told_of_beside_the_children(world, school, acting):
    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    home = {
        "others-TOTAL_FORMS": "2",
        "others-INITIAL_FORMS": "0",
        "others-0-kind": "adult",
        "others-0-given_names": "Ada",
        "others-0-relation": "mother",
        "others-1-kind": "child",
        "others-1-age": "2",
    }
    save(school, 4, **home)
    send(school)
    with acting(world.worker):
        kinds = [subject.kind for subject in only_contact(world, acting).subjects.order_by("position")]
    assert kinds == ["child", "adult", "child"]


def test_a_draft_is_kept_seven_days_for_its_writer_alone(world, school):
    save(school, 2, narrative="Half a sente", draft="1")
    assert "Half a sente" in page_of(school.get("/tell/section/2"))
    other = signed_in(world.accounts["other_school"])
    assert "Half a sente" not in page_of(other.get("/tell/section/2"))
    with calendar.frozen(calendar.now() + timedelta(days=8)):
        assert Draft.begun(world.school, "contact/tell") is None


def test_typing_is_saved_without_sending_and_says_when(world, school):
    response = school.post("/tell/section/2/draft", {"narrative": "So far"})
    assert response.json()["saved"]
    assert "So far" in page_of(school.get("/tell/section/2"))
    assert "In progress" in page_of(school.get("/tell/"))


def test_a_draft_can_be_deleted(world, school):
    save(school, 2, **WORRY)
    page = page_of(school.post("/tell/delete", follow=True))
    assert "Draft deleted" in page
    assert "A bruise" not in page_of(school.get("/tell/section/2"))


def test_sending_the_same_page_twice_is_one_contact(world, school, acting):
    import re

    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page_of(school.get("/tell/check")))[1]
    first = school.post("/tell/send", {"idempotency_key": key})
    again = school.post("/tell/send", {"idempotency_key": key})
    assert first.url == again.url
    assert only_contact(world, acting)


def test_a_late_copy_of_what_was_sent_leaves_the_next_draft_alone(world, school):
    import re

    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page_of(school.get("/tell/check")))[1]
    school.post("/tell/send", {"idempotency_key": key})
    save(school, 2, narrative="Another child has said something")
    school.post("/tell/send", {"idempotency_key": key})
    assert "Another child has said something" in page_of(school.get("/tell/section/2"))


def test_a_front_door_officer_logs_a_telephone_call_with_who_called_and_when(world, acting):
    officer = signed_in(world.accounts["officer"])
    save(officer, 1, **CHILD)
    save(officer, 2, **WORRY)
    call = {
        "channel": "phone",
        "received_at-day": "20",
        "received_at-month": "11",
        "received_at-year": "2026",
        "received_at-time": "9:15am",
        "source": "1B",
        "referrer_name": "A neighbour",
    }
    save(officer, 7, **call)
    page = page_of(send(officer))
    record = only_contact(world, acting).contactrecord
    assert (record.channel, record.source, record.referrer_name) == ("phone", "1B", "A neighbour")
    assert calendar.local(record.received_at).strftime("%d %H:%M") == "20 09:15"
    assert "Received at 9:15am on Friday 20 November 2026" in page


def test_somebody_with_no_part_in_telling_is_told_why_and_where_to_turn(world):
    response = signed_in(world.accounts["analyst"]).get("/tell/")
    assert response.status_code == 403
    assert "people who work with children" in page_of(response)


def test_signed_out_leads_to_signing_in(db):
    assert Client().get("/tell/").url.startswith("/sign-in")


def told(world, acting):
    contact = only_contact(world, acting)
    with acting(world.officer):
        who = [{"subject": s.pk, "is_person": "new"} for s in contact.subjects.all()]
        perform(contact, "log", by=world.officer, answers={"identified": who})
    steps = (
        ("worker", "set_priority", {"rag": "amber", "rag_reason": "Injury"}),
        ("worker", "propose", {"decision": "assessment", "rationale": "Secret to the front door"}),
        ("manager", "endorse", {}),
        ("worker", "tell_referrer", {"told_route": "phone", "told_outcome": "assessment", "told_words": "Thank you"}),
    )
    for who_acts, step, answers in steps:
        actor = getattr(world, who_acts)
        with acting(actor):
            perform(contact, step, by=actor, answers=answers)
    return contact


def test_the_sender_sees_where_it_stands_and_the_outcome_only_once_it_was_told(world, school, acting):
    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    send(school)
    assert "Received" in page_of(school.get("/sent/"))
    case = told(world, acting)
    page = page_of(school.get(f"/sent/{case.pk}/"))
    assert "Being assessed" in page
    assert "Thank you" in page
    assert "A bruise on the cheek" in page
    assert "Secret to the front door" not in page
    assert "Amber" not in page


def test_another_agency_finds_no_such_page(world, school, acting):
    save(school, 1, **CHILD)
    save(school, 2, **WORRY)
    send(school)
    case = only_contact(world, acting)
    other = signed_in(world.accounts["other_school"])
    assert other.get(f"/sent/{case.pk}/").status_code == 404
    assert "has not sent anything yet" in page_of(other.get("/sent/"))


def test_what_the_public_sent_is_not_listed_for_everybody_who_works_for_the_council(world, settings, tmp_path):
    from teller import Teller

    settings.SIGHTLINE_HOME = tmp_path
    Teller().answer_all().send()
    for username in ("lead_worker", "team_manager", "officer"):
        page = page_of(signed_in(world.accounts[username]).get("/sent/"))
        assert "has not sent anything yet" in page, username
