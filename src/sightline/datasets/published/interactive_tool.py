"""The department's Local Authority Interactive Tool (LAIT): one store of many publishers' measures, a row a figure."""

from __future__ import annotations

from sightline.datasets.published.layouts import CODE, LICENCE, MARKS, YEAR, count, extract_of, percent, rate
from sightline.vocabulary.dataset import Column, Dataset, State, Table

PLAN_RATE = "CPP_rate"

# The measures of the store that our indicators use, under the names that the store itself gives them.
# The others are loaded too, and described by the store's own dictionary.
MEASURES: tuple[Column, ...] = (
    rate("CPP_Total_Rateper10,000", "Referrals in the year for each 10,000 children"),
    percent("ReReferral", "Referrals within 12 months of an earlier one, as a share of referrals"),
    percent("Continue_Assess_Comp", "Assessments completed within 45 working days of referral"),
    rate("Section_47", "Section 47 enquiries in the year for each 10,000 children"),
    rate("ISCP_Conf", "Initial child protection conferences in the year for each 10,000 children"),
    percent("CP_conf_15days", "Initial conferences within 15 working days of the strategy discussion"),
    rate(PLAN_RATE, "Children the subject of a plan at 31 March for each 10,000 children"),
    percent("PrevRegCPR", "Plans started for a child who had a plan before"),
    percent("CPPlans2yrsActive", "Plans open at 31 March that had lasted two years or more"),
    count("CPP_Num", "Children the subject of a plan at 31 March"),
)

interactive_tool = Dataset(
    key="lait",
    title="Local Authority Interactive Tool, measures",
    publisher="Department for Education",
    owner="Data analyst",
    due="When the department refreshes the tool, through the year",
    licence=LICENCE,
    missing={**MARKS, "-": State.NOT_AVAILABLE},
    tables=(Table("figures", (CODE, YEAR, *MEASURES)),),
)

interactive_tool_extract = extract_of(
    interactive_tool,
    "lait_extract",
    "Interactive tool, compact extract",
    *(column.name for column in MEASURES if column.name != "CPP_Num"),
)

# Plans and the published rate of every authority. The counts are of the children in need release, the rates of the
# tool; the population that joins them is in its own file. Kept apart, so that nobody takes it for either release.
plan_rates = Dataset(
    key="plan_rates",
    title="Child protection plans at 31 March and the published rate, every local authority",
    publisher="Department for Education",
    owner="Data analyst",
    due="With each version of Sightline",
    licence=LICENCE,
    missing=MARKS,
    tables=(
        Table(
            "plans_open",
            (
                CODE,
                YEAR,
                count("CPP_At31", "Child protection plans open at 31 March"),
                rate(PLAN_RATE, "The rate published for each 10,000 children"),
            ),
        ),
    ),
)
