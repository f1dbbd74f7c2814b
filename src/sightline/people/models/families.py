"""Who lives, or lived, with whom; and who is what to whom."""

from django.db import models
from django.db.models import F, Q

from sightline.people.models.dated import DatedPerhaps, Identified, ends_after_start, never_overlapping
from sightline.people.models.partnerships import Partnership
from sightline.people.models.persons import Person


class Household(Identified):
    """People who live at one place together. Recorded by a person's decision, never inferred from an address."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="households")
    label = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.label


class HouseholdMembership(DatedPerhaps):
    """A person's time in a household. `role` is of the list "household_role", `basis` of "household_basis"."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="household_memberships")
    role = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=20, default="lives-here")

    class Meta:
        constraints = (
            ends_after_start("household_ends_after_start"),
            never_overlapping("household_once_at_a_time", "household", "person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class Relationship(DatedPerhaps):
    """`person_a` is the `type` of `person_b`: type "mother" means that A is B's mother.

    `type` is of the list "relationship", `confidence` of "tie_confidence"; `source` says who told us, in a few words.
    """

    person_a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_to_others")
    person_b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_from_others")
    type = models.CharField(max_length=30)
    parental_responsibility = models.BooleanField(null=True, blank=True, help_text="Null: not known.")
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=12, default="reported")

    class Meta:
        constraints = (
            ends_after_start("relationship_ends_after_start"),
            models.CheckConstraint(
                name="relationship_of_two",
                condition=~Q(person_a=F("person_b")),
                violation_error_message="Choose another person: nobody is related to themselves.",
            ),
            never_overlapping("relationship_once_at_a_time", "person_a", "person_b", "type"),
        )

    def __str__(self) -> str:
        return f"{self.person_a_id} is {self.type} of {self.person_b_id}"
