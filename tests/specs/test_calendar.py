"""Working days, civil dates and hours, as statutory guidance and the census count them in England."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.platform import calendar
from sightline.platform.calendar import (
    Opening,
    OutsideCalendar,
    add_hours,
    add_months,
    add_working_days,
    add_working_hours,
    at_local,
    bank_holiday,
    bank_holidays,
    end_of_day,
    frozen,
    is_working_day,
    last_working_day_before,
    local,
    local_date,
    now,
    start_of_day,
    today,
    working_days_between,
)

NINE_TO_FIVE = Opening(time(9), time(17))

days = some.dates(date(2012, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 4, 2), 15, date(2026, 4, 27)),
        (date(2026, 4, 2), 3, date(2026, 4, 9)),
        (date(2026, 4, 27), 10, date(2026, 5, 12)),
        (date(2026, 4, 2), 45, date(2026, 6, 10)),
        (date(2026, 5, 22), 7, date(2026, 6, 3)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 19), 1, date(2026, 12, 21)),
        (date(2026, 12, 17), 15, date(2027, 1, 12)),
        (date(2026, 5, 1), 1, date(2026, 5, 5)),
        (date(2026, 5, 1), 5, date(2026, 5, 11)),
        (date(2026, 5, 1), 15, date(2026, 5, 26)),
        (date(2026, 5, 2), 1, date(2026, 5, 5)),
        (date(2026, 5, 2), 5, date(2026, 5, 11)),
        (date(2026, 5, 2), 15, date(2026, 5, 26)),
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 1), 5, date(2026, 4, 10)),
        (date(2026, 4, 1), 15, date(2026, 4, 24)),
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 23), 5, date(2027, 1, 4)),
        (date(2026, 12, 23), 15, date(2027, 1, 18)),
    ],
)
def test_working_days_are_counted_across_bank_holidays(start: date, count: int, due: date) -> None:
    assert add_working_days(start, count) == due


def test_bank_holidays_agree_with_the_official_list_from_2012_to_2028() -> None:
    official = _official_list()
    assert {day for year in range(2012, 2029) for day in bank_holidays(year)} == official


def _official_list() -> set[date]:
    from govuk_bank_holidays.bank_holidays import BankHolidays

    listed = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    return {row["date"] for row in listed}


def test_bank_holidays_agree_with_an_independent_library_until_2100() -> None:
    from holidays import country_holidays

    theirs = country_holidays("GB", subdiv="ENG", years=range(1978, 2101))
    ours = {day for year in range(1978, 2101) for day in bank_holidays(year)}
    assert ours == {day for day in theirs if day.weekday() < 5}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2022, 6, 2), "Spring bank holiday"),
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2022, 5, 30), None),
        (date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of King Charles III"),
        (date(2020, 5, 4), None),
        (date(2026, 12, 28), "Boxing Day"),
        (date(2022, 12, 26), "Boxing Day"),
        (date(2022, 12, 27), "Christmas Day"),
        (date(2021, 12, 27), "Christmas Day"),
    ],
)
def test_days_of_one_year_and_substitute_days_are_named(day: date, name: str | None) -> None:
    assert bank_holiday(day) == name


def test_a_year_without_known_bank_holidays_is_refused_rather_than_guessed() -> None:
    with pytest.raises(OutsideCalendar, match="1978 to 2100, not for 1977"):
        is_working_day(date(1977, 12, 30))


def test_the_calendar_version_names_its_edition_and_its_content() -> None:
    region, edition, fingerprint = calendar.CALENDAR_VERSION.split()
    assert (region, edition, len(fingerprint)) == ("england-and-wales", "2026.1", 8)


def test_a_count_of_no_days_is_day_0_itself() -> None:
    assert add_working_days(date(2026, 5, 2), 0) == date(2026, 5, 2)


def test_counting_back_skips_holidays_too() -> None:
    assert add_working_days(date(2026, 4, 27), -15) == date(2026, 4, 2)


@given(days, some.integers(1, 60))
def test_a_deadline_is_a_working_day_and_that_many_working_days_on(start: date, count: int) -> None:
    due = add_working_days(start, count)
    assert is_working_day(due)
    assert working_days_between(start, due) == count


@given(days, some.integers(-60, 60))
def test_days_between_turn_sign_with_the_order_of_working_days(start: date, count: int) -> None:
    begins = add_working_days(start, 1)
    assert working_days_between(begins, add_working_days(begins, count)) == count


@given(days)
def test_no_stretch_without_working_days_is_longer_than_a_christmas_weekend(day: date) -> None:
    assert (add_working_days(day, 1) - day).days <= 5
    assert (day - last_working_day_before(day)).days <= 5


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 4, 2), 3, date(2026, 7, 2)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 9, 26), 3, date(2026, 12, 26)),
    ],
)
def test_months_keep_the_day_clip_to_the_months_end_and_do_not_move(start: date, months: int, due: date) -> None:
    assert add_months(start, months) == due


def test_the_last_working_day_before_a_sunday_deadline_is_friday() -> None:
    assert last_working_day_before(date(2027, 2, 28)) == date(2027, 2, 26)


def test_a_day_ends_at_235959_by_londons_clocks_in_winter_and_summer() -> None:
    assert end_of_day(date(2026, 1, 12)) == datetime(2026, 1, 12, 23, 59, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 7, 6)) == datetime(2026, 7, 6, 22, 59, 59, tzinfo=UTC)


def test_a_day_is_23_hours_in_spring_and_25_in_autumn() -> None:
    def length(day: date) -> timedelta:
        return start_of_day(day + timedelta(days=1)) - start_of_day(day)

    assert length(date(2026, 3, 29)) == timedelta(hours=23)
    assert length(date(2026, 10, 25)) == timedelta(hours=25)


def test_day_0_is_the_date_in_london_not_in_utc() -> None:
    late_evening = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert local_date(late_evening) == date(2026, 7, 6)


def test_a_time_left_out_by_the_clocks_going_forward_is_refused() -> None:
    with pytest.raises(ValueError, match="There was no 01:30 on 2026-03-29"):
        at_local(date(2026, 3, 29), time(1, 30))


def test_a_time_that_happens_twice_is_taken_the_first_time() -> None:
    assert at_local(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        local(datetime(2026, 4, 2, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (datetime(2026, 3, 28, 20, 30, tzinfo=UTC), "2026-03-31T21:30+01:00"),
        (datetime(2026, 10, 24, 19, 30, tzinfo=UTC), "2026-10-27T19:30+00:00"),
    ],
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(start: datetime, shown: str) -> None:
    due = add_hours(start, 72)
    assert due - start == timedelta(hours=72)
    assert local(due).isoformat(timespec="minutes") == shown


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ((date(2026, 7, 6), time(10)), 6, (date(2026, 7, 6), time(16))),
        ((date(2026, 7, 6), time(11)), 6, (date(2026, 7, 6), time(17))),
        ((date(2026, 7, 6), time(16)), 6, (date(2026, 7, 7), time(14))),
        ((date(2026, 7, 6), time(7)), 2, (date(2026, 7, 6), time(11))),
        ((date(2026, 7, 6), time(17)), 2, (date(2026, 7, 7), time(11))),
        ((date(2026, 4, 2), time(16)), 2, (date(2026, 4, 7), time(10))),
        ((date(2026, 7, 4), time(12)), 20, (date(2026, 7, 8), time(13))),
    ],
)
def test_working_hours_count_only_while_the_team_is_open(
    start: tuple[date, time], hours: int, due: tuple[date, time]
) -> None:
    assert add_working_hours(at_local(*start), hours, NINE_TO_FIVE) == at_local(*due)


def test_red_work_runs_on_past_closing() -> None:
    friday = at_local(date(2026, 7, 3), time(16, 30))
    assert add_working_hours(friday, 2, NINE_TO_FIVE, runs_past_closing=True) == at_local(
        date(2026, 7, 3), time(18, 30)
    )


def test_opening_hours_have_to_open_before_they_close() -> None:
    with pytest.raises(ValueError, match="Opening at 17:00 has to come before closing at 09:00"):
        Opening(time(17), time(9))


def test_time_can_be_held_and_is_let_go_again() -> None:
    before = now()
    with frozen(datetime(2025, 7, 5, 23, 30, tzinfo=UTC)) as held:
        assert now() == held
        assert today() == date(2025, 7, 6)
        with frozen(date(2024, 2, 29)):
            assert today() == date(2024, 2, 29)
        assert now() == held
    assert now() >= before
