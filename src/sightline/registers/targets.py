"""What the partnership aims at for an indicator, who decided it, and since when.

A target is local: it is held apart from the definition of the figure, which does not change with it.
"""

from datetime import date
from decimal import Decimal

from django.db import models

from sightline.people.models import Partnership
from sightline.vocabulary import roles
from sightline.vocabulary.process import words
from sightline.vocabulary.register import Register

from .changes import change_process
from .entries import Change, Entry, true_once


class TargetColumns(models.Model):
    """A target for one indicator, in the indicator's own unit."""

    indicator = models.SlugField("Which indicator?", max_length=80, blank=True)
    value = models.DecimalField(
        "What is the target?",
        help_text="In the indicator's own unit: 85 for 85%",
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
    )
    decided_by = models.CharField("Who decided it?", max_length=200, blank=True)
    source = models.CharField(
        "Where is the decision recorded?", help_text="Meeting, date and minute", max_length=300, blank=True
    )

    messages = {
        "indicator": "Select the indicator",
        "value": "Enter the target as a number",
        "decided_by": "Enter who decided it",
        "source": "Enter where the decision is recorded",
    }

    class Meta:
        abstract = True


class Target(Entry, TargetColumns):
    """A target for one indicator from one day until the next."""

    class Meta(Entry.Meta):
        constraints = (
            *true_once("target", "partnership", "indicator"),
            models.CheckConstraint(condition=models.Q(value__isnull=False), name="target_has_a_value"),
        )

    def __str__(self) -> str:
        return words(self.indicator.replace("-", "_"))


class TargetChange(Change, TargetColumns):
    messages = {**Change.messages, **TargetColumns.messages}

    class Meta:
        verbose_name = "change to targets"


class Targets(Register):
    """Targets for indicators, each with whoever decided it."""

    label = "Targets"
    one = "target"
    says = "What the partnership aims at for each indicator that has a target, who decided it and since when."
    entry, change = Target, TargetChange
    columns = {"indicator": "Indicator", "value": "Target", "decided_by": "Decided by", "source": "Decision"}
    needs = tuple(columns)
    listed = ("value", "decided_by")
    identity = ("indicator",)
    changed_by = (roles.SUPPORT_HUB,)
    approved_by = (roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER)
    version = "2026-11"
    sources = ("local custom",)


ChangeToTargets = change_process(Targets)


def target_of(partnership: Partnership, indicator_key: str, on: date) -> Target | None:
    """The target for an indicator on a day, with who decided it; None where the partnership set none."""
    return targets_on(partnership, on).get(indicator_key)


def targets_on(partnership: Partnership, on: date) -> dict[str, Target]:
    """Every target in force on a day, by the indicator's key. One query, for a page that shows many."""
    rows = Target.objects.filter(partnership=partnership)
    return {row.indicator: row for row in rows if row.in_force(on)}


def target_value(partnership: Partnership, indicator_key: str, on: date) -> Decimal | None:
    """The figure alone."""
    found = target_of(partnership, indicator_key, on)
    return found.value if found else None
