"""What is kept of a statement: each edition as it was, and each signature on one content."""

from django.db import models

from sightline.engine.models import Case, CaseStep, Record
from sightline.engine.models.cases import Spine
from sightline.platform.columns import prose
from sightline.vocabulary.publication import PUBLICATIONS, Document, document_from


def offered_publications() -> list[tuple[str, str]]:
    """Every declared publication by its key."""
    return [(one.key, one.title) for one in PUBLICATIONS.values()]


class StatementRecord(Record):
    """One statement on its way to being published. `sha256` is of the newest edition's content."""

    publication = models.CharField("What is to be published?", max_length=60, choices=offered_publications, blank=True)
    name = models.CharField("What is it called?", max_length=200, blank=True)
    introduction = prose("Introduction", "In your own words. Do not type figures: they are put in from the records.")
    assurance = prose(
        "What the partners conclude",
        "What is assured, what is not, and what happens next. Say plainly what has not been shown.",
    )
    edition = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    has_read = models.BooleanField("Have you read this edition, and do you sign it for your agency?", default=False)
    refusal = prose("Why do you not sign?", "The Support Hub and the other partners see this.")
    returned_because = prose("Why is it opened again?")
    published_edition = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField("Published", null=True)

    messages = {
        "publication": "Select what is to be published",
        "name": "Enter what it is called",
        "introduction": "Write the introduction",
        "assurance": "Say what the partners conclude",
        "refusal": "Say why you do not sign",
        "returned_because": "Say why it is opened again",
        "has_read": "Confirm that you have read this edition",
    }

    class Meta:
        verbose_name = "statement"


class Edition(Spine):
    """The content of a statement at one moment; never changed."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="editions")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="edition_number_once"),)

    def __str__(self) -> str:
        return f"edition {self.number}"

    @property
    def document(self) -> Document:
        return document_from(self.content)


class Signature(Spine):
    """One partner's signature on one content. It counts only while the statement still has that content."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signatures")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField("kind of agency signed for", max_length=10)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("signed_at",)

    def __str__(self) -> str:
        return f"{self.worker} for {self.agency}"
