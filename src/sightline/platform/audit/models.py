"""One table: who, when (the database's clock), in what role, what, which objects, with what outcome."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class AuditRow(models.Model):
    """Append-only: the application role may insert and read; triggers refuse change even to the owner."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(db_default=Now())
    account_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True)
    agency = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    object_ids = ArrayField(models.UUIDField(), default=list)
    detail = models.JSONField(default=dict)
    outcome = models.CharField(max_length=20, default="allowed")
    request_id = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=40)

    class Meta:
        verbose_name = "audit row"
        indexes = (
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["account_id", "at"], name="audit_account_at"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"
