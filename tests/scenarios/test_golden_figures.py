"""Figures worked out again from published counts are the published figures; from the extract that ships, and from the
publications themselves where they lie beside the repository."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sightline.datasets.areas import LOCAL, areas_by_code, present_code
from sightline.datasets.cells import Figure
from sightline.datasets.comparing import comparators, comparison, neighbours_of, plain_mean
from sightline.datasets.extract import EXTRACTS, load_shipped_extract, shipped_extract
from sightline.datasets.figures import area_years, areas_held, rates
from sightline.datasets.intake import Origin, load_file
from sightline.datasets.models import MeasureNote, NeighbourSet, PublishedFigure
from sightline.datasets.published import (
    children_in_need,
    interactive_tool,
    plan_durations,
    plan_rates,
    population,
    referrals,
    repeat_plans,
)
from sightline.datasets.rounding import percent_agrees
from sightline.vocabulary.dataset import State

PUBLICATIONS = Path(__file__).parents[3] / "shared" / "data"
beside = pytest.mark.skipif(not PUBLICATIONS.exists(), reason="the publications are not beside the repository")
SOLIHULL = "E08000029"
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped() -> None:
    load_shipped_extract()


def load_publications(*names: str) -> None:
    for name in names:
        (found,) = PUBLICATIONS.glob(name)
        load_file(found, Origin("Department for Education", "a test"))


def compared_plan_rates(counts, published) -> list[bool]:
    """For every authority's year with a published rate, whether ours is the same to one decimal place."""
    codes = [area.code for area in areas_held(published, "CPP_rate") if area.level == LOCAL]
    ours = {(rate.area.code, rate.year): rate.value for rate in rates(counts, codes, "CPP_At31")}
    return [
        ours[row.area.code, row.year] == row.figures["CPP_rate"].value
        for row in area_years(published, codes, ["CPP_rate"])
        if row.figures["CPP_rate"].value is not None
    ]


def test_every_plan_rate_of_the_extract_is_worked_out_again_to_the_published_one(shipped) -> None:
    assert compared_plan_rates(plan_rates, plan_rates) == [True] * 1492


@beside
def test_every_plan_rate_of_the_publications_is_worked_out_again_to_the_published_one() -> None:
    load_publications("dfe/d5_cpps*.csv", "dfe/ons*.csv", "lait/bds_long_0.parquet")
    assert compared_plan_rates(plan_durations, interactive_tool) == [True] * 1492
    held = PublishedFigure.objects.filter(revision__file__dataset="lait")
    assert held.count() == 641_070 - 170  # one measure has no year and no figure
    (latest,) = [row for row in area_years("lait", [SOLIHULL], ["PrevRegCPR", "CPPlans2yrsActive"]) if row.year == 2025]
    assert latest.figures["PrevRegCPR"] == Figure(Decimal("19.6"), State.GIVEN)  # stored as 19.600000000000001
    assert latest.figures["CPPlans2yrsActive"] == Figure(None, State.NOT_AVAILABLE)


def test_the_population_of_the_same_year_would_not_give_the_published_rates(shipped) -> None:
    (rate,) = [rate for rate in rates(plan_rates, [SOLIHULL], "CPP_At31") if rate.year == 2024]
    (same,) = [row for row in area_years(population, [SOLIHULL], ["population_estimate"]) if row.year == 2024]
    assert rate.children != same.figures["population_estimate"].value


@beside
def test_every_published_re_referral_percentage_of_an_authority_agrees_with_its_counts() -> None:
    load_publications("dfe/c1*.csv")
    measures = ("rereferral_count", "referral_count", "rereferral_percent")
    found = []
    for row in area_years(referrals, [area.code for area in areas_held(referrals)], measures):
        values = [row.figures[name].value for name in measures]
        if None not in values:
            found.append(percent_agrees(*values, row.area.level))
    assert len(found) == 2104
    assert all(found)


def test_solihulls_published_figures_of_2025(shipped) -> None:
    def in_2025(dataset, *measures: str) -> list[str]:
        (row,) = [row for row in area_years(dataset, [SOLIHULL], measures) if row.year == 2025]
        return [
            row.figures[name].state if (value := row.figures[name].value) is None else f"{value.normalize():f}"
            for name in measures
        ]

    assert in_2025(referrals, "referral_count", "rereferral_count", "rereferral_percent") == ["3022", "795", "26.3"]
    assert in_2025(referrals, "no_further_action_count") == ["59"]
    assert in_2025(children_in_need, "Anypoint_child", "At31_episodes") == ["3307", "1836"]
    assert in_2025(repeat_plans, "CPP_start", "CPP_subsequent", "CPP_subsequent_percent") == ["260", "51", "19.6"]
    assert in_2025(plan_durations, "CPP_At31", "2_years_or_more") == ["177", State.HIDDEN]
    assert in_2025("lait", "Section_47", "Continue_Assess_Comp", "CP_conf_15days") == ["228.3", "82.2", "86.9"]
    assert in_2025("lait", "CPP_rate", "CPP_Total_Rateper10,000") == ["36", "613.9"]


def test_a_rate_divides_by_the_children_of_the_middle_of_the_year_before(shipped) -> None:
    rate = rates(plan_durations, [SOLIHULL], "CPP_At31")[-1]
    assert (rate.year, rate.value, rate.count, rate.children) == (2025, Decimal("36.0"), 177, 49_229)
    referred = rates(referrals, [SOLIHULL], "referral_count")[-1]
    assert referred.value == Decimal("613.9")


def test_a_rate_without_a_count_says_why_there_is_none(shipped) -> None:
    found = rates(plan_durations, [SOLIHULL], "2_years_or_more")[-1]
    assert (found.value, found.state) == (None, State.HIDDEN)


