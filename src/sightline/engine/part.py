"""What a part is: a row form, how many rows, and what the rows become."""

from typing import Any

from django import forms

Rows = list[dict[str, Any]]
Faults = dict[str, list[str]]


class Part:
    """A list of rows asked by a step.

    key: its name in answers. row: the form of one row. adds: the words of the button that adds a row (none: fixed
    rows, one for each thing listed by `initial`).
    """

    key = ""
    label = ""
    hint = ""
    adds = ""
    row: type[forms.Form]

    def initial(self, matter: Any) -> Rows:
        """What is asked about, before anything is typed: of all rows, for the step's own checks."""
        return []

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        """What every row's form is made with; override to offer choices that depend on the matter."""
        return {}

    def form(self, matter: Any, data: Any = None, **kwargs: Any) -> forms.Form:
        """One row's form."""
        return self.row(data=data, **self.form_kwargs(matter), **kwargs)

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        """What the rows taken together lack. Only asked where the step is not protective."""
        return {}

    def apply(self, deed: Any, rows: Rows) -> None:
        """Turn cleaned rows into the matter's rows."""
        raise NotImplementedError(self.key)

    def clean(self, matter: Any, rows: Rows, *, stepping_back: bool, protective: bool) -> tuple[Rows, Faults]:
        """Cleaned rows, and messages keyed `part-index-field` (or `part` for the list as a whole)."""
        cleaned: Rows = []
        faults: Faults = {}
        for index, given in enumerate(rows):
            form = self.form(matter, data=given)
            if form.is_valid():
                if any(value not in (None, "", []) for value in form.cleaned_data.values()):
                    cleaned.append(form.cleaned_data)
                continue
            for name, messages in form.errors.items():
                faults[f"{self.key}-{index}-{name}"] = [str(message) for message in messages]
        if not protective and not faults:
            faults.update(self.missing(matter, cleaned, stepping_back=stepping_back))
        return cleaned, faults


PARTS: dict[str, Part] = {}


def declare(part: type[Part]) -> str:
    """Register a part; returns its key, for a Step's `parts`."""
    PARTS[part.key] = part()
    return part.key
