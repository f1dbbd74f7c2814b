"""What is wrong on a page, said once at its top with a link to each field and once beside the field."""

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from sightline.web.components.inputs import DateBoxes
from sightline.web.templating import govuk

Problem = dict[str, str]
AnyForm = forms.BaseForm | forms.BaseFormSet


def problems(*forms_shown: AnyForm | None) -> list[Problem]:
    """What is wrong, in the order of the page: `{"text", "href"}` with a link to the field; formsets row by row."""
    return [problem for shown in forms_shown if shown is not None for problem in _problems_of(shown)]


def _problems_of(shown: AnyForm) -> Iterator[Problem]:
    if getattr(shown, "quiet", False) or not shown.is_bound:
        return
    if isinstance(shown, forms.BaseFormSet):
        first = f"#{shown.prefix}"
        yield from ({"text": str(text), "href": first} for text in shown.non_form_errors())
        for form in shown.forms:
            yield from _problems_of(form)
        return
    for name, messages in shown.errors.items():
        href = f"#{field_target(shown[name])}" if name in shown.fields else "#main-content"
        yield from ({"text": str(message), "href": href} for message in messages)


def error_summary(*forms_shown: AnyForm | None) -> Markup:
    """The box at the top of a page that says what is wrong; nothing when nothing is."""
    found = problems(*forms_shown)
    return problem_box(found) if found else Markup()


def problem_box(found: list[Problem]) -> Markup:
    """The error summary for problems already listed."""
    return govuk("error-summary", {"titleText": "There is a problem", "errorList": found})


def field_target(bound: BoundField) -> str:
    """The id of the first thing to fill in."""
    return f"{bound.auto_id}-day" if isinstance(bound.field.widget, DateBoxes) else bound.auto_id
