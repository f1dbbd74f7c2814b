import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_held_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField(null=True)),
                ('review_date', models.DateField(null=True)),
                ('authorised_date', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CensusReturn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.CharField(help_text='The census year, such as 2025-26: 1 April to 31 March.', max_length=7)),
                ('reference_date', models.DateField()),
                ('revision', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('loaded_at', models.DateTimeField()),
                ('loaded_by', models.CharField(max_length=100)),
                ('rows', models.JSONField(default=dict, help_text='How many rows each table of the file has.')),
                ('faults', models.JSONField(default=list, help_text='Business-rule errors and queries; none stopped the load.')),
                ('superseded', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(help_text='Who sent it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.partnership')),
            ],
            options={
                'ordering': ('partnership', 'year', 'revision'),
            },
        ),
        migrations.CreateModel(
            name='AssessmentFactor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=3)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factors', to='cin_census.assessment')),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='census_return',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn'),
        ),
        migrations.CreateModel(
            name='Child',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('la_child_id', models.CharField(help_text="The council's own number for the child.", max_length=100)),
                ('upn_unknown', models.CharField(blank=True, max_length=3)),
                ('birth_date', models.DateField(null=True)),
                ('expected_birth_date', models.DateField(null=True)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('death_date', models.DateField(null=True)),
                ('ethnicity', models.CharField(blank=True, max_length=4)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.child'),
        ),
        migrations.CreateModel(
            name='Disability',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=4)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disabilities', to='cin_census.child')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('referral_date', models.DateField(null=True)),
                ('source', models.CharField(blank=True, max_length=2)),
                ('primary_need', models.CharField(blank=True, max_length=2)),
                ('closure_date', models.DateField(null=True)),
                ('closure_reason', models.CharField(blank=True, max_length=3)),
                ('conference_date', models.DateField(null=True)),
                ('no_further_action', models.BooleanField(null=True)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='cin_census.child')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProtectionPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField(null=True)),
                ('end_date', models.DateField(null=True)),
                ('initial_category', models.CharField(blank=True, max_length=3)),
                ('latest_category', models.CharField(blank=True, max_length=3)),
                ('previous_plans', models.PositiveSmallIntegerField(null=True)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.child')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='cin_census.referral')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PreProceedings',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField(null=True)),
                ('letter_sent_date', models.DateField(null=True)),
                ('meeting_offered', models.BooleanField(null=True)),
                ('meeting_facilitated', models.BooleanField(null=True)),
                ('first_meeting_date', models.DateField(null=True)),
                ('review_meetings', models.PositiveSmallIntegerField(null=True)),
                ('step_decision_date', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=1)),
                ('court_application_date', models.DateField(null=True)),
                ('court_letter_date', models.DateField(null=True)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.child')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='cin_census.referral')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanDates',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField(null=True)),
                ('end_date', models.DateField(null=True)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.child')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='cin_census.referral')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='cin_census.referral'),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('review_date', models.DateField(null=True)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='cin_census.protectionplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Section47',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField(null=True)),
                ('conference_target', models.DateField(null=True)),
                ('conference_date', models.DateField(null=True)),
                ('conference_not_required', models.BooleanField(null=True)),
                ('census_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.censusreturn')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cin_census.child')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='cin_census.referral')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='censusreturn',
            constraint=models.UniqueConstraint(fields=('agency', 'partnership', 'year', 'revision'), name='census_revision_numbers_once'),
        ),
        migrations.AddConstraint(
            model_name='censusreturn',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded', False)), fields=('agency', 'partnership', 'year'), name='one_current_census_a_year'),
        ),
    ]

