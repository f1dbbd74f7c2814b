"""The analytics copy: what figures are worked out from names nobody, and only the reporting role may read it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from contacts import told as tell_about
from django.db import ProgrammingError, connection, transaction

from sightline.datasets.cin_census.models import Child
from sightline.datasets.intake import Asked, Origin, load_file
from sightline.demonstration.census import invent_census
from sightline.indicators.analytics_copy import analytics_copy
from sightline.indicators.copy_tables import COPY_TABLES
from sightline.indicators.declared import INDICATORS
from sightline.indicators.engine_room import TABLES
from sightline.indicators.models import ChildPopulation
from sightline.people.models import Agency, AgencyName, Person, Worker
from sightline.platform.audit.models import AuditRow
from sightline.platform.database.reporting import as_reporter

FROM_DATABASE = {name: table for name, table in COPY_TABLES.items() if table.view}
VIEWS = sorted({table.view for table in FROM_DATABASE.values()} | {"report_census"})
NAMED = (
    *("people_person", "people_worker", "people_account", "people_agencyname", "engine_case", "engine_casesubject"),
    *("engine_casestep", "cin_census_child", "cin_census_censusreturn", "report_census_child", "indicators_result"),
)


@pytest.fixture
def rows_held(world, acting, tmp_path):
    """A small invented census, a population and a contact in the invented partnership."""
    path = tmp_path / "census.xml"
    invent_census(path, "2025-26", children=40)
    load_file(path, Origin("ardenvale-council", "a test", world.analyst), Asked(year="2025-26"))
    ChildPopulation(partnership=world.partnership, middle_of=2025, children=48_000, source="Invented").save()
    tell_about(world)
    return world


@pytest.mark.django_db
@pytest.mark.parametrize("table", NAMED)
def test_the_reporting_role_cannot_read_a_table_in_which_somebody_is_named(table):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), as_reporter() as reporter:
        reporter.rows(table, ["id"])


def test_the_reporting_role_changes_nothing(rows_held):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), as_reporter():
        ChildPopulation.objects.update(children=1)


@pytest.mark.parametrize("view", [*VIEWS, "report_census_child"])
def test_the_site_s_own_role_sees_nothing_of_what_the_reporting_role_reads(rows_held, view):
    """From PostgreSQL 16 it may not even ask; before, its members inherit, and the view itself shows them no row."""
    seen = 0
    with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {view}")
        (seen,) = cursor.fetchone()
    assert seen == 0


@pytest.mark.django_db
def test_the_reporting_role_lasts_for_its_block_and_no_longer():
    with as_reporter():
        assert asking() == "sightline_report"
    assert asking() == "sightline_app"
    with pytest.raises(ZeroDivisionError), as_reporter():
        raise ZeroDivisionError
    assert asking() == "sightline_app"


@pytest.mark.django_db
@pytest.mark.parametrize("name", FROM_DATABASE)
def test_every_table_of_the_copy_has_a_view_with_its_columns_and_no_other(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", [FROM_DATABASE[name].view]
        )
        held = {column for (column,) in cursor.fetchall()}
    extra = {"partnership_id"} if FROM_DATABASE[name].of_partnership else set()
    assert held == set(COPY_TABLES[name].columns) | extra


def test_no_text_of_the_copy_holds_a_name_an_address_or_a_number_by_which_somebody_is_found(rows_held, acting):
    with acting(rows_held.analyst), analytics_copy(rows_held.partnership) as copy:
        texts = {
            text
            for name, table in COPY_TABLES.items()
            for column, kind in table.columns.items()
            if kind == "string"
            for (text,) in copy.ask(getattr(TABLES, name).select(column).distinct())
            if text
        }
        assert copy.counts["census_plans"] > 0
        assert copy.counts["contacts"] == 1
    found = " ".join(sorted(texts)).casefold()
    assert {"neg", "emo"} & set(found.split())
    with acting(rows_held.analyst):
        told = [child.la_child_id for child in Child.visible_to(rows_held.analyst)]
    with acting(rows_held.manager):
        told += [name for person in Person.visible_to(rows_held.manager) for name in person_names(person)]
    told += [name for worker in Worker.objects.all() for name in (worker.given_name, worker.family_name, worker.email)]
    told += [name.name for name in AgencyName.objects.all()] + [agency.key for agency in Agency.objects.all()]
    assert len(told) > 40
    assert not [name for name in told if len(name) > 2 and name.casefold() in found]


def test_a_child_is_a_number_that_joins_their_rows_and_means_nothing_else(rows_held, acting):
    with acting(rows_held.analyst), analytics_copy(rows_held.partnership) as copy:
        children = {child for (child,) in copy.ask(TABLES.census_referrals.select("child").distinct())}
    assert children <= set(range(1, 41))


def test_each_run_leaves_one_row_in_the_audit_with_its_definitions_and_how_many_rows_it_read(rows_held, acting):
    before = AuditRow.objects.filter(action="work out figures").count()
    with acting(rows_held.analyst), analytics_copy(rows_held.partnership):
        pass
    row = AuditRow.objects.filter(action="work out figures").latest("at")
    assert AuditRow.objects.filter(action="work out figures").count() == before + 1
    assert row.detail["definitions"] == {indicator.key: 1 for indicator in INDICATORS}
    assert row.detail["rows"]["census_referrals"] > 0
    assert row.detail["partnership"] == "ardenvale"


def test_another_partnership_s_rows_are_not_in_the_copy(rows_held, acting):
    from sightline.people.models import Partnership

    other = Partnership.objects.create(key="thornmere", name="Thornmere Partnership", invented=True)
    with acting(rows_held.analyst), analytics_copy(other) as copy:
        assert not any(copy.counts[name] for name, table in COPY_TABLES.items() if table.of_partnership)


def person_names(person):
    return [name for name in (getattr(person, "given_names", ""), getattr(person, "family_name", "")) if name]


def asking():
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return cursor.fetchone()[0]
