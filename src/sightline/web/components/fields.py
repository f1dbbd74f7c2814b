"""Draws any Django form with GOV.UK components. Fields are matched by their class, never by their name.

A form may carry two attributes of its own:
    reveals = {"field": {"value": ["other_field"]}}   other_field is drawn under that answer, or once after all the
                                                      answers, where more than one of them asks for it
    quiet = True                                      bound, but its mistakes are not shown (a row was added)
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from sightline.web.components.check_answers import answer_rows
from sightline.web.components.choice_groups import folded, groups_of
from sightline.web.components.inputs import DateBoxes, DateTimeBoxes, one_of
from sightline.web.components.problems import error_summary, problem_box, problems
from sightline.web.templating import govuk

MANY_CHOICES = 10
"""Above this many choices a select takes less reading than radios."""

_BOX_LABELS = {"day": "Day", "month": "Month", "year": "Year", "time": "Time"}


def form_fields(form: forms.BaseForm, names: Iterable[str] | None = None) -> Markup:
    """Every field in order, or only `names`; a field revealed by another's answer is drawn under that answer."""
    inside = {name for answers in _reveals(form).values() for revealed in answers.values() for name in revealed}
    chosen = list(names) if names is not None else [name for name in form.fields if name not in inside]
    return Markup("\n").join(form_field(form[name]) for name in chosen)


def form_field(bound: BoundField, *, heading: bool = False) -> Markup:
    """One field. With `heading` its label or legend is the page's h1, for pages that ask one question."""
    if bound.is_hidden:
        return Markup(bound.as_hidden())  # noqa: S704
    for kind, draw in _DRAWN_BY_WIDGET:
        if isinstance(bound.field.widget, kind):
            return draw(bound, heading)
    return _text_input(bound, heading)


def _reveals(form: forms.BaseForm) -> dict[str, dict[str, list[str]]]:
    return getattr(form, "reveals", {})


def _under_one_answer(bound: BoundField) -> dict[str, list[str]]:
    """Fields to draw under each answer: those that no other answer reveals as well."""
    answers = _reveals(bound.form).get(bound.name, {})
    every = [name for names in answers.values() for name in names]
    once = {value: [name for name in names if every.count(name) == 1] for value, names in answers.items()}
    return {value: names for value, names in once.items() if names}


def _after_answers(bound: BoundField) -> Markup:
    """Fields that several answers reveal, each drawn once after the question; a script shows it for any of them.

    A box may stand on a page only once: of two boxes with one name the last is what is sent, empty or not.
    """
    answers = _reveals(bound.form).get(bound.name, {})
    every = [name for names in answers.values() for name in names]
    drawn = []
    for name in dict.fromkeys(name for name in every if every.count(name) > 1):
        revealed = bound.form[name]
        by = " ".join(value for value, names in answers.items() if name in names)
        block = '<div class="govuk-radios__conditional">{2}</div>'
        if not _message(revealed):  # a mistake is always in sight
            block = '<div class="govuk-radios__conditional" data-shown-by="{0}" data-answers="{1}">{2}</div>'
        drawn.append(Markup(block).format(bound.html_name, by, form_field(revealed)))  # noqa: S704
    return Markup("\n").join(drawn)


def _message(bound: BoundField) -> dict[str, str] | None:
    shown = bound.form.is_bound and not getattr(bound.form, "quiet", False) and bound.errors
    return {"text": " ".join(str(message) for message in bound.errors)} if shown else None


def _hint(bound: BoundField) -> dict[str, str] | None:
    return {"text": str(bound.help_text)} if bound.help_text else None


def _optional(bound: BoundField) -> str:
    """Says "(optional)" only where the form marks it so: most fields of a protective step are optional by law."""
    optional = bound.name in getattr(bound.form, "optional", ())
    return f"{bound.label} (optional)" if optional else str(bound.label)


def _label(bound: BoundField, heading: bool) -> dict[str, Any]:
    size = "l" if heading else "s"
    return {"text": _optional(bound), "classes": f"govuk-label--{size}", "isPageHeading": heading}


def _legend(bound: BoundField, heading: bool) -> dict[str, Any]:
    size = "l" if heading else "s"
    return {
        "legend": {"text": _optional(bound), "classes": f"govuk-fieldset__legend--{size}", "isPageHeading": heading}
    }


def _shared(bound: BoundField) -> dict[str, Any]:
    return {"name": bound.html_name, "hint": _hint(bound), "errorMessage": _message(bound)}


def _value(bound: BoundField) -> Any:
    value = bound.value()
    return "" if value is None else value


def _attributes(bound: BoundField, *taken: str) -> dict[str, Any]:
    return {key: value for key, value in bound.field.widget.attrs.items() if key not in (*taken, "class")}


def _text_input(bound: BoundField, heading: bool) -> Markup:
    widget, field = bound.field.widget, bound.field
    kind = getattr(widget, "input_type", "text")
    number = isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField)
    return govuk(
        "input",
        {
            **_shared(bound),
            "id": bound.auto_id,
            "label": _label(bound, heading),
            "value": "" if kind == "password" else _value(bound),
            # A number box loses what was typed when it is not a number, and scrolls by accident.
            "type": "text" if number else kind,
            "inputmode": "numeric" if number else widget.attrs.get("inputmode"),
            "autocomplete": widget.attrs.get("autocomplete"),
            "spellcheck": False if kind == "password" else None,
            "classes": _width(field, number),
            "attributes": _attributes(bound, "autocomplete", "inputmode", "type", "value"),
        },
    )


def _width(field: forms.Field, number: bool) -> str:
    longest = getattr(field, "max_length", None) or 0
    if number:
        return "govuk-input--width-5"
    return "govuk-input--width-10" if 0 < longest <= 20 else "govuk-!-width-two-thirds"


