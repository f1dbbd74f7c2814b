"""Sends every migration to the owner's connection: the application's own may not change the shape of anything."""

from typing import Any

OWNER = "owner"


class OwnerMigrates:
    """A Django database router: tables change through the `owner` alias, and rows through `default`."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether `db` may be migrated; true of the owner's alias alone."""
        return db == OWNER

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        """Both aliases reach the one database, so any two rows may refer to each other."""
        return True
