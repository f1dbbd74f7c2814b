"""Agency enquiry: what does one agency know about these children, by when, and how little may it say?

Local practice of multi-agency front doors; the right to share rests on public task, not on consent (Department for
Education, Information sharing advice, 2024). No reply is never taken as nothing held.
"""

from typing import Any

from django import forms
from django.db import models

from sightline.engine.models import Record
from sightline.engine.part import Faults, Part, Rows, declare
from sightline.parts.actions import AgencyField
from sightline.parts.declared import PEOPLE
from sightline.platform.columns import choice, known, prose
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.meeting import discipline_of
from sightline.vocabulary.process import Process, Stage, Step

from . import codes


class Sensitivity(models.TextChoices):
    ALL_ASKED = "all-asked", "All agencies asked"
    CORE = "core", "Social care, police, health"
    FRONT_DOOR = "front-door", "Front door only"
    SEXUAL_HEALTH = (
        "sexual-health",
        "Sexual health: managers at the front door, whoever holds the case, and your agency",
    )


class RiskView(models.TextChoices):
    NONE = "none", "No concern"
    SOME = "some", "Some concern"
    SIGNIFICANT = "significant", "Significant harm likely"
    UNABLE = "unable", "Not able to say"


class RefusalReason(models.TextChoices):
    DETRIMENT = "detriment", "It would put the child at more risk"
    UNLAWFUL = "unlawful", "Not lawful"
    INVESTIGATION = "investigation", "Active investigation"
    OTHER = "other", "Other"


class AgencyEnquiryRecord(Record):
    """One agency's question and answer."""

    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    why_asked = prose("Why are they asked?")
    rag = choice("Priority", codes.Rag)
    family_told = choice("Does the family know?", codes.FamilyTold)
    family_told_reason = prose("Why does the family not know?")
    information = prose(
        "What is relevant?", "Keep fact apart from opinion. Staff and the family may read this one day."
    )
    opinion = prose("What do you think it means?")
    sensitivity = choice("Who may see it?", Sensitivity)
    view_of_risk = choice("Your agency's view of the risk", RiskView)
    searched_by = models.CharField("Who searched your records?", max_length=120, blank=True)
    cannot_match = known("Was there anyone you could not match?")
    refusal = choice("Why can you not share?", RefusalReason)
    refusal_detail = prose("Explain the reason", "Your manager and the front door will see this.")
    refusal_approved_by = models.CharField("Which manager agreed?", max_length=120, blank=True)
    passed_to = models.CharField("Who is the right person?", max_length=200, blank=True)

    messages = {
        "information": "Say what is relevant",
        "sensitivity": "Select who may see it",
        "view_of_risk": "Select your agency's view of the risk",
        "searched_by": "Enter the name of the person who searched your records",
        "refusal": "Select why you cannot share",
        "refusal_detail": "Explain the reason you cannot share",
    }

    class Meta:
        verbose_name = "agency enquiry"
        verbose_name_plural = "agency enquiries"


def _asked(deed: Any) -> None:
    """The enquiry is answered by one agency and belongs to whoever asked, who hears of the answer."""
    deed.case.answering = deed.answers["agency"]
    deed.own(deed.by.worker)
    clock = deed.matter.running("reply_in_time")
    deed.tell(
        "The front door asks what you know", agency=deed.case.answering, due_at=clock[0].due_at if clock else None
    )


def _answered(deed: Any) -> None:
    if deed.case.owner:
        deed.tell(f"{deed.case.answering.name}: {deed.step.done.lower()}"[:200], worker=deed.case.owner)


def _not_the_right_person(deed: Any) -> None:
    deed.tell("Enquiry sent to the wrong person: ask again", role=roles.CONTACT_OFFICER.key)


def _who_may_see(matter: Any) -> dict[str, list[str]]:
    """Sexual health is for a health agency to give; others are not asked whether it is that."""
    kind = matter.case.answering.kind if matter.case.answering else ""
    others = [value for value in Sensitivity.values if value != Sensitivity.SEXUAL_HEALTH]
    return {"sensitivity": list(Sensitivity.values) if discipline_of(kind) == "health" else others}


ANSWERERS = (roles.AGENCY_DECISION_MAKER, roles.AGENCY_LEAD)


