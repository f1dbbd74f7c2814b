"""One row for each thing that fails: how often in a row, and when last."""

from django.db import models


class Failures(models.Model):
    """`key` is a keyed digest of what is counted; a row goes when it is forgiven or too old to count."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "failures"
        indexes = (models.Index(fields=["last_at"], name="failures_old"),)

    def __str__(self) -> str:
        return f"{self.count} since {self.last_at:%H:%M}"
