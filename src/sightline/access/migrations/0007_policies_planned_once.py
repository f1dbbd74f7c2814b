"""Every policy again, as `_walled_tables.py` and 0005 have it now: a row's case and person are asked for as a value.

And who asks is found out in one join. The rules are the same, and cost half as much: see decision 0025.
"""

from importlib import import_module

from django.db import migrations

from . import _what_is_seen as seen
from . import _who_asks as asks

WALLED = {
    **import_module("sightline.access.migrations.0002_second_wall").WALLED,
    "access_purpose": import_module("sightline.access.migrations.0005_oversight_walls").TABLES["access_purpose"],
}
ANEW = ("seen", "added", "changed", "deleted", "sealed")


def again(table: str, policies: str) -> str:
    return "".join(f"drop policy if exists {name} on {table};" for name in ANEW) + policies


class Migration(migrations.Migration):
    dependencies = (("access", "0006_what_never_changes"),)
    operations = (
        migrations.RunSQL(asks.HELD + asks.MINE + asks.KEPT + seen.PERSON),
        *(migrations.RunSQL(again(table, policies)) for table, policies in WALLED.items()),
    )
