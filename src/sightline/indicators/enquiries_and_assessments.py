"""Figures about assessments, section 47 enquiries and initial child protection conferences."""

from __future__ import annotations

from sightline.datasets.published import interactive_tool
from sightline.indicators.counted_days import working_days_apart
from sightline.indicators.definitions import working_days_of
from sightline.vocabulary.indicator import Example, Indicator, Measure, Printed, Row, Rows

ASSESSED_IN, CONFERENCE_IN = working_days_of("CK-04"), working_days_of("CK-08")
TOOL = "Local Authority Interactive Tool"
CHILDREN = [{"mid_year": 2025, "children": 10_000}]


def _assessments(tables: Rows) -> Rows:
    rows = tables.census_assessments
    return working_days_apart(rows, tables.working_days, start="referred_on", end="authorised_on")


def _conferences(tables: Rows) -> Rows:
    rows = tables.census_section_47
    return working_days_apart(rows, tables.working_days, start="started_on", end="conference_on")


def _assessed(referred_on: str, authorised_on: str | None) -> Row:
    return {"census_year": 2025, "child": 1, "referred_on": referred_on, "authorised_on": authorised_on}


def _enquiry(started_on: str, conference_on: str | None = None, census: int = 2025) -> Row:
    return {"census_year": census, "child": 1, "started_on": started_on, "conference_on": conference_on}


assessments_in_time = Indicator(
    key="assessments_within_45_working_days",
    number=5,
    name="Assessments finished within 45 working days",
    says="{value} of assessments in {area}{counts} were finished within 45 working days of the referral",
    population="Assessments authorised in the period, whenever the referral was",
    event="Day that the assessment was authorised",
    numerator_words=f"Those authorised within {ASSESSED_IN} working days of the referral, whose own day is day 0",
    denominator_words="Assessments authorised",
    unit="%",
    per=100,
    better="higher",
    owner="Local authority children's social care",
    source="Children in need census; published by the Department for Education",
    quality=(
        "An assessment still going on is not counted until it ends, however late it is. The day of the referral is day "
        "0: a count that calls it day 1 finds some assessments late by a day."
    ),
    measure=Measure(
        source="census",
        population=_assessments,
        on=lambda assessment: assessment.authorised_on,
        numerator=lambda assessment: assessment.working_days <= ASSESSED_IN,
        examples=(
            Example(
                "the last day that is in time, and the first that is not",
                {"census_assessments": [_assessed("2026-01-05", "2026-03-09"), _assessed("2026-01-05", "2026-03-10")]},
                gives="50.0",
            ),
            Example(
                "a referral on a Saturday starts no sooner than one on the Friday before",
                {"census_assessments": [_assessed("2026-01-03", "2026-03-06"), _assessed("2026-01-02", "2026-03-09")]},
                gives="50.0",
            ),
            Example(
                "an assessment that goes on is not counted yet",
                {"census_assessments": [_assessed("2026-01-05", "2026-01-06"), _assessed("2026-01-05", None)]},
                gives="100.0",
            ),
        ),
    ),
    printed=Printed(of=(interactive_tool,), value="Continue_Assess_Comp", table=TOOL),
)

section_47_rate = Indicator(
    key="section_47_rate",
    number=8,
    name="Section 47 enquiries for each 10,000 children",
    says="the section 47 enquiries in {area} were {value}{counts}",
    population="Section 47 enquiries; a child with two counts twice, as in the published figure",
    event="Day that the enquiry began",
    numerator_words="Section 47 enquiries begun",
    denominator_words="Children aged 0 to 17 at the middle of the year",
    unit=" per 10,000 children",
    per=10_000,
    better="neither",
    owner="Local authority children's social care",
    source="Children in need census; published by the Department for Education",
    quality="Neither many nor few is good by itself. A month is multiplied up to a year.",
    measure=Measure(
        source="census",
        population=lambda tables: tables.census_section_47,
        on=lambda enquiry: enquiry.started_on,
        numerator=lambda enquiry: 1,
        denominator=None,
        examples=(
            Example(
                "each enquiry counts, also the second about one child",
                {"census_section_47": [_enquiry("2025-04-01"), _enquiry("2026-03-31")], "children": CHILDREN},
                gives="2.0",
            ),
            Example(
                "a month is multiplied up to a year",
                {"census_section_47": [_enquiry("2025-10-15"), _enquiry("2025-11-01")], "children": CHILDREN},
                gives="12.0",
                start="2025-10-01",
                end="2025-10-31",
            ),
        ),
    ),
    printed=Printed(of=(interactive_tool,), value="Section_47", table=TOOL),
)

conferences_in_time = Indicator(
    key="conferences_within_15_working_days",
    number=9,
    name="Initial conferences within 15 working days",
    says="{value} of initial conferences in {area}{counts} were held within 15 working days of the strategy discussion",
    population="Initial child protection conferences held in the period that followed a section 47 enquiry",
    event="Day of the conference",
    numerator_words=(
        f"Those held within {CONFERENCE_IN} working days of the strategy discussion that began the enquiry, whose own "
        "day is day 0"
    ),
    denominator_words="Initial conferences held",
    unit="%",
    per=100,
    better="higher",
    owner="Local authority children's social care",
    source="Children in need census; published by the Department for Education",
    quality=(
        "The census gives the day that the enquiry actually began, which is that of the strategy discussion. "
        "Conferences of children who moved in from elsewhere follow no enquiry here and are left out."
    ),
    measure=Measure(
        source="census",
        population=_conferences,
        on=lambda enquiry: enquiry.conference_on,
        numerator=lambda enquiry: enquiry.working_days <= CONFERENCE_IN,
        examples=(
            Example(
                "the last day that is in time, and the first that is not",
                {"census_section_47": [_enquiry("2026-03-02", "2026-03-23"), _enquiry("2026-03-02", "2026-03-24")]},
                gives="50.0",
            ),
            Example(
                "bank holidays do not count",
                {
                    "census_section_47": [
                        _enquiry("2026-04-01", "2026-04-24", census=2026),
                        _enquiry("2026-04-01", "2026-04-27", census=2026),
                    ]
                },
                gives="50.0",
                start="2026-04-01",
                end="2026-04-30",
            ),
            Example(
                "an enquiry without a conference is not out of the total",
                {"census_section_47": [_enquiry("2026-03-02", "2026-03-03"), _enquiry("2026-03-02")]},
                gives="100.0",
            ),
        ),
    ),
    printed=Printed(of=(interactive_tool,), value="CP_conf_15days", table=TOOL),
)

INDICATORS = (assessments_in_time, section_47_rate, conferences_in_time)
