"""What is typed into one agency's Section 11 return beside its answers, which are rows of their own."""

from django.db import models

from sightline.engine.models import Record
from sightline.platform.columns import day, prose


class Section11ReturnRecord(Record):
    """One agency's return."""

    title = models.CharField("What is it called?", max_length=200)
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40, default="section-11")
    instrument_version = models.CharField(max_length=20, blank=True)
    due_on = day("By when?")
    statement = prose("Is there anything you want the moderator to know?", "Your name and today’s date are recorded.")
    back_because = prose("What needs to change before it is signed?")
    clarification = prose("What needs to be made clearer?", "Name the questions. The agency sees this.")
    clarified = prose("What have you made clear?")
    challenge_on = day("When was the peer challenge held?")
    challenge_with = models.CharField("Who challenged them?", max_length=200, blank=True)
    challenge_says = prose("What came of it?")
    final_says = prose("What does the partnership say to the agency?")
    update_says = prose("How are the actions going?")
    withdrawn_because = prose("Why is the return no longer asked?")

    messages = {
        "clarification": "Say what needs to be made clearer",
        "clarified": "Say what you have made clear",
        "challenge_on": "Enter the day that the peer challenge was held",
        "challenge_with": "Say who challenged them",
        "update_says": "Say how the actions are going",
        "withdrawn_because": "Say why the return is no longer asked",
    }

    class Meta:
        verbose_name = "section 11 return"
        verbose_name_plural = "section 11 returns"
