"""The migrated database, as the site finds it."""

from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from sightline.platform.database import as_account, waiting_migrations
from sightline.platform.database.roles import check_app_role

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.mark.django_db
def test_the_tests_themselves_run_as_the_role_that_row_level_security_binds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("sightline_app", False)


@pytest.mark.django_db
def test_the_application_role_owns_nothing(owner_connection: Connection) -> None:
    check_app_role(owner_connection)


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_migration_is_left_waiting() -> None:
    assert waiting_migrations() == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, interactive=False, verbosity=1)


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_table_that_only_grows_is_guarded(owner_connection: Connection) -> None:
    growing = {model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)}
    guarded = owner_connection.execute("select tgrelid::regclass::text from pg_trigger where tgname = 'append_only'")
    may_change = owner_connection.execute(
        "select table_name from information_schema.table_privileges where grantee = 'sightline_app' "
        "and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')"
    )
    assert growing
    assert growing == {str(table) for (table,) in guarded}
    assert not growing & {str(table) for (table,) in may_change}


@pytest.mark.django_db
def test_a_transaction_names_its_account_and_an_inner_one_gives_the_name_back() -> None:
    outer, inner = uuid4(), uuid4()
    with as_account(outer):
        with as_account(inner):
            assert _account() == str(inner)
        assert _account() == str(outer)


@pytest.mark.django_db
def test_a_block_that_fails_gives_the_outer_name_back() -> None:
    outer = uuid4()
    with as_account(outer):
        with pytest.raises(ZeroDivisionError), as_account(uuid4()):
            raise ZeroDivisionError
        assert _account() == str(outer)


def test_the_name_is_forgotten_with_the_transaction(server_database: str) -> None:
    with as_account(uuid4()):
        pass
    assert not _account()


def _account() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select sightline_whoami()")
        return str(cursor.fetchone()[0] or "")
