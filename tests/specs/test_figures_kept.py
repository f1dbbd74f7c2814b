"""Figures are worked out from a loaded census and from cases, kept as revisions, and read by who may see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from contacts import told as tell_about

from sightline.datasets.cin_census.models import CensusReturn
from sightline.datasets.intake import Asked, Origin, load_file
from sightline.demonstration.census import invent_census
from sightline.indicators import duties
from sightline.indicators.behind import behind
from sightline.indicators.board import indicator_named, scorecard, series_for
from sightline.indicators.declared import INDICATORS
from sightline.indicators.models import ChildPopulation, Result, Run
from sightline.indicators.refreshing import refresh
from sightline.parts.figures import cited, offered
from sightline.platform import calendar
from sightline.registers.targets import Target
from sightline.vocabulary.dataset import State

LATER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def census(world, tmp_path):
    return lambda year="2025-26", seed=7, children=60: _load(world, tmp_path, year, seed, children)


def _load(world, folder, year, seed, children):
    path = folder / f"{year}-{seed}.xml"
    invent_census(path, year, children=children, seed=seed)
    ChildPopulation.objects.get_or_create(
        partnership=world.partnership, middle_of=int(year[:4]), defaults={"children": 48_000, "source": "Invented"}
    )
    return load_file(path, Origin("ardenvale-council", "a test", world.analyst), Asked(year=year))


def test_a_census_gives_twelve_months_and_a_year_of_each_of_its_measures(world, census, acting):
    census()
    run = refresh(world.partnership, "a census was loaded")
    with acting(world.analyst):
        rows = {row.indicator.key: row for row in scorecard(world.analyst, world.partnership)}
        year = scorecard(world.analyst, world.partnership, kind="year")
    assert len(rows) == 9
    assert run.changed == 9 * 13
    plans = rows["plan_rate"].series
    assert [reading.period.key for reading in plans.readings][::11] == ["2025-04", "2026-03"]
    latest = plans.latest
    assert latest.value == (10_000 * latest.numerator / Decimal(48_000)).quantize(Decimal("0.1"))
    assert (latest.source, plans.invented) == ("Children in need census 2025-26, revision 1", True)
    assert {row.series.latest.period.key for row in year} == {"2025-26"}


def test_every_month_s_referrals_add_up_to_the_year_s(world, census, acting):
    census()
    refresh(world.partnership, "a census was loaded")
    with acting(world.analyst):
        (months,) = series_for("referral_rate", world.analyst, world.partnership)
        (year,) = series_for("referral_rate", world.analyst, world.partnership, kind="year")
    assert sum(reading.numerator for reading in months.readings) == year.latest.numerator > 0


def test_months_before_the_first_census_is_a_year_old_have_no_re_referral_figure(world, census, acting):
    census("2024-25", seed=1)
    census("2025-26", seed=1)
    refresh(world.partnership, "a census was loaded")
    with acting(world.analyst):
        (series,) = series_for("re-referrals-within-12-months", world.analyst, world.partnership)
    states = [reading.state for reading in series.readings]
    assert State.NOT_AVAILABLE in states[:12]
    assert all(reading.value is not None for reading in series.readings[12:])


def test_a_year_that_nobody_sent_is_a_gap_and_not_nought(world, census, acting):
    census("2023-24")
    census("2025-26")
    refresh(world.partnership, "a census was loaded")
    with acting(world.analyst):
        (series,) = series_for("referral_rate", world.analyst, world.partnership)
    by_key = {reading.period.key: reading for reading in series.readings}
    assert (by_key["2024-09"].state, by_key["2024-09"].value) == (State.BLANK, None)


def test_a_census_sent_again_gives_new_revisions_and_keeps_the_old_figures(world, census, acting):
    census(seed=7)
    refresh(world.partnership, "a census was loaded")
    again = refresh(world.partnership, "again")
    assert again.changed == 0
    census(seed=8)
    refresh(world.partnership, "a census was loaded")
    kept = Result.objects.filter(indicator="referral_rate", kind="year").order_by("revision")
    assert [(row.revision, row.superseded) for row in kept] == [(1, True), (2, False)]
    assert kept[1].source == "Children in need census 2025-26, revision 2"


def test_the_front_door_s_figures_come_from_its_cases_once_their_month_is_over(world, acting):
    tell_about(world, at=datetime(2026, 10, 5, 9, 0, tzinfo=UTC))
    tell_about(world)
    with calendar.frozen(LATER):
        refresh(world.partnership, "a new day")
        with acting(world.manager):
            row, *others = scorecard(world.manager, world.partnership)
    assert (row.indicator.key, row.series.latest.period.key) == ("contact_decisions_within_one_working_day", "2026-11")
    assert {other.series.latest.state for other in others} == {State.NOT_APPLICABLE}
    assert (row.series.latest.numerator, row.series.latest.denominator) == (0, 1)
    assert row.words.startswith("In November 2026 it was 0 of 1.")


def test_a_month_that_is_not_over_has_no_figure(world):
    tell_about(world)
    with calendar.frozen(LATER - timedelta(days=10)):
        refresh(world.partnership, "a new day")
    assert not Result.objects.exists()


SEES = {
    "analyst": {"census", "cases"},
    "scrutineer": {"census", "cases"},
    "council_partner": {"census", "cases"},
    "manager": {"cases"},
    "worker": {"cases"},
    "school": set(),
    "police": set(),
    "council_signatory": set(),
}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_which_figures(world, census, acting, who):
    census()
    tell_about(world, at=datetime(2026, 10, 5, 9, 0, tzinfo=UTC))
    with calendar.frozen(LATER):
        refresh(world.partnership, "a new day")
    actor = getattr(world, who)
    with acting(actor):
        seen = set(Result.visible_to(actor).filter(by="").values_list("comes_from", flat=True))
    assert seen == SEES[who]


def test_an_agency_sees_its_own_part_and_no_other(world, acting):
    run = Run(partnership=world.partnership, at=calendar.now(), reason="a test")
    run.save()
    police, school = world.agency("ardenvale-police"), world.agency("millbrook-school")
    month = {"kind": "month", "period": "2026-10", "period_start": "2026-10-01", "period_end": "2026-10-31"}
    for agency in (police, school):
        Result(
            run=run,
            partnership=world.partnership,
            indicator="enquiries_returned_on_time",
            definition=1,
            comes_from="cases",
            by="agency",
            group=str(agency.pk),
            value=50,
            numerator=1,
            denominator=2,
            state="given",
            revision=1,
            source="Cases",
            as_at="2026-10-31",
            **month,
        ).save()
    with acting(world.police):
        (own,) = series_for("enquiries_returned_on_time", world.police, world.partnership, by="agency")
        (row,) = scorecard(world.police, world.partnership)
    with acting(world.analyst):
        both = series_for("enquiries_returned_on_time", world.analyst, world.partnership, by="agency")
    assert (own.group, row.series.scope) == ("Ardenvale Police", "Ardenvale Police")
    assert [one.group for one in both] == ["Ardenvale Police", "Millbrook School"]


def test_the_worker_works_figures_out_when_a_census_has_come_and_not_again_for_nothing(world, census):
    assert duties.why_stale(world.partnership) == "first time"
    with calendar.frozen(LATER):
        census()
        assert duties.keep_figures_fresh() == 1
        assert duties.why_stale(world.partnership) == ""
        assert duties.keep_figures_fresh() == 0
    with calendar.frozen(LATER + timedelta(hours=1)):
        census(seed=9)
        assert duties.why_stale(world.partnership) == "a census was loaded"
        assert duties.keep_figures_fresh() == 1
    with calendar.frozen(LATER + timedelta(days=1)):
        assert duties.why_stale(world.partnership) == "a new day"
    assert CensusReturn.objects.count() == 0  # the wall: nobody is named here


def test_a_stored_figure_can_be_cited_by_its_reference_and_only_as_it_stands(world, census):
    census()
    refresh(world.partnership, "a census was loaded")
    figures = offered(world.partnership)
    first = figures[0]
    assert (first.indicator, first.period, first.revision) == ("referral_rate", "March 2026", 1)
    year = cited(world.partnership, "referral_rate:2025-26:1")
    assert year.period == "the year ending 31 March 2026"
    assert year.words.endswith("among 48,000 children)")
    assert cited(world.partnership, "referral_rate:2025-26:2") is None


def test_an_unknown_measure_is_refused_by_name():
    assert indicator_named("plan-rate").key == "plan_rate"
    with pytest.raises(LookupError, match="There is no measure 'happiness'"):
        indicator_named("happiness")


@pytest.mark.parametrize("who", ["manager", "analyst", "scrutineer", "police"])
def test_behind_a_front_door_figure_are_the_cases_that_the_reader_may_see(world, acting, who):
    tell_about(world, at=datetime(2026, 10, 5, 9, 0, tzinfo=UTC))
    tell_about(world)
    with calendar.frozen(LATER):
        refresh(world.partnership, "a new day")
    actor = getattr(world, who)
    with acting(actor):
        found = behind("contact_decisions_within_one_working_day", "2026-11", actor, world.partnership)
        assert found.rows.count() == (1 if who == "manager" else 0)
        assert found.said == (None if who == "police" else 1)


@pytest.mark.parametrize("key", [one.key for one in INDICATORS if one.measure.source == "census"])
def test_behind_a_census_figure_are_as_many_rows_for_the_analyst_and_none_for_whoever_only_reads(
    world, census, acting, key
):
    census()
    refresh(world.partnership, "a census was loaded")
    counts_rows = indicator_named(key).is_rate
    with acting(world.analyst):
        found = behind(key, "2025-26", world.analyst, world.partnership)
        assert found.rows.count() == (found.figure.numerator if counts_rows else found.said) > 0
    with acting(world.scrutineer):
        found = behind(key, "2025-26", world.scrutineer, world.partnership)
        assert found.figure is not None
        assert found.rows.count() == 0


def test_one_kind_of_source_can_be_worked_out_and_the_other_left_alone(world, census):
    census()
    tell_about(world, at=datetime(2026, 10, 5, 9, 0, tzinfo=UTC))
    with calendar.frozen(LATER):
        refresh(world.partnership, "a census was loaded", only="census")
        assert set(Result.objects.values_list("comes_from", flat=True)) == {"census"}
        refresh(world.partnership, "a new day", only="cases")
    assert set(Result.objects.values_list("comes_from", "revision")) == {("census", 1), ("cases", 1)}


def test_a_target_in_the_register_is_judged_on_the_scorecard(world, census, acting):
    census(children=300)
    refresh(world.partnership, "a census was loaded")
    Target.objects.create(
        partnership=world.partnership,
        indicator="assessments_within_45_working_days",
        value=Decimal("99.9"),
        valid_from=date(2026, 1, 1),
        decided_by="Executive group",
        source="Minute 4",
    )
    with acting(world.analyst):
        rows = {row.indicator.key: row for row in scorecard(world.analyst, world.partnership)}
    judged = rows["assessments_within_45_working_days"]
    assert judged.series.target == Decimal("99.9")
    assert judged.assurance in ("consistently_fail", "hit_or_miss")
    assert "(99.9% target)" in judged.words
    assert rows["plan_rate"].assurance == "none"


def test_a_cited_figure_travels_so_its_small_counts_are_hidden(world, census):
    census()
    refresh(world.partnership, "a census was loaded")
    figures = offered(world.partnership)
    assert not [figure for figure in figures if figure.numerator in range(1, 6)]
    hidden = [figure for figure in figures if figure.value is None]
    assert {figure.words for figure in hidden} == {"c (hidden, small number)"}
    assert all(figure.numerator is None for figure in hidden if figure.indicator == "referral_rate")
