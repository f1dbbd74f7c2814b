"""What somebody answered, in words, for "check your answers" and for the record: rows of a GOV.UK summary list."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

from sightline.web.components import words

NOT_GIVEN = "Not given"
Row = dict[str, Any]


def answer_rows(form: forms.BaseForm, change: str = "", *, leave_out: tuple[str, ...] = ()) -> list[Row]:
    """A row for each visible field: its label, the answer in words and a link back to change it.

    `change` is the address of the page that asks; each link goes to the field on it. A bound form must have been
    checked. Fields hidden by another field's answer (`form.reveals`) have no row.
    """
    hidden = _not_revealed(form)
    return [
        _row(form[name], change)
        for name in form.fields
        if name not in leave_out and name not in hidden and not form[name].is_hidden
    ]


def _row(bound: BoundField, change: str) -> Row:
    row: Row = {"key": {"text": str(bound.label)}, "value": {"html": said(bound)}}
    if change:
        link = {"href": f"{change}#{bound.auto_id}", "text": "Change", "visuallyHiddenText": str(bound.label).lower()}
        row["actions"] = {"items": [link]}
    return row


def _not_revealed(form: forms.BaseForm) -> set[str]:
    hidden: set[str] = set()
    for name, answers in getattr(form, "reveals", {}).items():
        given = {str(value) for value in _as_list(answer(form[name]))}
        shown = {field for value, fields in answers.items() if value in given for field in fields}
        hidden |= {field for fields in answers.values() for field in fields} - shown
    return hidden


def answer(bound: BoundField) -> Any:
    """The cleaned answer of a checked form, else what the form starts with."""
    if bound.form.is_bound and hasattr(bound.form, "cleaned_data"):
        return bound.form.cleaned_data.get(bound.name)
    return bound.initial


def said(bound: BoundField) -> Markup:
    """The answer to a field in words, with its line breaks; "Not given" when there is none."""
    value, field = answer(bound), bound.field
    if value is None or value == "" or (hasattr(value, "__len__") and len(value) == 0):
        return Markup('<span class="app-secondary">{}</span>').format(NOT_GIVEN)
    offered = {str(code): text for code, text in _flat(getattr(field, "choices", ()))}
    shown = [in_words(one, offered) for one in _as_list(value)]
    if len(shown) > 1:
        items = Markup("").join(Markup("<li>{}</li>").format(text) for text in shown)
        return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
    return Markup("<br>").join(escape(line) for line in shown[0].splitlines() or [shown[0]])


def in_words(value: Any, offered: Mapping[str, Any] | None = None) -> str:
    """Any answer as words: choices by `offered` (code to words), yes and no, dates, lists joined; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple | set):
        return words.joined(in_words(one, offered) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return words.date_and_time(value)
    if isinstance(value, date):
        return words.plain_date(value)
    return str((offered or {}).get(str(value), value))


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, text in choices:
        flat.extend(text if isinstance(text, list | tuple) else [(value, text)])
    return flat
