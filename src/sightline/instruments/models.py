"""What was answered, how it was moderated, and who was asked: rows that are added and never changed."""

from django.db import models

from sightline.engine.models import Case, CaseStep
from sightline.engine.models.cases import Spine


class Answer(Spine):
    """One agency's answer to one question, in one version; the highest version is the answer now.

    score: None where the question does not apply to the agency, with the `reason`.
    """

    append_only = True

    class Origin(models.TextChoices):
        TYPED = "typed", "Answered here"
        CONFIRMED = "confirmed", "Confirmed from last time"
        SHARED = "shared", "Taken over from the return in another partnership"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="item_answers")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField("its key and version", max_length=40)
    item = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField("why it does not apply", max_length=500, blank=True)
    difference = models.TextField("how we know it makes a difference", max_length=5000, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.TYPED)
    from_reference = models.CharField("the return it comes from", max_length=20, blank=True)
    from_partnership = models.CharField(max_length=200, blank=True)
    from_on = models.DateField("when it was answered there", null=True)

    class Meta:
        ordering = ("item", "version")
        constraints = (models.UniqueConstraint(fields=["case", "item", "version"], name="answer_version"),)
        indexes = (models.Index(fields=["instrument", "item"], name="answer_item"),)

    def __str__(self) -> str:
        return f"{self.item}: {'not applicable' if self.score is None else self.score}"


class Moderation(Spine):
    """A moderator's score beside one version of an answer, which it never replaces; the latest one counts."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moderations")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="moderations")
    item = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField("which time it was moderated", default=1)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("item", "number")
        constraints = (models.UniqueConstraint(fields=["case", "item", "number"], name="moderation_number"),)

    def __str__(self) -> str:
        return f"{self.item}: {'not applicable' if self.score is None else self.score}"


class Asking(Spine):
    """That an agency was asked for a return in a cycle, or was not and why; the latest one counts."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="askings")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    asked = models.BooleanField()
    binding = models.CharField("bound, invited or other", max_length=10)
    basis = models.CharField(max_length=300)
    reason = models.CharField("why it is not asked", max_length=500, blank=True)

    class Meta:
        ordering = ("step__number", "agency__key")
        constraints = (models.UniqueConstraint(fields=["step", "agency"], name="asking_once_a_step"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {'asked' if self.asked else 'not asked'}"
