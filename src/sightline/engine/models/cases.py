"""A case, what was done to it, its clocks, the people it concerns, the agencies party to it, and what it opened."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.people.managers import Sighted
from sightline.vocabulary.process import Process, Stage, process_named


class Spine(Sighted, models.Model):
    """What every table of the spine has: an opaque key, and sight rules instead of free access."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class Case(Spine):
    """One matter moving through the stages of its process."""

    class Tier(models.TextChoices):
        OPEN = "open", "Open to whoever works in its compartment"
        TEAM = "team", "Those with a part in it, and the front door's managers"
        RESTRICTED = "restricted", "Named people only"
        SEALED = "sealed", "Named people only, and nobody else may know that it is there"

    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    process = models.CharField(max_length=60)
    version = models.CharField("declaration it was opened under", max_length=20)
    reference = models.CharField(max_length=20)
    concerns = models.CharField("child, or the partnership itself", max_length=12, default="child")
    compartment = models.CharField("which roles may read it at all", max_length=20, default="front-door")
    tier = models.CharField("how closely it is held", max_length=10, choices=Tier, default=Tier.OPEN)
    title = models.CharField("name of a matter that concerns no child", max_length=200, blank=True)
    stage = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(default=1)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    owner = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    named_owner = models.BooleanField("taken by a named worker, not only the duty manager's by default", default=False)
    answering = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["partnership", "reference"], name="case_reference_unique"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="case_closes_after_opening"
            ),
        )
        indexes = (
            models.Index(
                fields=["partnership", "process", "stage"], name="case_open", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["answering", "process", "stage"], name="case_answering"),
            models.Index(fields=["partnership", "process", "-opened_at"], name="case_recent"),
            models.Index(fields=["process", "closed_at"], name="case_closed"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def declared(self) -> type[Process]:
        return process_named(self.process)

    @property
    def at_stage(self) -> Stage:
        return self.declared.stages[self.stage]

    @property
    def open(self) -> bool:
        return self.closed_at is None


class Record(Sighted, models.Model):
    """Base of each process's typed columns: whatever is counted or ruled on. One row a case."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="%(class)s")

    class Meta:
        abstract = True


class CaseStep(Spine):
    """What was done: append-only, held so by grants and a trigger. A correction is another row."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=40)
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40)
    at = models.DateTimeField("when it happened")
    recorded_at = models.DateTimeField()
    account_id = models.UUIDField()
    worker = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    left_for_later = ArrayField(models.CharField(max_length=60), default=list)
    overrides = models.JSONField(default=list)
    late_reason = models.CharField(max_length=200, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="case_step_number"),
            models.UniqueConstraint(fields=["account_id", "idempotency_key"], name="case_step_done_once"),
        )
        indexes = (models.Index(fields=["worker", "-recorded_at"], name="step_worker_recorded"),)
        ordering = ("case", "number")

    def __str__(self) -> str:
        return f"{self.number} {self.step}"


class CaseClock(Spine):
    """A time limit running on a case. Its limit, source and calendar stay as they were when it started."""

    class Ended(models.TextChoices):
        MET = "met", "Met"
        LATE = "late", "Met late"
        REPLACED = "replaced", "Replaced"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    key = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    variant = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    limit = models.CharField("limit in words", max_length=80)
    clock_class = models.CharField(max_length=20)
    source = models.CharField(max_length=300)
    guidance = models.CharField(max_length=40, blank=True)
    calendar_version = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="clocks_started")
    due_at = models.DateTimeField()
    by_the_minute = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(CaseStep, null=True, on_delete=models.PROTECT, related_name="clocks_stopped")
    ended = models.CharField(max_length=10, choices=Ended, blank=True)

    class Meta:
        indexes = (models.Index(fields=["due_at"], name="clock_running", condition=Q(stopped_at__isnull=True)),)
        ordering = ("started_at", "key")

    def __str__(self) -> str:
        return f"{self.key} due {self.due_at:%Y-%m-%d}"


class CaseSubject(Spine):
    """A person as this case knows them: as told, and whom they turned out to be."""

    class Kind(models.TextChoices):
        CHILD = "child", "Child"
        ADULT = "adult", "Adult"

    class Disposition(models.TextChoices):
        INCLUDED = "included", "Included here"
        OWN_RECORD = "own-record", "Own record"
        NOT_AFFECTED = "not-affected", "Not affected"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CHILD)
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True)
    age = models.CharField(max_length=40, blank=True)
    relation = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    school = models.CharField(max_length=120, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    swept = models.BooleanField("found by the check of every other child", default=False)
    disposition = models.CharField(max_length=20, choices=Disposition, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=["person"], name="subject_person"),)

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip() or "Name not known"

    @property
    def is_child(self) -> bool:
        return self.kind == self.Kind.CHILD


class Involvement(Spine):
    """An agency's, or one worker's, part in a case: from, to and why. What lets an agency see the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    granted_by = models.ForeignKey("people.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["agency", "case"], name="involvement_agency"),
            models.Index(fields=["worker", "case"], name="involvement_worker"),
        )

    def __str__(self) -> str:
        return self.part


class Link(Spine):
    """That one case opened or concerns another, by which step."""

    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_in")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, default="opened")

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
