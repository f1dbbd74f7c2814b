"""What a recommendation says and where it stands, in typed columns. Addressees, actions and evidence are rows."""

from django.db import models

from sightline.engine.models import Case, Record
from sightline.platform.columns import SeveralChoices, choice, day, moment, prose


class Theme(models.TextChoices):
    """What it is about: a local list, so that the same theme is found across sources."""

    FRONT_DOOR = "front-door", "Front door and thresholds"
    SHARING = "sharing", "Sharing information"
    MEETINGS = "meetings", "Multi-agency meetings"
    VOICE = "voice", "The child's voice"
    NEGLECT = "neglect", "Neglect"
    ABUSE = "domestic-abuse", "Domestic abuse"
    EXPLOITATION = "exploitation", "Exploitation"
    EARLY_HELP = "early-help", "Early help"
    PLANS = "plans", "Assessments and plans"
    WORKFORCE = "workforce", "Workforce and supervision"
    DATA = "data", "Data and performance"
    GOVERNANCE = "governance", "Governance and scrutiny"
    LEARNING = "learning", "Learning and training"


class Confidence(models.TextChoices):
    """How sure whoever reviewed the evidence is."""

    HIGH = "high", "High: different kinds of evidence agree"
    MEDIUM = "medium", "Medium: one kind, or not all of it agrees"
    LOW = "low", "Low: too early or too little to say"


class RecommendationRecord(Record):
    """One recommendation. What the source said is the source's own and is not changed afterwards."""

    title = models.CharField(
        "In a few words, what should be different?", max_length=200, blank=True, help_text="Names it in every list"
    )
    source = models.ForeignKey(
        Case,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"process": "source-document"},
        verbose_name="Which document does it come from?",
    )
    paragraph = models.CharField("Where in the document?", max_length=60, blank=True, help_text="Like paragraph 14")
    exact_words = prose("What exactly does the source say?", "Copy it word for word. It is not changed afterwards.")
    themes = SeveralChoices(Theme, verbose_name="What is it about?")
    received_at = moment("When was it received?", "Leave it empty if it was just now.")
    deadline = day("By when does the source want it done?", "Leave it empty if the source gives no date.")
    figure = models.CharField("Reference of the figure", max_length=120, blank=True)
    figure_indicator = models.CharField(max_length=60, blank=True)
    figure_name = models.CharField("Figure", max_length=200, blank=True)
    figure_period = models.CharField("Period of the figure", max_length=60, blank=True)
    figure_words = models.CharField("The figure in words", max_length=500, blank=True)
    figure_source = models.CharField("Where the figure is from", max_length=300, blank=True)

    accepted_where = models.CharField(
        "Who decided, and when?", max_length=200, blank=True, help_text="Like the executive group, 4 March 2026"
    )
    response = prose("What is the response?", "What the partners say to whoever made it.")
    part_reason = prose("Which part is not accepted, and why?")
    not_accepted_reason = prose("Why is it not accepted?")
    success_test = prose("How will we know that it made a difference for children?", "What would be seen, and by when.")
    planned_output = prose("What will be made or changed?")
    impact_by = day("By when should the difference show?")
    progress = prose("What has happened?")
    output = prose("What was made or changed?")
    output_where = models.CharField("Where can it be seen?", max_length=500, blank=True)
    delivered_on = day("What day was it in use?", "Evidence of a difference has to be from after this day.")
    evidence_review = prose("What does the evidence show, and what does it not show?")
    confidence = choice("How sure can we be?", Confidence)
    impact_statement = prose(
        "What is different for children?", "Say what changed, for whom, and which evidence shows it."
    )
    sent_back_because = prose("What is not shown?")
    reopened_because = prose("What is no longer true?")
    reopened_on = day("When was it reopened?")
    scrutineer_view = prose("What does the scrutineer say?")
    same_as = models.CharField(
        "Reference of the other recommendation", max_length=20, blank=True, help_text="Like R-7F3K2P"
    )
    error_reason = prose("Why was it entered in error?")

    messages = {
        "title": "Say in a few words what should be different",
        "exact_words": "Enter what the source says, word for word",
        "response": "Say what the response is",
        "part_reason": "Say which part is not accepted and why",
        "not_accepted_reason": "Say why it is not accepted",
        "success_test": "Say how you will know that it made a difference for children",
        "impact_by": "Enter the day by which the difference should show",
        "output": "Say what was made or changed",
        "delivered_on": "Enter the day it was in use",
        "evidence_review": "Say what the evidence shows and what it does not",
        "confidence": "Select how sure you can be",
        "impact_statement": "Say what is different for children",
        "sent_back_because": "Say what is not shown",
        "reopened_because": "Say what is no longer true",
        "scrutineer_view": "Say what you found",
        "same_as": "Enter the reference of the other recommendation",
        "error_reason": "Say why it was entered in error",
    }

    class Meta:
        verbose_name = "recommendation"
