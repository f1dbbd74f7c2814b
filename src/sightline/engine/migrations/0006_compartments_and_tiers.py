"""Which roles read a matter at all, how closely it is held, and who gave somebody a part in it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engine', '0005_deputies_at_meetings'),
        ('people', '0004_sealed_persons'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='compartment',
            field=models.CharField(default='front-door', max_length=20, verbose_name='which roles may read it at all'),
        ),
        migrations.AddField(
            model_name='case',
            name='tier',
            field=models.CharField(choices=[('open', 'Open to whoever works in its compartment'), ('team', "Those with a part in it, and the front door's managers"), ('restricted', 'Named people only'), ('sealed', 'Named people only, and nobody else may know that it is there')], default='open', max_length=10, verbose_name='how closely it is held'),
        ),
        migrations.AddField(
            model_name='involvement',
            name='granted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.worker'),
        ),
        migrations.RunSQL(
            "update engine_case set compartment = 'partnership' where concerns = 'partnership'",
            migrations.RunSQL.noop,
        ),
    ]
