"""Rows about children in a loaded census: whoever looks after its partnership's figures, and nobody else."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from world import WORKERS

from sightline.datasets.cin_census.models import CHILD_LEVEL, CensusReturn, Child, Referral
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow


@pytest.fixture
def census(world, acting):
    with acting(world.analyst):
        held = CensusReturn.objects.create(
            agency=world.agency("ardenvale-council"),
            partnership=world.partnership,
            year="2025-26",
            reference_date=date(2026, 3, 31),
            revision=1,
            sha256="0" * 64,
            file_name="invented.xml",
            loaded_at=calendar.now(),
            loaded_by="Bo Tarn",
        )
        child = Child.objects.create(census_return=held, la_child_id="A1", sex="F")
        Referral.objects.create(census_return=held, child=child, referral_date=date(2025, 5, 6))
    return held


@pytest.mark.parametrize("who", WORKERS)
def test_only_an_analyst_of_the_partnership_is_shown_a_census_or_a_child_of_it(census, world, acting, who):
    actor = getattr(world, who)
    with acting(actor):
        for model in (CensusReturn, Child, Referral):
            assert model.visible_to(actor).count() == (1 if who == "analyst" else 0)


@pytest.mark.parametrize("who", WORKERS)
def test_the_database_s_own_wall_says_the_same_but_for_scheduled_work(census, world, acting, who):
    with acting(getattr(world, who)):
        for model in (CensusReturn, Child, Referral):
            assert model.objects.count() == (1 if who in ("analyst", "clockwork") else 0)


def test_with_nobody_named_no_census_is_seen(census):
    assert CensusReturn.objects.count() == Child.objects.count() == 0


def test_the_wall_stands_round_every_table_of_the_census(db):
    tables = {model._meta.db_table for model in (CensusReturn, *CHILD_LEVEL)}
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relname like 'cin_census_%%'")
        assert {name for (name,) in cursor.fetchall()} == tables


def test_an_analyst_of_another_partnership_is_shown_nothing(census, world, acting):
    actor = world.analyst
    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere", invented=True)
    actor.role.partnership = elsewhere
    actor.role.save()
    with acting(actor):
        assert Child.objects.count() == Child.visible_to(actor).count() == 0


def test_a_scrutineer_may_not_write_a_child_into_a_census(census, world, acting):
    child = Child(census_return=census, la_child_id="A2")
    with acting(world.scrutineer), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        child.save(force_insert=True)


def test_reading_children_of_a_census_is_audited_as_reading_that_census(census, world, acting):
    with acting(world.analyst):
        assert [child.la_child_id for child in Child.visible_to(world.analyst)] == ["A1"]
    row = AuditRow.objects.get(action="read", subject="cin_census.CensusReturn")
    assert row.object_ids == [census.pk]
