"""What every register's entries and changes have in common: dates, and who changed what, when and why."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from sightline.engine.models import Record
from sightline.people.managers import Sighted
from sightline.platform.columns import choice, day, prose


class Entry(Sighted, models.Model):
    """One version of an entry: true from `valid_from` until the day before `valid_to`.

    A version is never edited. One that was replaced from its very first day ends on the day that it begins: it was
    never in force, and its history says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("in force from")
    valid_to = models.DateField("in force until", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("valid_from",)

    def in_force(self, on: date) -> bool:
        """Whether the version holds on this day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def true_once(name: str, *fields: str) -> tuple[models.BaseConstraint, ...]:
    """An entry has one version a day. Looked at when the step is complete: it ends one version and begins another."""
    period = Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField())
    return (
        models.CheckConstraint(
            name=f"{name}_ends_after_it_begins",
            condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            violation_error_message="The end is before the beginning. Give a later day.",
        ),
        ExclusionConstraint(
            name=f"{name}_true_once",
            expressions=[*((field, RangeOperators.EQUAL) for field in fields), (period, RangeOperators.OVERLAPS)],
            deferrable=models.Deferrable.DEFERRED,
            violation_error_message="This is already recorded for some of those days. Choose another day.",
        ),
    )


class Change(Record):
    """A proposed change to one entry of a register; each register's own record adds the columns of its entries."""

    class Kind(models.TextChoices):
        NEW = "new", "A new entry"
        CHANGE = "change", "A change to an entry"
        END = "end", "The end of an entry"

    kind = choice("What is proposed?", Kind)
    about = models.CharField("What it is about", max_length=200, blank=True)
    entry = models.CharField("Which entry", max_length=200, blank=True)
    effective_from = day("From which day?", "The first day on which the change holds. It may be a day to come.")
    reason = prose("Why is it changed?", "Read beside the change for as long as the register is kept.")
    backdated = prose(
        "If that day has passed: why is it recorded only now?",
        "Decisions may have been made since on what the register said then.",
    )
    note = prose("Is anything to be recorded with the approval?", "For example the minute that agreed it.")
    why_not = prose("Why does it not go ahead?")
    made = models.UUIDField("Version that it began", null=True, blank=True, editable=False)
    ended = models.UUIDField("Version that it ended", null=True, blank=True, editable=False)

    messages = {
        "kind": "Select what is proposed",
        "effective_from": "Enter the day from which it holds, like 27 3 2018",
        "reason": "Say why it is changed",
        "why_not": "Say why it does not go ahead",
    }

    class Meta:
        abstract = True
