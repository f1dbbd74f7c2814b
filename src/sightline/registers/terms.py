"""Terms of reference: what a group may decide, who has to be there, how often it meets and how its worth is judged.

Their contents follow what partnerships in England put into such terms; every number is the group's own, and local.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import models

from sightline.people.models import Group
from sightline.platform.calendar import plain_date
from sightline.platform.columns import SeveralChoices, choice, day, prose
from sightline.vocabulary import roles
from sightline.vocabulary.meeting import DISCIPLINES, Quorum
from sightline.vocabulary.register import Register

from .changes import change_process
from .entries import Change, Entry, true_once

DISCIPLINE_CHOICES = tuple((name, name[:1].upper() + name[1:]) for name in dict.fromkeys(DISCIPLINES.values()))
MAY_DECIDE = tuple(
    (role.key, role.name) for role in (roles.LEAD_PARTNER, roles.SAFEGUARDING_PARTNER, roles.GROUP_CHAIR)
)
"""Roles that terms of reference may give a decision to. The scrutineer advises, and never decides."""


class Deputies(models.TextChoices):
    NONE = "none", "No deputies"
    NAMED = "named", "Only a deputy named beforehand counts for the quorum"
    ANY = "any", "Anybody whom the member sends counts for the quorum"


class Decides(models.TextChoices):
    CONSENSUS = "consensus", "By agreement of everybody there"
    MAJORITY = "majority", "By the greater number of those there"
    PARTNERS = "partners", "By agreement of the three statutory partners"


class Information(models.TextChoices):
    PUBLIC = "public", "May be published"
    PARTNERSHIP = "partnership", "For the partnership's agencies"
    RESTRICTED = "restricted", "For the group's members only"


class TermsColumns(models.Model):
    """What a group's terms of reference say. Every answer is needed but those about what not every group has."""

    group = models.ForeignKey(
        Group, verbose_name="Which group?", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    purpose = prose("What is the group for?")
    functions = prose("What does it do?", "One thing a line.")
    accountable_to = prose("To whom does it answer?")
    chair = models.CharField("Who chairs it?", help_text="A role and an agency", max_length=200, blank=True)
    vice_chair = models.CharField("Who chairs when they cannot?", max_length=200, blank=True)
    chair_months = models.PositiveSmallIntegerField("For how many months do they chair?", null=True, blank=True)
    members = prose("Who are its members?", "An agency and a role on each line.")
    deputies = choice("May members send a deputy?", Deputies)
    quorum_disciplines = SeveralChoices(
        DISCIPLINE_CHOICES, verbose_name="Whose presence does a decision need?", help_text="All of those chosen."
    )
    quorum_minimum = models.PositiveSmallIntegerField("How many members must be there at least?", null=True, blank=True)
    frequency_weeks = models.PositiveSmallIntegerField(
        "How many weeks lie between its meetings at most?", null=True, blank=True
    )
    papers_days = models.PositiveSmallIntegerField(
        "How many working days before a meeting are its papers sent?", null=True, blank=True
    )
    minutes_days = models.PositiveSmallIntegerField(
        "How many working days after a meeting are its minutes sent?", null=True, blank=True
    )
    decision_rule = choice("How does it decide?", Decides)
    tie_break = prose("What happens when it cannot agree?")
    deciding_roles = SeveralChoices(MAY_DECIDE, verbose_name="Who may take its decisions?")
    declarations = prose("How are interests declared?")
    information = choice("Who may read its papers?", Information)
    priorities = prose("Which of the partnership's priorities does it serve?")
    reporting = prose("To whom does it report, and how often?")
    success = prose("How will it be known that the group is worth its time?", "What would be seen, and where.")
    review_on = day("When are these terms reviewed?")
    decision = models.CharField(
        "Where is the decision recorded?", help_text="Meeting, date and minute", max_length=300, blank=True
    )

    messages = {
        "group": "Select the group",
        "chair": "Enter who chairs the group",
        "quorum_disciplines": "Select whose presence a decision needs",
        "quorum_minimum": "Enter how many members must be there",
        "deciding_roles": "Select who may take its decisions",
        "review_on": "Enter when these terms are reviewed, like 27 3 2018",
        "success": "Say how it will be known that the group is worth its time",
    }

    class Meta:
        abstract = True


class TermsOfReference(Entry, TermsColumns):
    """A group's terms of reference from one day until the next version."""

    class Meta(Entry.Meta):
        verbose_name = "terms of reference"
        verbose_name_plural = "terms of reference"
        constraints = (
            *true_once("terms", "group"),
            models.CheckConstraint(condition=models.Q(group__isnull=False), name="terms_are_a_group_s"),
        )

    def __str__(self) -> str:
        return self.group.name if self.group else ""

    @property
    def quorum(self) -> Quorum:
        """Disciplines that must each be there; `quorum_minimum` says how many members besides."""
        return Quorum(
            tuple(self.quorum_disciplines), f"Terms of reference of {self} from {plain_date(self.valid_from)}"
        )

    def next_meeting_by(self, last: date) -> date:
        """The latest day for the next meeting, as often as these terms say; `last` is the day of the one before."""
        return last + timedelta(weeks=self.frequency_weeks or 0)


class TermsChange(Change, TermsColumns):
    messages = {**Change.messages, **TermsColumns.messages}

    class Meta:
        verbose_name = "change to terms of reference"


class Terms(Register):
    """Terms of reference of each group, with every version that there was."""

    label = "Terms of reference"
    one = "terms of reference"
    says = "What each group is for, who has to be there for it to decide, how often it meets and when it is judged."
    entry, change = TermsOfReference, TermsChange
    columns = {
        "group": "Group",
        "purpose": "Purpose",
        "functions": "Functions",
        "accountable_to": "Answers to",
        "chair": "Chair",
        "vice_chair": "Vice-chair",
        "chair_months": "Chair's term in months",
        "members": "Members",
        "deputies": "Deputies",
        "quorum_disciplines": "Quorum: each of",
        "quorum_minimum": "Quorum: members at least",
        "frequency_weeks": "Weeks between meetings at most",
        "papers_days": "Papers, working days before",
        "minutes_days": "Minutes, working days after",
        "decision_rule": "How it decides",
        "tie_break": "When it cannot agree",
        "deciding_roles": "Who may decide",
        "declarations": "Declarations of interest",
        "information": "Who may read its papers",
        "priorities": "Priorities it serves",
        "reporting": "Reporting",
        "success": "Measures of success",
        "review_on": "Review",
        "decision": "Decision",
    }
    needs = tuple(columns)
    sections = (
        ("What the group is for", ("group", "purpose", "functions", "accountable_to", "priorities")),
        ("Who sits on it", ("chair", "vice_chair", "chair_months", "members", "deputies")),
        ("When a decision stands", ("quorum_disciplines", "quorum_minimum", "decision_rule", "tie_break")),
        ("Who decides, and what is declared", ("deciding_roles", "declarations", "information")),
        ("Meetings", ("frequency_weeks", "papers_days", "minutes_days")),
        ("Reporting and review", ("reporting", "success", "review_on", "decision")),
    )
    listed = ("chair", "frequency_weeks", "review_on")
    identity = ("group__key",)
    changed_by = (roles.SUPPORT_HUB,)
    approved_by = (roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER)
    version = "2026-11"
    sources = ("Working Together to Safeguard Children 2023, chapter 2: published arrangements", "local custom")


ChangeToTerms = change_process(Terms)


def terms_of(group: Group, on: date) -> TermsOfReference | None:
    """The terms of reference that the group works under on a day; None where none are recorded for it."""
    return terms_of_groups([group], on).get(group.pk)


def terms_of_groups(groups: Iterable[Group], on: date) -> dict[UUID, TermsOfReference]:
    """By the group's id, where any are recorded for it. One query."""
    rows = TermsOfReference.objects.filter(group__in=list(groups)).select_related("group")
    return {row.group_id: row for row in rows if row.group_id and row.in_force(on)}
