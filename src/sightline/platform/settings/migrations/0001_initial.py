import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="GuidanceVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("edition", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=300, verbose_name="issued by, and as what")),
                ("in_force_from", models.DateField()),
                ("in_force_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "guidance version",
                "ordering": ("in_force_from", "key"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_to__isnull", True),
                            ("in_force_to__gt", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="guidance_ends_after_it_begins",
                        violation_error_message="The edition has to end after it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalLimit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("partnership_key", models.SlugField(db_index=False, max_length=60, verbose_name="partnership")),
                ("rule_id", models.CharField(max_length=60, verbose_name="rule")),
                ("variant", models.CharField(blank=True, max_length=40)),
                ("limit", models.IntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working days", "working days"),
                            ("hours", "hours"),
                            ("working hours", "working hours"),
                            ("calendar days", "calendar days"),
                            ("months", "months"),
                            ("weeks", "weeks"),
                            ("school days", "school days"),
                            ("same day", "same day"),
                            ("end of working day", "end of working day"),
                            ("contacts", "contacts"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("decided_by", models.CharField(max_length=200, verbose_name="who decided")),
                ("source", models.CharField(max_length=300, verbose_name="where the decision is recorded")),
            ],
            options={
                "verbose_name": "local limit",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership_key", "rule_id", "variant", "valid_from"),
                        name="local_limit_once_a_day",
                        violation_error_message="There is already a limit for this rule from that day. Choose another day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="local_limit_ends_after_it_begins",
                        violation_error_message="The limit has to end after it begins.",
                    ),
                ],
            },
        ),
    ]
