"""Loaded censuses: each return's revisions, and the rows of each in the tables of the census.

A child is known by an opaque key that belongs to one revision; the council's own number for the child is kept beside
it so that whoever looks after figures can find the record again, and leaves the database in no extract.
Pupil numbers and names are not kept: nothing here needs them.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from sightline.people.managers import Sighted
from sightline.people.models import Agency, Partnership


class CensusReturn(Sighted):
    """One census as it arrived from one council. Never changed afterwards but for being marked superseded."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Who sent it.")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=7, help_text="The census year, such as 2025-26: 1 April to 31 March.")
    reference_date = models.DateField()
    revision = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=100)
    rows = models.JSONField(default=dict, help_text="How many rows each table of the file has.")
    faults = models.JSONField(default=list, help_text="Business-rule errors and queries; none stopped the load.")
    superseded = models.BooleanField(default=False)

    class Meta:
        ordering = ("partnership", "year", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "partnership", "year", "revision"], name="census_revision_numbers_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "partnership", "year"],
                condition=models.Q(superseded=False),
                name="one_current_census_a_year",
            ),
        )

    def __str__(self) -> str:
        return f"CIN census {self.year}, revision {self.revision}"


class CensusRow(Sighted):
    """A row of one revision. `census_return` is repeated on every row, so that each table is read by itself."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    census_return = models.ForeignKey(CensusReturn, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Child(CensusRow):
    """ChildIdentifiers and ChildCharacteristics. `sex` is M, F or U, whichever element the year has."""

    la_child_id = models.CharField(max_length=100, help_text="The council's own number for the child.")
    upn_unknown = models.CharField(max_length=3, blank=True)
    birth_date = models.DateField(null=True)
    expected_birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    death_date = models.DateField(null=True)
    ethnicity = models.CharField(max_length=4, blank=True)


class Disability(CensusRow):
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="disabilities")
    code = models.CharField(max_length=4)


class Referral(CensusRow):
    """CINdetails: an episode of need. `conference_date` here is the conference of a child who moved in."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="referrals")
    referral_date = models.DateField(null=True)
    source = models.CharField(max_length=2, blank=True)
    primary_need = models.CharField(max_length=2, blank=True)
    closure_date = models.DateField(null=True)
    closure_reason = models.CharField(max_length=3, blank=True)
    conference_date = models.DateField(null=True)
    no_further_action = models.BooleanField(null=True)


class OfReferral(CensusRow):
    """A row inside an episode of need; `child` is repeated on it."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)

    class Meta:
        abstract = True


class Assessment(OfReferral):
    start_date = models.DateField(null=True)
    review_date = models.DateField(null=True)
    authorised_date = models.DateField(null=True)


class AssessmentFactor(CensusRow):
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="factors")
    code = models.CharField(max_length=3)


class PlanDates(OfReferral):
    """CINPlanDates: a child in need plan."""

    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)


class Section47(OfReferral):
    start_date = models.DateField(null=True)
    conference_target = models.DateField(null=True)
    conference_date = models.DateField(null=True)
    conference_not_required = models.BooleanField(null=True)


class ProtectionPlan(OfReferral):
    """ChildProtectionPlans. `previous_plans` counts earlier ones, so a first plan has 0."""

    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    initial_category = models.CharField(max_length=3, blank=True)
    latest_category = models.CharField(max_length=3, blank=True)
    previous_plans = models.PositiveSmallIntegerField(null=True)


class Review(CensusRow):
    plan = models.ForeignKey(ProtectionPlan, on_delete=models.CASCADE, related_name="reviews")
    review_date = models.DateField(null=True)


class PreProceedings(OfReferral):
    """PreProceedingsandFGDM, from 2026-27: work before care proceedings, and family group decision making."""

    start_date = models.DateField(null=True)
    letter_sent_date = models.DateField(null=True)
    meeting_offered = models.BooleanField(null=True)
    meeting_facilitated = models.BooleanField(null=True)
    first_meeting_date = models.DateField(null=True)
    review_meetings = models.PositiveSmallIntegerField(null=True)
    step_decision_date = models.DateField(null=True)
    outcome = models.CharField(max_length=1, blank=True)
    court_application_date = models.DateField(null=True)
    court_letter_date = models.DateField(null=True)


CHILD_LEVEL: tuple[type[CensusRow], ...] = (
    Child,
    Disability,
    Referral,
    Assessment,
    AssessmentFactor,
    PlanDates,
    Section47,
    ProtectionPlan,
    Review,
    PreProceedings,
)
"""Every table of rows about children, parents before what points at them."""
