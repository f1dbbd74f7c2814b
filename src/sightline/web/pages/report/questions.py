"""The eight questions that the public are asked, one a page. Anything about the child and the worry is enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from sightline.platform.settings.public_form import public_form_limits
from sightline.processes.front_door import codes
from sightline.web.components.rows import rows_of

YES, NO, UNSURE = "yes", "no", "unknown"
NOBODY_TOLD = "Tell us something about the child: a name, an age, or where they are"
_ANYTHING = "Tell us anything you know: a name, an age, or where they are."
_WHOLE_CHILD = ("given_names", "family_name", "age", "address")


class LongAnswer(forms.CharField):
    """Free text. One that is too long stays on the page, with how much to cut."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        # A browser sends two characters for each new line, which nobody typed.
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        super().validate(value)
        longest = public_form_limits().characters_of_an_answer
        if len(value) > longest:
            over = len(value) - longest
            raise ValidationError(
                f"This is {len(value):,} characters long. Cut {over:,} characters: you can tell us the rest by phone"
            )


class ShortAnswer(forms.CharField):
    """One line. One that is too long stays on the page, with how much to cut."""

    def run_validators(self, value: Any) -> None:
        over = len(value) - (self.max_length or len(value))
        if over > 0:
            raise ValidationError(f"This is {len(value)} characters long. Cut {over} characters")
        super().run_validators(value)


class Danger(forms.Form):
    in_danger = forms.ChoiceField(
        label="Is the child in danger right now?",
        choices=[(YES, "Yes"), (NO, "No"), (UNSURE, "I do not know")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the child is in danger now"},
    )


class Child(forms.Form):
    """One child, as somebody who may hardly know them can describe them."""

    given_names = ShortAnswer(label="First name, if you know it", max_length=100, required=False)
    family_name = ShortAnswer(label="Last name, if you know it", max_length=100, required=False)
    age = ShortAnswer(label="Age", help_text="Your best guess is fine", max_length=40, required=False)
    age_unknown = forms.Field(label="Not known", widget=forms.CheckboxInput, required=False)
    address = ShortAnswer(
        label="Where do they live, or where can they be found?",
        help_text="An address, a street, a school or a nursery",
        max_length=300,
        required=False,
    )

    @property
    def told(self) -> dict[str, str]:
        """What was said of this child, as a row of the contact's people; empty when nothing was."""
        given = {name: self.cleaned_data.get(name, "") for name in _WHOLE_CHILD}
        return {"kind": "child", **given} if any(given.values()) else {}

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.told:
            if not self.empty_permitted:
                self.add_error("given_names", NOBODY_TOLD)
        elif not told.get("age") and not told.get("age_unknown") and "age" not in self.errors:
            self.add_error("age", "Enter the child’s age, or select Not known")
        return told


class What(forms.Form):
    narrative = LongAnswer(
        label="What has happened?",
        help_text="Say what you saw or heard, and what worries you. You do not need proof.",
        rows=10,
        error_messages={"required": "Tell us what has happened"},
    )


class When(forms.Form):
    incident_when = ShortAnswer(
        label="When did it happen?",
        help_text="A date, a day, or how often. It is fine to leave this blank.",
        max_length=200,
        required=False,
    )


class Said(forms.Form):
    child_words = LongAnswer(
        label="What did the child say, in their own words?",
        help_text="Write exactly what they said. It is fine to leave this blank.",
        required=False,
    )


class Home(forms.Form):
    lives_there = LongAnswer(
        label="Who else lives there?",
        help_text="Include babies, a parent’s new partner, and people who visit often.",
        required=False,
    )


class Else(forms.Form):
    anything_else = LongAnswer(
        label="Is there anything else we should know?",
        help_text="For example, anything that could make it unsafe to visit. It is fine to leave this blank.",
        required=False,
    )


class Contact(forms.Form):
    """Whether and how to reply. Without a reply the concern is read just the same."""

    may_contact = forms.ChoiceField(
        label="May we contact you?",
        help_text="You do not need to give your name. We read what you send either way.",
        choices=[(YES, "Yes"), (NO, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether we may contact you"},
    )
    referrer_name = ShortAnswer(label="Your name, if you want to give it", max_length=120, required=False)
    referrer_contact = ShortAnswer(
        label="How can we reach you?",
        help_text="A phone number or an email address, and when it is safe to use it",
        max_length=200,
        required=False,
    )
    source = forms.ChoiceField(
        label="How do you know the child?",
        choices=[
            (codes.Source.FAMILY, "I am family or I look after them"),
            (codes.Source.ACQUAINTANCE, "I am a friend, neighbour or childminder"),
            (codes.Source.SELF, "I am the child"),
            (codes.Source.OTHER_PERSON, "In another way"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    stay_anonymous = forms.ChoiceField(
        label="Do you want us to keep your name from the family?",
        choices=[(YES, "Yes"), (NO, "No")],
        widget=forms.RadioSelect,
        required=False,
    )

    reveals = {"may_contact": {YES: ["referrer_name", "referrer_contact", "source", "stay_anonymous"]}}

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("may_contact") == YES and not told.get("referrer_contact"):
            self.add_error("referrer_contact", "Enter a phone number or an email address, or select No")
        if told.get("may_contact") == NO:
            told.update(dict.fromkeys(self.reveals["may_contact"][YES], ""))
        return told


@dataclass(frozen=True)
class Question:
    """A page that asks one thing. `rows` is the prefix of a formset where several of a thing may be told."""

    key: str
    heading: str
    form: type[forms.Form]
    hint: str = ""
    rows: str = ""

    def bound(self, answers: QueryDict, *, quiet: bool = False) -> Any:
        """The form or formset holding these answers; `quiet` shows them without their mistakes."""
        if not self.rows:
            made: Any = self.form(answers, auto_id="%s")
            made.quiet = quiet
            return made
        made = rows_of(self.form, self.rows, data=answers)
        made.quiet = quiet
        for index, row in enumerate(made.forms):
            row.quiet = quiet
            row.empty_permitted = index > 0
        return made

    def unbound(self) -> Any:
        return rows_of(self.form, self.rows) if self.rows else self.form(auto_id="%s")

    def names(self, posted: Iterable[str]) -> list[str]:
        """The names in a post that are answers to this question."""
        if self.rows:
            return [name for name in posted if name.startswith(f"{self.rows}-")]
        return [name for name in posted if name in self.form.base_fields]


QUESTIONS: dict[str, Question] = {
    question.key: question
    for question in (
        Question("danger", "Is the child in danger right now?", Danger),
        Question("who", "Who is the child?", Child, _ANYTHING, "children"),
        Question("what", "What has happened?", What),
        Question("when", "When did it happen?", When),
        Question("said", "What did the child say, in their own words?", Said),
        Question("home", "Who else lives there?", Home),
        Question("else", "Is there anything else we should know?", Else),
        Question("contact", "May we contact you?", Contact),
    )
}
ORDER = tuple(QUESTIONS)


def to_tell(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Answers to the contact's first step, from the checked forms by question."""
    told: dict[str, Any] = {"people": [row.told for row in cleaned["who"].forms if row.told]}
    for key in ("danger", "what", "when", "said", "contact"):
        told.update({name: value for name, value in cleaned[key].cleaned_data.items() if value})
    told.pop("may_contact", None)
    home = cleaned["home"].cleaned_data["lives_there"]
    rest = cleaned["else"].cleaned_data["anything_else"]
    # "Who else lives there" is asked of everybody together, so it is kept in the sender's own words.
    said = [f"Who else lives there: {home}" if home else "", rest]
    told["anything_else"] = "\n\n".join(part for part in said if part)
    return told
