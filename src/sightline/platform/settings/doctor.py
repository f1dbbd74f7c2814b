"""What may be wrong with an installation, one small check each; a check that finds a fault says how to mend it."""

import os
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sightline.platform.settings.environment import Environment


@dataclass(frozen=True)
class Finding:
    """One check's result: what it looked at, whether that is right, and what it found or how to mend it."""

    check: str
    right: bool
    said: str


class Fault(Exception):
    """What a check found wrong; its message ends with the mend."""


Check = Callable[[Environment], str]


def findings(environment: Environment, checks: dict[str, Check]) -> Iterator[Finding]:
    """Run these checks in turn. A check that fails in an unforeseen way is itself a finding, never a crash."""
    for name, check in checks.items():
        try:
            yield Finding(name, True, check(environment))
        except Fault as fault:
            yield Finding(name, False, str(fault))
        except Exception as fault:
            yield Finding(name, False, f"could not be checked: {type(fault).__name__}: {fault}".strip())


def python_version(environment: Environment) -> str:
    """Python is new enough."""
    if sys.version_info < (3, 12):  # noqa: UP036 - whoever runs it with an old Python should be told
        raise Fault(f"Python is {sys.version.split()[0]}; 3.12 or newer is needed. Make .venv with a newer one.")
    return sys.version.split()[0]


def time_zone_data(environment: Environment) -> str:
    """The civil time of Europe/London can be worked out."""
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError as missing:
        raise Fault("There is no data for Europe/London. Install the package tzdata (pip, or Debian's).") from missing
    return "Europe/London is known"


def postgres_found(environment: Environment) -> str:
    """There is a database server to use, or programs to start one with."""
    from sightline.platform.database.binaries import NoPostgres, find_binaries

    if environment.database_url:
        return "DATABASE_URL names the server"
    try:
        binaries = find_binaries()
    except NoPostgres as missing:
        raise Fault(str(missing)) from missing
    if (major := binaries.major()) < 15:
        raise Fault(f"{binaries.folder} is PostgreSQL {major}; 15 or newer is needed. Set PG_BINDIR to a newer one.")
    return f"PostgreSQL {major} from {binaries.source}"


def database_answers(environment: Environment) -> str:
    """The site's own connection works, and works as the application role."""
    from django.db import OperationalError, connection

    from sightline.platform.database.roles import APP_ROLE

    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            user = cursor.fetchone()[0]
    except OperationalError as refused:
        raise Fault(
            f"The database does not let the site in: {str(refused).strip()}. Correct DATABASE_URL, start the server, "
            "or, if the role is missing, run: sightline migrate"
        ) from refused
    if user != APP_ROLE:
        raise Fault(f"The site works as {user}, not as {APP_ROLE}. Let DATABASE_URL log in as {APP_ROLE}.")
    return f"the site works as {user}"


def roles_right(environment: Environment) -> str:
    """The application role cannot step round row-level security."""
    from django.db import connections

    from sightline.platform.database.roles import RolesWrong, check_app_role
    from sightline.platform.database.routing import OWNER

    connections[OWNER].ensure_connection()
    try:
        check_app_role(connections[OWNER].connection)
    except RolesWrong as wrong:
        raise Fault(str(wrong)) from wrong
    return "the application role owns nothing and is bound by row-level security"


def login_apart(environment: Environment) -> str:
    """In production the site does not hold the owner's password."""
    from sightline.platform.database import connection_urls

    urls = connection_urls(environment)
    if environment.production and urls.app == urls.owner:
        raise Fault(
            "The site logs in as the owner of the tables. Give sightline_app a login of its own (alter role "
            "sightline_app login password ...), put that in DATABASE_URL, and keep the owner's in DATABASE_OWNER_URL."
        )
    return "the site and the migrations log in apart" if urls.app != urls.owner else "one login; right for a trial only"


def migrations_applied(environment: Environment) -> str:
    """The database is as new as the code."""
    from sightline.platform.database import waiting_migrations

    if waiting := waiting_migrations():
        raise Fault(f"{len(waiting)} migrations wait, {waiting[0]} first. Run: sightline migrate")
    return "all applied"


def audit_file_whole(environment: Environment) -> str:
    """No line of the audit's file beside the database was lost."""
    from sightline.platform.audit.beside import FAULT

    folder = environment.home / "audit"
    if (folder / FAULT).exists():
        raise Fault(
            f"Lines of the audit's file in {folder} could not be written; the rows in the database are there. Look at "
            f"the space and the rights on the disk, then remove {folder / FAULT}."
        )
    return f"kept in {folder}" if folder.exists() else "none yet"


def assets_built(environment: Environment) -> str:
    """The front-end files that pages ask for are there."""
    style = environment.assets / "govuk" / "govuk-frontend.min.css"
    if not style.is_file():
        raise Fault(f"{style} is missing, so pages would have no style. Run: make build/assets/.built")
    return str(environment.assets)


def secret_key_safe(environment: Environment) -> str:
    """Sessions are signed with a key that nobody can guess."""
    given = environment.sightline_secret_key
    if environment.production and (given is None or len(given) < 50):
        raise Fault("SIGHTLINE_SECRET_KEY is missing or short. Set it to at least 50 random characters.")
    return "given" if given else f"kept in {environment.home / 'secret-key'}"


