"""Finds the audit rows that name a record: who has looked at it?

Nothing that is sealed changes. What a row says beside its columns (the page, what was relied on, the fields revealed, the
terms of a search) stands in its `detail`, which the leaf's salted commitment covers; so the form of a leaf is the same.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_sealed_tree")]

    operations = [
        migrations.AddIndex(
            model_name="auditrow",
            index=django.contrib.postgres.indexes.GinIndex(fields=["object_ids"], name="audit_objects"),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["worker_id", "at"], name="audit_worker_at"),
        ),
    ]
