"""The comparison itself can fail: a write taken away, a step done twice or a read without its row is named."""

from uuid import uuid4

import psycopg
import pytest
from world import make_world

from sightline.engine.perform import open_case
from sightline.platform import audit
from sightline.platform.database import as_account
from tests.faults.journal import Journal, Read, Sent, compare


@pytest.fixture
def told(server_database, durable_server):
    """A contact told under a key, as a client's journal has it, and a superuser's connection."""
    world = make_world()
    sent = Sent("worker", "tell", uuid4(), "worker 1", acknowledged=True, tries=1)
    answers = {"narrative": sent.mark, "people": [{"kind": "child", "age": "7"}], "channel": "portal"}
    account = world.worker.account.pk
    with as_account(account), audit.request(account_id=account, request_id="read-1"):
        step = open_case("contact", by=world.worker, partnership=world.partnership, answers=answers, key=sent.key)
        sent.case = str(step.case_id)
        audit.seen("engine.Case", [step.case_id])
    with psycopg.connect(durable_server, dbname=server_database, autocommit=True) as superuser:
        superuser.execute("set session_replication_role = replica")
        yield Journal(sent=[sent], reads=[Read("read-1", sent.case)]), superuser


def test_a_whole_record_has_nothing_wrong(told):
    journal, superuser = told
    assert compare(journal, superuser).sound


def test_an_acknowledged_write_that_is_gone_is_lost(told):
    journal, superuser = told
    superuser.execute("delete from engine_casestep")
    assert len(compare(journal, superuser).lost) == 1


def test_the_same_words_under_another_key_are_a_second_effect(told):
    journal, superuser = told
    superuser.execute(
        "insert into engine_casestep select (json_populate_record(s, json_build_object('id', gen_random_uuid(), "
        "'number', 2, 'idempotency_key', gen_random_uuid()))).* from engine_casestep s"
    )
    assert len(compare(journal, superuser).doubled) >= 2


def test_a_notice_queued_twice_is_a_second_effect(told):
    journal, superuser = told
    superuser.execute(
        "insert into notices_notice select (json_populate_record(n, json_build_object('id', gen_random_uuid()))).* "
        "from notices_notice n"
    )
    assert compare(journal, superuser).doubled


def test_what_was_refused_and_yet_done_is_an_effect_too_many(told):
    journal, superuser = told
    journal.sent[0].acknowledged = False
    assert len(compare(journal, superuser).doubled) == 1


def test_a_read_or_a_step_without_its_audit_row_is_named(told):
    journal, superuser = told
    superuser.execute("delete from audit_auditrow")
    assert len(compare(journal, superuser).unaudited) == 2
