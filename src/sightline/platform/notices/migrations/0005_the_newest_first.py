"""The newest of somebody's notices are found by going through the newest of all, not by reading every one of theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("notices", "0004_pages"),)
    operations = (
        migrations.AddIndex(
            model_name="notice", index=models.Index(fields=["-created_at", "id"], name="notice_newest")
        ),
    )
