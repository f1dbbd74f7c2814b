"""The addresses of the database: the application's and the owner's."""

from dataclasses import dataclass
from urllib.parse import quote

from sightline.platform.database.place import recorded_place
from sightline.platform.database.roles import APP_ROLE, DATABASE, OWNER_ROLE
from sightline.platform.settings.environment import Environment, environment


@dataclass(frozen=True)
class Urls:
    """Two addresses of one database, in libpq's URL form: `app` for the site, `owner` for migrations."""

    app: str
    owner: str


def connection_urls(given: Environment | None = None) -> Urls:
    """Where the database is: `DATABASE_URL` and `DATABASE_OWNER_URL`, else the embedded server of `SIGHTLINE_HOME`.

    Before the embedded server's first start the address is only where its socket would be.
    """
    given = given or environment()
    if given.database_url:
        return Urls(given.database_url, given.database_owner_url or given.database_url)
    place = recorded_place(given.home)
    socket = place.socket if place else given.home / "database" / "server" / "run"
    where = f"/{DATABASE}?host={quote(str(socket), safe='')}"
    return Urls(app=f"postgresql://{APP_ROLE}@{where}", owner=f"postgresql://{OWNER_ROLE}@{where}")
