"""Whom a recommendation is addressed to, and how many a source says that it makes to each."""

from typing import Any

from django import forms
from django.db import models

from sightline.engine.models import Case, CaseStep
from sightline.engine.models.cases import Spine
from sightline.engine.part import Faults, Part, Rows, declare
from sightline.parts.actions import AgencyField
from sightline.parts.kept import keep, kept


class To(models.TextChoices):
    """Who is addressed: by no means always an agency of the partnership."""

    PARTNERSHIP = "partnership", "The partnership as a whole"
    AGENCY = "agency", "One agency of the partnership"
    OUTSIDE = "outside", "A body outside the partnership"


class Addressed(Spine):
    """One addressee. `key` is the same for the same addressee wherever it is named."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    to = models.CharField(max_length=12, choices=To)
    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    outside = models.CharField("body outside the partnership", max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ("step__number", "position")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.to == To.PARTNERSHIP:
            return "The partnership"
        return self.agency.name if self.agency else self.outside

    @property
    def key(self) -> str:
        if self.to == To.PARTNERSHIP:
            return str(self.to)
        return str(self.agency_id) if self.agency_id else f"outside {self.outside.strip().casefold()}"


class Addressee(Addressed):
    """One to whom a recommendation is made. The first is the one under which its source counts it."""

    class Meta(Addressed.Meta):
        pass


class ExpectedCount(Addressed):
    """How many recommendations a source makes to one addressee. A later step's counts take the place of these."""

    count = models.PositiveSmallIntegerField()

    class Meta(Addressed.Meta):
        pass


def expected_now(rows: list[ExpectedCount]) -> list[ExpectedCount]:
    """The counts of the latest step that gave any. `rows` are in the order in which they were given."""
    return [row for row in rows if row.step_id == rows[-1].step_id]


class AddresseeGiven(forms.Form):
    """One addressee as it is said."""

    to = forms.ChoiceField(label="Who is it addressed to?", choices=To, widget=forms.RadioSelect, required=False)
    agency = AgencyField(label="Which agency?", required=False)
    outside = forms.CharField(label="Which body?", help_text="Like a government department", required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.values()) and not self.errors:
            return {}
        wanted = {To.AGENCY.value: ("agency", "Select the agency"), To.OUTSIDE.value: ("outside", "Name the body")}
        if not given.get("to") and "to" not in self.errors:
            self.add_error("to", "Select who it is addressed to")
        name, message = wanted.get(given.get("to") or "", ("", ""))
        if name and not given.get(name) and name not in self.errors:
            self.add_error(name, message)
        # What was typed under another answer is no part of this one.
        for other in {"agency", "outside"} - {name}:
            given[other] = None if other == "agency" else ""
        return given


class ExpectedGiven(AddresseeGiven):
    """How many recommendations one addressee has."""

    count = forms.IntegerField(label="How many recommendations?", min_value=1, max_value=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given and not given.get("count") and "count" not in self.errors:
            self.add_error("count", "Enter how many recommendations, like 6")
        return given


class Addressees(Part):
    """To whom a recommendation is made."""

    key = "addressees"
    label = "Who is it addressed to?"
    hint = "Name first the one under which the source counts it."
    adds = "Add another addressee"
    row = AddresseeGiven

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {f"{self.key}-0-to": ["Select who it is addressed to"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in _rows(deed, rows, Addressee):
            keep(deed, row)


class Expected(Part):
    """How many recommendations the source makes to each addressee, as the source itself counts them."""

    key = "expected"
    label = "How many recommendations does it make, and to whom?"
    hint = "The register compares what is entered with these counts."
    adds = "Add another addressee"
    row = ExpectedGiven

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in _rows(deed, rows, ExpectedCount):
            keep(deed, row)


def _rows[R: Addressed](deed: Any, rows: Rows, model: type[R]) -> list[R]:
    return [
        model(
            case=deed.case,
            step=deed.row,
            position=number,
            **{**row, "outside": row.get("outside") or "", "agency": row.get("agency")},
        )
        for number, row in enumerate(rows, 1)
    ]


def addressees(matter: Any) -> list[Addressee]:
    """To whom this recommendation is made, in the order in which they were named."""
    return kept(matter, Addressee)


ADDRESSEES = declare(Addressees)
EXPECTED = declare(Expected)
