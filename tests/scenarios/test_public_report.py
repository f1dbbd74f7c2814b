"""Somebody without an account tells the front door about a child."""

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from teller import CHILD, WAY, WORRY, Teller

from sightline.engine.models import Case
from sightline.platform import calendar
from sightline.platform.settings.public_form import public_form_limits
from sightline.processes.front_door import intake

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.SIGHTLINE_HOME = tmp_path


def contacts(world, acting) -> list[Case]:
    with acting(world.worker):
        return list(Case.visible_to(world.worker).select_related("contactrecord").order_by("opened_at"))


def test_999_and_the_numbers_come_first_and_every_page_has_a_quick_exit(world):
    world.partnership.front_door_phone, world.partnership.out_of_hours_phone = "01632 960100", "01632 960101"
    world.partnership.save()
    from sightline.web.components import contact_details

    contact_details.forget()
    page = Client().get("/report/").content.decode()
    main = page[page.index('id="main-content"') :]
    assert main.index("call 999") < main.index("01632 960100") < main.index("01632 960101") < main.index("Start now")
    teller = Teller()
    for at, answers in WAY:
        assert "Exit this page" in teller.page
        assert "01632 960100" in teller.page
        teller.post(at, **answers)
    contact_details.forget()


def test_a_concern_becomes_a_contact_with_everything_that_was_said(world, acting):
    teller = Teller().answer_all()
    response = teller.send()
    assert response.status_code == 200
    assert "Received at" in teller.page
    assert "You will hear by the end of" in teller.page
    (case,) = contacts(world, acting)
    assert case.reference == teller.receipt[0]
    record = case.contactrecord
    assert (record.narrative, record.in_danger, record.channel) == (WORRY, "no", "public")
    assert (record.incident_when, record.source, record.referrer_contact) == ("Most nights", "1B", "07700 900001")
    assert "Who else lives there: A baby, and his new partner" in record.anything_else
    with acting(world.worker):
        child = case.subjects.get()
        assert (child.given_names, child.age) == ("Maya", "about 7")


def test_nothing_is_kept_in_the_browser(world):
    teller = Teller().answer_all()
    teller.send()
    assert not teller.client.cookies
    assert "no-store" in teller.client.get("/report/").headers["Cache-Control"]


def test_what_is_carried_from_page_to_page_cannot_be_read_or_changed(world):
    teller = Teller()
    for at, answers in WAY[:3]:
        teller.post(at, **answers)
    assert WORRY not in teller.carried
    teller.carried = teller.carried[:-8] + "AAAAAAAA"
    response = teller.post("when", incident_when="Today")
    assert response.status_code == 400
    assert teller.heading == "We could not read your answers"


