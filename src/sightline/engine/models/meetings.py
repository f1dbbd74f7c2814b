"""Meeting, a shared part: who was asked, who came or wrote in, what each thought, and who was sent the record."""

from django.db import models
from django.db.models import Q

from .cases import Case, CaseStep, CaseSubject, Spine


class Meeting(Spine):
    """One sitting. A matter that has to reconvene has several."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(default=1)
    called_at = models.DateTimeField()
    planned_for = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    chair = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    quorate = models.BooleanField(null=True)
    missing = models.JSONField("required agencies neither there nor in writing", default=list)
    minutes = models.JSONField("sections made from the record", default=list)
    minutes_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"Meeting {self.number}"


class Seat(Spine):
    """An agency's place at a meeting: invited, and then there, in writing, apologies or no answer."""

    class Presence(models.TextChoices):
        HERE = "here", "Here"
        WROTE_IN = "wrote-in", "Wrote in"
        APOLOGIES = "apologies", "Apologies"
        NO_ANSWER = "no-answer", "No answer"
        DEPUTY = "deputy", "Deputy came"
        NO_APOLOGY = "no-apology", "No apology"
        NOT_REQUIRED = "not-required", "Not required"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField("name of the person, where not a worker here", max_length=120, blank=True)
    discipline = models.CharField("what the quorum rule counts it as", max_length=20)
    required = models.BooleanField(default=False)
    why = models.CharField("why they are asked", max_length=200, blank=True)
    invited_at = models.DateTimeField()
    presence = models.CharField(max_length=20, choices=Presence, blank=True)
    deputy = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    absence_reason = models.CharField(max_length=200, blank=True)
    wrote = models.TextField("written input", blank=True)
    dissent = models.TextField("where they disagree, and why", blank=True)

    class Meta:
        ordering = ("-required", "discipline")

    def __str__(self) -> str:
        return self.discipline


class HarmView(Spine):
    """One agency's view of the harm to one child."""

    class View(models.TextChoices):
        NONE = "none", "No concern"
        SOME = "some", "Some concern"
        SIGNIFICANT = "significant", "Significant harm likely"
        UNABLE = "unable", "Not able to say"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="views")
    subject = models.ForeignKey(CaseSubject, on_delete=models.PROTECT, related_name="views")
    view = models.CharField(max_length=20, choices=View)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seat", "subject"], name="harm_view_once"),)

    def __str__(self) -> str:
        return self.get_view_display()


class Circulation(Spine):
    """That one recipient should have the record of a meeting or an outcome: sent, opened, late or withheld."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="circulation")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="circulation")
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=120, blank=True)
    family = models.BooleanField(default=False)
    why = models.CharField("why they get it", max_length=200)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    withheld = models.CharField("reason it is withheld", max_length=300, blank=True)
    withheld_by = models.ForeignKey(CaseStep, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(sent_at__isnull=False), name="circulation_sent_before_opened"
            ),
        )
        indexes = (models.Index(fields=["agency", "sent_at"], name="circulation_agency"),)

    def __str__(self) -> str:
        return self.why
