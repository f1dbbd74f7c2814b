"""What is asked about reads afterwards: a purpose logged before, a sample looked at, and access that is unusual."""

from typing import cast
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.engine.models.cases import Spine


class Purpose(Spine):
    """Why somebody who is independent reads a matter today, or lists: asked before the first read, for that day."""

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("engine.Case", null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    reason = models.CharField("key of the purpose chosen", max_length=40)
    words = models.TextField("what for, in their own words")
    said_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "case", "day"], name="purpose_once_a_day"),
            models.UniqueConstraint(
                fields=["account", "day"], condition=Q(case=None), name="purpose_of_lists_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} ({self.case_id or 'lists'})"


class SampledRead(Spine):
    """One read of a case or of a person, drawn by chance, that a worker's manager says was right or is not sure of."""

    class Answer(models.TextChoices):
        RIGHT = "right", "Yes, it was right"
        NOT_SURE = "not-sure", "I am not sure"

    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    week = models.DateField("the Monday of the week of the read")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    audit_row = models.UUIDField()
    case = models.ForeignKey("engine.Case", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    drawn_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField("looked at by information governance", null=True)
    looked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    looked_words = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["manager", "week"], name="sample_of_manager", condition=Q(answer="")),)
        constraints = (
            models.UniqueConstraint(fields=["week", "audit_row", "case"], name="sampled_once"),
            models.UniqueConstraint(fields=["week", "audit_row", "person"], name="sampled_person_once"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(person__isnull=True), name="sampled_case_or_person"
            ),
            models.CheckConstraint(condition=~Q(manager=F("worker")), name="sample_looked_at_by_another"),
        )

    def __str__(self) -> str:
        return f"{self.worker_id} in the week of {self.week}"

    @property
    def record(self) -> tuple[str, UUID]:
        """What was opened, as `oversight_opened.Record`."""
        return ("engine.Case", self.case_id) if self.case_id else ("people.Person", cast(UUID, self.person_id))


class UnusualAccess(Spine):
    """Reads by one worker that differ from what work explains, and why they are listed; a prompt, never a finding."""

    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=30)
    day = models.DateField("the last day of the reads")
    says = models.CharField("why it is listed", max_length=300)
    records = ArrayField(models.UUIDField(), verbose_name="cases and people, as the rows say which")
    audit_rows = ArrayField(models.UUIDField())
    found_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    looked_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "unusual access"
        indexes = (models.Index(fields=["partnership", "day"], name="unusual_to_look_at", condition=Q(looked_at=None)),)
        constraints = (
            models.UniqueConstraint(fields=["partnership", "worker", "rule", "day"], name="unusual_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.worker_id} on {self.day}"
