"""Small counts are hidden, with whatever would give them away: nothing hidden can be worked out from what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.indicators.front_door import enquiries_in_time
from sightline.indicators.hiding import Table, places_to_hide
from sightline.indicators.judging import chart_of
from sightline.indicators.periods import months_between
from sightline.indicators.plans import plan_rate
from sightline.indicators.results import MeasuredSeries, Reading
from sightline.indicators.suppression import Rule, for_release, for_release_together, hides
from sightline.vocabulary.dataset import State

SMALL = range(1, 6)
COUNTS = st.integers(min_value=0, max_value=9)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Up to 2 rows of up to 3 counts, with totals across, down, or both ways."""
    width, height = draw(st.integers(2, 3)), draw(st.integers(1, 2))
    rows = [[draw(COUNTS) for _ in range(width)] for _ in range(height)]
    across, down = draw(st.booleans()), draw(st.booleans())
    rows = [[*row, sum(row)] for row in rows] if across else rows
    rows = [*rows, [sum(column) for column in zip(*rows, strict=True)]] if down else rows
    return Table(rows, across=across, down=down)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_every_small_count_is_hidden_and_every_nought_is_shown(table: Table) -> None:
    hidden = places_to_hide(table, SMALL)
    assert all((table.count(place) in SMALL) <= (place in hidden) for place in table.places())
    assert not any(table.count(place) == 0 for place in hidden)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_count_can_be_worked_out_from_those_that_are_shown(table: Table) -> None:
    hidden = places_to_hide(table, SMALL)
    if hidden == {place for place in table.places() if table.count(place) > 0}:
        return  # nothing is left to hide, and nothing is shown
    could_be: dict[tuple[int, int], set[int]] = {place: set() for place in hidden}
    for other in what_could_be(table, hidden):
        for place in hidden:
            could_be[place].add(other[place[0]][place[1]])
    assert all(len(values) > 1 for values in could_be.values())


def what_could_be(table: Table, hidden: set[tuple[int, int]]) -> Iterator[list[list[int]]]:
    """Every table that looks the same from outside, found by trying them all: counts from 1 up in what is hidden."""
    height, width = len(table.rows) - table.down, len(table.rows[0]) - table.across
    inner = [(row, column) for row in range(height) for column in range(width)]
    choices = [range(1, table.count(place) + 4) if place in hidden else (table.count(place),) for place in inner]
    for values in product(*choices):
        rows = [list(values[row * width : (row + 1) * width]) for row in range(height)]
        if table.across:
            rows = [[*row, sum(row)] for row in rows]
        if table.down:
            rows = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
        if all(
            (count == table.count((r, c))) if (r, c) not in hidden else count > 0
            for r, row in enumerate(rows)
            for c, count in enumerate(row)
        ):
            yield rows


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        ([7, 8, 9, 24], set()),
        ([3, 8, 9, 20], {0, 1}),
        ([3, 4, 9, 16], {0, 1}),
        ([1, 1, 9, 11], {0, 1, 2}),
        ([0, 3, 0, 3], {1, 3}),
    ],
)
def test_the_next_smallest_of_a_row_with_a_total_is_hidden_with_a_single_small_count(
    row: list[int], hidden: set[int]
) -> None:
    assert {column for _, column in places_to_hide(Table([row], across=True), SMALL)} == hidden


def test_without_totals_only_the_small_counts_are_hidden() -> None:
    assert places_to_hide(Table([[3, 8, 9], [7, 0, 6]]), SMALL) == {(0, 0)}


def series(
    counts: list[tuple[int, int]], indicator=enquiries_in_time, start: date = date(2025, 4, 1)
) -> MeasuredSeries:
    months = months_between(start, date(2027, 3, 31))[: len(counts)]
    readings = tuple(
        Reading(
            month,
            (Decimal(100 * top) / bottom).quantize(Decimal("0.1")) if bottom else None,
            Decimal(top),
            Decimal(bottom),
            State.GIVEN if top else State.NIL,
            1,
            "Cases",
            month.end,
        )
        for month, (top, bottom) in zip(months, counts, strict=True)
    )
    return MeasuredSeries(indicator, "Ardenvale", True, readings)


def test_a_figure_from_a_hidden_count_is_hidden_with_it_and_said_to_be() -> None:
    released = for_release(series([(4, 30), (20, 30)]))
    assert [(one.value, one.numerator, one.state) for one in released.readings] == [
        (None, None, State.HIDDEN),
        (Decimal("66.7"), 20, State.GIVEN),
    ]
    assert hides([released])


def test_a_percentage_out_of_fewer_than_ten_is_not_shown() -> None:
    (reading,) = for_release(series([(8, 9)])).readings
    assert (reading.value, reading.numerator, reading.denominator) == (None, 8, 9)


def test_one_hidden_month_of_a_whole_year_takes_another_with_it() -> None:
    """The year's count is known, so eleven months would give away the twelfth."""
    counts = [(20 + month, 60) for month in range(12)]
    counts[4] = (3, 60)
    hidden = [reading.state is State.HIDDEN for reading in for_release(series(counts)).readings]
    assert [month for month, is_hidden in enumerate(hidden) if is_hidden] == [0, 4]


def test_a_part_cannot_be_worked_out_from_the_whole_and_the_other_parts() -> None:
    police, school, whole = series([(3, 30)]), series([(25, 30)]), series([(28, 60)])
    released = for_release_together([police, school], whole)
    assert [one.readings[0].numerator for one in released] == [None, None, 28]


def test_a_count_of_what_stands_at_the_end_of_a_month_does_not_add_up_so_takes_none_with_it() -> None:
    counts = [(40, 48_000)] * 12
    counts[4] = (3, 48_000)
    released = for_release(series(counts, plan_rate))
    assert [place for place, one in enumerate(released.readings) if one.state is State.HIDDEN] == [4]
    assert all(one.denominator == 48_000 for one in released.readings)


def test_limits_of_what_leaves_rest_on_what_is_shown() -> None:
    counts = [(20 + month % 3, 60) for month in range(18)]
    counts[2] = (3, 60)
    released = for_release(series(counts))
    chart = chart_of(released)
    assert chart
    shown = [float(one.value) for one in released.readings if one.value is not None]
    assert [point.value for point in chart.points] == shown
    assert chart.points[-1].mean == pytest.approx(sum(shown) / len(shown))


def test_a_publication_may_hide_more() -> None:
    strict = Rule(small=range(1, 10), smallest_base=10)
    assert for_release(series([(8, 30)]), strict).readings[0].value is None
    assert for_release(series([(8, 30)])).readings[0].value is not None


def test_a_series_is_left_as_it_was() -> None:
    given_series = series([(4, 30)])
    for_release(given_series)
    assert given_series == replace(given_series)
    assert given_series.readings[0].value is not None
