"""What somebody was told of a case, and a file they asked for from it, they are shown while they see the case.

A notice's `case_id` is a case's from now on. Those to reviewers of openings and of matches named none that the reader
could see; they are read on a page of their own. Those about a file are about the file's case.
"""

from importlib import import_module

from django.db import migrations

from . import _walled_tables as tables

again = import_module("sightline.access.migrations.0007_policies_planned_once").again
ABOUT = """
update notices_notice notice set case_id = null, reference = 'GLASS ' || upper(left(glass.id::text, 8))
from access_glass glass
where notice.page = '/oversight/glasses/' and glass.case_id = notice.case_id and glass.review_due_at = notice.due_at;
update notices_notice set case_id = null, reference = '' where page <> '' and case_id is not null;
update notices_notice notice set case_id = export.case_id from outgoing_export export
where notice.page = '/exports/' || export.id || '/';
"""


class Migration(migrations.Migration):
    dependencies = (
        ("access", "0011_reviewed_from_outside"),
        ("notices", "0005_the_newest_first"),
        ("outgoing", "0001_initial"),
    )
    operations = (
        migrations.RunSQL(ABOUT),
        # Its own `seen` now shows what is about no case, too.
        migrations.RunSQL("drop policy page_seen on notices_notice"),
        migrations.RunSQL(again("notices_notice", tables.NOTICES["notices_notice"])),
        migrations.RunSQL(again("outgoing_export", tables.SOMEBODY_S["outgoing_export"])),
    )
