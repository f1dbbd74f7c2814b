"""Are the answers to a step usable? One form made from the record's columns, one row form for each shared part."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.forms.models import fields_for_model

from sightline.people.codes import code_list
from sightline.platform import calendar
from sightline.vocabulary.process import Step

from .matter import Matter
from .part import PARTS
from .refusals import AnswersRefused


@cache
def _form_class(record: type[models.Model], asks: tuple[str, ...]) -> type[forms.Form]:
    fields = fields_for_model(record, fields=asks)
    for name, form_field in fields.items():
        form_field.required = False
        form_field.error_messages["required"] = _ask_for(record, name, form_field)
        if isinstance(form_field, forms.TypedChoiceField):
            offered: Any = form_field.choices
            form_field.choices = [option for option in offered if option[0] != ""]
            form_field.widget = forms.RadioSelect(choices=form_field.choices)
    return type("StepForm", (forms.Form,), fields)


def _ask_for(record: type[models.Model], name: str, form_field: forms.Field) -> str:
    given: dict[str, str] = getattr(record, "messages", {})
    verb = "Select" if isinstance(form_field, forms.ChoiceField) else "Enter"
    label = str(form_field.label or name)
    return given.get(name) or f"{verb} an answer to: {label}"


def column_form(step: Step, matter: Matter, data: Any = None, **kwargs: Any) -> forms.Form:
    """The form for a step's columns, with a reason asked where the step would stop a clock late.

    `data` as Django forms take it, or a dict of Python values. Only `step.needs` are required of the browser.
    """
    kwargs.setdefault("initial", {name: getattr(matter.record, name) for name in step.asks})
    form = _form_class(matter.process.record, step.asks)(data=data, **kwargs)
    for name in step.needs:
        form.fields[name].required = True
    offered = step.choices(matter) if step.choices else {}
    for name in offered.keys() & form.fields.keys():
        _limit(form.fields[name], offered[name])
    if late_by_this(step, matter):
        form.fields["late_reason"] = forms.ChoiceField(
            label="Why is this late?",
            choices=code_list("delay_reason").choices(calendar.today()),
            widget=forms.RadioSelect,
            required=not step.protective,
            error_messages={"required": "Select why this is late"},
        )
    return form


def _limit(asked: Any, offered: list[str]) -> None:
    """Also for a form made by hand: what is not offered is no answer."""
    if isinstance(asked, forms.ModelChoiceField) and asked.queryset is not None:
        asked.queryset = asked.queryset.filter(pk__in=offered)
        asked.error_messages["invalid_choice"] = asked.error_messages["required"]
    else:
        asked.choices = [option for option in asked.choices if option[0] in offered]


def late_by_this(step: Step, matter: Matter) -> bool:
    """Whether taking the step now would stop a clock after its due moment."""
    stops = {clock.key for clock in matter.process.clocks.values() if step.key in clock.stops}
    return any(clock.due_at < calendar.now() for clock in matter.running() if clock.key in stops)


def clean(step: Step, matter: Matter, answers: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Python values for every column and part that the step asks, and the names left for later.

    A protective answer keeps whatever is given and lists what is missing; stepping back must be complete.
    Raises AnswersRefused with every message at once.
    """
    form = column_form(step, matter, data=answers)
    form.is_valid()
    errors = {name: [str(m) for m in messages] for name, messages in form.errors.items()}
    cleaned = {name: value for name, value in form.cleaned_data.items() if name in answers}  # the rest stays as it was
    back = step.steps_back(matter, cleaned)
    protective = step.is_protective(matter, cleaned)
    if protective:
        errors.pop("late_reason", None)
    for key in step.parts:
        rows, faults = PARTS[key].clean(matter, answers.get(key) or [], stepping_back=back, protective=protective)
        cleaned[key] = rows
        errors.update(faults)
    missing = [name for name in step.needs_to_step_back if empty(cleaned.get(name)) and name not in errors]
    if back:
        errors.update({name: [str(form.fields[name].error_messages["required"])] for name in missing})
    happened = cleaned.get(step.happened)
    if happened and happened > calendar.now():
        errors[step.happened] = ["This is in the future. Enter when it happened"]
    for name, message in (step.checks(matter, cleaned) if step.checks else {}).items():
        if protective:
            missing.append(name)
        else:
            errors.setdefault(name, [message])
    if errors:
        raise AnswersRefused(errors)
    return cleaned, [] if back else missing


def empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def frozen(value: Any) -> Any:
    """Answers as JSON keeps them: rows by key, dates and times in ISO form."""
    match value:
        case dict():
            return {key: frozen(item) for key, item in value.items() if not empty(item)}
        case list() | tuple():
            return [frozen(item) for item in value]
        case models.Model():
            return str(value.pk)
        case UUID() | Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
