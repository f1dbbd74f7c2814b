"""Whoever told of themself has answered; a match of the only reviewer is the service manager's to look at."""

from importlib import import_module

from django.db import migrations

from . import _walled_tables as tables

again = import_module("sightline.access.migrations.0007_policies_planned_once").again
ANSWERED = """
update people_worker worker set own_details_answered_at = now()
where exists (select from access_owndetails told where told.worker_id = worker.id)
"""


class Migration(migrations.Migration):
    dependencies = (("access", "0013_what_lists_are_read_for"), ("people", "0008_own_details_answered"))
    operations = (
        migrations.RunSQL(ANSWERED, migrations.RunSQL.noop),
        migrations.RunSQL(again("access_interest", tables.OVERSIGHT["access_interest"])),
    )
