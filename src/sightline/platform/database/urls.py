"""The addresses of the database: the application's, the owner's and the door's."""

from dataclasses import dataclass
from urllib.parse import quote

from sightline.platform.database.place import recorded_place
from sightline.platform.database.roles import APP_ROLE, DATABASE, DOOR_ROLE, OWNER_ROLE
from sightline.platform.settings.environment import Environment, environment


@dataclass(frozen=True)
class Urls:
    """Addresses of one database, in libpq's URL form: `app` for the site, `owner` for migrations, `door` for tokens."""

    app: str
    owner: str
    door: str


def connection_urls(given: Environment | None = None) -> Urls:
    """Where the database is: `DATABASE_URL` and the others, else the embedded server of `SIGHTLINE_HOME`.

    Without `DATABASE_DOOR_URL` it is the owner that asks for tokens, and without `DATABASE_OWNER_URL` the site itself.
    Before the embedded server's first start the address is only where its socket would be.
    """
    given = given or environment()
    if given.database_url:
        owner = given.database_owner_url or given.database_url
        return Urls(given.database_url, owner, given.database_door_url or owner)
    place = recorded_place(given.home)
    socket = place.socket if place else given.home / "database" / "server" / "run"
    where = f"/{DATABASE}?host={quote(str(socket), safe='')}"
    app, owner, door = (f"postgresql://{role}@{where}" for role in (APP_ROLE, OWNER_ROLE, DOOR_ROLE))
    return Urls(app, owner, door)
