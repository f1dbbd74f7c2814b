"""Every write and every read of a case or a person leaves a row, in the same transaction, or does not happen."""

from collections import Counter
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from story import Story

from sightline.engine.amend import correct, override
from sightline.engine.models import Case, CaseStep, Seat
from sightline.engine.refusals import NotAllowed
from sightline.people.models import Person
from sightline.platform import audit, calendar
from sightline.platform.audit import UnauditedRead, log
from sightline.platform.audit.models import AuditRow
from sightline.platform.database import as_account

AWAY = "insert into nowhere values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


@pytest.fixture
def story(world, acting):
    return Story(world, acting)


def rows(action, subject=""):
    found = AuditRow.objects.filter(action=action)
    return list(found.filter(subject=subject) if subject else found)


# ---------------------------------------------------------------- writes


def test_each_step_leaves_a_row_that_names_who_and_what_but_nothing_that_was_said(story, world):
    case = story.told()
    (row,) = rows("step")
    assert row.object_ids == [case.pk]
    assert row.account_id == world.accounts["school"].pk
    assert row.detail["step"] == "tell"
    assert "bruise" not in str(row.detail) + row.subject + row.role
    assert row.code_version


def test_a_matter_that_is_opened_by_another_leaves_a_row_of_its_own(story):
    discussion = story.strategy(story.logged(story.told()))
    steps = [(row.detail["step"], row.object_ids) for row in rows("step")]
    assert ("identify_need", [discussion.pk]) in steps
    assert "hold_strategy_now" in {step for step, _ in steps}


def test_an_override_and_a_correction_leave_rows(story, acting, world):
    case = story.checked(story.logged(story.told()), ask=["ardenvale-police"])
    with acting(world.manager):
        override(case.pk, "propose", "agencies-answered", by=world.manager, reason="Police systems are down")
    with acting(world.school):
        correct(case.pk, 1, by=world.school, answers={"place": "The playground"}, reason="Wrong place")
    assert {"override", "correction"} <= {row.detail["step"] for row in rows("step")}


def test_a_step_that_is_rolled_back_leaves_no_row(story):
    case = story.told()
    before = AuditRow.objects.count()
    with transaction.atomic():
        story.take(case, "worker", "take")
        assert AuditRow.objects.count() > before
        transaction.set_rollback(True)
    assert AuditRow.objects.count() == before


def test_a_step_that_is_refused_leaves_no_row_of_having_been_taken(story):
    case = story.told()
    before = len(rows("step"))
    with pytest.raises(NotAllowed):
        story.take(case, "officer", "set_priority", rag="red", rag_reason="Unsafe")
    assert len(rows("step")) == before


def test_a_step_whose_row_cannot_be_written_does_not_happen(story, world, acting, monkeypatch):
    case = story.told()
    monkeypatch.setattr(log, "insert", lambda rows: AWAY)
    with pytest.raises(ProgrammingError):
        story.take(case, "worker", "take")
    monkeypatch.undo()
    with acting(world.worker):
        assert [row.step for row in CaseStep.objects.filter(case=case)] == ["tell"]


# ---------------------------------------------------------------- reads


def test_each_case_that_is_shown_is_named_in_one_row_of_the_request(story, world, acting):
    first, second, discussion = story.several()
    before = len(rows("read", "engine.Case"))
    with acting(world.worker):
        shown = {case.pk for case in Case.visible_to(world.worker).filter(process="contact")}
    row = rows("read", "engine.Case")[before:][-1]
    assert len(rows("read", "engine.Case")) == before + 1
    assert set(row.object_ids) == shown == {first.pk, second.pk}
    assert discussion.pk not in row.object_ids


def test_each_person_that_is_shown_is_named(story, world, acting):
    story.logged(story.told())
    with acting(world.worker):
        shown = {person.pk for person in Person.visible_to(world.worker)}
    assert set(rows("read", "people.Person")[-1].object_ids) == shown
    assert len(shown) == 2


@pytest.mark.parametrize(("who", "model", "which"), [("school", CaseStep, 0), ("other_school", Seat, 2)])
def test_whoever_is_shown_a_row_within_a_case_has_read_of_that_case(story, world, acting, who, model, which):
    case, before = story.several()[which], len(rows("read", "engine.Case"))
    with acting(getattr(world, who)):
        assert list(model.visible_to(getattr(world, who)))
    (row,) = rows("read", "engine.Case")[before:]
    assert case.pk in row.object_ids


