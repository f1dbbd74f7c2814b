"""What was open on a day is found without reading every case there ever was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("engine", "0006_compartments_and_tiers"),)
    operations = (
        migrations.AddIndex("case", models.Index(fields=["process", "closed_at"], name="case_closed")),
    )
