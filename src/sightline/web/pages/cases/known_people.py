"""People whom a matter may be about and who are on record already: chosen on a form, never typed again."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from sightline.people.actor import Actor
from sightline.people.around import around
from sightline.people.families import Tie
from sightline.people.models import Person
from sightline.platform import calendar
from sightline.web.components import words

FIELD = "known"


@dataclass(frozen=True)
class Known:
    """One person and those around them now: (who, what they are to that person), all seen by whoever asks.

    at_home: ids of those who live with them.
    """

    person: Person
    others: list[tuple[Person, str]]
    at_home: frozenset[UUID]

    @property
    def everybody(self) -> list[tuple[Person, str]]:
        return [(self.person, ""), *self.others]

    def form(self, data: QueryDict | None = None) -> forms.Form:
        """Boxes to tick, the person's own ticked beforehand."""
        form = forms.Form(data, auto_id="%s")
        form.fields[FIELD] = chosen = forms.MultipleChoiceField(
            label="Who is this about?",
            help_text="Select every child, and each adult who matters to what happened.",
            choices=[(str(person.pk), _called(person)) for person, _ in self.everybody],
            initial=[str(self.person.pk)],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": "Select people from this list, and add anybody else below it"},
        )
        chosen.choice_hints = {str(person.pk): self._hint(person, how) for person, how in self.others}  # type: ignore[attr-defined]
        return form

    def _hint(self, person: Person, how: str) -> str:
        said = [how, "lives in the same household" if person.pk in self.at_home else ""]
        words_said = ", ".join(part for part in said if part)
        return f"{words_said[:1].upper()}{words_said[1:]}"

    def rows(self, form: forms.Form) -> list[dict[str, Any]]:
        """Those ticked, as rows of the people told of. Addresses stay in the register, where they are protected."""
        ticked = set(getattr(form, "cleaned_data", {}).get(FIELD, []))
        return [_row(person, how) for person, how in self.everybody if str(person.pk) in ticked]


def around_person(key: str, actor: Actor) -> Known | None:
    """The person and who is around them today; None where there is no such person for this reader."""
    try:
        found = Person.visible_to(actor).filter(pk=UUID(key)).prefetch_related("names").first()
    except ValueError:
        return None
    return _known(found, calendar.today(), actor) if found else None


def _known(found: Person, on: date, actor: Actor) -> Known:
    near = around(found, on, actor)
    here = [(one.person, _how(one.ties, one.role)) for one in near.at_home]
    elsewhere = [(person, _how(ties, "")) for person, ties in near.elsewhere]
    others = sorted(here + elsewhere, key=lambda one: not one[0].is_child)
    return Known(found, others, frozenset(person.pk for person, _ in here))


def _how(ties: list[Tie], role: str) -> str:
    return ties[0].how if ties else role.lower()


def _called(person: Person) -> str:
    age = words.age_of(person)
    return f"{person.display_name}{f', {age}' if age else ''}"


def _row(person: Person, how: str) -> dict[str, Any]:
    name = person.name_on()
    return {
        "person": person.pk,
        "kind": person.kind,
        "given_names": name.given_names if name else "",
        "family_name": name.family_name if name else "",
        "date_of_birth": person.date_of_birth,
        "relation": how[:120],
    }
