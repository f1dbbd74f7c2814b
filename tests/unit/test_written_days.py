"""A day is written one way, wherever it is written."""

from datetime import UTC, date, datetime

from sightline.platform import calendar


def test_a_day_is_written_without_a_leading_zero() -> None:
    assert calendar.plain_date(date(2026, 12, 4)) == "4 December 2026"
    assert calendar.long_date(date(2026, 12, 4)) == "Friday 4 December 2026"


def test_an_instant_is_written_as_the_day_that_it_is_in_london() -> None:
    half_past_midnight_in_summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert calendar.plain_date(half_past_midnight_in_summer) == "1 July 2026"
