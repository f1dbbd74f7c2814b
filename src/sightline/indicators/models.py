"""Figures as worked out: one row a figure, kept as it stood; a figure that changes is a new row beside the old one."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from sightline.people.managers import Sighted
from sightline.people.models import Partnership
from sightline.vocabulary.dataset import State

HAS_VALUE = [State.GIVEN.value, State.NIL.value]


class ChildPopulation(Sighted):
    """Children aged 0 to 17 who lived in a partnership's area on 30 June of a year: what every rate is divided by."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    middle_of = models.PositiveSmallIntegerField(help_text="The year of the 30 June that the children were counted on.")
    children = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("partnership", "middle_of")
        constraints = (
            models.UniqueConstraint(fields=["partnership", "middle_of"], name="one_population_a_partnership_and_year"),
        )

    def __str__(self) -> str:
        return f"{self.children} children on 30 June {self.middle_of}"


class Run(Sighted):
    """One time that a partnership's figures were worked out, from what, by which versions of the definitions."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=40)
    versions = models.JSONField(default=dict, help_text="The version of each indicator's definition.")
    row_counts = models.JSONField(default=dict, help_text="How many rows of each table were read.")
    sources = models.JSONField(default=dict, help_text="The revision of each census that was read, by its year.")
    changed = models.PositiveIntegerField(default=0, help_text="How many figures are new, or differ from before.")

    class Meta:
        ordering = ("partnership", "-at")
        indexes = (models.Index(fields=["partnership", "-at"], name="run_newest"),)

    def __str__(self) -> str:
        return f"Figures worked out {self.at:%Y-%m-%d %H:%M}"


class Result(Sighted):
    """One figure: an indicator, a period, for all or for one part. Never changed but for being marked superseded.

    `revision` counts from 1 and goes up when the figure, or the file that it comes from, changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=80)
    definition = models.PositiveSmallIntegerField("version of the definition")
    comes_from = models.CharField(max_length=10, help_text="census or cases: who may see it depends on it.")
    by = models.CharField("what it is split by", max_length=20, blank=True)
    group = models.CharField("which part this is", max_length=40, blank=True)
    kind = models.CharField(max_length=10)
    period = models.CharField(max_length=10)
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=10, decimal_places=1, null=True)
    numerator = models.DecimalField(max_digits=12, decimal_places=0, null=True)
    denominator = models.DecimalField(max_digits=12, decimal_places=0, null=True)
    state = models.CharField(max_length=20)
    revision = models.PositiveIntegerField()
    superseded = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    as_at = models.DateField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("partnership", "indicator", "by", "group", "period_start")
        constraints = (
            models.UniqueConstraint(
                fields=["partnership", "indicator", "by", "group", "kind", "period"],
                condition=models.Q(superseded=False),
                name="one_current_figure",
            ),
            models.UniqueConstraint(
                fields=["partnership", "indicator", "by", "group", "kind", "period", "revision"],
                name="figure_revision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, state__in=HAS_VALUE)
                | (models.Q(value__isnull=True) & ~models.Q(state__in=HAS_VALUE)),
                name="a_figure_not_there_has_no_value",
            ),
        )
        indexes = (
            models.Index(
                fields=["partnership", "indicator", "kind", "period_start"],
                name="figure_current",
                condition=models.Q(superseded=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator}:{self.period}:{self.revision}"
