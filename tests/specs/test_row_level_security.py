"""PostgreSQL's own wall: a query that forgets to ask who is looking shows no more than one that asks."""

import pytest
from django.db import ProgrammingError, connection, transaction
from story import Story
from world import WORKERS

from sightline.engine.models import Case
from sightline.people.models import Person
from sightline.platform import calendar
from sightline.platform.database import as_account

WALLED = (Case, Person)


@pytest.fixture
def story(world, acting):
    told = Story(world, acting)
    told.first, told.second, told.strategy_discussion = told.several()
    return told


def ids(rows):
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("model", WALLED)
def test_with_nobody_named_nothing_is_seen(story, model):
    assert model.objects.count() == 0
    with as_account(None):
        assert model.objects.count() == 0


@pytest.mark.parametrize("who", WORKERS)
@pytest.mark.parametrize("model", WALLED)
def test_without_the_application_s_filter_each_role_sees_the_same(story, acting, world, model, who):
    actor = getattr(world, who)
    with acting(actor):
        assert ids(model.objects.all()) == ids(model.visible_to(actor))


def test_the_front_door_sees_every_case_of_its_partnership(story, acting, world):
    with acting(world.worker):
        assert Case.objects.count() == 4  # two contacts, an enquiry and a strategy discussion
        assert Person.objects.count() == 3


def test_a_school_sees_the_contact_that_it_sent_and_no_other(story, acting, world):
    with acting(world.school):
        assert ids(Case.objects.all()) == {story.first.pk}


def test_an_agency_sees_what_it_was_asked_and_whom_about(story, acting, world):
    with acting(world.police):
        processes = set(Case.objects.values_list("process", flat=True))
        assert processes == {"agency-enquiry", "strategy-discussion"}
        assert Person.objects.count() == 3


def test_figures_alone_are_for_those_who_need_no_child_s_record(story, acting, world):
    for who in ("analyst", "scrutineer"):
        with acting(getattr(world, who)):
            assert Case.objects.count() == Person.objects.count() == 0


def test_an_account_that_was_closed_sees_nothing(story, acting, world):
    actor = world.worker
    account = world.accounts["worker"]
    account.is_active = False
    account.save()
    with acting(actor):
        assert Case.objects.count() == 0


def test_a_role_that_ended_today_sees_nothing(story, acting, world):
    actor = world.support
    actor.role.valid_to = calendar.today()
    actor.role.save()
    with acting(actor):
        assert Case.objects.count() == 0


def test_the_name_ends_with_its_block_and_the_one_around_it_comes_back(story, acting, world):
    with acting(world.worker):
        with acting(world.school):
            assert Case.objects.count() == 1
        assert Case.objects.count() == 4
    assert Case.objects.count() == 0


def test_nobody_opens_a_case_in_a_partnership_that_they_do_not_work_in(story, acting, world):
    from sightline.people.models import Partnership

    elsewhere = Partnership.objects.create(key="elsewhere", name="Elsewhere", invented=True)
    case = Case(partnership=elsewhere, process="contact", reference="C-222222", opened_at=calendar.now(), stage="new")
    with acting(world.worker), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        case.save(force_insert=True)


def test_the_site_s_role_owns_nothing_and_cannot_step_round_the_wall(db):
    with connection.cursor() as cursor:
        cursor.execute("select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("sightline_app", False, False)
        cursor.execute("select count(*) from pg_class where relowner = 'sightline_app'::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "alter table engine_case disable row level security",
        "drop policy seen on people_person",
        "create policy all_of_it on engine_case using (true)",
        "set role sightline_owner",
    ],
)
def test_the_site_s_role_cannot_take_the_wall_down(db, statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_query_that_tries_to_switch_the_wall_off_fails(story, acting, world):
    with acting(world.school), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local row_security = off")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("select count(*) from engine_case")
