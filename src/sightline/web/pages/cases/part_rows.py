"""The rows of a shared part as a page draws them: added one by one, listed one under another, or as a table."""

from dataclasses import dataclass

from django import forms

from sightline.parts.declared import ATTENDANCE, VIEWS
from sightline.processes.governance.seating import GROUP_ATTENDANCE
from sightline.web.pages.cases import already_known

GRIDS = {ATTENDANCE: "presence", VIEWS: "view", GROUP_ATTENDANCE: "presence"}
"""Parts whose rows ask one choice each: that column."""


OF_A_SEAT = "what they wrote in, or why they did not come"


@dataclass
class Row:
    """One row of a part as drawn: what it is about, and its form."""

    legend: str
    note: str
    form: forms.BaseForm
    asked: already_known.Asked | None = None
    name: str = ""
    beside: tuple[str, ...] = ()

    @property
    def beside_filled(self) -> bool:
        """Whether anything is written in the boxes kept under the table."""
        return any(self.form[name].value() or self.form.errors.get(name) for name in self.beside)


@dataclass
class PartOfForm:
    """A shared part as drawn. `adds` is the words of its button, empty where its rows are fixed."""

    key: str
    label: str
    hint: str
    adds: str
    formset: forms.BaseFormSet
    rows: list[Row]
    empty: str = ""

    @property
    def one(self) -> str:
        """What one of its rows is called: "person", from "Add another person"."""
        return self.adds.split("another ")[-1]

    def say(self, message: str) -> None:
        """Put a message about the rows together where it belongs: on the person it names, else above the rows."""
        for row in self.rows:
            if row.asked and row.legend in message and not row.form.errors:
                row.form.add_error("is_person", message)
                return
        self.formset.non_form_errors().append(message)

    @property
    def grid(self) -> str:
        """The column whose choices are a table of their own, row by row; empty where rows stand one under another."""
        return GRIDS.get(self.key, "")

    @property
    def beside_words(self) -> str:
        """What is asked under the table about one of its rows."""
        return "which deputy came, or why they did not come" if self.key == GROUP_ATTENDANCE else OF_A_SEAT

    @property
    def grid_choices(self) -> list[tuple[str, str]]:
        return list(self.rows[0].form.fields[self.grid].choices)  # type: ignore[attr-defined]

    @property
    def groups_of_grid(self) -> list[tuple[str, list[Row]]]:
        """One table, or one for each child whom every agency is asked about."""
        return self.groups if self.key == VIEWS else [("", self.rows)]

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """Rows under each legend: one agency's view after another, child by child."""
        grouped: dict[str, list[Row]] = {}
        for row in self.rows:
            grouped.setdefault(row.legend, []).append(row)
        return list(grouped.items())
