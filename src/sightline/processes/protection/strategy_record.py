"""What a strategy discussion decides, in typed columns. Who came, views and actions are rows of the shared parts."""

from django.db import models

from sightline.engine.models import Record
from sightline.platform.columns import SeveralChoices, choice, day, known, moment, prose


class Trigger(models.TextChoices):
    CONTACT = "contact", "A contact at the front door"
    ASSESSMENT = "assessment", "An assessment"
    OPEN_CASE = "open-case", "New information on an open case"
    PROTECTION = "police-protection", "Police protection or an emergency order"
    REVIEW = "review", "A review strategy discussion"


class Venue(models.TextChoices):
    MASH = "mash", "Front door (MASH)"
    TEAM = "team", "Allocated team"


class Mode(models.TextChoices):
    IN_PERSON = "in-person", "In person"
    VIDEO = "video", "Video"
    TELEPHONE = "telephone", "Telephone"
    MIXED = "mixed", "Some in person, some not"


class Outcome(models.TextChoices):
    JOINT = "s47-joint", "Section 47 enquiry, social care and police together"
    SINGLE = "s47-single", "Section 47 enquiry, social care alone"
    POLICE = "police-only", "Police enquiry only"
    ASSESS = "assess", "No section 47 enquiry: assess or go on assessing"
    EARLY_HELP = "early-help", "No section 47 enquiry: early help"
    NONE = "no-s47", "No section 47 enquiry"


STARTS_ENQUIRY = frozenset({Outcome.JOINT, Outcome.SINGLE})
STEPS_BACK = frozenset({Outcome.ASSESS, Outcome.EARLY_HELP, Outcome.NONE})


class Category(models.TextChoices):
    """Category of abuse as the children in need census codes it."""

    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical"
    EMOTIONAL = "EMO", "Emotional"
    SEXUAL = "SAB", "Sexual"


class ParentsTold(models.TextChoices):
    TOLD = "told", "Told"
    PLANNED = "planned", "To be told"
    WITHHELD = "withheld", "Withheld: it would not be safe"


class StrategyDiscussionRecord(Record):
    """One need for a strategy discussion. A meeting that is not quorate reconvenes; the need is the same."""

    trigger = choice("What led to this?", Trigger)
    need_identified_at = moment("When was the need identified?")
    urgent = known("Is there immediate risk?")
    reason = prose("Why is significant harm suspected?")
    venue = choice("Where is it held from?", Venue)
    planned_for = moment("When will it be held?")
    mode = choice("How will it be held?", Mode)
    joining = prose("How to join", "A room, or how to find the call. No names.")

    held_at = moment("When was it held?")
    chaired_by = models.ForeignKey(
        "people.Worker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="Who chaired?",
        help_text="A social care manager. Leave blank if it was you.",
    )
    without_quorum = prose("Not quorate: why go ahead?", "Say how waiting could harm a child.")
    reconvene_at = moment("When will you meet again?")
    reconvene_reason = prose("Why could it not go ahead?")
    history_opened = known("Did the chair open the chronology?")
    information_shared = prose("What each agency knows", "Name the agency before what it said.")
    where_children_are = prose("Where is each child now?")
    child_voice = prose("What do the children say or show, and what do they want?")
    seen_alone_by = prose("Who will see each child alone, and when?")
    risk_analysis = prose("What is the risk?")
    decision = choice("Decision", Outcome)
    rationale = prose("Why?", "Required whether or not an enquiry starts.")
    categories = SeveralChoices(Category, verbose_name="Which kinds of harm are suspected?")
    safe_tonight = prose("What keeps each child safe tonight?", "Who does what, until when.")
    medical_needed = known("Is a medical examination needed?")
    medical_plan = prose("What kind, when, where, and whose consent?")
    interview_plan = prose("Who interviews the child, and how?")
    parents_told = choice("Parents", ParentsTold)
    parents_told_plan = prose("Who tells them and when, or why not?")
    police_protection = known("Was police protection considered?")
    emergency_order = known("Was an emergency protection order considered?")
    next_review_at = moment("When is this reviewed?")

    not_held_reason = prose("Why is it not held?")
    agencies_consulted = prose("Which agencies agree?")
    conference_held_on = day("When was the initial conference held?")
    no_conference_reason = prose("Why is no conference needed?")
    closing_note = prose("Anything to add on closing")

    messages = {
        "chaired_by": "Select a social care manager: nobody else may chair",
        "trigger": "Select what led to this",
        "need_identified_at": "Enter when the need was identified",
        "planned_for": "Enter when it will be held",
        "held_at": "Enter when it was held",
        "decision": "Select the decision",
        "rationale": "Say why",
        "child_voice": "Say what the children say or show",
        "risk_analysis": "Say what the risk is",
        "safe_tonight": "Say what keeps each child safe tonight",
        "not_held_reason": "Say why it is not held",
        "reconvene_reason": "Say why it could not go ahead",
        "reconvene_at": "Enter when you will meet again",
    }

    class Meta:
        verbose_name = "strategy discussion"
