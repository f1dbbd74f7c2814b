"""What each query pays for: less of it is planned anew.

Which openings somebody reviews is asked of a function, planned once a session: every page asks whether its reader has
a record open by glass, and hardly anybody reviews. An agency's part in a case is a value, planned once, as a row's case is.
"""

from importlib import import_module

from django.db import migrations

from . import _walled_tables as tables
from . import _what_is_seen as seen

again = import_module("sightline.access.migrations.0007_policies_planned_once").again


class Migration(migrations.Migration):
    dependencies = (("access", "0014_own_details_first"),)
    operations = (
        migrations.RunSQL(seen.VIEWS),
        migrations.RunSQL(again("engine_case", tables.SPINE["engine_case"])),
        migrations.RunSQL(again("people_relationship", tables.OF_PERSONS["people_relationship"])),
        migrations.RunSQL(again("access_glass", tables.OVERSIGHT["access_glass"])),
        migrations.RunSQL("drop view if exists wall_glass"),
    )
