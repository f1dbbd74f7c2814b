"""How a figure is worked out: every indicator's own worked examples, and its agreement with what is published."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sightline.datasets.rounding import percent_agrees
from sightline.indicators.copy_tables import COPY_TABLES
from sightline.indicators.declared import INDICATORS
from sightline.indicators.definitions import working_days_of
from sightline.indicators.engine_room import room
from sightline.indicators.periods import Period, month_of, year_of
from sightline.indicators.plans import plan_rate
from sightline.indicators.referrals import re_referrals_within_12_months
from sightline.indicators.working_out import Worked, put_calendar, work_out
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Example, Indicator, Row

EXAMPLES = [
    pytest.param(indicator, example, id=f"{indicator.key}: {example.says}")
    for indicator in INDICATORS
    if indicator.measure
    for example in indicator.measure.examples
]


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES)
def test_a_worked_example_gives_what_it_says(indicator: Indicator, example: Example) -> None:
    expected = None if example.gives is None else Decimal(example.gives)
    assert worked(indicator, example.rows, period_of(example)).value == expected


def test_every_indicator_that_is_worked_out_has_worked_examples_and_a_number_of_its_own() -> None:
    numbers = [indicator.number for indicator in INDICATORS]
    assert numbers == sorted(set(numbers)) == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13]
    assert all(indicator.measure and indicator.measure.examples for indicator in INDICATORS)


def test_nothing_to_count_is_not_applicable_and_not_knowing_is_not_available() -> None:
    year = year_of(date(2026, 3, 31))
    soon_after = {"census_year": 2025, "child": 1, "referred_on": "2025-05-01", "held_from": "2025-04-01"}
    nothing = worked(re_referrals_within_12_months, {}, year)
    unknown = worked(
        re_referrals_within_12_months,
        {"census_referrals": [soon_after]},
        year,
    )
    assert (nothing.state, unknown.state) == (State.NOT_APPLICABLE, State.NOT_AVAILABLE)


def test_a_limit_of_working_days_is_the_rule_s_and_the_same_in_every_edition_of_the_guidance() -> None:
    assert (working_days_of("CK-04"), working_days_of("CK-08")) == (45, 15)
    with pytest.raises(ValueError, match="not one number of working days"):
        working_days_of("CK-03")


def test_a_figure_split_by_agency_has_one_result_for_each_and_they_add_up_to_the_whole() -> None:
    enquiries = next(one for one in INDICATORS if one.key == "enquiries_returned_on_time")
    rows = [
        {"due_on": "2026-02-03", "due_at": "2026-02-03T15:00:00", "done_at": done, "agency": agency, "withdrawn": False}
        for agency, done in (("a", "2026-02-03T14:00:00"), ("a", None), ("b", "2026-02-03T14:00:00"))
    ]
    month = month_of(date(2026, 2, 1))
    with room(as_rows({"enquiries": rows})) as opened:
        put_calendar(opened, [month])
        parts = {one.group: (one.numerator, one.denominator) for one in work_out(enquiries, opened, [month], "agency")}
        whole = work_out(enquiries, opened, [month])[0]
        with pytest.raises(LookupError, match="cannot be split by 'school'"):
            work_out(enquiries, opened, [month], "school")
    assert parts == {"a": (1, 2), "b": (1, 1)}
    assert (whole.numerator, whole.denominator, whole.value) == (2, 3, Decimal("66.7"))


def test_a_percentage_agrees_when_unrounded_counts_could_give_it() -> None:
    assert percent_agrees(Decimal(15980), Decimal(77010), Decimal("20.7"), "Regional")
    assert not percent_agrees(Decimal(15980), Decimal(77010), Decimal("20.5"), "Regional")


def test_a_local_authority_s_counts_are_not_rounded_so_neither_is_their_percentage_excused() -> None:
    assert percent_agrees(Decimal(795), Decimal(3022), Decimal("26.3"), "Local authority")
    assert not percent_agrees(Decimal(795), Decimal(3022), Decimal("26.4"), "Local authority")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"better": "up"}, "better is"),
        ({"measure": None, "printed": None, "breakdowns": {}}, "say how it is worked out"),
        ({"breakdowns": {"school": "School"}}, "a column each"),
    ],
)
def test_a_faulty_indicator_is_refused_when_it_is_declared(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(plan_rate, **change)


def test_a_measure_without_a_worked_example_or_a_time_is_refused_when_it_is_declared() -> None:
    assert plan_rate.measure
    assert plan_rate.printed
    with pytest.raises(ValueError, match="worked example"):
        replace(plan_rate.measure, examples=())
    with pytest.raises(ValueError, match="either on a date or from a date"):
        replace(plan_rate.measure, since=None)
    with pytest.raises(ValueError, match="has no column"):
        replace(plan_rate.printed, value="no_such_column")


def worked(indicator: Indicator, rows: Mapping[str, Sequence[Row]], period: Period) -> Worked:
    """The whole's result over rows given by column name, through the same engine as everything else."""
    with room(as_rows(rows)) as opened:
        put_calendar(opened, [period])
        return work_out(indicator, opened, [period])[0]


def period_of(example: Example) -> Period:
    start, end = date.fromisoformat(example.start), date.fromisoformat(example.end)
    period = month_of(end) if month_of(end).start == start else year_of(end)
    assert (period.start, period.end) == (start, end)
    return period


def as_rows(given: Mapping[str, Sequence[Row]]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: [
            tuple(_cell(kind, row.get(column)) for column, kind in COPY_TABLES[name].columns.items()) for row in rows
        ]
        for name, rows in given.items()
    }


def _cell(kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if kind == "timestamp":
        return datetime.fromisoformat(value.removesuffix("Z"))
    return date.fromisoformat(value) if kind == "date" else value
