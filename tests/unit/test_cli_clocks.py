"""The plain commands that count days: the date first, then why; what is wrong goes to standard error."""

import pytest

from sightline.cli.main import main


def _refusal(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    try:
        status = main(words)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    said = capsys.readouterr()
    assert status == 2
    assert said.out == ""
    return said.err


def test_working_days_prints_the_date_first_then_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["working-days", "2026-04-02", "15"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "2026-04-27",
        "15 working days after Thursday 2 April 2026 (day 0); "
        "not counted: weekends, Good Friday 3 April 2026, Easter Monday 6 April 2026.",
    ]
    assert said.err == ""


@pytest.mark.parametrize(("count", "date"), [("-15", "2026-04-02"), ("0", "2026-04-27"), ("1", "2026-04-28")])
def test_working_days_counts_back_and_on(count: str, date: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["working-days", "2026-04-27", count]) == 0
    assert capsys.readouterr().out.splitlines()[0] == date


def test_due_prints_the_date_then_the_rule_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "CK-08", "--from", "2026-04-02"]) == 0
    first, named, why = capsys.readouterr().out.splitlines()
    assert first == "2026-04-27"
    assert named == "CK-08: Initial child protection conference"
    assert "Working Together to Safeguard Children 2023" in why


def test_due_prints_the_moment_in_london_for_an_hours_clock(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "CK-24", "--from", "2026-03-28T20:30"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "2026-03-31T21:30+01:00"


def test_due_takes_a_variant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "front-door-return", "--variant", "red", "--from", "2026-04-02T16:30"]) == 0
    assert capsys.readouterr().out.startswith("2026-04-02T18:30+01:00\n")


def test_due_uses_the_guidance_in_force_when_the_clock_started(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "CK-01", "--from", "2019-05-01"]) == 0
    assert "Working Together to Safeguard Children 2018" in capsys.readouterr().out


def test_due_lists_the_rules_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--list"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["CK-08", "", "15 working days", "guidance", "2023-12-15", "", "Initial child protection conference"] in rows


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["due"], "Name a rule, for example: sightline due CK-08 --from 2026-04-02"),
        (["due", "CK-08"], "for example: sightline due CK-08 --from 2026-04-02"),
        (["due", "CK-98", "--from", "2026-04-02"], "See: sightline due --list"),
        (["due", "CK-18", "--from", "2026-04-02"], "Choose one of: actions, record"),
        (["due", "CK-33", "--from", "2026-04-02"], "Count 10 school days after Thursday 2 April 2026"),
        (["due", "CK-08", "--from", "2 April"], "“2 April” is not a date. Type it like 2026-04-02"),
        (["due", "CK-08", "--from", "2026-02-30"], "There is no 2026-02-30 in the calendar"),
        (["due", "CK-24", "--from", "2026-04-02T25:00"], "There is no 25:00 on a clock"),
        (["due", "CK-24", "--from", "2026-03-29T01:30"], "the clocks went forward"),
        (["working-days", "20260402", "3"], "“20260402” is not a date"),
        (["working-days", "2026-04-02", "ten"], "“ten” is not a whole number of days"),
        (["working-days", "2026-04-02", "99999"], "held for the years 1978 to 2100"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_to_type(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in _refusal(words, capsys)


@pytest.mark.parametrize("words", [["due", "CK-08", "--from", "9999-12-31"], ["working-days", "9999-12-31", "1"]])
def test_a_count_past_the_end_of_the_calendar_is_refused_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "after the year 9999" in _refusal(words, capsys)
