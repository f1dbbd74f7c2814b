"""One sentence says what a figure was, whether chance would do as much, and whether its target can be relied on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sightline.indicators.enquiries_and_assessments import assessments_in_time
from sightline.indicators.judging import chart_of
from sightline.indicators.periods import months_between, period_named
from sightline.indicators.plans import plan_rate
from sightline.indicators.referrals import referral_rate
from sightline.indicators.results import MeasuredSeries, Reading
from sightline.indicators.words import sentence
from sightline.vocabulary.dataset import State

EVEN = [71, 69] * 7


def series(values, target=None, indicator=assessments_in_time, out_of=100) -> MeasuredSeries:
    months = months_between(date(2024, 4, 1), date(2027, 3, 31))[: len(values)]
    readings = tuple(
        Reading(
            month,
            None if value is None else Decimal(value),
            None if value is None else Decimal(value),
            Decimal(out_of),
            State.NOT_AVAILABLE if value is None else State.GIVEN,
            1,
            "Children in need census",
            month.end,
        )
        for month, value in zip(months, values, strict=True)
    )
    return MeasuredSeries(indicator, "Ardenvale", True, readings, None if target is None else Decimal(target))


def said(values, **options) -> str:
    made = series(values, **options)
    return sentence(made, chart_of(made))


def test_a_figure_within_its_usual_range_is_no_signal() -> None:
    assert said(EVEN) == (
        "In May 2025 it was 69% (69 of 100). It is within the usual range of 64.7% to 75.3%, so the change from 71% in "
        "April 2025 is not a signal."
    )


def test_a_point_outside_says_which_limit_it_is_beyond() -> None:
    assert "Improving: higher than usual, because this point is above the upper limit of" in said([*EVEN, 90])
    assert "Getting worse: lower than usual, because this point is below the lower limit of" in said([*EVEN, 40])


def test_a_shift_counts_its_points_and_a_trend_its_steps() -> None:
    shift = said([*[72, 70] * 8, *[66, 67] * 4])
    assert "Getting worse: lower than usual, because the last 8 points are all below the average of" in shift
    assert "Improving: rising, because it has risen 7 times in a row." in said(
        [70, 71, 70, 71, 63, 65, 67, 69, 71, 72, 73, 74]
    )


def test_two_of_three_near_a_limit_is_said_so() -> None:
    assert "because 2 of the last 3 points are close to the upper limit." in said([*[71, 69] * 10, 75, 73, 75])


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (90, "It will keep missing the target unless something changes (90% target)."),
        (50, "It will keep meeting the target unless something changes (50% target)."),
        (72, "It will sometimes meet the target and sometimes miss it (72% target)."),
    ],
)
def test_a_target_is_judged_by_the_limits(target: int, words: str) -> None:
    assert said(EVEN, target=target).endswith(words)


def test_few_points_give_provisional_limits_and_few_cases_none() -> None:
    assert said(EVEN[:8]).endswith("Limits are provisional: only 8 points.")
    assert said([70]).endswith("There are too few periods for limits.")
    assert said([3, 4, 2, 3], out_of=10).endswith("There are too few cases for limits.")


def test_a_month_s_rate_says_that_it_is_multiplied_up_and_a_moment_s_does_not() -> None:
    rate = said([60, 62], indicator=referral_rate, out_of=48_000)
    assert rate.startswith(
        "In May 2024 it was 62 per 10,000 children (62 among 48,000 children, multiplied up to a year)."
    )
    assert "(62 among 48,000 children)." in said([60, 62], indicator=plan_rate, out_of=48_000)


def test_what_is_neither_better_nor_worse_has_only_changed() -> None:
    assert "Changed: higher than usual" in said([*[40, 42] * 8, 60], indicator=plan_rate, out_of=48_000)


def test_a_figure_that_is_not_there_says_why() -> None:
    assert said([70, 71, None]) == "For June 2024 there is no figure: not available."
    empty = replace(series([70]), readings=())
    assert sentence(empty, None) == "There is no figure for Ardenvale yet."


def test_a_corrected_figure_says_so() -> None:
    made = series(EVEN)
    corrected = replace(made, readings=(*made.readings[:-1], replace(made.readings[-1], revision=2)))
    assert sentence(corrected, chart_of(corrected)).endswith("Corrected since it was first worked out: revision 2.")


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("2026-09", "September 2026"),
        ("2026-Q3", "July to September 2026"),
        ("2025-26", "the year ending 31 March 2026"),
        ("2009-10", "the year ending 31 March 2010"),
    ],
)
def test_a_period_is_found_by_its_key(key: str, label: str) -> None:
    period = period_named(key)
    assert (period.key, period.label) == (key, label)


@pytest.mark.parametrize("key", ["", "2026", "2026-13", "2026-Q5", "soon"])
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        period_named(key)
