"""What one sitting of a group has of its own, in typed columns. Seats, items, decisions and actions are rows."""

from django.db import models

from sightline.engine.models import Record
from sightline.platform.columns import choice, moment, prose


class Mode(models.TextChoices):
    IN_PERSON = "in-person", "In person"
    VIDEO = "video", "Video"
    MIXED = "mixed", "Some in person, some not"


class GroupMeetingRecord(Record):
    """One sitting. `name` and `meets_on` are worked out from the group and the planned time."""

    group = models.ForeignKey(
        "people.Group", verbose_name="Which group?", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True, editable=False)
    meets_on = models.DateField(null=True, blank=True, editable=False)
    planned_for = moment("When will it be held?")
    mode = choice("How is it held?", Mode)
    venue = models.CharField("Where is it held?", max_length=200, blank=True)
    joining = models.CharField("How do people join?", max_length=300, blank=True)
    held_at = moment("When was it held?")
    chaired_by = models.ForeignKey(
        "people.Worker", verbose_name="Who chaired?", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_reason = prose("Why is it moved?")
    cancelled_reason = prose("Why is it cancelled?")
    chair_asks = prose("What has to change in the minutes?")
    chair_note = prose("Is anything to be recorded with the check?")
    confirmed_at = models.ForeignKey(
        "engine.Case",
        verbose_name="At which meeting were they confirmed?",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    corrections = prose("What was corrected before they were confirmed?", "Leave it empty where nothing was.")
    ratified_at = models.ForeignKey(
        "engine.Case",
        verbose_name="At which quorate meeting were they ratified?",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    messages = {
        "group": "Select the group that meets",
        "planned_for": "Enter when it will be held, like 27 3 2026 at 2pm",
        "held_at": "Enter when it was held",
        "chaired_by": "Select who chaired",
        "moved_reason": "Say why it is moved",
        "cancelled_reason": "Say why it is cancelled",
        "chair_asks": "Say what has to change",
        "confirmed_at": "Select the meeting that confirmed them",
        "ratified_at": "Select the quorate meeting that ratified them",
    }

    class Meta:
        verbose_name = "group meeting"
