"""Days that a duty never did, for the doctor to say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("jobs", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="Lost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=60)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("noted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "lost days",
                "constraints": [models.UniqueConstraint(fields=("duty", "first"), name="lost_once")],
            },
        ),
    )
