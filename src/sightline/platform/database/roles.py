"""The database roles: an owner that migrates, an application role that owns nothing and is always watched, a
reporting role that figures are worked out as, a sealer that adds to the audit's signed tree, and a door at which a
process asks for a token in an account's name.

A row-level policy does not bind the owner of a table, nor a superuser; so the site must never be either. Nobody signs
in as the reporting role: the site takes it for one transaction, and then reads only views in which nobody is named.
The site may never take the sealer's role, nor the door's: each has a login of its own, or in a trial the owner's.
"""

import psycopg
from psycopg import sql

OWNER_ROLE = "sightline_owner"
APP_ROLE = "sightline_app"
REPORT_ROLE = "sightline_report"
SEALER_ROLE = "sightline_sealer"
DOOR_ROLE = "sightline_door"
"""May do one thing: have a token made, by which a transaction says in whose name it works."""
NOT_THE_SITE_S = (SEALER_ROLE, DOOR_ROLE)
ROLES = (APP_ROLE, REPORT_ROLE, *NOT_THE_SITE_S)
DATABASE = "sightline"
MEMBERS_MAY_NOT_INHERIT = 160000
"""The first version of PostgreSQL in which a member of a role need not inherit what it may do."""
EXTENSIONS = ("pg_trgm", "btree_gist")


class RolesWrong(RuntimeError):
    """The application's role is missing, or could step round row-level security; the message says how to mend it."""


def make_roles_and_database(administrator: str, database: str = DATABASE) -> None:
    """Make the roles and the owner's database on the embedded server; what is there already is kept."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        if not _role_exists(connection, OWNER_ROLE):
            connection.execute(f"create role {OWNER_ROLE} login createrole nosuperuser nobypassrls")
        if not _role_exists(connection, APP_ROLE):
            connection.execute(f"create role {APP_ROLE} login nocreaterole nosuperuser nobypassrls")
            connection.execute(f"grant {APP_ROLE} to {OWNER_ROLE} with admin option")
        for role in (REPORT_ROLE, *NOT_THE_SITE_S):
            if not _role_exists(connection, role):
                login = "login" if role == DOOR_ROLE else "nologin"
                connection.execute(f"create role {role} {login} nosuperuser nobypassrls")
                connection.execute(f"grant {role} to {OWNER_ROLE} with admin option")
        found = connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone()
        if not found:
            words = sql.SQL("create database {} owner {}")
            connection.execute(words.format(sql.Identifier(database), sql.Identifier(OWNER_ROLE)))


def prepare_owner(connection: "psycopg.Connection[tuple[object, ...]]", app_login: str) -> None:
    """Before a migration: the other roles, what the application may do with tables to come, and the extensions.

    `connection` is the owner's, `app_login` the user name that the site connects with.
    Raises `RolesWrong` when this owner may not do it, with the statements that an administrator should run.
    """
    by_hand = "".join(
        [
            *(f"create role {role} nologin; " for role in ROLES),
            f"grant {', '.join(ROLES)} to {connection.info.user} with admin option",
            *(f"; create extension if not exists {name}" for name in EXTENSIONS),
        ]
    )
    try:
        for role in ROLES:
            if not _role_exists(connection, role):
                connection.execute(f"create role {role} nologin nosuperuser nobypassrls")
            if role in NOT_THE_SITE_S:
                # Whoever makes a role may grant it, but since PostgreSQL 16 not yet take it.
                connection.execute(f"grant {role} to current_user")
                continue
            for login in {connection.info.user, app_login} - {role}:
                _make_member(connection, role, login)
        for name in EXTENSIONS:
            connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as refused:
        raise RolesWrong(
            f"{connection.info.user} may not prepare the database ({refused.diag.message_primary}). "
            f"Have an administrator run this once in {connection.info.dbname}: {by_hand}; then migrate again."
        ) from refused
    allow = sql.SQL("alter default privileges in schema public grant {} to {}")
    for what in ("select, insert, update, delete on tables", "usage, select on sequences"):
        connection.execute(allow.format(sql.SQL(what), sql.Identifier(APP_ROLE)))


def check_app_role(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Make sure that the application role cannot bypass row-level security. Raises `RolesWrong` when it could."""
    row = connection.execute(
        "select rolsuper, rolbypassrls, (select count(*) from pg_class where relowner = pg_roles.oid) "
        "from pg_roles where rolname = %s",
        [APP_ROLE],
    ).fetchone()
    if row is None:
        raise RolesWrong(f"The role {APP_ROLE} is missing. Run: sightline migrate")
    superuser, bypasses, owned = row
    if superuser or bypasses:
        raise RolesWrong(
            f"The role {APP_ROLE} can step round row-level security. Have an administrator run: "
            f"alter role {APP_ROLE} nosuperuser nobypassrls"
        )
    if owned:
        raise RolesWrong(
            f"The role {APP_ROLE} owns {owned} tables or other relations, and an owner is not bound by row-level "
            f"security. Have an administrator run: reassign owned by {APP_ROLE} to {connection.info.user}"
        )


def _role_exists(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    return connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone() is not None


def _make_member(connection: "psycopg.Connection[tuple[object, ...]]", role: str, login: str) -> None:
    """Let a login take a role; what the reporting role may read, it reads only once it has taken that role.

    Before PostgreSQL 16 every member inherits, so the reporting role's views ask for themselves who is asking.
    """
    apart = role == REPORT_ROLE and connection.info.server_version >= MEMBERS_MAY_NOT_INHERIT
    if apart:  # whoever makes a role is a member of it, and yet may not take it
        found = connection.execute("select 1 where pg_has_role(%s, %s, 'SET')", [login, role])
    else:
        found = connection.execute(
            "select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member "
            "where r.rolname = %s and u.rolname = %s",
            [role, login],
        )
    if found.fetchone() is None:
        words = sql.SQL("grant {} to {} with inherit false" if apart else "grant {} to {}")
        connection.execute(words.format(sql.Identifier(role), sql.Identifier(login)))