def test_no_page_of_the_form_asks_the_database_anything_before_sending(world):
    from django.db import connection

    Client().get("/report/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Teller().answer_all()
    assert len(asked) == 0


def test_a_page_with_answers_is_never_stored_and_an_empty_one_may_be_for_the_back_button(world):
    teller = Teller()
    empty = teller.post("danger", in_danger="no")
    assert empty["Cache-Control"] == "private, no-cache"
    wrong = teller.post("what", narrative="")
    assert wrong["Cache-Control"] == "no-store"


def test_a_child_in_danger_is_first_a_call_to_999(world):
    teller = Teller()
    teller.post("danger", in_danger="yes")
    assert teller.heading == "Call 999 now"
    assert "I have called 999, continue" in teller.page
    teller.post("called-999")
    assert teller.heading == "Who is the child?"


@pytest.mark.parametrize(
    ("at", "answers", "message"),
    [
        ("danger", {}, "Select whether the child is in danger now"),
        ("what", {"narrative": " "}, "Tell us what has happened"),
        ("who", {**CHILD, "children-0-age": ""}, "Enter the child’s age, or select Not known"),
        (
            "who",
            {**CHILD, "children-0-age": "", "children-0-given_names": ""},
            "Tell us something about the child: a name, an age, or where they are",
        ),
        ("contact", {"may_contact": "yes"}, "Enter a phone number or an email address, or select No"),
    ],
)
def test_a_missing_answer_is_asked_for_in_plain_words_at_the_top_and_beside_the_field(world, at, answers, message):
    teller = Teller()
    teller.post(at, **answers)
    assert teller.page.count(message) == 2
    assert "<title>Error: " in teller.page


def test_a_name_an_age_or_a_place_is_enough(world):
    only = {"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "children-0-address": "The green house"}
    teller = Teller()
    teller.post("who", **only, **{"children-0-age_unknown": "on"})
    assert teller.heading == "What has happened?"


def test_an_answer_that_is_too_long_stays_on_the_page_with_how_much_to_cut(world):
    longest = public_form_limits().characters_of_an_answer
    words = "word\r\n" * (longest // 5) + "seventeen letters"
    teller = Teller()
    teller.post("what", narrative=words)
    assert "Cut 17 characters" in teller.page
    assert "seventeen letters" in teller.page


def test_a_line_that_is_too_long_says_how_much_to_cut(world):
    teller = Teller()
    teller.post("who", **{**CHILD, "children-0-age": "7" * 45})
    assert teller.page.count("This is 45 characters long. Cut 5 characters") == 2


def test_a_request_that_is_far_too_large_is_refused_before_it_is_read(world):
    teller = Teller()
    response = teller.post("what", narrative="x" * public_form_limits().body_bytes)
    assert response.status_code == 413
    assert "Nothing was sent" in teller.page


def test_several_children_are_added_and_taken_away_without_a_script(world, acting):
    teller = Teller()
    teller.post("danger", in_danger="no")
    teller.post("who", **CHILD, **{"add:children": "1"})
    assert teller.heading == "Who is the child?"
    assert 'value="Maya"' in teller.page
    two = {**CHILD, "children-TOTAL_FORMS": "2", "children-1-given_names": "Leo", "children-1-age_unknown": "on"}
    teller.answer_all(who=two).send()
    with acting(world.worker):
        (case,) = Case.visible_to(world.worker)
        assert {child.given_names for child in case.subjects.all()} == {"Maya", "Leo"}


def test_going_back_keeps_what_was_typed_even_when_it_is_wrong(world):
    teller = Teller()
    teller.post("danger", in_danger="no")
    teller.post("who", **CHILD)
    teller.post("what", narrative="", go="back")
    assert 'value="Maya"' in teller.page
    assert "There is a problem" not in teller.page


def test_an_answer_is_changed_from_the_check_page_and_leads_back_to_it(world):
    teller = Teller().answer_all()
    teller.post("check", change="what")
    assert WORRY in teller.page
    teller.post("what", narrative="Something else")
    assert teller.heading == "Check your answers before you send this"
    assert "Something else" in teller.page
    assert WORRY not in teller.page


def test_a_question_that_was_jumped_over_is_asked_before_anything_is_sent(world, acting):
    teller = Teller()
    teller.post("check", go="send")
    assert teller.heading == "Is the child in danger right now?"
    assert not contacts(world, acting)


def test_sending_twice_is_one_contact_with_one_reference(world, acting):
    teller = Teller().answer_all()
    before = teller.carried
    teller.send()
    first, teller.carried = teller.receipt, before
    teller.send()
    assert teller.receipt == first
    assert len(contacts(world, acting)) == 1


def test_the_same_words_again_give_the_first_reference_and_a_note(world, acting):
    first = Teller().answer_all()
    first.send()
    again = Teller().answer_all()
    again.send()
    assert again.receipt == first.receipt
    (case,) = contacts(world, acting)
    assert "Sent again in the same words" in case.contactrecord.anything_else


def test_the_same_words_from_somewhere_else_are_a_concern_of_their_own(world, acting):
    Teller().answer_all().send()
    Teller("192.0.2.77").answer_all().send()
    assert len(contacts(world, acting)) == 2


def test_going_back_to_add_something_and_sending_again_loses_neither(world, acting):
    teller = Teller().answer_all()
    teller.send()
    teller.post("what", narrative=f"{WORRY}. And today it was worse")
    teller.send()
    assert [case.contactrecord.narrative for case in contacts(world, acting)] == [
        WORRY,
        f"{WORRY}. And today it was worse",
    ]


def test_beyond_the_rate_a_concern_is_held_and_read_in_its_turn_never_refused(world, acting):
    limit = public_form_limits().from_one_address
    for number in range(limit + 1):
        teller = Teller().answer_all(what={"narrative": f"Worry {number}"})
        response = teller.send()
        assert response.status_code == 200
        assert teller.heading == "Sent"
    assert "waits to be read in its turn" in teller.page
    assert len(contacts(world, acting)) == limit
    assert intake.take_in_spool() == 1
    assert {case.reference for case in contacts(world, acting)} >= {teller.receipt[0]}


def test_no_address_is_kept_on_the_disk_or_beside_the_answers(world, acting, tmp_path):
    Teller("198.51.100.23").answer_all().send()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"198.51.100.23" in path.read_bytes() or "198.51" in path.name for path in kept)
    (case,) = contacts(world, acting)
    with acting(world.worker):
        assert "198.51.100.23" not in str(list(case.steps.values()))


def test_at_night_the_sender_learns_who_reads_it(world):
    from datetime import UTC, datetime

    with calendar.frozen(datetime(2026, 11, 24, 2, 10, tzinfo=UTC)):
        teller = Teller().answer_all()
        teller.send()
    assert "Received at 2:10am on Tuesday 24 November 2026" in teller.page
    assert "You will hear by the end of Wednesday 25 November 2026" in teller.page
    assert "opens at 9am today" in teller.page
    assert "emergency duty team" in teller.page


def test_somebody_who_does_not_want_a_reply_is_not_promised_one_and_leaves_nothing_of_themselves(world, acting):
    teller = Teller().answer_all(contact={"may_contact": "no"})
    teller.send()
    assert "You will hear" not in teller.page
    (case,) = contacts(world, acting)
    assert not case.contactrecord.referrer_contact


def test_the_form_never_asks_for_a_kind_of_abuse_an_nhs_number_consent_or_a_postcode(world):
    teller = Teller()
    seen = teller.page
    for at, answers in WAY:
        teller.post(at, **answers)
        seen += teller.page
    for word in ("neglect", "sexual", "emotional", "NHS number", "consent", "postcode", "captcha"):
        assert word.lower() not in seen.lower(), word


def test_every_page_of_an_invented_partnership_says_so(world):
    assert "every person, agency and place here is invented" in Client().get("/report/").content.decode()
    assert "every person, agency and place here is invented" in Teller().answer_all().page
