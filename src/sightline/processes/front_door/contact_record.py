"""What is known of a contact: typed columns for whatever is counted or ruled on."""

from django.db import models

from sightline.engine.models import Record
from sightline.platform.columns import SeveralChoices, choice, day, known, moment, prose

from . import codes


class ContactRecord(Record):
    """One approach to the front door. May concern several children; the people are the case's subjects."""

    received_at = moment("When was this received?")
    channel = choice("How did it reach us?", codes.Channel)
    source = choice("Who is telling us?", codes.Source)
    referrer_name = models.CharField("Name", max_length=120, blank=True)
    referrer_job = models.CharField("Job title", max_length=120, blank=True)
    referrer_contact = models.CharField(
        "How can we reach you?", max_length=200, blank=True, help_text="A phone number or an email address"
    )
    stay_anonymous = known("Do you want to stay anonymous to the family?")
    receipt_digest = models.CharField("digest of the receipt code", max_length=64, blank=True)

    in_danger = known("Is the child in danger right now?")
    immediate_safety = prose("What makes the child safe or unsafe tonight?")
    concerns = SeveralChoices(codes.Concern, verbose_name="What are you worried about?")
    narrative = prose("What has happened?", "Say what you saw or heard, and keep it apart from what you think.")
    opinion = prose("What do you think it means?")
    incident_on = day("When did it happen?")
    incident_when = models.CharField("When did it happen, if you do not know the date?", max_length=200, blank=True)
    place = models.CharField("Where did it happen?", max_length=200, blank=True)

    child_seen = known("Have you seen the child?")
    child_words = prose(
        "What did the child say, in their own words?", "Write exactly what they said. It is fine to leave this blank."
    )
    child_presentation = prose("How did the child seem?")

    injury = known("Is there an injury?")
    injury_described = prose("What is the injury, and where on the body?")
    injury_adult_says = prose("How does the adult explain it?")
    injury_child_says = prose("How does the child explain it?")
    mobility = choice("How does the child move about?", codes.Mobility)
    examined_by = models.CharField("Which health professional has examined the child?", max_length=120, blank=True)
    injury_discussion = prose("What did the agencies conclude together about the injury?")

    partner_or_visitors = known(
        "Does a parent have a new partner, or does anyone stay or visit often?", "If you do not know, say so."
    )
    partner_or_visitors_who = prose("Who, and how often?")
    alcohol = choice("Did you ask about alcohol?", codes.Asked)
    alcohol_reason = models.CharField("Why not, or what is the concern?", max_length=300, blank=True)
    drugs = choice("Did you ask about drugs?", codes.Asked)
    drugs_reason = models.CharField("Why was this not asked, or what is the concern?", max_length=300, blank=True)
    domestic_abuse = known("Is there domestic abuse?")
    prison = known("Is anyone close to the child in prison, or due to leave it?")
    who_else_knows = prose("Who else knows, and what has been done already?")

    family_told = choice("Does the family know you are telling us?", codes.FamilyTold)
    family_told_reason = prose("Why does the family not know?")
    agreement = choice("Has the family agreed to help?", codes.Agreement)
    anything_else = prose("Is there anything else?")

    rag = choice("Priority", codes.Rag)
    rag_reason = prose("Why this priority?")
    lower_to = choice("Lower the priority to", codes.Rag)
    written_at = moment("When was it confirmed in writing?")
    allocated_to = models.ForeignKey(
        "people.Worker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="Named worker",
    )
    duplicate_of = models.CharField("Reference of the contact it repeats", max_length=20, blank=True)
    known_to = models.CharField("Worker who already holds this child's work", max_length=120, blank=True)

    decision = choice("What happens next?", codes.Decision)
    level_before = choice("Level of need before", codes.Level)
    level_after = choice("Level of need now", codes.Level)
    primary_need = choice("Primary need", codes.PrimaryNeed)
    history_summary = prose("What does the history tell you?", "Earlier contacts and their outcomes are shown above.")
    lived_experience = prose("What is life like for this child?")
    voice_effect = prose("How did what the child said or showed affect this?")
    voice_not_obtained = prose("If the child's view was not obtained, why not?")
    rationale = prose("Why this decision?")
    would_change = prose("What would change it?")
    step_up_considered = prose("The family refused help. Why is this not a step up?")
    without_agencies = prose("Why decide without the agencies that have not replied?")
    repeat_review = prose("What does your review of the repeated contacts conclude?")
    endorsement = prose("Comment")
    question = prose("What do you want answered?")
    changed_reason = prose("Why a more protective decision?")

    told_route = choice("How was the referrer told?", codes.TellingRoute)
    told_outcome = choice("What are they told?", codes.Outcome)
    told_words = prose("Anything more that they may be told", "Only what their agency may hold.")
    no_route = choice("Why is there no route to reply?", codes.NoRoute)
    outcome_family_told = choice("Has the family been told?", codes.FamilyTold)
    outcome_family_reason = prose("Why has the family not been told?")
    handed_to = models.CharField("Who carries on the work?", max_length=200, blank=True)
    endorsed_at = moment("Endorsed")
    told_at = moment("Referrer told")

    messages = {
        "narrative": "Tell us what has happened",
        "in_danger": "Select whether the child is in danger now",
        "rag": "Select a priority",
        "rag_reason": "Say why this priority",
        "decision": "Select what happens next",
        "lived_experience": "Say what life is like for this child",
        "history_summary": "Say what the history tells you",
        "rationale": "Say why this decision",
        "agreement": "Select whether the family has agreed to help",
        "told_route": "Select how the referrer was told",
        "allocated_to": "Select a worker",
        "question": "Say what you want answered",
    }

    class Meta:
        verbose_name = "contact"
