"""Figures about child protection plans."""

from __future__ import annotations

from sightline.datasets.published import interactive_tool, plan_durations, plan_rates, repeat_plans
from sightline.indicators.definitions import defined
from sightline.vocabulary.indicator import Example, Indicator, Measure, Printed, Row

TWO_YEARS = defined("two_years_days")
NEGLECT = "NEG"
OWNER = "Local authority children's social care"
SOURCE = "Children in need census; published by the Department for Education"
CHILDREN = [{"mid_year": 2025, "children": 10_000}]


def _plan(started_on: str, ended_on: str | None = None, category: str = "EMO", earlier_plans: int | None = 0) -> Row:
    return {
        "census_year": 2025,
        "child": 1,
        "started_on": started_on,
        "ended_on": ended_on,
        "category": category,
        "earlier_plans": earlier_plans,
    }


plan_rate = Indicator(
    key="plan_rate",
    number=10,
    name="Children on a child protection plan for each 10,000",
    says="the children in {area} on a child protection plan were {value}{counts}",
    population="Child protection plans open at the end of the period; a plan that ends on the last day is not",
    event="Last day of the period",
    numerator_words="Plans open",
    denominator_words="Children aged 0 to 17 at the middle of the year",
    unit=" per 10,000 children",
    per=10_000,
    better="neither",
    owner=OWNER,
    source=SOURCE,
    quality=(
        "Neither many nor few is good by itself. It is a count at one moment, so a month is not multiplied up. The "
        "year ending 31 March 2025 is divided by the children of 30 June 2024."
    ),
    measure=Measure(
        source="census",
        population=lambda tables: tables.census_plans,
        since=lambda plan: plan.started_on,
        until=lambda plan: plan.ended_on,
        numerator=lambda plan: 1,
        denominator=None,
        examples=(
            Example(
                "open on the last day counts; ended by it, or not yet begun, does not",
                {
                    "census_plans": [
                        *(_plan("2026-03-31"), _plan("2025-01-01"), _plan("2025-01-01", "2026-04-01")),
                        *(_plan("2025-01-01", "2026-03-31"), _plan("2026-04-01")),
                    ],
                    "children": CHILDREN,
                },
                gives="3.0",
            ),
            Example(
                "a month is a moment too, and is not multiplied up",
                {"census_plans": [_plan("2025-06-01")], "children": CHILDREN},
                gives="1.0",
                start="2025-09-01",
                end="2025-09-30",
            ),
        ),
    ),
    printed=Printed(
        of=(plan_rates, interactive_tool),
        value="CPP_rate",
        counts_of=plan_rates,
        numerator="CPP_At31",
        children=True,
        table="Children in need, table D5, and Local Authority Interactive Tool",
    ),
)

neglect_share = Indicator(
    key="neglect_share",
    number=11,
    name="Plans for neglect",
    says="{value} of child protection plans in {area}{counts} were for neglect",
    population="Child protection plans open at the end of the period",
    event="Last day of the period",
    numerator_words="Plans whose latest category is neglect",
    denominator_words="Plans open",
    unit="%",
    per=100,
    better="neither",
    owner=OWNER,
    source="Children in need census",
    quality=(
        "A plan with several categories counts as neglect only where the census says neglect. A fall can be harm that "
        "nobody sees: fewer visits to homes came before the last one."
    ),
    measure=Measure(
        source="census",
        population=lambda tables: tables.census_plans,
        since=lambda plan: plan.started_on,
        until=lambda plan: plan.ended_on,
        numerator=lambda plan: plan.category == NEGLECT,
        examples=(
            Example(
                "the latest category of plans that are open",
                {
                    "census_plans": [
                        *(_plan("2025-06-01", category="NEG"), _plan("2025-06-01", category="MUL")),
                        *(_plan("2025-06-01"), _plan("2025-06-01", "2025-07-01", category="NEG")),
                    ]
                },
                gives="33.3",
            ),
            Example("no plans give no figure", {}, gives=None),
        ),
    ),
)

repeat_plan_share = Indicator(
    key="repeat_plans",
    number=12,
    name="Second or later child protection plans",
    says="{value} of child protection plans that began in {area}{counts} were for a child who had had one before",
    population="Child protection plans begun in the period",
    event="Day that the plan began",
    numerator_words="Plans of a child who had an earlier plan, at any time",
    denominator_words="Plans begun",
    unit="%",
    per=100,
    better="lower",
    owner=OWNER,
    source=SOURCE,
    quality="It counts plans, not children, and earlier plans at any time. A few a month: read it by the year.",
    measure=Measure(
        source="census",
        population=lambda tables: tables.census_plans,
        on=lambda plan: plan.started_on,
        numerator=lambda plan: plan.earlier_plans > 0,
        examples=(
            Example(
                "one earlier plan or several: the plan counts once",
                {
                    "census_plans": [
                        *(_plan("2025-04-01", earlier_plans=1), _plan("2025-05-01", earlier_plans=3)),
                        *(_plan("2025-06-01"), _plan("2026-03-31")),
                    ]
                },
                gives="50.0",
            ),
            Example(
                "a plan of which nobody says how many came before leaves no figure, not a smaller one",
                {"census_plans": [_plan("2025-04-01", earlier_plans=None), _plan("2025-05-01")]},
                gives=None,
            ),
        ),
    ),
    printed=Printed(
        of=(repeat_plans,),
        value="CPP_subsequent_percent",
        counts_of=repeat_plans,
        numerator="CPP_subsequent",
        denominator="CPP_start",
        table="Children in need, table D3",
    ),
)

long_plans = Indicator(
    key="plans_of_two_years_or_more",
    number=13,
    name="Child protection plans of two years or more",
    says="{value} of child protection plans in {area}{counts} had lasted two years or more",
    population="Child protection plans open at the end of the period",
    event="Last day of the period",
    numerator_words=f"Plans that had been open for more than {TWO_YEARS} days",
    denominator_words="Plans open",
    unit="%",
    per=100,
    better="lower",
    owner=OWNER,
    source=SOURCE,
    quality="Small numbers: one family can move the figure by a point.",
    measure=Measure(
        source="census",
        population=lambda tables: tables.census_plans,
        since=lambda plan: plan.started_on,
        until=lambda plan: plan.ended_on,
        numerator=lambda plan: plan.period_end.delta(plan.started_on, unit="day") > TWO_YEARS,
        examples=(
            Example(
                "730 days counts, 729 does not",
                {"census_plans": [_plan("2024-03-31"), _plan("2024-04-01")]},
                gives="50.0",
            ),
            Example(
                "a plan that has ended does not count, however long it was",
                {"census_plans": [_plan("2020-04-01", "2026-01-01"), _plan("2025-04-01")]},
                gives="0.0",
            ),
        ),
    ),
    printed=Printed(
        of=(plan_durations,),
        value="2_years_or_more_percent",
        counts_of=plan_durations,
        numerator="2_years_or_more",
        denominator="CPP_At31",
        table="Children in need, table D5",
    ),
)

INDICATORS = (plan_rate, neglect_share, repeat_plan_share, long_plans)
