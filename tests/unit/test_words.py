"""Dates, times, ages and lateness are worded one way on every page."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from sightline.web.components import words
from sightline.web.components.clock_words import clock_words

TUESDAY = date(2026, 11, 24)
NINE_TEN = datetime(2026, 11, 24, 9, 10, tzinfo=UTC)


def test_dates_are_long_in_headings_and_short_in_tables() -> None:
    assert words.long_date(TUESDAY) == "Tuesday 24 November 2026"
    assert words.plain_date(TUESDAY) == "24 November 2026"
    assert words.short_date(TUESDAY) == "24 Nov 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(9, 2, "9:02am"), (11, 0, "11am"), (12, 0, "midday"), (0, 0, "midnight"), (12, 5, "12:05pm"), (0, 30, "12:30am")],
)
def test_times_are_said_as_people_say_them(hour: int, minute: int, said: str) -> None:
    assert words.clock_time(datetime(2026, 11, 24, hour, minute, tzinfo=UTC)) == said


def test_times_are_london_times_in_summer() -> None:
    assert words.clock_time(datetime(2026, 7, 1, 8, 2, tzinfo=UTC)) == "9:02am"
    assert words.plain_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


def test_today_yesterday_and_tomorrow_replace_the_date() -> None:
    said = [words.day_name(TUESDAY + timedelta(days=days), TUESDAY) for days in (-1, 0, 1, 2)]
    assert said == ["yesterday", "today", "tomorrow", "Thursday 26 November"]
    assert words.day_name(date(2027, 1, 5), TUESDAY) == "Tuesday 5 January 2027"


def test_a_day_clock_ends_with_its_day_and_an_hour_clock_with_its_minute() -> None:
    assert words.by_end_of(date(2026, 11, 26), TUESDAY) == "by end of Thursday 26 November"
    assert words.by_time(datetime(2026, 11, 24, 11, 0, tzinfo=UTC), TUESDAY) == "by 11:00am"
    assert words.by_time(datetime(2026, 11, 25, 9, 30, tzinfo=UTC), TUESDAY) == "by 9:30am tomorrow"


def test_lateness_always_carries_when_it_was_due() -> None:
    due = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert words.late_by(due, due + timedelta(hours=3, minutes=20)) == "Late by 3 hours (due 11am)"
    monday = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert words.late_by(monday, NINE_TEN, whole_day=True) == "Late by 1 day (due end of yesterday)"


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2018, 2, 8), "8 years"),
        (date(2024, 12, 24), "23 months"),
        (date(2026, 10, 3), "1 month"),
        (date(2026, 11, 3), "3 weeks"),
        (date(2026, 11, 20), "4 days"),
    ],
)
def test_ages_are_in_the_unit_that_matters(born: date, said: str) -> None:
    assert words.age(born, TUESDAY) == said


def test_an_unborn_child_has_a_month_and_history_has_the_age_then() -> None:
    assert words.unborn(date(2027, 3, 14)) == "unborn, due March 2027"
    assert words.age_at(date(2018, 2, 8), date(2024, 3, 1)) == "aged 6"


def test_counts_names_and_numbers() -> None:
    assert words.plural(1, "child", "children") == "1 child"
    assert words.plural(3, "child", "children") == "3 children"
    assert words.joined(["Maya", "Leo", "Ayaan"]) == "Maya, Leo and Ayaan"
    assert words.nhs_number("9434765919") == "943 476 5919"
    assert words.nhs_number("9434765919", masked=True).endswith("5919")
    assert "943" not in words.nhs_number("9434765919", masked=True)
    assert words.identity_name("Maya", "Dunne") == "Maya DUNNE"


def running(due_at: datetime, *, by_the_minute: bool, started: datetime) -> SimpleNamespace:
    return SimpleNamespace(
        name="Hold the meeting",
        limit="3 working days",
        clock_class="local",
        source="Ardenvale procedures 2026",
        started_at=started,
        due_at=due_at,
        stopped_at=None,
        by_the_minute=by_the_minute,
    )


def test_a_late_clock_says_so_in_words_and_says_how_binding_it_is() -> None:
    clock = running(NINE_TEN - timedelta(hours=2), by_the_minute=True, started=NINE_TEN - timedelta(hours=6))
    said = clock_words(clock, NINE_TEN)
    assert (said.date, said.state, said.tone) == ("Today 7:10am", "Late by 2 hours", "late")
    assert said.binding == "local rule"
    assert "Ardenvale procedures 2026" in said.why


def test_a_clock_in_its_last_quarter_is_marked_and_an_early_one_is_not() -> None:
    end = datetime(2026, 11, 26, 23, 59, 59, tzinfo=UTC)
    early = clock_words(running(end, by_the_minute=False, started=NINE_TEN - timedelta(days=1)), NINE_TEN)
    assert (early.date, early.state, early.tone) == ("End of Thursday 26 November", "2 working days left", "")
    soon = clock_words(running(end, by_the_minute=False, started=NINE_TEN - timedelta(days=10)), NINE_TEN)
    assert soon.tone == "soon"
