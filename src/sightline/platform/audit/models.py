"""Who, when (the database's clock), in what role, what, which objects, with what outcome; and the seal on such rows.

The table of rows has two more columns, which only the sealer reads and the database fills: `number`, the order in which
rows were begun, and `written_in`, the transaction that wrote it. Migration 0002 makes them and grants what each may do.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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
            models.Index(fields=["worker_id", "at"], name="audit_worker_at"),
            GinIndex(fields=["object_ids"], name="audit_objects"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"


class Leaf(models.Model):
    """That a row was sealed: its position in the tree, from 0, and its hashes. Written by the sealer alone."""

    append_only = True

    position = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(unique=True)
    hash = models.BinaryField()
    commitment = models.BinaryField()

    def __str__(self) -> str:
        return f"position {self.position}: row {self.number}"


class Salt(models.Model):
    """What a row's commitment to its content was salted with; it goes when the content goes."""

    number = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return f"row {self.number}"


class TreeHead(models.Model):
    """A signed head of the tree, as `verifier.Head` describes it. Written by the sealer alone."""

    append_only = True

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    previous = models.BinaryField()
    key = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        verbose_name = "signed head"

    def __str__(self) -> str:
        return f"{self.size} rows at {self.at:%Y-%m-%d %H:%M:%S}"