def _textarea(bound: BoundField, heading: bool) -> Markup:
    rows = bound.field.widget.attrs.get("rows", 5)
    return govuk(
        "textarea",
        {
            **_shared(bound),
            "id": bound.auto_id,
            "label": _label(bound, heading),
            "value": _value(bound),
            "rows": 5 if str(rows) == "10" else rows,
            "attributes": _attributes(bound, "rows", "cols"),
        },
    )


def _choices(bound: BoundField) -> list[tuple[str, str]]:
    """Value and words of each choice, without Django's empty first one."""
    offered = getattr(bound.field, "choices", bound.field.widget.choices)
    flat: list[tuple[str, str]] = []
    for value, words in offered:
        if isinstance(words, list | tuple):
            flat.extend((str(inner), str(said)) for inner, said in words)
        elif str(value) != "":
            flat.append((str(value), str(words)))
    return flat


def _items(bound: BoundField, chosen: set[str]) -> list[dict[str, Any]]:
    revealed = _under_one_answer(bound)
    hints = getattr(bound.field, "choice_hints", {})
    return [
        {
            "value": value,
            "text": words,
            "checked": value in chosen,
            "hint": {"text": hints[value]} if value in hints else None,
            "conditional": {"html": form_fields(bound.form, revealed[value])} if value in revealed else None,
        }
        for value, words in _choices(bound)
    ]


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        value = [value]
    return {str(getattr(one, "value", one)) for one in value if one is not None}


def _one_choice(bound: BoundField, heading: bool) -> Markup:
    choices = _choices(bound)
    if len(choices) > MANY_CHOICES and not isinstance(bound.field.widget, forms.RadioSelect):
        return _select(bound, heading)
    short = (
        len(choices) == 2 and all(len(words) <= 12 for _, words in choices) and not _reveals(bound.form).get(bound.name)
    )
    drawn = govuk(
        "radios",
        {
            **_shared(bound),
            "idPrefix": bound.auto_id,
            "fieldset": _legend(bound, heading),
            "items": _items(bound, _chosen(bound)),
            "classes": "govuk-radios--inline" if short else "",
        },
    )
    return drawn + _after_answers(bound)


def _select(bound: BoundField, heading: bool) -> Markup:
    chosen = _chosen(bound)
    items = [{"value": value, "text": words, "selected": value in chosen} for value, words in _choices(bound)]
    return govuk(
        "select",
        {
            **_shared(bound),
            "id": bound.auto_id,
            "label": _label(bound, heading),
            "items": [{"value": "", "text": f"Choose {one_of(str(bound.label))}"}, *items],
        },
    )


def _several_choices(bound: BoundField, heading: bool) -> Markup:
    chosen, groups = _chosen(bound), groups_of(bound)
    elsewhere = {value for _, choices in groups for value, _ in choices}
    drawn = govuk(
        "checkboxes",
        {
            **_shared(bound),
            "idPrefix": bound.auto_id,
            "hint": _hint(bound) or {"text": "Select all that apply."},
            "fieldset": _legend(bound, heading),
            "items": [item for item in _items(bound, chosen) if item["value"] not in elsewhere],
        },
    )
    return drawn + folded(bound, groups, chosen)


def _tick(bound: BoundField, heading: bool) -> Markup:
    """A single statement to agree to."""
    return govuk(
        "checkboxes",
        {
            "name": bound.html_name,
            "idPrefix": bound.auto_id,
            "errorMessage": _message(bound),
            "items": [{"value": "on", "text": str(bound.label), "hint": _hint(bound), "checked": bool(bound.value())}],
        },
    )


def _date_boxes(bound: BoundField, heading: bool) -> Markup:
    widget = bound.field.widget
    boxes = widget.boxes(bound.value())
    wrong = " govuk-input--error" if _message(bound) else ""
    # The month box has room for a name.
    wide = {"month": "govuk-input--width-4", "year": "govuk-input--width-4", "time": "govuk-input--width-5"}
    birth = {"day": "bday-day", "month": "bday-month", "year": "bday-year"}
    return govuk(
        "date-input",
        {
            "id": bound.auto_id,
            "namePrefix": bound.html_name,
            "fieldset": _legend(bound, heading),
            "hint": _hint(bound) or {"text": _date_example(widget)},
            "errorMessage": _message(bound),
            "items": [
                {
                    "name": part,
                    "label": _BOX_LABELS[part],
                    "value": getattr(boxes, part),
                    "classes": wide.get(part, "govuk-input--width-2") + wrong,
                    "inputmode": "text" if part in ("month", "time") else "numeric",
                    "autocomplete": birth.get(part) if widget.attrs.get("autocomplete") == "bday" else None,
                }
                for part in widget.parts
            ],
        },
    )


def _date_example(widget: DateBoxes) -> str:
    return "For example, 27 3 2018 at 9:30am" if isinstance(widget, DateTimeBoxes) else "For example, 27 3 2018"


def _file(bound: BoundField, heading: bool) -> Markup:
    return govuk("file-upload", {**_shared(bound), "id": bound.auto_id, "label": _label(bound, heading)})


_DRAWN_BY_WIDGET: tuple[tuple[type[forms.Widget], Callable[[BoundField, bool], Markup]], ...] = (
    (DateBoxes, _date_boxes),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _several_choices),
    (forms.SelectMultiple, _several_choices),
    (forms.RadioSelect, _one_choice),
    (forms.Select, _one_choice),
    (forms.CheckboxInput, _tick),
    (forms.FileInput, _file),
)

TEMPLATE_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "form_fields": form_fields,
    "form_field": form_field,
    "error_summary": error_summary,
    "problem_box": problem_box,
    "problems": problems,
    "answer_rows": answer_rows,
}
