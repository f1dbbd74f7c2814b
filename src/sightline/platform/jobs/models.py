"""When was each duty last done, and which days did one never do?"""

from django.db import models


class Tick(models.Model):
    """That a duty was done. A watcher alarms where `at` (the database's clock) is too long ago."""

    duty = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty} at {self.at:%Y-%m-%d %H:%M:%S}"


class Lost(models.Model):
    """Days that a duty never did, and that lay too far back when it was done again."""

    duty = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "lost days"
        constraints = (models.UniqueConstraint(fields=["duty", "first"], name="lost_once"),)

    def __str__(self) -> str:
        return f"{self.duty}: {self.first} to {self.last}"
