"""Reads of a person are drawn and listed as reads of a case are; information governance is told no name of theirs."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from ._walled_tables import GOVERNED

# That there is such a person, and of which partnership: never a sealed one, nor one whom the asker is, or is close to.
NAMED = f"""
create function sightline_people_for_oversight(wanted uuid[])
returns table (id uuid, partnership_id uuid)
language sql stable security definer set search_path = pg_catalog, public rows 20 as $$
    select person.id, person.partnership_id
    from people_person person
    where person.id = any (wanted) and not person.sealed and person.partnership_id = {GOVERNED}
      and person.id not in (select wall_kept_persons())
$$;
revoke all on function sightline_people_for_oversight(uuid[]) from public;
grant execute on function sightline_people_for_oversight(uuid[]) to sightline_app;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("access", "0007_policies_planned_once"),
        ("people", "0006_scrutineer_is_independent"),
    )
    operations = (
        migrations.RenameField("unusualaccess", "cases", "records"),
        migrations.AlterField(
            "unusualaccess",
            "records",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), verbose_name="cases and people, as the rows say which"
            ),
        ),
        migrations.AlterField(
            "sampledread",
            "case",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="engine.case"
            ),
        ),
        migrations.AddField(
            "sampledread",
            "person",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            "sampledread",
            models.UniqueConstraint(fields=("week", "audit_row", "person"), name="sampled_person_once"),
        ),
        migrations.AddConstraint(
            "sampledread",
            models.CheckConstraint(
                condition=models.Q(("case__isnull", True), ("person__isnull", True), _connector="XOR"),
                name="sampled_case_or_person",
            ),
        ),
        migrations.RunSQL(NAMED, "drop function sightline_people_for_oversight(uuid[])"),
    )
