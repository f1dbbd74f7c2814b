"""What opens a record for a time, and what closes it to one person."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('engine', '0006_compartments_and_tiers'),
        ('people', '0004_sealed_persons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnDetails',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('whose', models.CharField(choices=[('self', 'Their own'), ('relative', "A relative's, or somebody's they live with")], default='self', max_length=10)),
                ('given_names', models.CharField(max_length=100)),
                ('family_name', models.CharField(max_length=100)),
                ('date_of_birth', models.DateField(null=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.worker')),
            ],
            options={
                'verbose_name_plural': 'own details',
            },
        ),
        migrations.CreateModel(
            name='Glass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=60)),
                ('reason', models.CharField(max_length=40, verbose_name='key of the reason chosen')),
                ('words', models.TextField(verbose_name='why, in their own words')),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('review_due_at', models.DateTimeField()),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('finding', models.CharField(blank=True, choices=[('justified', 'It was right to open it'), ('part-needed', 'It was right, and they should have a part in the record'), ('not-justified', 'It was not right to open it')], max_length=20)),
                ('review_words', models.TextField(blank=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='engine.case')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.partnership')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'glasses',
                'indexes': [models.Index(fields=['account', 'ends_at'], name='glass_of_account'), models.Index(condition=models.Q(('reviewed_at__isnull', True)), fields=['review_due_at'], name='glass_to_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='glass_ends_after_opening'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('account')), _negated=True), _connector='OR'), name='glass_reviewed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(max_length=200, verbose_name='what was found, in words')),
                ('found_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(null=True)),
                ('cleared_words', models.TextField(blank=True)),
                ('cleared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('through', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.worker')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('worker', 'person'), name='interest_of_worker_once'), models.CheckConstraint(condition=models.Q(('cleared_at__isnull', True), ('cleared_by__isnull', False), _connector='OR'), name='interest_cleared_by_somebody')],
            },
        ),
    ]
