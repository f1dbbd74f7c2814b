"""What opens a record for a time, and what closes it to one person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.engine.models.cases import Spine


class Glass(Spine):
    """A record opened by somebody with no part in it: why, until when, and what the review found.

    Custom: four hours, told at once, reviewed within two working days. A sealed record is never opened so.
    """

    class Finding(models.TextChoices):
        JUSTIFIED = "justified", "It was right to open it"
        PART_NEEDED = "part-needed", "It was right, and they should have a part in the record"
        NOT_JUSTIFIED = "not-justified", "It was not right to open it"

    case = models.ForeignKey("engine.Case", on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("key of the reason chosen", max_length=40)
    words = models.TextField("why, in their own words")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    told = ArrayField(models.UUIDField(), default=list)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=20, choices=Finding, blank=True)
    review_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "glasses"
        indexes = (
            models.Index(fields=["account", "ends_at"], name="glass_of_account"),
            models.Index(fields=["review_due_at"], name="glass_to_review", condition=Q(reviewed_at__isnull=True)),
        )
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="glass_ends_after_opening"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")), name="glass_reviewed_by_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} until {self.ends_at:%Y-%m-%d %H:%M}"


class OwnDetails(Spine):
    """What a worker told of themself and their family on joining, so that their own records can be kept from them."""

    class Whose(models.TextChoices):
        SELF = "self", "Their own"
        RELATIVE = "relative", "A relative's, or somebody's they live with"

    worker = models.ForeignKey("people.Worker", on_delete=models.CASCADE, related_name="+")
    whose = models.CharField(max_length=10, choices=Whose, default=Whose.SELF)
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    date_of_birth = models.DateField(null=True)
    postcode = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name_plural = "own details"

    def __str__(self) -> str:
        return f"{self.get_whose_display()} ({self.worker_id})"


class Interest(Spine):
    """That a worker is, or is close to, somebody on record: they see no case of theirs until a reviewer clears it.

    The worker is not told, and sees no row of this table. `through`: whose match it follows from, where it is of
    somebody who lives with or is related to that person. `subject`, in place of a person: somebody told of on a case
    whose record nobody had found; it keeps that case, and what came of it, from the worker.
    """

    worker = models.ForeignKey("people.Worker", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey("engine.CaseSubject", null=True, on_delete=models.CASCADE, related_name="+")
    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    through = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    how = models.CharField("what was found, in words", max_length=200)
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    cleared_words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["worker", "person"], name="interest_of_worker_once"),
            models.UniqueConstraint(fields=["worker", "subject"], name="interest_as_told_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(subject__isnull=True), name="interest_in_somebody"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(cleared_by__isnull=False), name="interest_cleared_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.worker_id} and {self.person_id or self.subject_id}"


from .oversight_models import Purpose, SampledRead, UnusualAccess  # noqa: E402

__all__ = ["Glass", "Interest", "OwnDetails", "Purpose", "SampledRead", "UnusualAccess"]
