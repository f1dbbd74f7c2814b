"""Whoever works beside the one who opened a record without a part reviews it only where nobody else may."""

from django.db import migrations

from . import _what_is_seen as seen


class Migration(migrations.Migration):
    dependencies = (("access", "0010_matched_as_told"),)
    operations = (migrations.RunSQL(seen.AT_WORK + seen.GLASSES),)
