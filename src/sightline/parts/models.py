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
