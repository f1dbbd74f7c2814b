"""An independent scrutineer says what they read lists for, too: a purpose without a matter."""

import django.db.models.deletion
from django.db import migrations, models

from ._walled_tables import ME, MY_PARTNERSHIPS
from ._what_is_seen import OF_CASE

OF_MATTER = OF_CASE.format(table="access_purpose", column="case_id")
# What a list was read for is told to whoever may ask who looked at a record in it; that, the application says.
POLICIES = f"""
drop policy added on access_purpose;
create policy added on access_purpose for insert to sightline_app with check (
    account_id = {ME} and (case_id is null or {OF_MATTER}));
create policy lists_seen on access_purpose for select to sightline_app using (
    case_id is null and account_id in (
        select account.id from people_account account
        join people_roleheld colleague on colleague.worker_id = account.worker_id
        where colleague.partnership_id = {MY_PARTNERSHIPS}));
"""


class Migration(migrations.Migration):
    dependencies = (("access", "0012_told_while_seen"),)
    operations = (
        migrations.AlterField(
            "purpose",
            "case",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="engine.case"
            ),
        ),
        migrations.AddConstraint(
            "purpose",
            models.UniqueConstraint(
                condition=models.Q(("case", None)), fields=("account", "day"), name="purpose_of_lists_once_a_day"
            ),
        ),
        migrations.RunSQL(POLICIES),
    )