def sign_in_safe(environment: Environment) -> str:
    """A password alone signs somebody in only to the invented demonstration on its own database."""
    from django.conf import settings

    if settings.DEMONSTRATION_SIGN_IN and not (environment.embedded and not environment.production):
        raise Fault(
            "A password alone signs people in to a real database. Unset it: sign-in needs a second factor there."
        )
    if environment.production and environment.embedded:
        raise Fault(
            "Production has no DATABASE_URL, so it would run on the demonstration's database. Set DATABASE_URL."
        )
    return "a password alone, on invented records" if settings.DEMONSTRATION_SIGN_IN else "with a second factor"


def held_to_https(environment: Environment) -> str:
    """Sign-ins to a database of its own travel over https, and so does the identity provider's word for them."""
    if not environment.production and not environment.embedded:
        raise Fault(
            "DATABASE_URL names a database, but SIGHTLINE_MODE is not production, so cookies may travel without https "
            "and pages are not held to it. Set SIGHTLINE_MODE=production, or unset DATABASE_URL."
        )
    if environment.oidc_server_url and not environment.oidc_server_url.startswith("https://"):
        raise Fault("OIDC_SERVER_URL is not an https address, so anybody between could sign in. Give its https one.")
    return "held to https" if environment.production else "the demonstration's own database, on this machine"


def email_sent(environment: Environment) -> str:
    """The mail server answers."""
    if not environment.email_host:
        if environment.production:
            raise Fault("No mail server is named, so notices stay inside Sightline. Set EMAIL_HOST and its companions.")
        return "printed, not sent"
    try:
        with smtplib.SMTP(environment.email_host, environment.email_port, timeout=10) as mail:
            mail.noop()
    except OSError as refused:
        raise Fault(
            f"{environment.email_host}:{environment.email_port} does not answer ({refused}). Correct EMAIL_HOST and "
            "EMAIL_PORT, or open the way to it."
        ) from refused
    return f"{environment.email_host} answers"


def duties_done(environment: Environment) -> str:
    """The worker does what is done on a schedule."""
    from sightline.platform.jobs import late_duties, lost_days
    from sightline.platform.jobs.acting import ROLE, account

    late = late_duties()
    if late and not environment.production and all(duty.since is None for duty in late):
        return "the worker has not run yet"
    if late:
        words = "; ".join(str(duty) for duty in late)
        raise Fault(f"{words}. Start the worker (sightline worker), or read what it says.")
    if lost := lost_days():
        words = "; ".join(map(str, lost))
        raise Fault(f"{words}: too long ago to make good. Tell whoever relies on it, and keep the worker running.")
    if account() is None:
        raise Fault(f"No service account holds the role {ROLE}, so scheduled work sees no case. Give it to one.")
    return "every duty was done in its time"


def audit_sealed(environment: Environment) -> str:
    """The sealer has its key and keeps up."""
    from sightline.platform.audit.keys import KeyRefused, check_private, key_file
    from sightline.platform.audit.reading import connect, newest_head, overdue

    with connect() as connection:
        newest, waiting = newest_head(connection), overdue(connection)
    if newest is None and not environment.production:
        return "nothing is sealed yet"
    try:
        check_private(key_file(environment))
    except KeyRefused as wrong:
        raise Fault(str(wrong)) from wrong
    if waiting:
        more = " or more" if waiting >= 10_000 else ""
        raise Fault(
            f"{waiting:,}{more} rows of the audit have waited over two minutes to be sealed. "
            "Start the sealer (sightline audit seal), or read what it says."
        )
    return f"{newest.size:,} rows sealed, the last at {newest.at}" if newest else "no row waits to be sealed"


def scanner_answers(environment: Environment) -> str:
    """The virus scanner for files that people attach is there, where one is named."""
    from sightline.platform.files.scanning import answers

    if not environment.sightline_clamd:
        return "none is named (SIGHTLINE_CLAMD), so files that people attach are not scanned"
    if not answers(environment.sightline_clamd):
        raise Fault(
            f"{environment.sightline_clamd} does not answer, so every file that is attached waits. "
            "Start clamd, or correct SIGHTLINE_CLAMD."
        )
    return f"{environment.sightline_clamd} answers"


def home_writable(environment: Environment) -> str:
    """Sightline can keep its state."""
    folder = next(path for path in [environment.home, *environment.home.parents] if path.exists())
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise Fault(f"{environment.home} cannot be written. Set SIGHTLINE_HOME to a folder of your own.")
    return str(environment.home)


CHECKS: dict[str, Check] = {
    "Python": python_version,
    "Time zones": time_zone_data,
    "State folder": home_writable,
    "PostgreSQL": postgres_found,
    "Secret key": secret_key_safe,
    "Front-end files": assets_built,
    "Web": held_to_https,
    "Email": email_sent,
    "Audit's file": audit_file_whole,
    "Virus scanner": scanner_answers,
}
DATABASE_CHECKS: dict[str, Check] = {
    "Sign-in": sign_in_safe,
    "Database": database_answers,
    "Logins": login_apart,
    "Roles": roles_right,
    "Migrations": migrations_applied,
    "Scheduled work": duties_done,
    "Audit": audit_sealed,
}
