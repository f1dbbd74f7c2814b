"""The figure that a recommendation comes from: chosen, never typed, and kept as it stood."""

from typing import Any

from django import forms

from sightline.engine.part import Part, Rows, declare
from sightline.parts.figures import cited, offered


class FigureChosen(forms.Form):
    """One figure of those that may be cited."""

    figure = forms.ChoiceField(label="Which figure?", required=False)

    def __init__(self, *args: Any, partnership: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(one.reference, f"{one.name}, {one.period}: {one.words}") for one in offered(partnership)]
        self.fields["figure"].choices = [("", "No figure"), *found]  # type: ignore[attr-defined]


class FigureCited(Part):
    """One row, always there: the figure, where a recommendation comes from one."""

    key = "figure_cited"
    label = "If it comes from a figure"
    row = FigureChosen

    def initial(self, matter: Any) -> Rows:
        return [{"figure": matter.record.figure}]

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"partnership": matter.case.partnership}

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in rows:
            figure = cited(deed.case.partnership, row["figure"])
            if figure is None:
                continue
            record = deed.record
            record.figure, record.figure_indicator = figure.reference, figure.indicator
            record.figure_name, record.figure_period = figure.name, figure.period
            record.figure_words = figure.words
            record.figure_source = figure.provenance


FIGURE_CITED = declare(FigureCited)
