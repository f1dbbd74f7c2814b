"""The application role may not step round row-level security, and an owner who may not prepare the database is told."""

from collections.abc import Iterator

import psycopg
import pytest

from sightline.platform.database import server
from sightline.platform.database.append_only import guard_append_only
from sightline.platform.database.place import clear
from sightline.platform.database.roles import (
    MEMBERS_MAY_NOT_INHERIT,
    RolesWrong,
    check_app_role,
    prepare_owner,
)

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Place]:
    home = tmp_path_factory.mktemp("roles")
    yield server.start(home, durable=False)
    server.stop(home)
    clear(home)


@pytest.fixture
def administrator(place: server.Place) -> Iterator[Connection]:
    with psycopg.connect(
        psycopg.conninfo.make_conninfo(server.superuser_address(place), dbname="sightline")
    ) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def owner(place: server.Place) -> Iterator[Connection]:
    with psycopg.connect(host=str(place.socket), user="sightline_owner", dbname="sightline") as connection:
        yield connection
        connection.rollback()


def test_the_roles_as_made_are_right(owner: Connection) -> None:
    prepare_owner(owner, "sightline_app")
    check_app_role(owner)


def test_the_site_may_take_the_reporting_role_and_does_not_have_what_it_may_do_before(
    owner: Connection, place: server.Place
) -> None:
    prepare_owner(owner, "sightline_app")
    owner.commit()
    with psycopg.connect(host=str(place.socket), user="sightline_app", dbname="sightline") as site:
        site.execute("set local role sightline_report")
        assert site.execute("select current_user").fetchone() == ("sightline_report",)
        if site.info.server_version >= MEMBERS_MAY_NOT_INHERIT:
            found = site.execute("select pg_has_role('sightline_app', 'sightline_report', 'usage')")
            assert found.fetchone() == (False,)


def test_an_owner_who_also_runs_the_site_may_take_the_reporting_role(
    administrator: Connection, place: server.Place
) -> None:
    administrator.execute("create role everything login createrole; grant create on database sightline to everything")
    found = administrator.execute("select rolname from pg_roles where rolname ~ '^sightline_(?!owner)'").fetchall()
    for (role,) in found:
        administrator.execute(f"grant {role} to everything with admin option")
    administrator.execute("set local role everything")
    prepare_owner(administrator, "everything")
    administrator.execute("set local role sightline_report")
    assert administrator.execute("select current_user").fetchone() == ("sightline_report",)


def test_a_role_that_bypasses_row_level_security_is_refused(
    administrator: Connection,
) -> None:
    administrator.execute("alter role sightline_app bypassrls")
    with pytest.raises(RolesWrong, match="alter role sightline_app nosuperuser nobypassrls"):
        check_app_role(administrator)


def test_a_role_that_owns_a_table_is_refused(administrator: Connection) -> None:
    administrator.execute("create table mine (n int); alter table mine owner to sightline_app")
    with pytest.raises(RolesWrong, match="owns 1 tables"):
        check_app_role(administrator)


def test_tables_to_come_may_be_written_by_the_application_and_altered_only_by_the_owner(
    owner: Connection,
) -> None:
    prepare_owner(owner, "sightline_app")
    owner.execute("create table notes (n int)")
    owner.execute("set local role sightline_app")
    owner.execute("insert into notes values (1); update notes set n = 2; delete from notes")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("drop table notes")


def test_an_owner_who_may_not_prepare_the_database_is_given_the_statements_to_run(
    place: server.Place, administrator: Connection
) -> None:
    administrator.execute("create role plain_login login")
    administrator.execute("set local role plain_login")
    by_hand = "create role sightline_report nologin; .*grant sightline_app, sightline_report"
    with pytest.raises(RolesWrong, match=by_hand):
        prepare_owner(administrator, "sightline_app")


class Ledger:
    append_only = True

    class _meta:
        db_table = "ledger"


@pytest.mark.parametrize("change", ["update ledger set n = 2", "delete from ledger", "truncate ledger"])
@pytest.mark.parametrize("role", ["sightline_app", "sightline_owner"])
def test_a_table_that_only_grows_refuses_change_even_to_its_owner(owner: Connection, change: str, role: str) -> None:
    prepare_owner(owner, "sightline_app")
    owner.execute("create table ledger (n int)")
    assert guard_append_only(owner, [Ledger]) == ["ledger"]
    owner.execute(f"set local role {role}")
    owner.execute("insert into ledger values (1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute(change)
