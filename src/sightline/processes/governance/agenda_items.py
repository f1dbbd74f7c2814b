"""What a meeting has before it, who may not read which of it, who has read the papers, and what was decided."""

from django.db import models

from sightline.engine.models import Case, CaseStep
from sightline.engine.models.cases import Spine
from sightline.vocabulary.roles import role_named


class AgendaItem(Spine):
    """One item. `figures` are kept as they stood when the item was entered: a list of cited figures.

    about: the recommendation whose evidence the meeting receives, where it is about one.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "To decide"
        ASSURANCE = "assurance", "To be assured"
        INFORMATION = "information", "For information"
        LEARNING = "learning", "For learning"

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Taken"
        DEFERRED = "deferred", "Deferred to a later meeting"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    presented_by = models.CharField(max_length=120, blank=True)
    asks_for = models.CharField("what the meeting is asked for", max_length=500, blank=True)
    children_told_us = models.TextField(blank=True)
    nothing_told = models.BooleanField("stated: nobody told us anything that bears on it", default=False)
    paper_title = models.CharField(max_length=200, blank=True)
    paper_link = models.CharField(max_length=500, blank=True)
    paper_says = models.TextField("the paper itself, or its summary", blank=True)
    paper_sent_at = models.DateTimeField(null=True)
    paper_sent_by = models.CharField(max_length=120, blank=True)
    about = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="discussed_in")
    figures = models.JSONField(default=list)
    restricted = models.BooleanField("kept from whoever declares an interest in it", default=False)
    discussion = models.TextField(blank=True)
    challenged_by = models.CharField("who challenged", max_length=120, blank=True)
    challenged = models.CharField("who was challenged", max_length=120, blank=True)
    challenge = models.TextField("what the challenge was", blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["case", "position"], name="agenda_item_number"),)

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    @property
    def voice_missing(self) -> str:
        """What to say where a decision is asked for and nobody has said what children or families told us."""
        if self.kind != self.Kind.DECISION or self.children_told_us.strip() or self.nothing_told:
            return ""
        return voice_missing(self.position)

    @property
    def voice(self) -> str:
        """What children or families told us, in words for the pack and the minutes."""
        return self.children_told_us or ("None" if self.nothing_told else "")


def voice_missing(position: int) -> str:
    """The guard's words: no decision is asked for without the child's voice, or a plain None."""
    return f"Item {position} asks for a decision. Say what children or families told us, or select None."


class Interest(Spine):
    """That one person has an interest in one item, as declared by them or entered for them; never taken back."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interests")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="interests")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=500, blank=True)
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "worker"], name="interest_once"),)

    def __str__(self) -> str:
        return f"{self.worker} in item {self.item.position}"


class PaperRead(Spine):
    """That one person opened one item's paper, and when first."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers_read")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="read_by")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "worker"], name="paper_read_once"),)

    def __str__(self) -> str:
        return f"{self.worker} read item {self.item.position}"


class Decision(Spine):
    """What was decided on an item, whose decision it is, and how far it has come.

    role: key of the role that may take it. agreed: disciplines of the statutory partners that agreed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        PROVISIONAL = "provisional", "Provisional"
        EFFECTIVE = "effective", "Effective"
        RATIFIED = "ratified", "Ratified"
        REVOKED = "revoked", "Revoked"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1000)
    role = models.CharField(max_length=60)
    agreed = models.JSONField(default=list)
    dissent = models.CharField(max_length=500, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State)
    because = models.CharField("why it has not taken effect", max_length=300, blank=True)
    made_on = models.DateField()
    ratified_on = models.DateField(null=True)
    ratified_how = models.CharField(max_length=200, blank=True)
    revoked_on = models.DateField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("made_on", "position")

    def __str__(self) -> str:
        return self.words

    @property
    def whose(self) -> str:
        """Whose decision it is: the role's name."""
        return role_named(self.role).name

    @property
    def waiting(self) -> bool:
        """Whether it still needs whoever may take it to agree."""
        return self.state in (self.State.PROPOSED, self.State.PROVISIONAL)
