"""A worker is matched to somebody told of on a case, too, before anybody has found whose record it is."""

import django.db.models.deletion
from django.db import migrations, models

from . import _who_asks as asks


class Migration(migrations.Migration):
    dependencies = (("access", "0009_glass_as_it_was_said"), ("engine", "0006_compartments_and_tiers"))
    operations = (
        migrations.AddField(
            "interest",
            "subject",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="engine.casesubject"
            ),
        ),
        migrations.AlterField(
            "interest",
            "person",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            "interest", models.UniqueConstraint(fields=("worker", "subject"), name="interest_as_told_once")
        ),
        migrations.AddConstraint(
            "interest",
            models.CheckConstraint(
                condition=models.Q(("person__isnull", True), ("subject__isnull", True), _connector="XOR"),
                name="interest_in_somebody",
            ),
        ),
        migrations.RunSQL(asks.KEPT),
    )
