"""PostgreSQL: found or started, reached by two roles, and told on whose behalf it reads.

`connection_urls` says where the database is; `start`, `stop` and `running` look after the embedded one; `migrate`
brings it up to date as its owner; `as_account` names the person for whom a transaction reads.
"""

from sightline.platform.database.context import as_account
from sightline.platform.database.health import database_answers
from sightline.platform.database.migrating import migrate, waiting_migrations
from sightline.platform.database.server import running, start, stop
from sightline.platform.database.urls import Urls, connection_urls

__all__ = [
    "Urls",
    "as_account",
    "connection_urls",
    "database_answers",
    "migrate",
    "running",
    "start",
    "stop",
    "waiting_migrations",
]
