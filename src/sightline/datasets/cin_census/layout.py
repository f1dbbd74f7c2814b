"""The children in need census as declared data: elements in order, tables, types, code lists and years.

Facts from the Department for Education's business and technical specifications and the synthetic samples of the
sector's own validator. `required` marks only what a file cannot be read without: of everything else the census has a
rule of its own that says when it must be there, and those rules are no part of the layout.
"""

from __future__ import annotations

from sightline.datasets.cin_census import codes
from sightline.datasets.cin_census.intake import KEY, TITLE
from sightline.vocabulary.dataset import Kind
from sightline.vocabulary.xml_file import EVERY_YEAR, CodeList, Group, Item, XmlFile, Years

COLLECTION = "CIN"
YEARS = ("2023-24", "2024-25", "2025-26", "2026-27")

UNTIL_SEX = Years(last="2023-24")  # Sex (data item N00783) took the place of GenderCurrent (N00007)
FROM_SEX = Years(first="2024-25")
FROM_PRE_PROCEEDINGS = Years(first="2026-27")  # so far known from the validator's synthetic 2026 sample alone

UPN_SHAPE = r"[A-Z]\d{12}|[A-Z]\d{11}[A-Z]"
UPN_WORDS = "a capital letter and 12 digits, or a capital letter, 11 digits and a capital letter"


def _date(name: str, description: str, years: Years = EVERY_YEAR) -> Item:
    return Item(name, Kind.DATE, description, years=years)


def _code(name: str, description: str, codes: CodeList, *, years: Years = EVERY_YEAR, table: str = "") -> Item:
    return Item(name, Kind.CODE, description, codes=codes, years=years, table=table)


def _upn(name: str, description: str) -> Item:
    return Item(name, Kind.CODE, description, shape=UPN_SHAPE, shape_words=UPN_WORDS)


def _text(name: str, description: str, *, required: bool = False) -> Item:
    return Item(name, Kind.TEXT, description, required=required)


def _yes_no(name: str, description: str, *, anywhere: bool = False) -> Item:
    return Item(name, Kind.TRUE_OR_FALSE, description, anywhere=anywhere)


HEADER = Group(
    "Header",
    (
        Group(
            "CollectionDetails",
            (
                _text("Collection", "Which collection the file is for: CIN", required=True),
                Item("Year", Kind.YEAR, "The year that the census year ends in"),
                _date("ReferenceDate", "The last day of the census year"),
            ),
            required=True,
        ),
        Group(
            "Source",
            (
                _text("SourceLevel", "L for a local authority"),
                _text("LEA", "The council's three-digit number"),
                _text("SoftwareCode", "What wrote the file"),
                _text("Release", "Which release of it"),
                _text("SerialNo", "The number of the file"),
                Item("DateTime", Kind.MOMENT, "When the file was written"),
            ),
        ),
    ),
    table="Header",
    required=True,
)

IDENTIFIERS = Group(
    "ChildIdentifiers",
    (
        _text("LAchildID", "The council's own number for the child", required=True),
        _upn("UPN", "Unique pupil number"),
        _upn("FormerUPN", "An earlier unique pupil number"),
        _code("UPNunknown", "Why there is no unique pupil number", codes.UPN_UNKNOWN),
        _date("PersonBirthDate", "Date of birth"),
        _date("ExpectedPersonBirthDate", "Expected date of birth of a child not yet born"),
        _code("GenderCurrent", "Gender", codes.GENDER, years=UNTIL_SEX),
        _code("Sex", "Sex", codes.SEX, years=FROM_SEX),
        _date("PersonDeathDate", "Date of death"),
    ),
    required=True,
)

CHARACTERISTICS = Group(
    "ChildCharacteristics",
    (
        _code("Ethnicity", "Ethnic group", codes.ETHNICITY),
        Group("Disabilities", (_code("Disability", "A disability, or none", codes.DISABILITY, table="Disabilities"),)),
    ),
    table="ChildCharacteristics",
)

ASSESSMENTS = Group(
    "Assessments",
    (
        _date("AssessmentActualStartDate", "When the assessment began"),
        _date("AssessmentInternalReviewDate", "When it was due for review inside the council"),
        _date("AssessmentAuthorisationDate", "When it was completed"),
        Group(
            "FactorsIdentifiedAtAssessment",
            (
                _code(
                    "AssessmentFactors", "A factor that was found", codes.ASSESSMENT_FACTORS, table="AssessmentFactors"
                ),
            ),
        ),
    ),
    table="Assessments",
    repeats=True,
)

