"""A scrutineer holds no role beside it that endorses, signs, agrees, moderates or answers for an agency."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

APART = [
    *("scrutineer", "group-chair", "lead-partner", "safeguarding-partner", "front-door-manager", "duty-manager"),
    *("service-manager", "team-manager", "support-hub", "data-analyst", "moderator", "agency-signatory"),
    *("assurance-lead", "agency-lead", "lead-worker", "business-support", "information-governance"),
]


class Migration(migrations.Migration):
    dependencies = (("people", "0006_scrutineer_is_independent"),)
    operations = (
        migrations.RemoveConstraint("roleheld", "scrutineer_is_independent"),
        migrations.AddConstraint(
            "roleheld",
            django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("role__in", APART)),
                expressions=[
                    ("worker", "="),
                    ("partnership", "="),
                    (
                        models.Func(
                            models.F("valid_from"),
                            models.F("valid_to"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Case(
                            models.When(role="scrutineer", then=1), default=0, output_field=models.IntegerField()
                        ),
                        "<>",
                    ),
                ],
                name="scrutineer_is_independent",
                violation_error_message="Nobody holds both of these roles at once. End the other role first.",
            ),
        ),
    )
