"""The audit cannot be written: nothing is shown and nothing is done, and the page says so plainly."""

import psycopg
import pytest
from contacts import signed_in, told
from journey import Browsing, form_of
from world import make_world

from sightline.engine.models import CaseStep
from sightline.platform import audit
from sightline.platform.database import as_account

pytestmark = pytest.mark.slow


@pytest.fixture
def world(server_database):
    return make_world()


@pytest.fixture
def superuser(server_database, durable_server):
    with psycopg.connect(durable_server, dbname=server_database, autocommit=True) as connection:
        yield connection


def break_sink(superuser):
    superuser.execute("alter table audit_auditrow add constraint sink_is_broken check (action is null) not valid")


def test_a_page_is_withheld_while_it_cannot_be_written_down(world, superuser):
    case, client = told(world, "Quorra"), signed_in(world, "manager")
    client.raise_request_exception = False
    address = f"/cases/{case.pk}/"
    assert "Quorra" in client.get(address).content.decode()
    break_sink(superuser)
    answer = client.get(address)
    assert answer.status_code in (500, 503)
    assert "There is a problem with the service" in answer.content.decode()
    assert "Quorra" not in answer.content.decode()
    superuser.execute("alter table audit_auditrow drop constraint sink_is_broken")
    assert "Quorra" in client.get(address).content.decode()


def test_a_step_that_cannot_be_written_down_is_not_taken(world, superuser):
    case, client = told(world), signed_in(world, "worker")
    client.raise_request_exception = False
    fields = {**form_of(Browsing(client).step(case, "log"))[1], "source": "2A", "identified-0-is_person": "new"}
    break_sink(superuser)
    answer = client.post(f"/cases/{case.pk}/do/log/", fields)
    assert answer.status_code in (500, 503)
    superuser.execute("alter table audit_auditrow drop constraint sink_is_broken")
    account = world.manager.account.pk
    with as_account(account), audit.request(account_id=account):
        assert not CaseStep.objects.filter(case_id=case.pk, step="log").exists()
    assert client.post(f"/cases/{case.pk}/do/log/", fields).status_code == 302, "the same form again, once it is mended"
