"""Evidence, a shared part: what shows that something was done, or that it made a difference."""

from django.db import models

from sightline.engine.models import Case, CaseStep
from sightline.engine.models.cases import Spine


class Evidence(Spine):
    """One piece of evidence, as it was entered; never changed, only added to.

    A figure is cited by reference and kept as it stood (see `parts/figures.py`).
    """

    append_only = True

    class Kind(models.TextChoices):
        DATA = "data", "A measure"
        AUDIT = "audit", "An audit"
        VOICE = "voice", "What children and families said"
        OBSERVATION = "observation", "Somebody saw practice"
        DOCUMENT = "document", "A document"

    class Grade(models.TextChoices):
        ACTIVITY = "activity", "Something was done"
        OUTPUT = "output", "Something was made or changed"
        OUTCOME = "outcome", "It made a difference for children"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    about = models.CharField("what it is evidence for: an item's key, or nothing", max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    grade = models.CharField(max_length=10, choices=Grade, blank=True)
    says = models.CharField("what it shows", max_length=1000)
    dated_on = models.DateField("the day it is from")
    where = models.CharField("where it is held: a title, a link or a file's name", max_length=500, blank=True)
    figure = models.CharField("reference of the figure", max_length=120, blank=True)
    figure_name = models.CharField(max_length=200, blank=True)
    figure_period = models.CharField(max_length=60, blank=True)
    figure_words = models.CharField(max_length=500, blank=True)
    figure_source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("dated_on", "id")
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.says


class File(Spine):
    """A file that somebody attached to a case, perhaps as one piece of its evidence; its contents lie in the store.

    `sha256` and `size` (bytes) are of the original, which stays in quarantine; `safe_sha256` and `safe_size` of the
    copy that is handed out. `reason` says in words why a file was refused.
    """

    class State(models.TextChoices):
        QUARANTINED = "quarantined", "Waiting for the virus check"
        CLEAN = "clean", "Checked"
        REFUSED = "refused", "Not accepted"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("name as it was given", max_length=200)
    kind = models.CharField("key of its kind", max_length=10)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    safe_sha256 = models.CharField(max_length=64, blank=True)
    safe_size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.QUARANTINED)
    reason = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-added_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="clean") | ~models.Q(safe_sha256=""), name="file_clean_has_a_safe_copy"
            ),
        )
        indexes = (models.Index(fields=["added_at"], name="file_waiting", condition=models.Q(state="quarantined")),)

    def __str__(self) -> str:
        return self.name
