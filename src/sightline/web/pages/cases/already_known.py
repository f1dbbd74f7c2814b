"""Is this person already known? Cards with how each field agrees, in words; one choice a person, none made for them."""

from dataclasses import dataclass
from typing import Any

from django import forms

from sightline.engine.models import CaseSubject
from sightline.parts.people import WhoThisIs
from sightline.people.index import Candidate, Described, PlainMatcher
from sightline.web.components import words
from sightline.web.pages.cases.opening import Opened

NEW = "None of these: make a new record"
UNSURE = "Not sure: make a new record and ask the records team"


@dataclass
class Asked:
    """One person told of, and who they may be."""

    subject: CaseSubject
    told: str
    cards: list[dict[str, Any]]
    too_many: bool


def ask_about(opened: Opened, subject: CaseSubject) -> Asked:
    """Who this person may be, closest first."""
    found = PlainMatcher().candidates(_described(subject), opened.case.partnership, by=opened.actor)
    return Asked(subject, _as_told(subject), [_card(each) for each in found], found.too_many)


def choose_from(form: forms.Form, asked: Asked) -> None:
    """Turn a row's question into radios that hold only the people shown."""
    offered = [(card["value"], card["label"]) for card in asked.cards]
    new = NEW if asked.cards else "Make a new record"
    form.fields["is_person"] = forms.ChoiceField(
        label=f"Is {asked.subject} one of these people?" if asked.cards else f"Nobody matches {asked.subject}",
        choices=[*offered, (WhoThisIs.NEW, new), (WhoThisIs.UNSURE, UNSURE)][: None if asked.cards else 1],
        widget=forms.RadioSelect,
        required=False,
    )


def _described(subject: CaseSubject) -> Described:
    age = subject.age.strip()
    return Described(
        given_names=subject.given_names,
        family_name=subject.family_name,
        date_of_birth=subject.date_of_birth,
        approximate_age_years=int(age) if age.isdecimal() else None,
        postcode=subject.postcode,
        nhs_number=subject.nhs_number,
        kind=subject.kind,
    )


def _as_told(subject: CaseSubject) -> str:
    born = f"born {words.plain_date(subject.date_of_birth)}" if subject.date_of_birth else ""
    age = f"aged {subject.age}" if subject.age and not born else ""
    said = [str(subject), born, age, subject.relation, subject.postcode, subject.school]
    return ", ".join(part for part in said if part)


def _card(candidate: Candidate) -> dict[str, Any]:
    person, name = candidate.person, candidate.person.name_on()
    called = name.full_with_capitals if name else person.display_name
    born = f"born {words.plain_date(person.date_of_birth)}" if person.date_of_birth else words.age_of(person)
    return {
        "value": str(person.pk),
        "label": f"Same person: {called}, {born}",
        "name": called,
        "born": born,
        "lines": [
            (line.label, f"{line.word}{f' ({line.note})' if line.note else ''}") for line in candidate.agreements
        ],
        "flags": [flag.words for flag in candidate.flags],
    }
