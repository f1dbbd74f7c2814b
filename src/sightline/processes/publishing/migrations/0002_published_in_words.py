"""What the day of publishing is called on a page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='statementrecord',
            name='published_at',
            field=models.DateTimeField(null=True, verbose_name='Published'),
        ),
    ]
