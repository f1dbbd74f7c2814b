"""Asking: which agencies of the register are asked for a return, and why the others are not."""

from typing import Any

from django import forms

from sightline.engine.part import Faults, Part, Rows, declare
from sightline.parts.kept import keep, kept
from sightline.people.membership import member_agencies
from sightline.people.models import Agency
from sightline.platform import calendar

from .catalogue import BOUND, OTHER, Body, bodies
from .models import Asking

YES, NO = "yes", "no"
UNKNOWN = Body(OTHER, "A kind of agency that the instrument does not name")


class AgencyAsked(forms.Form):
    body = forms.UUIDField(widget=forms.HiddenInput)
    invited = forms.ChoiceField(
        label="Ask for a return?",
        choices=((YES, "Yes"), (NO, "No")),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether this agency is asked"},
    )
    reason = forms.CharField(label="Why not?", max_length=500, required=False)


class AgenciesAsked(Part):
    """Every agency of the register that could be asked: suggested by law, decided here, one return opened for each."""

    key = "bodies"
    label = "Which agencies are asked?"
    row = AgencyAsked

    def initial(self, matter: Any) -> Rows:
        """Agencies not yet asked, those bound first, as last decided; those who answer elsewhere are not listed."""
        said = {row.agency_id: row for row in kept(matter, Asking)}
        asked = {child.answering_id for child in matter.children}
        rows = [
            {
                "body": agency.pk,
                "called": agency.name,
                "invited": NO if agency.pk in said else YES if body.asked == BOUND else "",
                "reason": said[agency.pk].reason if agency.pk in said else "",
                "how": body.basis,
                "bound": body.asked == BOUND,
            }
            for agency, body in members(matter)
            if body.asked != OTHER and agency.pk not in asked
        ]
        return sorted(rows, key=lambda row: not row["bound"])

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        found = {agency.pk: (agency, body) for agency, body in members(matter)}
        asked = {child.answering_id for child in matter.children}
        faults: Faults = {}
        for index, row in enumerate(rows):
            agency, body = found.get(row["body"], (None, UNKNOWN))
            for column, why in _faults_of(row, agency, body, asked):
                faults[f"{self.key}-{index}-{column}"] = [why]
        if not faults and not any(row["invited"] == YES for row in rows):
            faults[self.key] = ["Ask at least one agency"]
        return faults

    def apply(self, deed: Any, rows: Rows) -> None:
        found = {agency.pk: (agency, body) for agency, body in members(deed.matter)}
        for row in rows:
            agency, body = found[row["body"]]
            keep(
                deed,
                Asking(
                    case=deed.case,
                    step=deed.row,
                    agency=agency,
                    asked=row["invited"] == YES,
                    binding=body.asked,
                    basis=body.basis,
                    reason=row["reason"] if row["invited"] == NO else "",
                ),
            )
        # The step keeps every decision; a return is opened only for those who are asked.
        deed.answers[self.key] = [{"agency": found[r["body"]][0]} for r in rows if r["invited"] == YES]


def _faults_of(row: dict[str, Any], agency: Agency | None, body: Body, asked: set[Any]) -> list[tuple[str, str]]:
    if agency is None:
        return [("invited", "This agency does not belong to the partnership")]
    wants = row["invited"] == YES
    if wants and body.asked == OTHER:
        return [("invited", f"{agency.name} is not asked. {body.basis}")]
    if wants and agency.pk in asked:
        return [("invited", f"{agency.name} is asked already")]
    if not wants and body.asked == BOUND and not row["reason"]:
        return [("reason", f"{agency.name} is bound by section 11: say why it is not asked")]
    return []


def members(matter: Any) -> list[tuple[Agency, Body]]:
    """The partnership's agencies today by name, each with whether the instrument asks it. Read once a matter."""
    if "asking members" not in matter.facts:
        known = bodies(matter.record.instrument or "section-11")
        every = member_agencies(matter.case.partnership, calendar.today())
        matter.facts["asking members"] = [(agency, known.get(agency.kind, UNKNOWN)) for agency in every]
    found: list[tuple[Agency, Body]] = matter.facts["asking members"]
    return found


def not_asked(matter: Any) -> list[tuple[Agency, str]]:
    """Every agency of the register without a return, by name, and why: no gap is silent."""
    asked = {child.answering_id for child in matter.children}
    said = {row.agency_id: row.reason for row in kept(matter, Asking)}
    return [
        (agency, said.get(agency.pk) or (body.basis if body.asked != BOUND else "Not decided yet"))
        for agency, body in members(matter)
        if agency.pk not in asked
    ]


ASKED = declare(AgenciesAsked)
