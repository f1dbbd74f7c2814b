"""Whether a worker has said who they and their family are, so that those records can be kept from them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("people", "0007_scrutineer_beside_nobody_who_decides"),)
    operations = (
        migrations.AddField("worker", "own_details_answered_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("worker", "own_details_put_off_on", models.DateField(blank=True, null=True)),
    )
