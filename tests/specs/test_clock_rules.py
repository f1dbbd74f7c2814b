"""Clock rules are data with a class, a source and dates; a partnership may change only what is its own."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from sightline.platform.calendar import Opening, at_local, frozen, local
from sightline.platform.settings.limits import local_limits_of, record_shipped_guidance
from sightline.platform.settings.models import GuidanceVersion, LocalLimit
from sightline.platform.settings.rules import (
    LimitNotLocal,
    Rule,
    UnableToCount,
    UnknownRule,
    due,
    guidance,
    rule,
    rule_for,
    rule_ids,
    rules,
)

MAUNDY_THURSDAY = date(2026, 4, 2)


@dataclass(frozen=True)
class Limit:
    rule_id: str = "CK-06S"
    variant: str = ""
    limit: int = 2
    unit: str = "working days"
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = None
    decided_by: str = "the Executive Group"
    source: str = "minutes of 4 December 2025"


@pytest.mark.parametrize("each", rules(), ids=lambda each: f"{each.id} {each.variant} {each.guidance}".strip())
def test_every_rule_says_its_class_source_and_dates(each: Rule) -> None:
    assert each.name
    assert each.starts
    assert each.source
    assert each.label in {"NAT", "NAT*", "REG", "LOC", "CUS", "JUD", "S"}
    # No calendar days: the day itself, where a date set beforehand decides.
    assert each.limit != 0 or each.unit in {"same day", "end of working day", "calendar days"}
    assert each.effective_to is None or each.effective_from < each.effective_to
    assert (each.clock_class in {"statute", "guidance"}) == (each.guidance in guidance())


def test_no_two_rows_of_a_rule_are_in_force_on_one_day() -> None:
    for each in rules():
        twins = [row for row in rules() if (row.id, row.variant) == (each.id, each.variant)]
        assert [row for row in twins if row.in_force(each.effective_from)] == [each]


def test_every_clock_with_a_figure_ships() -> None:
    without = {6, 7, 25, 32}
    expected = {f"CK-{number:02}" for number in range(1, 44) if number not in without}
    expected |= {"CK-06S", "CK-06U", "front-door-decision", "front-door-return"}
    assert expected <= set(rule_ids())


@pytest.mark.parametrize(
    ("id", "variant", "words", "by_the_minute"),
    [
        ("CK-08", "", "15 working days", False),
        ("CK-01", "", "1 working day", False),
        ("CK-17", "", "5 working days before", False),
        ("CK-06U", "", "same day", False),
        ("CK-24", "", "72 hours", True),
        ("CK-39", "", "1 working day, by 9am", True),
        ("front-door-repeat-nfa", "", "3 contacts", False),
    ],
)
def test_a_limit_is_said_in_words(id: str, variant: str, words: str, by_the_minute: bool) -> None:
    limit = rule(id, variant, MAUNDY_THURSDAY)
    assert (limit.in_words, limit.by_the_minute) == (words, by_the_minute)


def test_a_number_of_contacts_has_no_due_date() -> None:
    with pytest.raises(UnableToCount, match="a number of contacts, not a length of time"):
        due(rule("front-door-repeat-nfa", on=MAUNDY_THURSDAY), MAUNDY_THURSDAY)


@pytest.mark.parametrize(
    ("day", "edition"), [(date(2023, 12, 14), "WT2018"), (date(2023, 12, 15), "WT2023"), (date(2026, 4, 2), "WT2023")]
)
def test_a_rule_is_the_one_in_force_on_the_day(day: date, edition: str) -> None:
    assert rule("CK-01", on=day).guidance == edition


def test_the_source_names_the_guidance_its_edition_and_the_chapter() -> None:
    assert rule("CK-08", on=MAUNDY_THURSDAY).source == "Working Together to Safeguard Children 2023, chapter 3"


def test_a_rule_without_a_date_is_todays() -> None:
    with frozen(date(2020, 1, 1)):
        assert rule("CK-01").guidance == "WT2018"


def test_letter_case_of_a_rule_and_its_variant_does_not_matter() -> None:
    assert rule("ck-18", "Record").limit == 3


@pytest.mark.parametrize("variant", ["red", "amber", "green", "blue"])
def test_front_door_windows_are_local_defaults_and_say_so(variant: str) -> None:
    for id in ("front-door-decision", "front-door-return"):
        window = rule(id, variant, MAUNDY_THURSDAY)
        assert window.clock_class == "local"
        assert "local default, not Solihull's" in window.note


@pytest.mark.parametrize(
    ("id", "variant", "on", "says"),
    [
        ("CK-7", "", MAUNDY_THURSDAY, r"no rule called “CK-7”. Near it: .*CK-"),
        ("front-door-decison", "red", MAUNDY_THURSDAY, "Near it: front-door-decision"),
        ("CK-06", "", MAUNDY_THURSDAY, r"has no figure: guidance says “promptly”. See also CK-06S, CK-06U"),
        ("CK-18", "", MAUNDY_THURSDAY, "has several variants. Choose one of: actions, record"),
        ("CK-18", "minutes", MAUNDY_THURSDAY, "has no variant “minutes”. Choose one of: actions, record"),
        ("CK-31", "second", MAUNDY_THURSDAY, "Choose one of: none, extension"),
        ("CK-08", "red", MAUNDY_THURSDAY, "has no variants"),
        ("CK-08", "", date(2018, 7, 3), "not held for 2018-07-03, only from 2018-07-04"),
    ],
)
def test_a_rule_that_is_not_there_is_refused_with_what_is(id: str, variant: str, on: date, says: str) -> None:
    with pytest.raises(UnknownRule, match=says):
        rule(id, variant, on)


@pytest.mark.parametrize(
    ("id", "start", "on"),
    [
        ("CK-08", MAUNDY_THURSDAY, date(2026, 4, 27)),
        ("CK-06S", MAUNDY_THURSDAY, date(2026, 4, 9)),
        ("CK-10", date(2026, 4, 27), date(2026, 5, 12)),
        ("CK-04", MAUNDY_THURSDAY, date(2026, 6, 10)),
        ("CK-28", date(2026, 5, 22), date(2026, 6, 3)),
        ("CK-01", date(2026, 12, 24), date(2026, 12, 29)),
        ("CK-01", date(2026, 12, 19), date(2026, 12, 21)),
        ("CK-08", date(2026, 12, 17), date(2027, 1, 12)),
        ("CK-06U", date(2026, 12, 25), date(2026, 12, 25)),
        ("CK-11", date(2026, 4, 1), date(2026, 5, 13)),
        ("CK-12", date(2026, 11, 30), date(2027, 2, 28)),
        ("CK-13", date(2026, 8, 31), date(2027, 2, 28)),
        ("CK-17", date(2026, 4, 10), date(2026, 4, 1)),
        ("CK-26", date(2026, 4, 10), date(2026, 2, 27)),
        ("CK-31", date(2026, 4, 2), date(2026, 4, 10)),
    ],
)
def test_day_clocks_end_with_the_day_in_london(id: str, start: date, on: date) -> None:
    found = due(rule(id, on=start), start)
    assert found.on == on
    assert local(found.at).time() == time(23, 59, 59)
    assert local(found.at).date() == on


def test_an_out_of_hours_start_counts_from_its_civil_date() -> None:
    just_after_midnight_in_summer = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert due(rule("CK-01", on=date(2026, 7, 6)), just_after_midnight_in_summer).on == date(2026, 7, 7)


def test_a_deadline_says_what_was_counted_what_was_not_and_on_whose_authority() -> None:
    assert due(rule("CK-08", on=MAUNDY_THURSDAY), MAUNDY_THURSDAY).why == (
        "15 working days after Thursday 2 April 2026 (day 0); not counted: weekends, Good Friday 3 April 2026, "
        "Easter Monday 6 April 2026; "
        "statutory guidance: Working Together to Safeguard Children 2023, chapter 3 (a maximum)."
    )


def test_a_local_target_is_never_called_law_or_guidance() -> None:
    why = due(rule("CK-06S", on=MAUNDY_THURSDAY), MAUNDY_THURSDAY).why
    assert "local target: local standard" in why
    assert "statutory" not in why


def test_a_month_that_ends_on_a_sunday_stays_and_names_the_last_working_day() -> None:
    why = due(rule("CK-13", on=date(2026, 8, 31)), date(2026, 8, 31)).why
    assert "Sunday 28 February 2027 is not a working day, and the last one before it is Friday 26 February 2027" in why


def test_72_hours_run_through_the_weekend_and_the_change_of_clocks() -> None:
    start = at_local(date(2026, 3, 27), time(20, 30))
    found = due(rule("CK-24", on=date(2026, 3, 27)), start)
    assert local(found.at).isoformat() == "2026-03-30T21:30:00+01:00"


def test_an_hours_clock_without_a_time_takes_the_strictest_start_and_says_so() -> None:
    found = due(rule("CK-03", on=MAUNDY_THURSDAY), MAUNDY_THURSDAY)
    assert found.at == at_local(date(2026, 4, 4), time.min)
    assert "no time was given, so the day's first moment was taken" in found.why


def test_amber_returns_wait_for_opening_hours_and_red_ones_do_not() -> None:
    asked = at_local(MAUNDY_THURSDAY, time(16, 30))
    amber = due(rule("front-door-return", "amber", MAUNDY_THURSDAY), asked)
    red = due(rule("front-door-return", "red", MAUNDY_THURSDAY), asked)
    assert amber.at == at_local(date(2026, 4, 7), time(14, 30))
    assert red.at == at_local(MAUNDY_THURSDAY, time(18, 30))


def test_a_partnerships_own_opening_hours_move_a_working_hours_clock() -> None:
    amber = rule("front-door-return", "amber", MAUNDY_THURSDAY)
    asked = at_local(MAUNDY_THURSDAY, time(16))
    assert amber.opening == Opening(time(9), time(17))
    longer = replace(amber, opening=Opening(time(8), time(20)))
    assert due(longer, asked).at == at_local(date(2026, 4, 7), time(10))


def test_red_work_in_working_hours_runs_on_past_closing() -> None:
    red = replace(rule("front-door-return", "red", MAUNDY_THURSDAY), unit="working hours")
    found = due(red, at_local(MAUNDY_THURSDAY, time(16, 30)))
    assert found.at == at_local(MAUNDY_THURSDAY, time(18, 30))
    assert "running on past closing once begun" in found.why


@pytest.mark.parametrize(("start", "on"), [(MAUNDY_THURSDAY, MAUNDY_THURSDAY), (date(2026, 4, 4), date(2026, 4, 7))])
def test_a_red_decision_is_due_on_the_working_day_that_it_came_in_or_the_next(start: date, on: date) -> None:
    assert due(rule("front-door-decision", "red", start), start).on == on


def test_a_handover_is_due_at_nine_on_the_next_working_day() -> None:
    found = due(rule("CK-39", on=MAUNDY_THURSDAY), MAUNDY_THURSDAY)
    assert found.at == at_local(date(2026, 4, 7), time(9))


def test_school_days_are_not_guessed() -> None:
    with pytest.raises(UnableToCount, match="each school sets its own term dates"):
        due(rule("CK-34", on=MAUNDY_THURSDAY), MAUNDY_THURSDAY)


def test_a_partnership_changes_a_local_target_and_the_source_says_who_decided() -> None:
    changed = rule_for("CK-06S", on=MAUNDY_THURSDAY, local_limits=[Limit()])
    assert (changed.limit, changed.unit, changed.clock_class) == (2, "working days", "local")
    assert changed.source == "decided by the Executive Group: minutes of 4 December 2025"
    assert due(changed, MAUNDY_THURSDAY).why.endswith(
        "local target: decided by the Executive Group: minutes of 4 December 2025."
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        Limit(rule_id="CK-06U"),
        Limit(variant="red"),
        Limit(valid_from=date(2026, 4, 3)),
        Limit(valid_to=date(2026, 4, 2)),
    ],
)
def test_a_limit_counts_only_for_its_rule_variant_and_days(elsewhere: Limit) -> None:
    assert rule_for("CK-06S", on=MAUNDY_THURSDAY, local_limits=[elsewhere]).limit == 3


def test_the_later_of_two_local_limits_counts() -> None:
    limits = [Limit(limit=1, valid_from=date(2026, 3, 1)), Limit(limit=2)]
    assert rule_for("CK-06S", on=MAUNDY_THURSDAY, local_limits=limits).limit == 1


@pytest.mark.parametrize(("id", "words"), [("CK-08", "statutory guidance"), ("CK-30", "law")])
def test_a_partnership_cannot_change_law_or_statutory_guidance(id: str, words: str) -> None:
    with pytest.raises(LimitNotLocal, match=f"is {words}: .*can change only local targets"):
        rule_for(id, on=MAUNDY_THURSDAY, local_limits=[Limit(rule_id=id)])


def test_a_limit_in_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="“fortnights” is not a unit"):
        rule_for("CK-06S", on=MAUNDY_THURSDAY, local_limits=[Limit(unit="fortnights")])


def _row(**changes: object) -> LocalLimit:
    fields = asdict(Limit()) | {"partnership_key": "ardenvale"} | changes
    return LocalLimit(**fields)


def test_a_local_limit_for_guidance_is_refused_before_it_is_saved() -> None:
    with pytest.raises(ValidationError, match="statutory guidance, which a partnership cannot change"):
        _row(rule_id="CK-08").clean()


def test_a_local_limit_for_an_unknown_rule_is_refused_before_it_is_saved() -> None:
    with pytest.raises(ValidationError, match="no rule called “CK-99”"):
        _row(rule_id="CK-99").clean()


@pytest.mark.django_db
def test_a_saved_local_limit_is_the_rule_for_its_partnership_alone() -> None:
    _row().save()
    for place, days in (("ardenvale", 2), ("otherplace", 3)):
        assert rule_for("CK-06S", on=MAUNDY_THURSDAY, local_limits=local_limits_of(place)).limit == days


@pytest.mark.django_db
def test_a_local_limit_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="has to end after it begins"):
        _row(valid_to=date(2025, 12, 31)).full_clean()


@pytest.mark.django_db
def test_shipped_guidance_is_recorded_once_with_its_dates() -> None:
    record_shipped_guidance()
    record_shipped_guidance()
    in_force = [
        row.key for row in GuidanceVersion.objects.filter(key__startswith="WT") if row.in_force(date(2024, 1, 1))
    ]
    assert in_force == ["WT2023"]
    assert GuidanceVersion.objects.count() == len(guidance())
