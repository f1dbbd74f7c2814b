"""Published files as we hold them: each file's revisions, and the figures that each revision gave."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from sightline.vocabulary.dataset import State


class PublishedFile(models.Model):
    """One dataset for one span of years. Sending it again adds a revision."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dataset = models.CharField(max_length=60)
    period = models.CharField(max_length=20)
    publisher = models.CharField(max_length=100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dataset", "period"], name="one_file_a_dataset_and_period"),)

    def __str__(self) -> str:
        return f"{self.dataset} {self.period}"


class Revision(models.Model):
    """One file as it arrived. Never changed afterwards but for being marked superseded."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.ForeignKey(PublishedFile, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    sender = models.CharField(max_length=100, help_text="The agency that sent the file.")
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=100)
    row_count = models.PositiveIntegerField(default=0)
    queries = models.JSONField(default=list, help_text="What we would ask the sender; none stopped the load.")
    superseded = models.BooleanField(default=False)

    class Meta:
        ordering = ("file", "number")
        constraints = (
            models.UniqueConstraint(fields=["file", "number"], name="revision_numbers_once_a_file"),
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(superseded=False), name="one_current_revision_a_file"
            ),
        )

    def __str__(self) -> str:
        return f"{self.file}, revision {self.number}"


HAS_VALUE = [State.GIVEN.value, State.NIL.value]


class PublishedFigure(models.Model):
    """One cell of a revision: a value, or the reason that there is none."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="figures")
    area_code = models.CharField(max_length=9)
    area_name = models.CharField(max_length=100)
    area_level = models.CharField(max_length=20)
    region_code = models.CharField(max_length=9, blank=True)
    time_period = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=60)
    period_label = models.CharField(
        max_length=30, blank=True, help_text="The publisher's own words for a period that is not simply a year."
    )
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    state = models.CharField(max_length=20)
    numerator = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["revision", "area_code", "time_period", "measure"], name="one_figure_an_area_year_and_measure"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, state__in=HAS_VALUE)
                | (models.Q(value__isnull=True) & ~models.Q(state__in=HAS_VALUE)),
                name="a_missing_figure_has_no_value",
            ),
        )

    def __str__(self) -> str:
        return f"{self.area_name} {self.time_period} {self.measure}"


class NeighbourSet(models.Model):
    """One edition of the statistical neighbours, which holds from one day to another; `valid_to` is None for now on."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="neighbour_set")
    edition = models.CharField(max_length=7)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.source} ({self.edition})"


class Neighbour(models.Model):
    """One area's neighbour in a set. Rank 1 is the nearest."""

    set = models.ForeignKey(NeighbourSet, on_delete=models.PROTECT, related_name="neighbours")
    area_code = models.CharField(max_length=9)
    neighbour_code = models.CharField(max_length=9)
    rank = models.PositiveSmallIntegerField()
    closeness = models.CharField(max_length=20)

    class Meta:
        ordering = ("set", "area_code", "rank")
        constraints = (
            models.UniqueConstraint(fields=["set", "area_code", "rank"], name="one_neighbour_a_rank"),
            models.UniqueConstraint(fields=["set", "area_code", "neighbour_code"], name="a_neighbour_once_a_set"),
        )

    def __str__(self) -> str:
        return f"{self.area_code} {self.rank}: {self.neighbour_code}"


class MeasureNote(models.Model):
    """What the interactive tool's own dictionary says of a measure. `polarity` is High, Low, or - for neither."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="measure_notes")
    measure = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    topic = models.CharField(max_length=100)
    polarity = models.CharField(max_length=10)
    unit = models.CharField(max_length=100, blank=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    kind_of_year = models.CharField(max_length=40, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    method = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["revision", "measure"], name="one_note_a_measure"),)

    def __str__(self) -> str:
        return self.name


class RefusedFile(models.Model):
    """What was wrong with a file that was refused: its faults, sealed, for the one who sent it, and never the file."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account_id = models.UUIDField()
    sealed = models.TextField(help_text="The file's name and hash, then its faults, a sealed piece a line.")
    refused_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"refused {self.refused_at:%Y-%m-%d %H:%M}"
