"""Files attached to a case, and PostgreSQL's own wall on them.

A file is seen by whoever sees into its case: that there is such a case is asked of the case's own wall, whatever that is
by then, and an agency that only told the front door of it does not see within. Scheduled work sees every file's row, to
bring it to the virus scanner; nobody deletes one.
"""

from importlib import import_module

import django.db.models.deletion
import uuid
from django.db import migrations, models

wall = import_module("sightline.engine.migrations.0002_row_level_security")
partnership = import_module("sightline.engine.migrations.0004_matters_of_the_partnership")

ONLY_TOLD = f"""select part.case_id from engine_involvement part
        where part.ends_at is null and part.part = 'referrer' and part.agency_id = any (array({wall.MY_AGENCIES}))"""
WITHIN = partnership.CASE_SEEN.replace(wall.my_cases(within=False), wall.my_cases(within=True))
SEEN = f"""exists (select from engine_case where engine_case.id = case_id)
    and (case_id <> all (array({ONLY_TOLD}))
        or exists (select from engine_case where engine_case.id = case_id and ({WITHIN})))"""
AT_WORK = f"exists ({wall.held('id', ('clockwork',))})"

WALL = f"""
    alter table parts_file enable row level security;
    create policy seen on parts_file for select using ({AT_WORK} or ({SEEN}));
    create policy attached on parts_file for insert with check ({SEEN});
    create policy checked on parts_file for update using ({AT_WORK}) with check ({AT_WORK});
"""


class Migration(migrations.Migration):

    dependencies = [
        ('engine', '0004_matters_of_the_partnership'),
        ('parts', '0001_initial'),
        ('people', '0003_held_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name as it was given')),
                ('kind', models.CharField(max_length=10, verbose_name='key of its kind')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('safe_sha256', models.CharField(blank=True, max_length=64)),
                ('safe_size', models.PositiveBigIntegerField(default=0)),
                ('state', models.CharField(choices=[('quarantined', 'Waiting for the virus check'), ('clean', 'Checked'), ('refused', 'Not accepted')], default='quarantined', max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.worker')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='engine.case')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='parts.evidence')),
            ],
            options={
                'ordering': ('-added_at', 'id'),
                'indexes': [models.Index(condition=models.Q(('state', 'quarantined')), fields=['added_at'], name='file_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'clean'), _negated=True), models.Q(('safe_sha256', ''), _negated=True), _connector='OR'), name='file_clean_has_a_safe_copy')],
            },
        ),
        migrations.RunSQL(WALL, migrations.RunSQL.noop),
    ]
