"""Source document: who said what about this partnership, when, and how many recommendations did they make to whom?

One document is one record with one date of publication, from which every page and report takes it. It is held for as
long as anything in it is followed; whether everything in it has been entered is worked out, never ticked.
"""

from django.db import models

from sightline.engine.models import Record
from sightline.platform import calendar
from sightline.platform.columns import choice, day, prose
from sightline.vocabulary import roles
from sightline.vocabulary.process import Answers, Process, Stage, Step

from .addressees import EXPECTED


class Kind(models.TextChoices):
    """What kind of source it is."""

    INSPECTION = "inspection", "Inspection"
    PANEL = "panel", "National panel review"
    COMMISSIONER = "commissioner", "Commissioner"
    REVIEW = "review", "Rapid review or practice review"
    AUDIT = "audit", "Audit"
    SIGNAL = "signal", "Signal from a figure"
    SCRUTINY = "scrutiny", "Scrutiny"
    OTHER = "other", "Something else"


class SourceDocumentRecord(Record):
    """One document, as its publisher issued it."""

    title = models.CharField("What is it called?", max_length=200, help_text="As its title page has it", blank=True)
    kind = choice("What kind of source is it?", Kind)
    publisher = models.CharField("Who published it?", max_length=150, blank=True)
    published_on = day("What day was it published?", "One date, for every page that names it.")
    where = models.CharField(
        "Where can it be read?", max_length=500, blank=True, help_text="A link, or where it is kept"
    )
    about = prose("What is it about?")
    withdrawn_because = prose("Why is it withdrawn?")

    messages = {
        "title": "Enter what it is called",
        "kind": "Select what kind of source it is",
        "publisher": "Enter who published it",
        "published_on": "Enter the day that it was published",
        "withdrawn_because": "Say why it is withdrawn",
    }

    class Meta:
        verbose_name = "source document"


def _published(matter: object, answers: Answers) -> dict[str, str]:
    day_of = answers.get("published_on")
    return {"published_on": "The day must be today or in the past"} if day_of and day_of > calendar.today() else {}


class SourceDocument(Process):
    """From the day that it is entered until nothing in it is followed any more."""

    record = SourceDocumentRecord
    prefix = "D"
    version = "2026-11"
    concerns = "partnership"
    title = "title"
    sources = (
        "Working Together to Safeguard Children 2023, chapter 2: partners answer to scrutiny, inspection and review",
        "Local rule: what is entered is counted against what the source says, by addressee",
    )

    held = Stage("Held")
    withdrawn = Stage("Withdrawn", final=True)

    enter = Step(
        "Enter a source document",
        by=(roles.SUPPORT_HUB, roles.DATA_ANALYST),
        to=held,
        asks=("title", "kind", "publisher", "published_on", "where", "about"),
        needs=("title", "kind", "publisher", "published_on"),
        parts=(EXPECTED,),
        checks=_published,
        sections=(
            ("The document", ("title", "kind", "publisher", "published_on", "where", "about")),
            ("What to expect", (EXPECTED,)),
        ),
        done="Entered the source document",
    )
    expect = Step(
        "Set how many recommendations to expect",
        by=(roles.SUPPORT_HUB, roles.DATA_ANALYST),
        at=(held,),
        parts=(EXPECTED,),
        next_up=False,
        help="Enter every addressee: these counts take the place of the earlier ones.",
        done="Set how many recommendations to expect",
    )
    withdraw = Step(
        "Withdraw this document",
        by=(roles.SUPPORT_HUB,),
        at=(held,),
        to=withdrawn,
        asks=("withdrawn_because",),
        needs=("withdrawn_because",),
        next_up=False,
        help="For a document entered by mistake. What was entered from it stays.",
        done="Withdrew the document",
    )