def test_a_rate_without_a_population_is_not_available(shipped) -> None:
    PublishedFigure.objects.filter(measure="population_estimate", time_period=2024).delete()
    found = rates(plan_durations, [SOLIHULL], "CPP_At31")[-1]
    assert (found.year, found.value, found.state) == (2025, None, State.NOT_AVAILABLE)


def test_neighbours_come_from_the_set_that_holds_on_the_day(shipped) -> None:
    now, then = neighbours_of(SOLIHULL, TODAY), neighbours_of(SOLIHULL, date(2025, 4, 30))
    assert now is not None
    assert then is not None
    assert [near.area.name for near in now.near] == [
        *("Stockport", "Cheshire West and Chester", "Warwickshire", "Warrington", "Kent", "Gloucestershire"),
        *("North Somerset", "Cheshire East", "Essex", "Hertfordshire"),
    ]
    assert {near.closeness for near in now.near} == {"very close"}
    assert (now.edition, now.valid_from, now.valid_to) == ("2025-05", date(2025, 5, 1), None)
    assert (then.edition, then.valid_from, then.valid_to) == ("2021-04", date(2021, 4, 1), date(2025, 4, 30))
    gone = {near.area.name for near in then.near} - {near.area.name for near in now.near}
    assert gone == {"Trafford", "Bury", "Central Bedfordshire", "East Riding of Yorkshire"}


def test_before_the_first_set_there_are_no_neighbours(shipped) -> None:
    assert neighbours_of(SOLIHULL, date(2021, 3, 31)) is None
    assert comparators(SOLIHULL, date(2021, 3, 31)).neighbours is None


def test_england_and_the_region_have_no_neighbours(shipped) -> None:
    assert neighbours_of("E92000001", TODAY) is None
    assert comparators("E12000005", TODAY).region is None


def test_neighbours_are_found_under_a_code_that_the_area_had_before(shipped) -> None:
    assert present_code("E10000027") == "E06000066"
    assert neighbours_of("E10000027", TODAY) == neighbours_of("E06000066", TODAY)


def test_the_neighbours_figure_is_the_plain_mean_of_those_with_a_value(shipped) -> None:
    latest = comparison(referrals, SOLIHULL, "rereferral_percent", TODAY)[-1]
    assert (latest.year, latest.own) == (2025, Figure(Decimal("26.3"), State.GIVEN))
    assert latest.england == Figure(Decimal("22.6"), State.GIVEN)
    assert latest.region == Figure(Decimal("19.5"), State.GIVEN)
    now = neighbours_of(SOLIHULL, TODAY)
    assert now is not None
    rows = [row for row in area_years(referrals, now.codes, ["rereferral_percent"]) if row.year == 2025]
    values = [row.figures["rereferral_percent"].value for row in rows]
    assert latest.neighbours.value == round(sum(values) / 10, 1)
    assert (latest.neighbours.given, latest.neighbours.of) == (10, 10)


def test_a_neighbour_without_a_value_is_left_out_of_the_mean_and_counted() -> None:
    figures = [Figure(Decimal(10), State.GIVEN), Figure(None, State.HIDDEN), Figure(Decimal(20), State.GIVEN), None]
    assert plain_mean(figures).value == Decimal("15.0")
    assert (plain_mean(figures).given, plain_mean(figures).of) == (2, 4)
    assert plain_mean([Figure(None, State.HIDDEN)]).value is None


def test_rates_are_compared_as_well(shipped) -> None:
    latest = comparison(plan_rates, SOLIHULL, "CPP_At31", TODAY, per=10_000)[-1]
    assert (latest.own, latest.neighbours.given) == (Figure(Decimal("36.0"), State.GIVEN), 10)


@beside
def test_the_departments_own_files_give_the_sets_that_ship(shipped) -> None:
    held = {each.edition: sorted(each.neighbours.values_list("area_code", "rank", "neighbour_code", "closeness"))
            for each in NeighbourSet.objects.all()}  # fmt: skip
    for name in ("sn_model_2025_wide.csv", "New_Statistical_Neighbour_Groupings_April_2021.csv"):
        load_publications(f"dfe/{name}")
        new = NeighbourSet.objects.get(revision__file_name=name)
        assert new.revision.number == 2
        assert (
            sorted(new.neighbours.values_list("area_code", "rank", "neighbour_code", "closeness")) == held[new.edition]
        )
    assert neighbours_of(SOLIHULL, TODAY).valid_to is None


@beside
def test_the_dictionary_says_which_way_is_better(shipped) -> None:
    load_publications("lait/lait_data_dictionary.csv.gz")
    notes = {note.measure: note for note in MeasureNote.objects.all()}
    assert (notes["ReReferral"].polarity, notes["Continue_Assess_Comp"].polarity) == ("Low", "High")
    assert notes["CPP_rate"].polarity == "-"
    assert notes["CPP_Num"].decimals == 0


def test_the_extract_holds_the_example_area_what_it_is_compared_with_and_every_authoritys_plans(shipped) -> None:
    wanted = {*comparators(SOLIHULL, TODAY).codes, *comparators(SOLIHULL, date(2022, 1, 1)).codes}
    assert len(wanted) == 17
    assert shipped_extract().area == SOLIHULL
    for dataset in (referrals, children_in_need, repeat_plans, plan_durations):
        assert {area.code for area in areas_held(dataset)} == wanted
    assert len(areas_held(plan_rates)) == 155
    assert len(areas_held(population)) == len(areas_by_code()) == 170
    assert sum(path.stat().st_size for path in EXTRACTS.iterdir()) < 400_000
