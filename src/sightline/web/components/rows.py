"""Several of the same thing on one form ("add another"), by submit buttons, so that it works without JavaScript.

A button named `add:people` asks for one more row of the formset whose prefix is "people"; `remove:people:1` takes
the second row away. Nothing is checked while rows come and go.
"""

from typing import Any

from django import forms
from django.http import QueryDict

from sightline.web.components.inputs import govuk_widgets

MOST_ROWS = 50


def rows_of(
    form_class: type[forms.Form],
    prefix: str,
    *,
    data: QueryDict | None = None,
    initial: list[dict[str, Any]] | None = None,
    least: int = 1,
    form_kwargs: dict[str, Any] | None = None,
) -> forms.BaseFormSet:
    """A formset of `form_class`, at least `least` rows shown, each with our own inputs and made with `form_kwargs`."""
    blank = max(0, least - len(initial or ()))
    made = forms.formset_factory(form_class, extra=blank, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    formset = made(data=data, prefix=prefix, initial=initial, form_kwargs=form_kwargs)
    for form in formset.forms:
        govuk_widgets(form)
    return formset


def rows_changed(data: QueryDict) -> tuple[QueryDict, bool]:
    """What was posted with a row added or taken away as its button asks, and whether one was."""
    for name in data:
        if name.startswith("add:"):
            return _one_more(data, name.removeprefix("add:")), True
        if name.startswith("remove:"):
            _, prefix, index = name.split(":", 2)
            return _one_fewer(data, prefix, index), True
    return data, False


def _count(data: QueryDict, prefix: str) -> int:
    posted = str(data.get(f"{prefix}-TOTAL_FORMS", "0"))
    return min(int(posted), MOST_ROWS) if posted.isdecimal() else 0


def _one_more(data: QueryDict, prefix: str) -> QueryDict:
    changed = data.copy()
    changed[f"{prefix}-TOTAL_FORMS"] = str(min(_count(data, prefix) + 1, MOST_ROWS))
    return changed


def _one_fewer(data: QueryDict, prefix: str, index: str) -> QueryDict:
    total = _count(data, prefix)
    if not index.isdecimal() or int(index) >= total:
        return data
    gone, changed = int(index), QueryDict(mutable=True)
    for name, values in data.lists():
        changed.setlist(_renamed(name, prefix, gone), values)
    changed.pop("", None)
    changed[f"{prefix}-TOTAL_FORMS"] = str(total - 1)
    started = str(data.get(f"{prefix}-INITIAL_FORMS", "0"))
    changed[f"{prefix}-INITIAL_FORMS"] = str(min(int(started) if started.isdecimal() else 0, total - 1))
    return changed


def _renamed(name: str, prefix: str, gone: int) -> str:
    """The name a posted value has once row `gone` is away; empty for the row itself."""
    parts = name.removeprefix(f"{prefix}-").split("-", 1)
    if not name.startswith(f"{prefix}-") or len(parts) < 2 or not parts[0].isdecimal():
        return name
    row = int(parts[0])
    if row == gone:
        return ""
    return f"{prefix}-{row - 1}-{parts[1]}" if row > gone else name
