from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="times that emailing it was tried"),
        ),
        migrations.AddField(model_name="notice", name="try_after", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="notice",
            name="email_fault",
            field=models.CharField(blank=True, max_length=200, verbose_name="why it could not be emailed"),
        ),
    ]
