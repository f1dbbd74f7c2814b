"""How one contact goes: told, logged, checked, decided, endorsed, answered; with the faults that real fronts have."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sightline.platform import calendar

from .acting_out import CONTACT, Answering, Story
from .checking import add_checks
from .deciding import add_answer, add_decision
from .families import Family, Member
from .hours import is_open, wait, work
from .outline import Outline
from .seeding import chance
from .senders import SENDERS
from .standing import Standing
from .telling import referral
from .words import RAG_REASONS
from .workers import CONTACT_OFFICERS, EMERGENCY, FRONT_DOOR_WORKERS, LEAD_WORKERS, MANAGERS

NO_SCHOOL = "little-acorns-vale-nursery"


class ContactTold:
    """Everything that the parts of a contact's story need to know of it."""

    def __init__(
        self,
        name: str,
        number: int,
        family: Family,
        at: datetime,
        source: str,
        outline: Outline,
        standing: Standing,
        slowness: float = 1.0,
    ) -> None:
        self.name, self.number, self.family, self.at, self.source = name, number, family, at, source
        self.outline, self.standing, self.slowness = outline, standing, slowness
        self.pick = chance("contact", name)
        self.day = calendar.local_date(at)
        self.sender = SENDERS[source]
        self.story = Story(name, number, family, CONTACT)
        self.at_night = outline.rag == "red" and not is_open(at)
        self.officer = EMERGENCY[number % 2].username if self.at_night else self._one_of(CONTACT_OFFICERS)
        self.worker = EMERGENCY[number % 2].username if self.at_night else self._one_of(FRONT_DOOR_WORKERS)
        self.manager = self._one_of(MANAGERS)
        self.told = self._who_is_told_of()

    def _one_of(self, people: tuple[Any, ...]) -> str:
        return str(self.pick.choice(people).username)

    def _who_is_told_of(self) -> list[Member]:
        """Siblings are often left out of what is told; the mother never is."""
        children = self.family.children(self.day)
        if len(children) > 1 and self.pick.random() < 0.4:
            children = [self.pick.choice(children)]
        adults = self.family.adults(self.day)
        return [*children, *(adults[:1] if self.pick.random() < 0.5 else adults)]

    @cached_property
    def child(self) -> Member:
        return self.told[0]

    @cached_property
    def agency(self) -> str:
        """The agency that tells, empty for the public."""
        if self.source == "school":
            return next((one.school for one in self.told if one.school), NO_SCHOOL)
        if self.source == "gp":
            places = {"gp-lead": "larch-lane-surgery", "dr.lim": "cobblers-yard-surgery"}
            places |= {"dr.oduya": "quillfield-medical", "dr.roy": "sandpit-hill-surgery"}
            return places[self.sends]
        return self.sender.agency

    @cached_property
    def sends(self) -> str:
        """The account that sends it; empty where it is taken by telephone."""
        if self.source == "school":
            return self.standing.person_at(self.agency)
        if self.source == "family-member" and self.number % 5 < 2:
            return ""
        return self.sender.users[self.number % len(self.sender.users)] if self.sender.users else ""

    def soon(self, start: datetime, least: float, most: float) -> datetime:
        """Between so many working minutes later; at night minutes are minutes. Longer when the front door is short."""
        minutes = self.pick.uniform(least, most) * self.slowness
        return wait(start, minutes / self.slowness) if self.at_night else work(start, minutes / 60)


def contact_story(told: ContactTold) -> Story:
    """The story of one contact from receipt to closing."""
    taken_by_phone = not told.sends
    by = told.sends or (told.officer if is_open(told.at) else EMERGENCY[told.number % 2].username)
    told.story.add(told.at, CONTACT, "tell", by, referral(told, by_phone=taken_by_phone))
    logged = told.soon(told.at, 8, 75 if told.slowness == 1 else 170)
    told.story.add(logged, CONTACT, "log", told.officer, log_answers(told))
    if told.outline.to_known_worker:
        add_known_worker(told, told.soon(logged, 5, 60))
        return told.story
    set_at = told.soon(logged, 4, 50)
    reason = RAG_REASONS[told.outline.rag]
    told.story.add(
        set_at, CONTACT, "set_priority", told.worker, lambda matter: {"rag": told.outline.rag, "rag_reason": reason}
    )
    checked = add_checks(told, set_at)
    add_decision(told, set_at, checked)
    return told.story


def add_known_worker(told: ContactTold, at: datetime) -> None:
    """The child's own social worker takes it on; acknowledged the same day less often than it should be."""
    lead = told.pick.choice(LEAD_WORKERS)
    holder = told.standing.worker(lead.username)
    told.story.add(
        at,
        CONTACT,
        "route_to_known_worker",
        told.worker,
        lambda matter: {"known_to": holder.display_name, "allocated_to": holder},
    )
    in_time = told.pick.random() < 0.66
    seen = told.soon(at, 5, 90) if in_time else work(at, told.pick.uniform(9, 26))
    why = "Read and taken into the visit already planned."
    told.story.add(seen, CONTACT, "acknowledge", lead.username, lambda matter: {"rationale": why}, "staff-capacity")
    add_answer(told, seen, "assessment")


def log_answers(told: ContactTold) -> Answering:
    """Whom the people told of turned out to be, and where the contact came from."""
    ids = [str(member.id) if told.family.known else "new" for member in told.told]

    def answers(matter: Any) -> dict[str, Any]:
        waiting = [subject for subject in matter.subjects if subject.person_id is None]
        return {
            "source": matter.record.source or told.sender.code,
            "concerns": list(matter.record.concerns),
            "identified": [
                {"subject": subject.pk, "is_person": known} for subject, known in zip(waiting, ids, strict=True)
            ],
        }

    return answers
