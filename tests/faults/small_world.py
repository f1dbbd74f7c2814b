"""Writes the small invented partnership of `tests/world.py` into the database of `SIGHTLINE_HOME`, once."""

from sightline.cli.database import database_ready

if __name__ == "__main__":
    with database_ready():
        from django.conf import settings
        from django.db import transaction

        settings.PASSWORD_HASHERS = ["tests.faults.live_site.QuickHasher"]
        from tests.world import make_world

        with transaction.atomic():
            make_world()
