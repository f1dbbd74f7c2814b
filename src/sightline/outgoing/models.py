"""Files that somebody asks to take away: what for, how many people are in them, who agreed, and until when."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from sightline.people.managers import Sighted


class Export(Sighted, models.Model):
    """One request for one file. `content`: digest of the very content that a second person agreed to, where it counts.

    reasons: in plain words, why a second person is needed; none: it is ready at once.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV, for any spreadsheet"
        XLSX = "xlsx", "Excel workbook (XLSX)"
        HTML = "html", "Web page (HTML)"
        PDF = "pdf", "PDF, tagged for screen readers"
        DOCX = "docx", "Word (DOCX)"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("key of the kind of artefact", max_length=40)
    source = models.UUIDField("what it is made from")
    case = models.ForeignKey("engine.Case", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    file_format = models.CharField("format", max_length=10, choices=Format)
    purpose = models.CharField(max_length=300)
    people = models.PositiveIntegerField("how many people are in it", default=0)
    reasons = models.JSONField(default=list)
    content = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    decision_words = models.CharField("why", max_length=300, blank=True)
    ends_at = models.DateTimeField(null=True)
    taken = models.PositiveSmallIntegerField("times that it was taken", default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="export_second_person_is_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(name="export_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="export_ends_once_ready", condition=Q(ends_at__isnull=True) | Q(reasons=[]) | Q(agreed=True)
            ),
        )
        indexes = (
            models.Index(fields=["asked_by", "-asked_at"], name="export_asked"),
            models.Index(fields=["partnership", "kind"], name="export_waiting", condition=Q(agreed__isnull=True)),
        )
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.title} ({self.get_file_format_display()})"

    @property
    def needs_second_person(self) -> bool:
        return bool(self.reasons)
