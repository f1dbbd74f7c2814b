"""Figures about referrals to children's social care."""

from __future__ import annotations

from sightline.datasets.published import interactive_tool, referrals
from sightline.indicators.definitions import defined
from sightline.vocabulary.indicator import Example, Indicator, Measure, Printed, Rows

CHILDREN = [{"mid_year": 2025, "children": 10_000}]


def _with_the_one_before(tables: Rows) -> Rows:
    """Every referral, with the day of the same child's referral before it.

    What happened before the first census held is not known, so nor is the answer for a referral soon after it began.
    """
    rows = tables.census_referrals
    once = rows.select(of_child=rows.child, on_day=rows.referred_on).distinct()  # it may stand in two years' censuses
    once = once.mutate(before=once.on_day.lag().over(group_by=once.of_child, order_by=once.on_day))
    rows = rows.left_join(once, [rows.child == once.of_child, rows.referred_on == once.on_day])
    rows = rows.mutate(days_since=rows.referred_on.delta(rows.before, unit="day"))
    known = rows.referred_on.delta(rows.held_from, unit="day") >= defined("re_referral_days")
    again = (rows.days_since <= defined("re_referral_days")).fill_null(False)
    return rows.mutate(again=known.ifelse(again, again.nullif(False)))


def _referral(child: int, day: str, held_from: str = "2023-04-01", census: int = 2025) -> dict[str, object]:
    return {"census_year": census, "child": child, "referred_on": day, "held_from": held_from}


referral_rate = Indicator(
    key="referral_rate",
    number=1,
    name="Referrals for each 10,000 children",
    says="the referrals in {area} were {value}{counts}",
    population="Referrals to children's social care; a child referred twice counts twice",
    event="Day of the referral",
    numerator_words="Referrals",
    denominator_words="Children aged 0 to 17 at the middle of the year",
    unit=" per 10,000 children",
    per=10_000,
    better="neither",
    owner="Local authority children's social care",
    source="Children in need census; published by the Department for Education",
    quality="Authorities do not all record a referral at the same point. A month is multiplied up to a year.",
    measure=Measure(
        source="census",
        population=lambda tables: tables.census_referrals,
        on=lambda referral: referral.referred_on,
        numerator=lambda referral: 1,
        denominator=None,
        examples=(
            Example(
                "a year's referrals for each 10,000 children; a child referred twice counts twice",
                {
                    "census_referrals": [
                        _referral(1, "2025-04-01"),
                        _referral(1, "2026-03-31"),
                        _referral(2, "2025-06-02"),
                    ],
                    "children": [{"mid_year": 2025, "children": 10_000}],
                },
                gives="3.0",
            ),
            Example(
                "a month is multiplied up to a year",
                {
                    "census_referrals": [
                        _referral(1, "2025-09-01"),
                        _referral(2, "2025-09-30"),
                        _referral(3, "2025-10-01"),
                    ],
                    "children": [{"mid_year": 2025, "children": 10_000}],
                },
                gives="24.0",
                start="2025-09-01",
                end="2025-09-30",
            ),
            Example(
                "no referrals is nil, which is a figure", {"children": [{"mid_year": 2025, "children": 10_000}]}, "0.0"
            ),
            Example(
                "children of another year are not taken instead",
                {
                    "census_referrals": [_referral(1, "2025-04-01")],
                    "children": [{"mid_year": 2024, "children": 10_000}],
                },
                gives=None,
            ),
        ),
    ),
    printed=Printed(
        of=(interactive_tool,),
        value="CPP_Total_Rateper10,000",
        counts_of=referrals,
        numerator="referral_count",
        children=True,
        table="Local Authority Interactive Tool",
    ),
)

re_referrals_within_12_months = Indicator(
    key="re_referrals_within_12_months",
    number=2,
    name="Re-referrals within 12 months",
    says="{value} of referrals in {area}{counts} came within 12 months of an earlier referral of the same child",
    population="Referrals to children's social care",
    event="Day of the referral",
    numerator_words="Referrals within 12 months of an earlier referral of the same child",
    denominator_words="Referrals",
    unit="%",
    per=100,
    better="lower",
    owner="Local authority children's social care",
    source="Children in need census; published by the Department for Education",
    quality=(
        "A child referred again to the same local authority counts; a child who moved from another does not. Nothing "
        "is known of the twelve months before the first census held, so its months have no figure. Published counts "
        "for England and the regions are rounded to the nearest 10, so a percentage worked out from them can differ "
        "from the published one by a tenth. Authorities do not all record a referral at the same point."
    ),
    measure=Measure(
        source="census",
        population=_with_the_one_before,
        on=lambda referral: referral.referred_on,
        numerator=lambda referral: referral.again,
        examples=(
            Example(
                "365 days after the one before is within 12 months, 366 is not",
                {
                    "census_referrals": [
                        *(_referral(1, "2025-05-01"), _referral(1, "2026-02-01")),
                        *(_referral(2, "2024-06-10"), _referral(2, "2025-06-10")),
                        *(_referral(3, "2024-06-10"), _referral(3, "2025-06-11")),
                    ]
                },
                gives="50.0",
            ),
            Example(
                "another child's referral does not count",
                {"census_referrals": [_referral(1, "2025-05-01"), _referral(2, "2025-05-02")]},
                gives="0.0",
            ),
            Example(
                "within twelve months of the first census, nobody knows",
                {"census_referrals": [_referral(1, "2025-05-01", held_from="2025-04-01")]},
                gives=None,
            ),
            Example(
                "a referral that stands in two years' censuses is one, and counts in its own year",
                {"census_referrals": [_referral(1, "2025-05-01"), _referral(1, "2025-05-01", census=2026)]},
                gives="0.0",
            ),
            Example("no referrals at all gives no figure", {}, gives=None),
        ),
    ),
    printed=Printed(
        of=(referrals,),
        value="rereferral_percent",
        counts_of=referrals,
        numerator="rereferral_count",
        denominator="referral_count",
        table="Children in need, table C1",
    ),
)

INDICATORS = (referral_rate, re_referrals_within_12_months)
