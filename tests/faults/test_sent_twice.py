"""A form sent twice at once, or again because its answer was lost, has one effect; two editors never overwrite."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import uuid4

import pytest
from contacts import signed_in, text_of, told
from django.db import OperationalError, connection
from journey import Browsing, form_of
from world import make_world

from sightline.engine.models import Case, CaseStep
from sightline.engine.perform import already_done
from sightline.platform import audit
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice

pytestmark = pytest.mark.slow
AT_ONCE = 4


@pytest.fixture
def world(server_database):
    return make_world()


def at_once(send):
    """What each of several senders was answered, all starting at the same moment."""
    together = Barrier(AT_ONCE)

    def one(number):
        together.wait(20)
        try:
            return send(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as senders:
        return list(senders.map(one, range(AT_ONCE)))


def kept(world, model, **which):
    account = world.manager.account.pk
    with as_account(account), audit.request(account_id=account):
        return list(model.objects.filter(**which))


def logging_form(world, case):
    """The form of "Log this contact", filled in, and its address."""
    page = Browsing(signed_in(world, "worker")).step(case, "log")
    return f"/cases/{case.pk}/do/log/", {**form_of(page)[1], "source": "2A", "identified-0-is_person": "new"}


def test_one_form_sent_many_times_at_once_is_one_step(world):
    case = told(world)
    address, fields = logging_form(world, case)
    clients = [signed_in(world, "worker") for _ in range(AT_ONCE)]
    answers = at_once(lambda number: clients[number].post(address, fields).status_code)
    assert answers == [302] * AT_ONCE
    assert len(kept(world, CaseStep, case_id=case.pk, step="log")) == 1


def test_one_contact_sent_many_times_at_once_is_one_contact_with_one_notice(world):
    client, key = signed_in(world, "worker"), str(uuid4())
    child = {"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "children-0-age": "7", "in_danger": "no"}
    client.post("/tell/section/1", child)
    client.post("/tell/section/2", {"narrative": "A bruise on the cheek"})
    clients = [signed_in(world, "worker") for _ in range(AT_ONCE)]
    answers = at_once(lambda number: clients[number].post("/tell/send", {"idempotency_key": key}))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    (case,) = kept(world, Case, process="contact")
    assert len(kept(world, Notice, case_id=case.pk)) == 1


def test_sections_saved_at_once_are_all_kept(world):
    clients = [signed_in(world, "worker") for _ in range(AT_ONCE)]
    told_at_once = [
        ("1", {"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "children-0-given_names": "Marigold"}),
        ("2", {"narrative": "A bruise on the cheek"}),
        ("3", {"child_words": "I fell off nothing"}),
        ("5/draft", {"injury": "yes", "injury_described": "Two marks under the eye"}),
    ]
    clients[0].post("/tell/section/6", {})
    at_once(lambda number: clients[number].post(f"/tell/section/{told_at_once[number][0]}", told_at_once[number][1]))
    check = text_of(clients[0].get("/tell/check").content.decode())
    for said in ("Marigold", "A bruise on the cheek", "I fell off nothing", "Two marks under the eye"):
        assert said in check


def test_whoever_asks_whether_a_form_was_sent_waits_for_whoever_is_sending_it(world):
    worker, key = world.worker, uuid4()
    began, asked = Event(), Event()

    def sending():
        with as_account(worker.account.pk):
            already_done(worker, key)
            began.set()
            assert asked.wait(20)
        connection.close()

    with ThreadPoolExecutor(1) as sender:
        held = sender.submit(sending)
        assert began.wait(20)
        with as_account(worker.account.pk), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '100ms'")
            assert already_done(worker, uuid4()) is None
            with pytest.raises(OperationalError, match="lock timeout"):
                already_done(worker, key)
        asked.set()
        held.result()


def test_a_form_sent_again_after_its_answer_was_lost_leads_to_the_first_result(world):
    case = told(world)
    address, fields = logging_form(world, case)
    client = signed_in(world, "worker")
    client.post(address, fields)  # the answer never arrived
    again = client.post(address, fields, follow=True)
    assert "Already recorded at" in again.content.decode()
    assert len(kept(world, CaseStep, case_id=case.pk, step="log")) == 1


def test_of_two_editors_the_second_is_shown_what_the_first_did_and_keeps_what_they_typed(world):
    case = told(world)
    second = Browsing(signed_in(world, "second_worker"))
    page = second.step(case, "set_priority")
    address, fields = logging_form(world, case)
    assert signed_in(world, "worker").post(address, fields).status_code == 302
    held = second.send(page, rag="amber", rag_reason="An injury, explained")
    assert "Someone changed this while you were working" in held.text
    assert "Logged the contact" in held.text
    assert "An injury, explained" in held.text
    assert kept(world, CaseStep, case_id=case.pk, step="set_priority") == []
    second.send(held)
    (step,) = kept(world, CaseStep, case_id=case.pk, step="set_priority")
    assert step.answers["rag_reason"] == "An injury, explained"