PLAN_DATES = Group(
    "CINPlanDates",
    (
        _date("CINPlanStartDate", "When the child in need plan began"),
        _date("CINPlanEndDate", "When it ended"),
    ),
    table="CINPlanDates",
    repeats=True,
)

SECTION_47 = Group(
    "Section47",
    (
        _date("S47ActualStartDate", "When the enquiry began, with a strategy discussion"),
        _date("InitialCPCtarget", "When the initial conference was due"),
        _date("DateOfInitialCPC", "When the initial conference was held"),
        _yes_no("ICPCnotRequired", "Whether no initial conference was needed"),
    ),
    table="Section47",
    repeats=True,
)

PROTECTION_PLANS = Group(
    "ChildProtectionPlans",
    (
        _date("CPPstartDate", "When the child protection plan began"),
        _date("CPPendDate", "When it ended"),
        _code("InitialCategoryOfAbuse", "Category at the start", codes.ABUSE),
        _code("LatestCategoryOfAbuse", "Category now, or at the end", codes.ABUSE),
        # 0 for a first plan: a published schema that asks for a positive number is wrong.
        Item("NumberOfPreviousCPP", Kind.WHOLE_NUMBER, "How many plans the child had before", high=99),
        Group("Reviews", (Item("CPPreviewDate", Kind.DATE, "When a review conference was held", table="Reviews"),)),
    ),
    table="ChildProtectionPlans",
    repeats=True,
)

PRE_PROCEEDINGS = Group(
    "PreProceedingsandFGDM",
    (
        _date("PPStartDate", "When pre-proceedings began"),
        _date("LBPSentDate", "When the letter before proceedings was sent"),
        _yes_no("FGDMMeetingOffer", "Whether family group decision making was offered"),
        _yes_no("FGDMMeetingFac", "Whether a family group meeting was held"),
        _date("InitialPPMeetingDate", "First pre-proceedings meeting"),
        Item("ReviewMeetingsCount", Kind.WHOLE_NUMBER, "How many review meetings", high=99),
        _date("StepDecisionDate", "When it was decided to step up or down"),
        # The list of outcomes has not been published in a form that we have seen, so any one letter is taken.
        Item("PPOutcome", Kind.CODE, "Outcome of pre-proceedings", shape=r"[A-Z]", shape_words="one capital letter"),
        _date("CourtAppDate", "When the court was applied to"),
        _date("LetterInitCPDate", "When the letter of intent to start care proceedings was sent"),
    ),
    table="PreProceedingsandFGDM",
    repeats=True,
    years=FROM_PRE_PROCEEDINGS,
)

EPISODE = Group(
    "CINdetails",
    (
        _date("CINreferralDate", "When the child was referred"),
        _code("ReferralSource", "Who referred the child", codes.REFERRAL_SOURCE),
        _code("PrimaryNeedCode", "The main reason for need", codes.PRIMARY_NEED),
        _date("CINclosureDate", "When the episode ended"),
        _code("ReasonForClosure", "Why it ended", codes.CLOSURE),
        _date("DateOfInitialCPC", "Initial conference of a child who moved in on a plan"),
        ASSESSMENTS,
        PLAN_DATES,
        SECTION_47,
        # Files in use put it before the assessments or after the enquiries, and both are taken.
        _yes_no("ReferralNFA", "Whether the referral led to no further action", anywhere=True),
        PROTECTION_PLANS,
        PRE_PROCEEDINGS,
    ),
    table="CINdetails",
    repeats=True,
)

# Each Child is a row of ChildIdentifiers, so that a child without that element still has a place in the table.
CHILD = Group("Child", (IDENTIFIERS, CHARACTERISTICS, EPISODE), table="ChildIdentifiers", repeats=True, required=True)

CENSUS = XmlFile(
    key=KEY,
    title=TITLE,
    publisher="The council's children's social care",
    owner="Whoever looks after figures in the partnership",
    due="Yearly, April to July after the census year that ends on 31 March",
    source="Department for Education, children in need census, business and technical specification",
    years=YEARS,
    root=Group("Message", (HEADER, Group("Children", (CHILD,), required=True))),
)