class AgencyEnquiry(Process):
    """One agency's part of the check before a decision: a reply, an explicit nil, or a refusal with its reason."""

    record = AgencyEnquiryRecord
    prefix = "E"
    version = "2026-11"
    child_of = "contact"
    sources = (
        "Department for Education, Information sharing advice for safeguarding practitioners, 2024",
        "Children Act 2004, sections 10 and 11",
        "Local practice: information windows by priority",
    )

    asked = Stage()
    answered, nothing_held = Stage(final=True), Stage(final=True)
    refused, withdrawn = Stage(final=True), Stage(final=True)

    ask = Step(
        "Ask an agency what it knows",
        by=(roles.CONTACT_OFFICER, roles.FRONT_DOOR_WORKER, roles.EMERGENCY_DUTY_WORKER, roles.FRONT_DOOR_MANAGER),
        to=asked,
        asks=("agency", "why_asked", "rag", "family_told", "family_told_reason"),
        needs=("agency",),
        parts=(PEOPLE,),
        then=_asked,
        done="Asked what the agency knows",
    )
    reply = Step(
        "Send what we hold",
        by=ANSWERERS,
        at=(asked, nothing_held, refused),
        to=answered,
        asks=("information", "opinion", "sensitivity", "view_of_risk", "searched_by", "cannot_match"),
        needs=("information", "sensitivity", "view_of_risk"),
        choices=_who_may_see,
        protective=True,
        then=_answered,
        done="Replied",
    )
    reply_nothing_held = Step(
        "Reply that nothing is held",
        by=ANSWERERS,
        at=(asked,),
        to=nothing_held,
        asks=("searched_by", "cannot_match"),
        needs=("searched_by",),
        then=_answered,
        done="Searched and found nothing held",
        help="You searched your records for everyone named here and found nothing.",
    )
    refuse = Step(
        "Refuse to share",
        by=ANSWERERS,
        at=(asked,),
        to=refused,
        asks=("refusal", "refusal_detail", "refusal_approved_by"),
        needs=("refusal", "refusal_detail"),
        next_up=False,
        tells=(roles.FRONT_DOOR_MANAGER,),
        then=_answered,
        done="Refused to share",
    )
    add_to_reply = Step(
        "Add to the reply",
        by=ANSWERERS,
        at=(answered,),
        asks=("information", "opinion", "sensitivity", "view_of_risk"),
        needs=("information",),
        choices=_who_may_see,
        protective=True,
        next_up=False,
        then=_answered,
        done="Added to the reply",
    )
    not_the_right_person = Step(
        "Say that we are not the right people",
        by=ANSWERERS,
        at=(asked,),
        asks=("passed_to",),
        next_up=False,
        then=_not_the_right_person,
        done="Said that they are not the right people",
    )
    withdraw = Step(
        "Withdraw this enquiry",
        by=(roles.FRONT_DOOR_WORKER, roles.EMERGENCY_DUTY_WORKER, roles.FRONT_DOOR_MANAGER),
        at=(asked,),
        to=withdrawn,
        asks=("why_asked",),
        next_up=False,
        done="Withdrew the enquiry",
    )

    reply_in_time = Clock(
        "front-door-return",
        starts=("ask",),
        stops=("reply", "reply_nothing_held", "refuse", "withdraw"),
        variant="rag",
    )


class AskedAgency(forms.Form):
    agency = AgencyField(label="Agency to ask", required=False)
    why_asked = forms.CharField(label="What do you need to know?", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("why_asked") and not given.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Select the agency to ask")
        return given if given.get("agency") else {}


class AgenciesToAsk(Part):
    """Agencies to ask; one enquiry is opened for each."""

    key = "agencies"
    label = "Which agencies do you need to ask?"
    adds = "Ask another agency"
    row = AskedAgency

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        already = {case.answering_id for case in matter.unanswered()}
        faults = {
            f"{self.key}-{index}-agency": ["This agency has been asked and has not replied yet. Chase them instead"]
            for index, row in enumerate(rows)
            if row["agency"].pk in already
        }
        return faults or ({} if rows else {self.key: ["Select at least one agency to ask"]})

    def apply(self, deed: Any, rows: Rows) -> None:
        """Each row becomes a child case through the step's `opens`; the contact itself keeps nothing more."""


AGENCIES = declare(AgenciesToAsk)


def chase_unanswered(deed: Any) -> None:
    for case in deed.matter.unanswered():
        deed.tell("Reminder: the front door is waiting for your reply", agency=case.answering)
