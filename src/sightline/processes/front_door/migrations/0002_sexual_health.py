"""A health agency may say that what it answers is sexual health."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('front_door', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='agencyenquiryrecord',
            name='sensitivity',
            field=models.CharField(blank=True, choices=[('all-asked', 'All agencies asked'), ('core', 'Social care, police, health'), ('front-door', 'Front door only'), ('sexual-health', 'Sexual health: managers at the front door, whoever holds the case, and your agency')], max_length=20, verbose_name='Who may see it?'),
        ),
    ]
