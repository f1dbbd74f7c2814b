"""What the database's own wall lets be written, without the application."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from section_11 import add_thornmere, hold
from story import Story
from walls import asked, held_as, ids, of_cases
from world import make_world

from sightline.engine.models import Action, Case, CaseSubject, Involvement
from sightline.people.models import Identifier, Person
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow


@pytest.fixture
def world(server_database):
    """Committed, not within the test's own transaction, whose rows the wall lets it write about."""
    return make_world()


@pytest.fixture
def story(world, acting):
    told = Story(world, acting)
    told.first, told.second, told.strategy_discussion = told.several()
    return told


def test_nobody_changes_or_deletes_what_they_do_not_see(story, acting, world):
    tables = sorted(model._meta.db_table for model in of_cases())
    with acting(world.school):
        seen = ids(Case.objects.all())
        for table in tables:
            if asked("select has_table_privilege('sightline_app', %s, 'update')", table) == [(True,)]:
                assert asked(f"update {table} set case_id = case_id where case_id <> all (%s)", list(seen)) == 0, table
            if table != "web_draft":
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    asked(f"delete from {table}")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked("delete from engine_case")
        assert asked("update people_person set sealed = sealed") == 0
        assert asked("update people_identifier set value = value") == 0


def test_nobody_gives_themself_a_part_in_a_case_that_they_do_not_see(story, acting, world):
    part = dict(part="named", basis="Let me in", starts_at=calendar.now(), worker=world.school.worker)
    with acting(world.school), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Involvement.objects.create(case=story.second, **part)
    with acting(world.school):
        mine = Involvement.objects.filter(case=story.first)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            mine.update(case_id=story.second.pk)


def test_nobody_moves_what_they_see_into_a_partnership_where_they_hold_another_role(story, acting, world):
    elsewhere = add_thornmere(world)
    hold(world, world.worker.worker, "front-door-worker", "ardenvale-police", elsewhere)
    with acting(world.worker):
        subject = CaseSubject.objects.filter(case=story.first, person__isnull=False).first()
        for table, pk in (("engine_case", story.first.pk), ("people_person", subject.person_id)):
            with pytest.raises(ProgrammingError, match="keeps its partnership"), transaction.atomic():
                asked(f"update {table} set partnership_id = %s where id = %s", elsewhere.pk, pk)


def test_rows_of_a_case_are_written_with_the_case_before_anybody_sees_it(story, acting, world):
    at, pk = calendar.now(), uuid4()
    case = Case(
        pk=pk, partnership=world.partnership, process="contact", reference="C-333333", opened_at=at, stage="new"
    )
    with acting(world.other_school):
        with transaction.atomic():
            case.save(force_insert=True)
        assert not Case.objects.filter(pk=pk).exists()
        with transaction.atomic():
            Involvement.objects.create(
                case=case, agency=world.agency("tollgate-school"), part="referrer", basis="Told", starts_at=at
            )
        assert Case.objects.filter(pk=pk).exists()


def test_a_row_of_a_case_that_is_not_there_is_refused_as_one_of_a_case_that_is_not_seen(story, acting, world):
    refusals = []
    for case_id in (story.second.pk, uuid4()):
        row = Action(
            case_id=case_id,
            what="Call",
            who="Dee",
            agency=world.agency("millbrook-school"),
            due_on="2030-01-01",
            if_not="Call again",
        )
        with acting(world.school), pytest.raises(ProgrammingError) as refused, transaction.atomic():
            row.save(force_insert=True)
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]


def test_an_error_of_a_constraint_says_nothing_of_a_row_that_is_not_seen(story, acting, world):
    held_as(world, acting, story.second, tier="sealed")
    at = calendar.now()
    twin = Case(
        partnership=world.partnership, process="contact", reference=story.second.reference, opened_at=at, stage="new"
    )
    with acting(world.school), pytest.raises(IntegrityError) as refused, transaction.atomic():
        twin.save(force_insert=True)
    told = str(refused.value) + str(refused.value.__cause__.diag.message_detail)
    assert story.second.reference not in told
    assert str(story.second.pk) not in told


def test_a_number_that_a_hidden_person_holds_may_be_written_again(story, acting, world):
    with acting(world.clockwork):
        hidden = CaseSubject.objects.filter(case=story.second, person__isnull=False).first().person
        Identifier.objects.create(person=hidden, type="nhs", value="9434765919")
        Person.objects.filter(pk=hidden.pk).update(sealed=True)
    held_as(world, acting, story.second, tier="sealed")
    held_as(world, acting, story.strategy_discussion, tier="sealed")
    with acting(world.support):
        person = Person.objects.create(partnership=world.partnership, kind="child")
        Identifier.objects.create(person=person, type="nhs", value="9434765919")
        assert Identifier.objects.filter(value="9434765919").count() == 1


def test_nobody_writes_in_the_audit_in_another_s_name(story, acting, world):
    with acting(world.worker), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        AuditRow.objects.create(account_id=world.manager.account.pk, action="read", code_version="1")