def test_what_a_school_sent_is_shown_to_it_with_a_row_for_the_case(story, world):
    case = story.told()
    client = Client()
    client.force_login(world.accounts["school"], backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/sent/", f"/sent/{case.pk}/"):
        before = len(rows("read", "engine.Case"))
        assert case.reference in client.get(address).content.decode()
        (row,) = rows("read", "engine.Case")[before:]
        assert (row.object_ids, row.agency, row.role) == ([case.pk], "millbrook-school", "agency-lead")


def test_a_look_that_finds_nothing_names_nothing(story, world, acting):
    story.told()
    before = len(rows("read"))
    with acting(world.other_school):
        assert not Case.visible_to(world.other_school)
    assert len(rows("read")) == before


@pytest.mark.parametrize(
    "read",
    [
        list,
        lambda cases: cases.first(),
        lambda cases: cases.get(process="contact"),
        lambda cases: list(cases.select_related("owner").order_by("opened_at")[:5]),
        lambda cases: [*cases.filter(process="contact")],
    ],
)
def test_a_read_with_nobody_bound_as_the_reader_fails(story, world, read):
    story.told()
    with as_account(world.accounts["worker"].pk), pytest.raises(UnauditedRead, match="say who is reading"):
        read(Case.visible_to(world.worker))


def test_rows_under_sight_cannot_be_streamed_past_the_audit(story, world, acting):
    story.told()
    with acting(world.worker), pytest.raises(TypeError, match="page them instead"):
        Case.visible_to(world.worker).iterator()


def test_a_reading_whose_row_cannot_be_written_is_not_answered(story, world, monkeypatch):
    story.told()
    monkeypatch.setattr(log, "insert", lambda rows: AWAY)
    worker = world.accounts["worker"].pk
    with pytest.raises(ProgrammingError), as_account(worker), audit.request(account_id=worker):
        assert list(Case.visible_to(world.worker))
    assert rows("read", "engine.Case") == []


def test_a_page_names_its_reader_their_role_and_the_request(story, world, monkeypatch):
    case = story.told()
    browser = Client()
    browser.force_login(world.accounts["worker"], "django.contrib.auth.backends.ModelBackend")
    before = len(rows("read", "engine.Case"))
    page = browser.get(f"/cases/{case.pk}/", headers={"X-Request-Id": "request-of-a-test"})
    assert page.status_code == 200
    (row,) = rows("read", "engine.Case")[before:]
    assert case.pk in row.object_ids
    assert (row.account_id, row.role) == (world.accounts["worker"].pk, "front-door-worker")
    assert (row.worker_id, row.agency) == (world.worker.worker.pk, "ardenvale-council")
    assert row.request_id == page["X-Request-Id"] != "request-of-a-test"
    assert row.detail["given_id"] == "request-of-a-test", "a proxy's own log is found by it"


def test_the_time_of_a_row_is_the_database_s_own_whatever_the_server_believes(db):
    with calendar.frozen(datetime(2021, 3, 1, 9, tzinfo=UTC)):
        audit.record("look")
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp() - at < interval '1 minute' from audit_auditrow")
        assert cursor.fetchone() == (True,)


# ---------------------------------------------------------------- nobody changes what was written

CHANGES = ("update {} set id = id", "delete from {}", "truncate {} cascade")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", ["audit_auditrow", "engine_casestep"])
def test_the_site_cannot_change_or_remove_a_row(db, table, change):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", ["audit_auditrow", "engine_casestep"])
def test_neither_can_the_owner(owner_connection, table, change):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
        owner_connection.execute(change.format(table))


def test_a_correction_leaves_the_step_that_it_corrects_as_it_was(story, world, acting):
    case = story.told(place="The hall")
    with acting(world.school):
        before = CaseStep.objects.get(case=case, number=1)
        correct(case.pk, 1, by=world.school, answers={"place": "The playground"}, reason="Wrong place")
        after = CaseStep.objects.get(case=case, number=1)
    assert Counter(after.answers) == Counter(before.answers)
    assert after.answers["place"] == "The hall"
