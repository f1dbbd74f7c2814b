"""A safeguarding partnership and the agencies in it. One deployment can host several."""

from django.db import models

from sightline.people.models.dated import Dated, Identified, ends_after_start, never_overlapping


class Partnership(Identified):
    """The agencies that safeguard the children of one area. Everything local to them hangs on this row."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    invented = models.BooleanField(
        default=False, help_text="A demonstration partnership: every page, print and export says so."
    )
    front_door_phone = models.CharField(max_length=40, blank=True)
    out_of_hours_phone = models.CharField(max_length=40, blank=True)
    published_texts = models.JSONField(
        default=dict, blank=True, help_text="What the partnership publishes about itself, by key: priorities and so on."
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PartnershipMembership(Dated):
    """An agency's time in a partnership. A regional police force or ambulance trust is in several at once."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = (
            ends_after_start("membership_ends_after_start"),
            never_overlapping("membership_once_at_a_time", "partnership", "agency"),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.partnership_id} from {self.valid_from}"
