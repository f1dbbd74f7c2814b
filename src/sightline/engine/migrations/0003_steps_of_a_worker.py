"""What somebody did today is found without reading all that they ever did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("engine", "0002_row_level_security"),)

    operations = (
        migrations.AddIndex(
            model_name="casestep",
            index=models.Index(fields=["worker", "-recorded_at"], name="step_worker_recorded"),
        ),
    )
