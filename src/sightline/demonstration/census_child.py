"""An invented child as an element of the census: who they are, and their episodes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sightline.demonstration.census_life import Assessed, Enquiry, Episode, Plan
from sightline.demonstration.census_shape import Year
from sightline.demonstration.census_xml import Element, items

ETHNICITIES = {
    "WBRI": 62, "WIRI": 1, "WIRT": 1, "WOTH": 6, "WROM": 1, "MWBC": 4, "MWBA": 2, "MWAS": 3, "MOTH": 3, "AIND": 2,
    "APKN": 5, "ABAN": 1, "AOTH": 2, "BCRB": 1, "BAFR": 3, "BOTH": 1, "CHNE": 1, "OOTH": 2, "REFU": 1, "NOBT": 3,
}  # fmt: skip
SOURCES = {
    "1A": 8, "1B": 1, "1C": 1, "1D": 3, "2A": 18, "2B": 2, "3A": 2, "3B": 2, "3C": 1, "3D": 2, "3E": 5, "3F": 5, "4": 2,
    "5A": 6, "5B": 3, "5C": 4, "5D": 3, "6": 27, "7": 3, "8": 4, "9": 2, "10": 1,
}  # fmt: skip
NEEDS = {"N1": 57, "N2": 8, "N3": 3, "N4": 9, "N5": 14, "N6": 2, "N7": 1, "N8": 4, "N9": 1, "N0": 1}
CATEGORIES = {"NEG": 50, "EMO": 36, "PHY": 7, "SAB": 4, "MUL": 3}
DISABILITIES = {"LD": 25, "AUT": 28, "BEH": 12, "COMM": 10, "MOB": 7, "PC": 5, "HEAR": 4, "VIS": 4, "CON": 3, "INC": 2}
FACTORS = {
    "3B": 14, "4B": 13, "4A": 8, "2B": 7, "1B": 6, "16A": 8, "17A": 8, "18C": 4, "3A": 5, "5A": 3, "6A": 3, "15A": 3,
    "14A": 3, "24A": 2, "11A": 2, "10A": 2, "13A": 1, "7A": 2, "19B": 1, "19C": 2, "18B": 1, "2A": 2, "1A": 1, "5B": 1,
    "6B": 1, "9A": 1, "20": 3,
}  # fmt: skip
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
SCHOOL_AGE = 5
DISABLED = 0.12
UNBORN = 0.015


def child_element(year: Year, place: int, episodes: Sequence[Episode]) -> Element:
    """The child at this place in the file, with these episodes."""
    pick = year.pick
    first = min(each.referred for each in episodes)
    unborn = pick.random() < UNBORN and first > year.last - timedelta(days=120)
    identifiers = _identifiers(year, place, first, unborn)
    disabled = pick.random() < DISABLED
    codes = sorted({*pick.choices(list(DISABILITIES), list(DISABILITIES.values()), k=2)}) if disabled else ["NONE"]
    characteristics = Element(
        "ChildCharacteristics",
        within=[
            Element("Ethnicity", _one_of(year, ETHNICITIES)),
            Element("Disabilities", within=[Element("Disability", code) for code in codes]),
        ],
    )
    return Element("Child", within=[identifiers, characteristics, *(_episode(year, each) for each in episodes)])


def _one_of(year: Year, weights: dict[str, int]) -> str:
    return year.pick.choices(list(weights), list(weights.values()))[0]


def _identifiers(year: Year, place: int, first: date, unborn: bool) -> Element:
    pick = year.pick
    number = f"AV{year.name[2:4]}{year.name[5:]}{place + 1:06}"
    born = first - timedelta(days=int(pick.triangular(10, 17.5 * 365, 6 * 365)))
    at_school = not unborn and (year.last - born).days >= SCHOOL_AGE * 366
    letter = "U" if unborn else "M" if pick.random() < 0.52 else "F"
    before_sex = year.name == "2023-24"
    return items(
        "ChildIdentifiers",
        LAchildID=number,
        UPN=_pupil_number(pick.randint(0, 99_999_999)) if at_school else None,
        UPNunknown=None if at_school else "UN1",
        PersonBirthDate=None if unborn else str(born),
        ExpectedPersonBirthDate=str(year.last + timedelta(days=pick.randint(5, 120))) if unborn else None,
        GenderCurrent={"M": "1", "F": "2", "U": "0"}[letter] if before_sex else None,
        Sex=None if before_sex else letter,
    )


def _pupil_number(serial: int) -> str:
    """A pupil number of a council that does not exist, with its right check letter."""
    digits = f"999{serial:08}0"
    weighed = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return f"{CHECK_LETTERS[weighed % 23]}{digits}"


def _episode(year: Year, episode: Episode) -> Element:
    closed, reason = episode.closed or (None, None)
    found = items(
        "CINdetails",
        CINreferralDate=str(episode.referred),
        ReferralSource=_one_of(year, SOURCES),
        PrimaryNeedCode=None if episode.no_further_action else _one_of(year, NEEDS),
        CINclosureDate=str(closed) if closed else None,
        ReasonForClosure=reason,
    )
    closes_unneeded = reason in ("RC8", "RC9") and not episode.enquiries
    found.within += [_assessment(year, each, closes_unneeded) for each in episode.assessments]
    if episode.in_need_plan:
        start, end = episode.in_need_plan
        found.within.append(
            items("CINPlanDates", CINPlanStartDate=str(start), CINPlanEndDate=str(end) if end else None)
        )
    found.within += [_enquiry(each) for each in episode.enquiries]
    found.within.append(Element("ReferralNFA", "true" if episode.no_further_action else "false"))
    found.within += [_plan(year, each) for each in episode.plans]
    if year.name >= "2026-27":
        found.within += [_pre_proceedings(year, each) for each in episode.plans if year.evenly.happens("letter", 0.2)]
    return found


def _assessment(year: Year, assessed: Assessed, closes: bool) -> Element:
    found = items(
        "Assessments",
        AssessmentActualStartDate=str(assessed.start),
        AssessmentInternalReviewDate=str(assessed.start + timedelta(days=14)),
        AssessmentAuthorisationDate=str(assessed.end) if assessed.end else None,
    )
    if assessed.end:
        none_found = closes and year.pick.random() < 0.3
        picked = year.pick.choices(list(FACTORS), list(FACTORS.values()), k=year.pick.randint(2, 6))
        codes = ["21"] if none_found else sorted({*picked})
        found.within.append(
            Element("FactorsIdentifiedAtAssessment", within=[Element("AssessmentFactors", code) for code in codes])
        )
    return found


def _enquiry(enquiry: Enquiry) -> Element:
    return items(
        "Section47",
        S47ActualStartDate=str(enquiry.start),
        InitialCPCtarget=str(enquiry.target),
        DateOfInitialCPC=str(enquiry.conference) if enquiry.conference else None,
        ICPCnotRequired="true" if enquiry.not_required else "false",
    )


def _plan(year: Year, plan: Plan) -> Element:
    first = _one_of(year, CATEGORIES)
    latest = first if year.pick.random() < 0.9 else _one_of(year, CATEGORIES)
    found = items(
        "ChildProtectionPlans",
        CPPstartDate=str(plan.start),
        CPPendDate=str(plan.end) if plan.end else None,
        InitialCategoryOfAbuse=first,
        LatestCategoryOfAbuse=latest,
        NumberOfPreviousCPP=str(plan.previous),
    )
    if plan.reviews:
        found.within.append(Element("Reviews", within=[Element("CPPreviewDate", str(day)) for day in plan.reviews]))
    return found


def _pre_proceedings(year: Year, plan: Plan) -> Element:
    start = min(plan.start + timedelta(days=60), year.last)
    return items(
        "PreProceedingsandFGDM",
        PPStartDate=str(start),
        LBPSentDate=str(min(start + timedelta(days=7), year.last)),
        FGDMMeetingOffer="true",
        FGDMMeetingFac="true" if year.pick.random() < 0.6 else "false",
        InitialPPMeetingDate=str(min(start + timedelta(days=21), year.last)),
        ReviewMeetingsCount=str(year.pick.randint(0, 3)),
    )
