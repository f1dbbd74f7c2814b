"""Rows of a census as they are read, turned into rows of the database and saved some thousands at a time.

Inserted, not copied: PostgreSQL takes no COPY into a table that has a row-level wall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sightline.datasets.cin_census.models import (
    Assessment,
    AssessmentFactor,
    CensusReturn,
    CensusRow,
    Child,
    Disability,
    PlanDates,
    PreProceedings,
    ProtectionPlan,
    Referral,
    Review,
    Section47,
)
from sightline.datasets.cin_census.row import Row

ROWS_AT_ONCE = 4_000
SEX_OF_GENDER = {"1": "M", "2": "F", "0": "U", "9": "U"}
Columns = dict[str, Any]


@dataclass(slots=True)
class Saving:
    """Called with each row of a census, rows within it first; parents are known by key before they are saved.

    The keys that point at them are checked when the transaction ends. Call `flush` after the last row.
    """

    census: CensusReturn
    waiting: dict[type[CensusRow], list[CensusRow]] = field(default_factory=dict)
    count: int = 0

    def keep(self, row: Row) -> None:
        if row.table == "ChildCharacteristics" and row.parent:
            row.parent.values["Ethnicity"] = row.values.get("Ethnicity")
        if row.table not in SAVED:
            return
        model, columns = SAVED[row.table]
        made = model(id=_key(row), census_return=self.census, **columns(row))
        self.waiting.setdefault(model, []).append(made)
        self.count += 1
        if self.count >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        for model, rows in self.waiting.items():
            model._default_manager.bulk_create(rows)
        self.waiting, self.count = {}, 0


def _key(row: Row) -> UUID:
    if row.key is None:
        row.key = uuid4()
    return row.key


def _within(row: Row) -> Row:
    if row.parent is None:
        raise ValueError(f"A row of {row.table} stands outside any child")
    return row.parent


def _child(row: Row) -> Columns:
    value = row.values.get
    return {
        "la_child_id": value("LAchildID"),
        "upn_unknown": value("UPNunknown") or "",
        "birth_date": value("PersonBirthDate"),
        "expected_birth_date": value("ExpectedPersonBirthDate"),
        "sex": value("Sex") or SEX_OF_GENDER.get(str(value("GenderCurrent")), ""),
        "death_date": value("PersonDeathDate"),
        "ethnicity": value("Ethnicity") or "",
    }


def _disability(row: Row) -> Columns:
    return {"child_id": _key(_within(_within(row))), "code": row.values["Disability"]}


def _referral(row: Row) -> Columns:
    value = row.values.get
    return {
        "child_id": _key(_within(row)),
        "referral_date": value("CINreferralDate"),
        "source": value("ReferralSource") or "",
        "primary_need": value("PrimaryNeedCode") or "",
        "closure_date": value("CINclosureDate"),
        "closure_reason": value("ReasonForClosure") or "",
        "conference_date": value("DateOfInitialCPC"),
        "no_further_action": value("ReferralNFA"),
    }


def _of_referral(row: Row, columns: dict[str, str], texts: tuple[str, ...] = ()) -> Columns:
    """`columns`: each column of the model by the element that it comes from; `texts` are empty rather than null."""
    referral = _within(row)
    found: Columns = {column: row.values.get(name) for column, name in columns.items()}
    for column in texts:
        found[column] = found[column] or ""
    return {"child_id": _key(_within(referral)), "referral_id": _key(referral), **found}


ASSESSMENT = {
    "start_date": "AssessmentActualStartDate",
    "review_date": "AssessmentInternalReviewDate",
    "authorised_date": "AssessmentAuthorisationDate",
}
PLAN_DATES = {"start_date": "CINPlanStartDate", "end_date": "CINPlanEndDate"}
SECTION_47 = {
    "start_date": "S47ActualStartDate",
    "conference_target": "InitialCPCtarget",
    "conference_date": "DateOfInitialCPC",
    "conference_not_required": "ICPCnotRequired",
}
PROTECTION_PLAN = {
    "start_date": "CPPstartDate",
    "end_date": "CPPendDate",
    "initial_category": "InitialCategoryOfAbuse",
    "latest_category": "LatestCategoryOfAbuse",
    "previous_plans": "NumberOfPreviousCPP",
}
PRE_PROCEEDINGS = {
    "start_date": "PPStartDate",
    "letter_sent_date": "LBPSentDate",
    "meeting_offered": "FGDMMeetingOffer",
    "meeting_facilitated": "FGDMMeetingFac",
    "first_meeting_date": "InitialPPMeetingDate",
    "review_meetings": "ReviewMeetingsCount",
    "step_decision_date": "StepDecisionDate",
    "outcome": "PPOutcome",
    "court_application_date": "CourtAppDate",
    "court_letter_date": "LetterInitCPDate",
}


def _factor(row: Row) -> Columns:
    return {"assessment_id": _key(_within(row)), "code": row.values["AssessmentFactors"]}


def _review(row: Row) -> Columns:
    return {"plan_id": _key(_within(row)), "review_date": row.values["CPPreviewDate"]}


SAVED: dict[str, tuple[type[CensusRow], Callable[[Row], Columns]]] = {
    "ChildIdentifiers": (Child, _child),
    "Disabilities": (Disability, _disability),
    "CINdetails": (Referral, _referral),
    "Assessments": (Assessment, lambda row: _of_referral(row, ASSESSMENT)),
    "AssessmentFactors": (AssessmentFactor, _factor),
    "CINPlanDates": (PlanDates, lambda row: _of_referral(row, PLAN_DATES)),
    "Section47": (Section47, lambda row: _of_referral(row, SECTION_47)),
    "ChildProtectionPlans": (
        ProtectionPlan,
        lambda row: _of_referral(row, PROTECTION_PLAN, ("initial_category", "latest_category")),
    ),
    "Reviews": (Review, _review),
    "PreProceedingsandFGDM": (PreProceedings, lambda row: _of_referral(row, PRE_PROCEEDINGS, ("outcome",))),
}
"""The model of each table of the file, and its columns from a row. Characteristics are part of the child."""
