"""The audit cannot be written, in the database or beside it: nothing is shown or done, and the page says so plainly."""

import psycopg
import pytest
from contacts import signed_in, told
from journey import Browsing, form_of
from teller import Teller
from world import make_world

from sightline.engine.models import Case, CaseStep
from sightline.platform import audit
from sightline.platform.audit import beside
from sightline.platform.database import as_account
from sightline.processes.front_door.intake import take_in_spool

pytestmark = pytest.mark.slow


@pytest.fixture
def world(server_database):
    return make_world()


@pytest.fixture
def superuser(server_database, durable_server):
    with psycopg.connect(durable_server, dbname=server_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def file_beside(settings, tmp_path):
    """The folder of the second copy, on a disk that takes nothing once `break_file` was called."""
    settings.AUDIT_FOLDER = tmp_path / "audit"
    return settings.AUDIT_FOLDER


def break_file(folder):
    """Where the month's file should be there is a folder, which not even a superuser of the machine can write."""
    for file in folder.glob("*.jsonl"):
        file.rename(file.with_suffix(".before"))
        file.mkdir()


def mend_file(folder):
    for place in folder.glob("*.jsonl"):
        place.rmdir()
        place.with_suffix(".before").rename(place)


def break_sink(superuser):
    superuser.execute("alter table audit_auditrow add constraint sink_is_broken check (action is null) not valid")


def taken(world, case, step):
    account = world.manager.account.pk
    with as_account(account), audit.request(account_id=account):
        return CaseStep.objects.filter(case_id=case.pk, step=step).exists()


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
    assert not taken(world, case, "log")
    assert client.post(f"/cases/{case.pk}/do/log/", fields).status_code == 302, "the same form again, once it is mended"


def test_a_page_is_withheld_while_its_line_cannot_be_kept_beside_the_database(world, file_beside):
    case, client = told(world, "Quorra"), signed_in(world, "manager")
    client.raise_request_exception = False
    address = f"/cases/{case.pk}/"
    assert "Quorra" in client.get(address).content.decode()
    break_file(file_beside)
    answer = client.get(address)
    assert answer.status_code == 500
    assert "There is a problem with the service" in answer.content.decode()
    assert "Quorra" not in answer.content.decode()
    assert (file_beside / beside.FAULT).exists(), "the doctor says so until it is mended"
    mend_file(file_beside)
    assert "Quorra" in client.get(address).content.decode()


def test_a_step_is_not_taken_while_its_line_cannot_be_kept_beside_the_database(world, file_beside):
    case, client = told(world), signed_in(world, "worker")
    client.raise_request_exception = False
    fields = {**form_of(Browsing(client).step(case, "log"))[1], "source": "2A", "identified-0-is_person": "new"}
    break_file(file_beside)
    assert client.post(f"/cases/{case.pk}/do/log/", fields).status_code == 500
    mend_file(file_beside)
    assert not taken(world, case, "log")
    assert client.post(f"/cases/{case.pk}/do/log/", fields).status_code == 302, "the same form again, once it is mended"
    assert taken(world, case, "log")


def test_a_concern_of_the_public_waits_while_its_line_cannot_be_kept_and_comes_in_afterwards(
    world, file_beside, settings, tmp_path
):
    settings.SIGHTLINE_HOME = tmp_path
    told(world)
    break_file(file_beside)
    teller = Teller().answer_all()
    assert teller.send().status_code == 200
    assert teller.receipt
    mend_file(file_beside)
    assert take_in_spool() == 1
    with as_account(world.manager.account.pk), audit.request(account_id=world.manager.account.pk):
        assert Case.objects.filter(reference=teller.receipt[0]).exists()
