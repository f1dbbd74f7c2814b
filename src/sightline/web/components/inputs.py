"""Form fields that people fill in as they would say it: dates in three boxes, yes / no as two answers.

A form made from a model's columns has Django's own fields; `govuk_widgets(form)` puts these in their place before the
form is checked. What a field cleans to is unchanged: a date, an aware datetime, True / False / None.
"""

import re
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sightline.platform import calendar
from sightline.web.components.words import MONTHS

_MONTH_NUMBERS = {name.lower()[:length]: n for n, name in enumerate(MONTHS, 1) for length in (3, 4, len(name))}
TOO_LONG = "This is %(show_value)d characters long. Cut it to %(limit_value)d or fewer"
_CLOCK = re.compile(r"^(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?$")


class Boxes(NamedTuple):
    """What was typed into the boxes of a date, kept so that a mistake is shown back as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""

    def date(self) -> date:
        """The civil date typed. Raises ValueError when it is not a real one."""
        month = _MONTH_NUMBERS.get(self.month.lower()) or int(self.month)
        if len(self.year) != 4:
            raise ValueError("A year has four figures.")
        return date(int(self.year), month, int(self.day))

    def missing(self) -> list[str]:
        """Which of day, month and year are empty."""
        return [part for part in ("day", "month", "year") if not getattr(self, part)]


class DateBoxes(forms.Widget):
    """Three text boxes. A single value under the field's own name, as a program would send it, is read too."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if data.get(name):
            return data.get(name)
        boxes = Boxes(**{part: str(data.get(f"{name}-{part}") or "").strip() for part in self.parts})
        return boxes if any(boxes) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in self.parts)

    def boxes(self, value: Any) -> Boxes:
        """What to show in the boxes for a typed or a stored value."""
        if isinstance(value, Boxes):
            return value
        if isinstance(value, datetime):
            at = calendar.local(value) if timezone.is_aware(value) else value
            return Boxes(str(at.day), str(at.month), str(at.year), f"{at:%H:%M}")
        if isinstance(value, date):
            return Boxes(str(value.day), str(value.month), str(value.year))
        if isinstance(value, str) and (typed := re.match(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?", value)):
            year, month, day, at_time = typed.groups()
            return Boxes(str(int(day)), str(int(month)), year, at_time or "")
        return Boxes()


class DateTimeBoxes(DateBoxes):
    """Three boxes and a time."""

    parts = ("day", "month", "year", "time")


class DateInputField(forms.DateField):
    """A civil date from three boxes. The month may be a number or a name ("3", "Mar", "March")."""

    widget = DateBoxes

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, Boxes):
            return super().to_python(value)
        return self.read_date(value)

    def read_date(self, boxes: Boxes) -> date:
        """The date in the boxes. Raises ValidationError saying which box to fill or how a date looks."""
        missing = boxes.missing()
        if missing and len(missing) < 3:
            raise ValidationError(f"{self.asked} must include a {' and a '.join(missing)}", code="incomplete")
        try:
            return boxes.date()
        except ValueError:
            raise ValidationError(f"Enter {with_article(self.asked)}, like 27 3 2018", code="not_real") from None

    @property
    def asked(self) -> str:
        """What the date is called in a sentence."""
        return "Date" if not self.label or str(self.label).endswith("?") else str(self.label)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return forms.Field.has_changed(self, initial, data)


class DateTimeInputField(DateInputField):
    """A London date and time, cleaned to an aware datetime. "9:30am", "14:30", "midday" and "2pm" are all read."""

    widget = DateTimeBoxes

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if not isinstance(value, Boxes):
            return forms.DateTimeField().to_python(value)
        day = self.read_date(value)
        return timezone.make_aware(datetime.combine(day, self._read_time(value.time)))  # noqa: DTZ001

    def _read_time(self, typed: str) -> time:
        said = typed.lower().replace(" ", "")
        if said in ("midday", "noon", "midnight"):
            return time(0 if said == "midnight" else 12)
        match = _CLOCK.match(said)
        try:
            hour, minute = int(match["hour"]), int(match["minute"] or 0)  # type: ignore[index]
            if match["half"]:  # type: ignore[index]
                hour = time(hour).hour % 12 + (12 if match["half"] == "pm" else 0)  # type: ignore[index]
            return time(hour, minute)
        except (TypeError, ValueError):
            raise ValidationError("Enter a time, like 9:30am or 14:30", code="time") from None


class YesNoField(forms.NullBooleanField):
    """Two radios, and a third when the column can hold "Not known". Nothing is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, *, unknown: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = [("true", "Yes"), ("false", "No"), *([("unknown", "Not known")] if unknown else [])]
        self.widget.choices = self.choices

    def to_python(self, value: Any) -> bool | None:  # type: ignore[override]
        return {"true": True, "True": True, "false": False, "False": False, True: True, False: False}.get(value)

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


def govuk_widgets[F: forms.BaseForm](form: F) -> F:
    """The same form with dates in boxes, yes / no as radios and required-messages that say what to do.

    Call it once, after the form is made and before it is checked. Any Django form is accepted.
    """
    for name, field in list(form.fields.items()):
        made = _replacement(field)
        form.fields[name] = made
        _say_what_is_needed(made, name)
        made.error_messages.setdefault("max_length", TOO_LONG)
    return form


def _replacement(field: forms.Field) -> forms.Field:
    if isinstance(field, DateInputField | YesNoField) or field.widget.is_hidden:
        return field
    kept = {
        "label": field.label,
        "help_text": field.help_text,
        "initial": field.initial,
        "required": field.required,
        "disabled": field.disabled,
    }
    if isinstance(field, forms.DateTimeField):
        return DateTimeInputField(**kept)
    if isinstance(field, forms.DateField):
        return DateInputField(**kept)
    if isinstance(field, forms.NullBooleanField):
        return YesNoField(unknown=True, **kept)
    if isinstance(field, forms.BooleanField) and not field.required:
        # A column that must be yes or no: leaving it empty may not quietly record "No", nor may its default choose it.
        return YesNoField(**{**kept, "required": True, "initial": field.initial or None})
    return field


def _say_what_is_needed(field: forms.Field, name: str) -> None:
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    label = str(field.label or name.replace("_", " ").capitalize())
    field.error_messages["required"] = required_words(field, label)


def required_words(field: forms.Field, label: str) -> str:
    """What to say when a required field is empty: "Enter a date of birth, like 27 3 2018", "Select a priority"."""
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, DateInputField):
        return f"Enter {with_article(label)}, like 27 3 2018"
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField | forms.BooleanField):
        return f"Select {lowered(label)}"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Select {one_of(label)}"
    return f"Enter {lowered(label)}"


def one_of(label: str) -> str:
    """What is chosen from a list: "a priority"; a label that is a clause stays as it is: "who was told"."""
    if label.endswith("?"):
        return "one"
    words = label.split(" ")
    clause = words[0].lower() in ("how", "what", "when", "where", "which", "who", "why", "whether")
    return lowered(label) if clause or len(words) > 3 else with_article(label)


def lowered(label: str) -> str:
    """A label inside a sentence: first letter small, unless the word is all capitals ("NHS number")."""
    first = label.split(" ")[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def with_article(label: str) -> str:
    """ "a date of birth", "an expected date"; a label that has its own article keeps it."""
    said = lowered(label)
    if said.split(" ")[0] in ("a", "an", "the", "your", "their"):
        return said
    return f"{'an' if said[:1] in 'aeiou' else 'a'} {said}"
