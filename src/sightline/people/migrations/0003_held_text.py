from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("people", "0002_name_trigram"),)
    operations = (
        migrations.CreateModel(
            name="HeldText",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("page", models.CharField(max_length=500)),
                ("sealed", models.TextField()),
                ("held_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["account", "page"], name="held_text_one_a_page"),
                ],
            },
        ),
    )
