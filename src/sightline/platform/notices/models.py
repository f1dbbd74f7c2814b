"""The outbox. Addressed to a role at an agency, or to one worker; people are looked up when it is sent."""

from uuid import uuid4

from django.db import models


class Notice(models.Model):
    """One thing that one worker, or whoever holds a role, has to be told about one matter.

    case_id: of the case that it is about, which whoever is told of it has to see now. None: it names no case.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership_id = models.UUIDField()
    role = models.CharField(max_length=40, blank=True)
    agency_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    page = models.CharField("where it is read, where that is no case's page", max_length=100, blank=True)
    reference = models.CharField(max_length=20)
    concerns = models.CharField("what the matter concerns: child, or partnership", max_length=12, default="child")
    says = models.CharField("what has happened or is asked", max_length=200)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    emailed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField("times that emailing it was tried", default=0)
    try_after = models.DateTimeField(null=True)
    email_fault = models.CharField("why it could not be emailed", max_length=200, blank=True)

    @property
    def path(self) -> str:
        """Where on the site the matter is read."""
        return self.page or f"/cases/{self.case_id}/"

    class Meta:
        indexes = (
            models.Index(fields=["worker_id", "-created_at"], name="notice_worker"),
            models.Index(fields=["role", "agency_id", "-created_at"], name="notice_role"),
            models.Index(fields=["-created_at", "id"], name="notice_newest"),
            models.Index(fields=["created_at"], name="notice_unsent", condition=models.Q(emailed_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.says}"


class NoticeRead(models.Model):
    """That one account has read one notice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    account_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "account_id"], name="notice_read_once"),)

    def __str__(self) -> str:
        return f"{self.notice_id} read"
