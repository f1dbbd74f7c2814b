"""The Department for Education's yearly release on children in need: the files that the indicators need."""

from __future__ import annotations

from sightline.datasets.published.layouts import count, extract_of, percent, release_file
from sightline.vocabulary.dataset import Column, Kind


def _category(words: str) -> Column:
    return Column("category", Kind.CODE, "What is counted", required=True, codes=(words,))


referrals = release_file(
    "dfe_referrals",
    "Referrals and re-referrals to children's social care",
    "referrals",
    (
        count("referral_count", "Referrals to children's social care in the year"),
        count("rereferral_count", "Referrals within 12 months of an earlier referral of the same child"),
        percent("rereferral_percent", "Re-referrals as a share of referrals", ("rereferral_count", "referral_count")),
        count("no_further_action_count", "Referrals that led to no further action"),
        percent(
            "no_further_action_percent",
            "Referrals with no further action as a share of referrals",
            ("no_further_action_count", "referral_count"),
        ),
        count("not_in_need_count", "Referrals assessed and found not in need"),
        percent(
            "not_in_need_percent", "Found not in need as a share of referrals", ("not_in_need_count", "referral_count")
        ),
        count("referral_child_count", "Children referred in the year, each counted once"),
        count("rereferral_child_count", "Children referred more than once within 12 months"),
        percent(
            "rereferral_child_percent",
            "Children re-referred as a share of children referred",
            ("rereferral_child_count", "referral_child_count"),
        ),
    ),
    category=_category("Referrals and Re-referrals"),
)

children_in_need = release_file(
    "dfe_children_in_need",
    "Children in need, episodes in the year and at 31 March",
    "episodes",
    (
        count("Anypoint_episodes", "Episodes of need at any point in the year"),
        count("Anypoint_child", "Children in need at any point in the year"),
        count("Started_episodes", "Episodes that started in the year"),
        count("Started_child", "Children whose episode started in the year"),
        count("Ended_episodes", "Episodes that ended in the year"),
        count("Ended_child", "Children whose episode ended in the year"),
        count("At31_episodes", "Episodes open at 31 March"),
        count("awaiting_assessment", "Children open at 31 March and not yet assessed"),
    ),
    category=_category("Children in Need"),
)

repeat_plans = release_file(
    "dfe_repeat_plans",
    "Child protection plans that are a second or later plan",
    "plans_started",
    (
        count("CPP_start", "Child protection plans started in the year"),
        count("CPP_subsequent", "Plans started for a child who had a plan before, at any time"),
        percent(
            "CPP_subsequent_percent",
            "Second or later plans as a share of plans started",
            ("CPP_subsequent", "CPP_start"),
        ),
    ),
    category=_category("Child Protection Plans which are a second or subsequent plan"),
)

_DURATIONS = {
    "3_months_or_less": "3 months or less",
    "more_than_3_months_6_months": "more than 3 months, up to 6 months",
    "more_than_6_months_less_than_1_year": "more than 6 months, less than 1 year",
    "1_year_less_than_2_years": "1 year, less than 2 years",
    "2_years_or_more": "2 years or more",
}


def _durations() -> tuple[Column, ...]:
    columns: list[Column] = []
    for name, words in _DURATIONS.items():
        columns.append(count(name, f"Plans open at 31 March for {words}"))
        columns.append(percent(f"{name}_percent", f"Plans open for {words} as a share of all", (name, "CPP_At31")))
    return tuple(columns)


plan_durations = release_file(
    "dfe_plan_durations",
    "Child protection plans at 31 March by how long they have lasted",
    "plans_open",
    (count("CPP_At31", "Child protection plans open at 31 March"), *_durations()),
    category=_category("Child Protection Plans by length of time"),
)

referrals_extract = extract_of(
    referrals,
    "referrals_extract",
    "Referral figures, compact extract",
    *(column.name for column in referrals.tables[0].figures),
)
children_in_need_extract = extract_of(
    children_in_need,
    "children_in_need_extract",
    "Children in need, compact extract",
    *(column.name for column in children_in_need.tables[0].figures),
)
repeat_plans_extract = extract_of(
    repeat_plans,
    "repeat_plans_extract",
    "Second or later plans, compact extract",
    *(column.name for column in repeat_plans.tables[0].figures),
)
plan_durations_extract = extract_of(
    plan_durations,
    "plan_durations_extract",
    "How long plans have lasted, compact extract",
    *(column.name for column in plan_durations.tables[0].figures),
)
