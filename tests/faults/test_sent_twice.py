"""A form sent twice at once, or again because its answer was lost, has one effect; two editors never overwrite."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from contacts import signed_in, told
from django.db import connection
from journey import Browsing, form_of
from world import make_world

from sightline.engine.models import Case, CaseStep
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
