"""Rows that are true from a date to a date. `valid_from` is the first day, `valid_to` the day after the last."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, IntegerField, Q, When

from sightline.people.managers import DatedManager


class Identified(models.Model):
    """An opaque key, safe in an address: it says nothing about the row or how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class Dated(Identified):
    """A row with a known first day."""

    valid_from = models.DateField("from")
    valid_to = models.DateField("to", null=True, blank=True)

    objects = DatedManager()

    class Meta:
        abstract = True

    def in_force(self, on: date) -> bool:
        """Is the row true on this day?"""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or self.valid_to > on)


class DatedPerhaps(Dated):
    """A fact about a family, whose start is often not known. Null says so; a guessed date would be read as a fact."""

    valid_from = models.DateField("from", null=True, blank=True)  # type: ignore[assignment]

    class Meta(Dated.Meta):
        abstract = True


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
        violation_error_message="The end date is before the start date. Give an end date after it.",
    )


def never_beside(
    name: str, same: tuple[str, ...], column: str, one: str, others: tuple[str, ...]
) -> ExclusionConstraint:
    """With the same `same`, nobody's row says `one` in the column while another of their rows says one of `others`."""
    is_one = Case(When(**{column: one}, then=1), default=0, output_field=IntegerField())
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (_period(), RangeOperators.OVERLAPS),
            (is_one, RangeOperators.NOT_EQUAL),
        ],
        condition=Q(**{f"{column}__in": [one, *others]}),
        violation_error_message="Nobody holds both of these roles at once. End the other role first.",
    )


def _period() -> Func:
    return Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField())


def never_overlapping(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same `fields` are in force on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in fields), (_period(), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message="This is already recorded for some of those dates. End the other record first.",
    )
