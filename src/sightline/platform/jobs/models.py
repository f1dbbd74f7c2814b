"""One row for each duty: when it was last done."""

from django.db import models


class Tick(models.Model):
    """That a duty was done. A watcher alarms where `at` (the database's clock) is too long ago."""

    duty = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty} at {self.at:%Y-%m-%d %H:%M:%S}"
