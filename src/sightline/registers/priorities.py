"""The partnership's priorities: one current list, each with its outcome for children, its measure and its decision.

The plan year runs from 1 April to 31 March.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from sightline.people.models import Agency, Partnership
from sightline.platform.columns import choice, prose
from sightline.vocabulary import roles
from sightline.vocabulary.register import Messages, Register

from .changes import change_process
from .entries import Change, Entry, true_once

YEAR = RegexValidator(r"^20\d\d-\d\d$", "Enter a plan year, like 2026-27")


class State(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    ACTIVE = "active", "Active"
    CLOSED = "closed", "Closed"
    ABSORBED = "absorbed", "Absorbed into everyday work"


IN_FORCE = (State.AGREED, State.ACTIVE)


class Sponsor(models.TextChoices):
    SAFEGUARDING_PARTNER = roles.SAFEGUARDING_PARTNER.key, roles.SAFEGUARDING_PARTNER.name
    LEAD_PARTNER = roles.LEAD_PARTNER.key, roles.LEAD_PARTNER.name
    GROUP_CHAIR = roles.GROUP_CHAIR.key, roles.GROUP_CHAIR.name


class PriorityColumns(models.Model):
    """What is held of a priority."""

    title = models.CharField("What is the priority called?", max_length=200, blank=True)
    outcome = models.CharField(
        "What will be different for children?", help_text="In one sentence", max_length=500, blank=True
    )
    first_year = models.CharField(
        "First plan year", help_text="For example, 2026-27", max_length=7, blank=True, validators=[YEAR]
    )
    last_year = models.CharField(
        "Last plan year", help_text="The same year for a plan of one year", max_length=7, blank=True, validators=[YEAR]
    )
    sponsor = choice("Who sponsors it?", Sponsor)
    sponsor_agency = models.ForeignKey(
        Agency,
        verbose_name="At which agency?",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    baseline = prose(
        "What is measured, and where did it stand at the start?",
        "The figure, its period and its source. Without it nobody can say later whether anything changed.",
    )
    indicator = models.SlugField("Which indicator shows it?", max_length=80, blank=True)
    state = choice("Where does it stand?", State)
    decision = models.CharField(
        "Which minute records the decision?", help_text="Meeting, date and minute", max_length=300, blank=True
    )

    messages = {
        "title": "Enter what the priority is called",
        "outcome": "Say in one sentence what will be different for children",
        "first_year": "Enter the first plan year, like 2026-27",
        "last_year": "Enter the last plan year, like 2026-27",
        "sponsor": "Select who sponsors it",
        "sponsor_agency": "Select the sponsor's agency",
        "baseline": "Say what is measured and where it stood at the start. A priority has a baseline",
        "indicator": "Select the indicator that shows it",
        "state": "Select where it stands",
        "decision": "Enter the minute that records the decision",
    }

    class Meta:
        abstract = True


class Priority(Entry, PriorityColumns):
    """A priority as it stood from one day until the next change to it."""

    key = models.SlugField(max_length=80)

    class Meta(Entry.Meta):
        verbose_name_plural = "priorities"
        constraints = (
            *true_once("priority", "partnership", "key"),
            models.CheckConstraint(
                condition=~models.Q(baseline="") & ~models.Q(indicator=""), name="priority_has_a_baseline"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """Its span: "2026-27", "2025-26 to 2027-28"."""
        return self.first_year if self.first_year == self.last_year else f"{self.first_year} to {self.last_year}"

    def of_year(self, on: date) -> bool:
        """Whether its plan years hold the day."""
        return self.first_year <= plan_year(on) <= self.last_year


class PriorityChange(Change, PriorityColumns):
    messages = {**Change.messages, **PriorityColumns.messages}

    class Meta:
        verbose_name = "change to priorities"


def _years_in_order(values: Mapping[str, Any], before: Any) -> Messages:
    if values["last_year"] < values["first_year"]:
        return {"last_year": "The last year is before the first. Enter a later one"}
    return {}


class Priorities(Register):
    """What the partnership put first, in which years, and how it would know."""

    label = "Priorities"
    one = "priority"
    says = "The one list of what the partnership puts first: for which years, to what end, and how it would be known."
    entry, change = Priority, PriorityChange
    columns = {
        "title": "Title",
        "outcome": "Outcome for children",
        "first_year": "First year",
        "last_year": "Last year",
        "sponsor": "Sponsor",
        "sponsor_agency": "Sponsor's agency",
        "baseline": "Baseline",
        "indicator": "Indicator",
        "state": "State",
        "decision": "Decision",
    }
    needs = tuple(columns)
    listed = ("outcome", "first_year", "last_year", "state")
    identity, named_from = ("key",), "title"
    changed_by = (roles.SUPPORT_HUB,)
    approved_by = (roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER)
    state = "state"
    moves = {
        "": (State.PROPOSED, State.AGREED, State.ACTIVE),
        State.PROPOSED: (State.AGREED, State.CLOSED),
        State.AGREED: (State.ACTIVE, State.CLOSED, State.ABSORBED),
        State.ACTIVE: (State.CLOSED, State.ABSORBED),
    }
    over = (State.CLOSED, State.ABSORBED)
    version = "2026-11"
    sources = ("Working Together to Safeguard Children 2023, chapter 2: lead safeguarding partners' joint functions",)
    checks = staticmethod(_years_in_order)


ChangeToPriorities = change_process(Priorities)


def plan_year(on: date) -> str:
    """The plan year of a day, 1 April to 31 March: "2026-27"."""
    first = on.year if on.month >= 4 else on.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def priorities_in_force(partnership: Partnership, on: date) -> list[Priority]:
    """Priorities that were agreed or active on a day within their plan years, by title. What is agreed is public."""
    rows = Priority.objects.filter(partnership=partnership, state__in=IN_FORCE).select_related("sponsor_agency")
    return sorted((row for row in rows if row.in_force(on) and row.of_year(on)), key=lambda row: row.title)
