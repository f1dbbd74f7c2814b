"""Brings the database up to date as its owner, and makes sure that the site's own role is still bound."""

import sys

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from sightline.platform.database.append_only import guard_append_only
from sightline.platform.database.roles import check_app_role, prepare_owner
from sightline.platform.database.routing import OWNER


def migrate(verbosity: int = 0) -> None:
    """Prepare roles and extensions, apply every migration on the owner's connection, then check the roles.

    Django must be set up. Raises `RolesWrong` when the owner may not prepare the database, or when the application
    role could step round row-level security afterwards.
    """
    connection = _owner()
    prepare_owner(connection, connections.settings[DEFAULT_DB_ALIAS]["USER"])
    call_command("migrate", database=OWNER, interactive=False, verbosity=verbosity, stdout=sys.stderr)
    guard_append_only(connection, apps.get_models())
    check_app_role(connection)


def waiting_migrations() -> list[str]:
    """Names of the migrations not yet applied, `app.migration`, in the order in which they would run."""
    executor = MigrationExecutor(connections[OWNER])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _owner() -> "psycopg.Connection[tuple[object, ...]]":
    connections[OWNER].ensure_connection()
    connection: psycopg.Connection[tuple[object, ...]] = connections[OWNER].connection
    return connection
