"""Evidence: what shows it, from when, and how much it shows. A figure is chosen, never typed."""

from typing import Any

from django import forms

from sightline.engine.part import Part, Rows, declare
from sightline.platform import calendar

from .figures import cited, offered
from .kept import keep
from .models import Evidence


class EvidenceGiven(forms.Form):
    """One piece of evidence."""

    kind = forms.ChoiceField(
        label="What kind of evidence is it?", choices=Evidence.Kind, widget=forms.RadioSelect, required=False
    )
    grade = forms.ChoiceField(
        label="What does it show?", choices=Evidence.Grade, widget=forms.RadioSelect, required=False
    )
    says = forms.CharField(label="Say in a sentence what it shows", max_length=1000, required=False)
    dated_on = forms.DateField(label="What day is it from?", required=False)
    where = forms.CharField(label="Where is it held?", help_text="A title or a link", max_length=500, required=False)
    figure = forms.ChoiceField(label="If it is a measure, which figure?", required=False)

    def __init__(self, *args: Any, partnership: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        found = [(one.reference, f"{one.name}, {one.period}: {one.words}") for one in offered(partnership)]
        self.fields["figure"].choices = [("", "No figure"), *found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.values()) and not self.errors:
            return {}
        wanted = {
            "kind": "Select what kind of evidence this is",
            "grade": "Select what the evidence shows",
            "says": "Say in a sentence what the evidence shows",
        }
        for name, message in wanted.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, message)
        self._check_figure(given)
        dated = given.get("dated_on")
        if dated is None and "dated_on" not in self.errors:
            self.add_error("dated_on", "Enter the day that the evidence is from")
        elif dated and dated > calendar.today():
            self.add_error("dated_on", "The day must be today or in the past")
        return given

    def _check_figure(self, given: dict[str, Any]) -> None:
        """A measure is cited by reference; its day is the end of the figure's own period."""
        figure = cited(self.partnership, given["figure"]) if given.get("figure") else None
        if given.get("kind") == Evidence.Kind.DATA and figure is None and "figure" not in self.errors:
            self.add_error("figure", "Select the figure that shows it")
        if figure:
            given["dated_on"] = figure.period_end


class EvidenceRows(Part):
    """Evidence added at a step."""

    key = "evidence"
    label = "Evidence"
    adds = "Add another piece of evidence"
    row = EvidenceGiven

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"partnership": matter.case.partnership}

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in rows:
            keep(deed, evidence_from(deed, row))


def evidence_from(deed: Any, row: dict[str, Any], about: str = "") -> Evidence:
    """The row to keep, with the figure as it stands now."""
    figure = cited(deed.case.partnership, row["figure"]) if row.get("figure") else None
    return Evidence(
        case=deed.case,
        step=deed.row,
        about=about,
        **{name: row.get(name) or "" for name in ("kind", "grade", "says", "where", "figure")},
        dated_on=row["dated_on"],
        figure_name=figure.name if figure else "",
        figure_period=figure.period if figure else "",
        figure_words=figure.words if figure else "",
        figure_source=figure.provenance if figure else "",
    )


EVIDENCE = declare(EvidenceRows)
