"""Persons known only to those named on their case."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_held_text'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='sealed',
            field=models.BooleanField(default=False, verbose_name='known only to those named on their case'),
        ),
    ]
