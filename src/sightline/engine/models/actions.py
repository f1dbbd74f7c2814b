"""Action, a shared part: what, who, by when, what if not, and how it was shown to be done."""

from django.db import models

from .cases import Case, CaseStep, Spine
from .meetings import Meeting


class Action(Spine):
    """One thing that one named person at one agency will do by a date."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveSmallIntegerField(default=1)
    what = models.CharField(max_length=500)
    who = models.CharField("named person", max_length=120)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    if_not = models.CharField("if it is not done by then", max_length=500)
    measure = models.CharField("how it will be seen to be done", max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    evidence = models.TextField(blank=True)
    dropped = models.CharField("reason it was dropped", max_length=500, blank=True)
    ended_by = models.ForeignKey(CaseStep, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.what
