"""Invented families, each with words of its own planted where they are protected: places, third parties, police."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sightline.engine.models import Case, CaseSubject
from sightline.people.models import (
    Agency,
    Household,
    HouseholdMembership,
    Partnership,
    Person,
    PersonAddress,
    PersonName,
    ProtectedFrom,
)
from sightline.platform import calendar
from sightline.processes.front_door.agency_enquiry import AgencyEnquiryRecord
from sightline.processes.front_door.contact_record import ContactRecord

SINCE = date(2020, 1, 1)
CALM = "She is well and looks forward to her swimming lessons"
VARIANTS = (
    str,
    str.upper,
    str.lower,
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace("Road", "Rd").replace("Primary School", "Primary Sch"),
    lambda text: text.replace("Road", "rd."),
    lambda text: text.replace(" ", "-"),
    lambda text: text.replace(" ", ""),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: "\u00ad".join(text),
)
"""Ways in which somebody may write it."""


@dataclass
class Family:
    """A family with what is planted: each canary is a word that is in no other family.

    `slips`: free texts of a meeting in which somebody wrote a canary, or did not.
    """

    number: int
    case: Case
    people: dict[str, Person] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        return f"{self.number:05}"

    @property
    def line(self) -> str:
        return f"{self.number % 90 + 1} Quill{letters(self.number)} Road"

    @property
    def postcode(self) -> str:
        code = letters(self.number).upper()
        return f"{code[:2]}{self.number % 9 + 1} {self.number // 9 % 9 + 1}{code[2:4]}"

    @property
    def school(self) -> str:
        return f"Brae{letters(self.number)} Primary School"

    @property
    def nursery(self) -> str:
        """Recorded as where the child goes, and not as giving the place away."""
        return f"Wick{letters(self.number)} Nursery"

    @property
    def phone(self) -> str:
        return f"07700 9{self.number:05}"

    @property
    def referrer(self) -> str:
        return f"Una Pell{letters(self.number)}"

    @property
    def police(self) -> str:
        return f"log{letters(self.number)}intel"

    @property
    def clinic(self) -> str:
        return f"clinic{letters(self.number)}visit"

    @property
    def answer(self) -> str:
        """What health marked as sexual health."""
        return f"Seen at the {self.clinic} in May"

    @property
    def places(self) -> tuple[str, ...]:
        return (self.line, self.postcode, self.school, self.phone)

    @property
    def about(self) -> frozenset[UUID]:
        return frozenset(self.people[name].pk for name in ("child", "mother", "father", "gran"))


def letters(number: int) -> str:
    """Five letters for a number, without vowels that could make a word."""
    found = ""
    for _ in range(5):
        number, at = divmod(number, 18)
        found += "bcdfghjkmnpqrstvwz"[at]
    return found


def planted(partnership: Partnership, numbers: Sequence[int], drawn: random.Random) -> list[Family]:
    """So many families in the database, in a few statements."""
    families = [Family(number, _case(partnership, number)) for number in numbers]
    rows: dict[str, list[Any]] = {
        name: [] for name in ("person", "name", "home", "member", "address", "from", "subject")
    }
    for family in families:
        _people(partnership, family, rows)
        family.slips = {place: _slip(family, drawn) for place in ("safe_tonight", "risk_analysis", "told", "rationale")}
    Case.objects.bulk_create([family.case for family in families])
    models = {"person": Person, "name": PersonName, "home": Household, "member": HouseholdMembership}
    models |= {"address": PersonAddress, "from": ProtectedFrom, "subject": CaseSubject}
    for key, model in models.items():
        model._default_manager.bulk_create(rows[key], batch_size=2000)
    ContactRecord.objects.bulk_create(
        [
            ContactRecord(case=one.case, source="1B", referrer_name=one.referrer, stay_anonymous="yes")
            for one in families
        ]
    )
    _marked(partnership, families)
    return families


def _marked(partnership: Partnership, families: Sequence[Family]) -> None:
    """What health answered about each child, and marked as sexual health."""
    health = Agency.objects.get(key="ardenvale-icb")
    asked = [_case(partnership, one.number, "agency-enquiry", parent=one.case, answering=health) for one in families]
    Case.objects.bulk_create(asked)
    pairs = list(zip(asked, families, strict=True))
    CaseSubject.objects.bulk_create(
        [CaseSubject(case=case, person=one.people["child"], kind="child", given_names="child") for case, one in pairs]
    )
    AgencyEnquiryRecord.objects.bulk_create(
        [AgencyEnquiryRecord(case=case, information=one.answer, sensitivity="sexual-health") for case, one in pairs]
    )


def _case(partnership: Partnership, number: int, process: str = "contact", **more: Any) -> Case:
    return Case(
        id=uuid4(),
        partnership=partnership,
        process=process,
        version="1",
        reference=f"{'C' if process == 'contact' else 'E'}-{number:06}",
        stage="closed",
        opened_at=calendar.now(),
        **more,
    )


def _people(partnership: Partnership, family: Family, rows: dict[str, list[Any]]) -> None:
    for name in ("child", "mother", "father", "aunt", "gran"):
        person = Person(id=uuid4(), partnership=partnership, kind="child" if name == "child" else "adult", sex="U")
        family.people[name] = person
        rows["person"].append(person)
        rows["name"].append(PersonName(person=person, given_names=name, family_name=f"Dunne{family.tag}"))
    people = family.people
    home = Household(partnership=partnership, label="Home")
    rows["home"].append(home)
    for name in ("child", "mother"):
        rows["member"].append(HouseholdMembership(household=home, person=people[name], valid_from=SINCE))
    kept = PersonAddress(
        id=uuid4(), person=people["mother"], kind="refuge", protected=True, lines=family.line, postcode=family.postcode,
        gives_away=[family.phone, family.school], valid_from=SINCE,
    )  # fmt: skip
    rows["address"].append(kept)
    rows["from"].append(ProtectedFrom(address=kept, person=people["father"], basis="refuge"))
    for name, line in (("father", "3 Quarry Lane"), ("aunt", "3, quarry LANE"), ("gran", "90 Hill Street")):
        rows["address"].append(PersonAddress(person=people[name], lines=line, postcode=_home(family), valid_from=SINCE))
    for place, name in enumerate(("child", "mother", "father", "gran")):
        school = family.nursery if name in ("child", "mother") else ""
        kind = "child" if name == "child" else "adult"
        told = {"given_names": name, "family_name": f"Dunne{family.tag}", "school": school, "position": place}
        rows["subject"].append(CaseSubject(case=family.case, person=people[name], kind=kind, **told))


def _home(family: Family) -> str:
    return f"AV{family.number % 9 + 1} {family.number // 9 % 9 + 1}AA"


def _slip(family: Family, drawn: random.Random) -> str:
    """Three times in five nothing; else a canary, written as somebody might."""
    kind = drawn.choice(("calm", "calm", "calm", "place", "referrer"))
    if kind == "calm":
        return CALM
    word = family.referrer if kind == "referrer" else drawn.choice((*family.places, family.nursery))
    return f"{CALM}; {drawn.choice(VARIANTS)(word)}, we think."
