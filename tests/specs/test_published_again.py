"""Golden: what our definitions give from published counts is what was published, by the indicator itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sightline.datasets.areas import LOCAL
from sightline.datasets.extract import load_shipped_extract, shipped_extract
from sightline.datasets.rounding import percent_agrees
from sightline.indicators.analytics_copy import published_copy
from sightline.indicators.board import indicator_named, published
from sightline.indicators.declared import INDICATORS
from sightline.indicators.working_out import check_printed

PRINTED = [indicator for indicator in INDICATORS if indicator.printed]
WITH_COUNTS = [one for one in PRINTED if one.printed and one.printed.counts_of]
EVERY_PLAN_RATE = 1_492
PUBLISHED_OTHERWISE = {("repeat_plans", "E92000001", 2022)}
"""England's counts give 22.6 and 22.7 was published: no rounding of them explains it."""


@pytest.fixture
def extract(db):
    load_shipped_extract()


def test_every_plan_rate_of_every_authority_comes_out_as_it_was_published(extract):
    """Count at 31 March over the children of 30 June before, one decimal, through Ibis on DuckDB."""
    with published_copy() as copy:
        checked = [one for one in check_printed(indicator_named("plan_rate"), copy) if one.area_level == LOCAL]
    assert len(checked) == EVERY_PLAN_RATE
    assert [one for one in checked if one.value != one.printed.quantize(Decimal("0.1"))] == []


def test_every_percentage_comes_out_as_it_was_published_within_the_rounding_of_its_counts(extract):
    wrong = set()
    with published_copy() as copy:
        for indicator in (one for one in WITH_COUNTS if one.per == 100):
            checked = check_printed(indicator, copy)
            assert len(checked) > 140
            wrong |= {
                (indicator.key, one.area, one.year)
                for one in checked
                if not percent_agrees(one.numerator, one.denominator, one.printed, one.area_level)
            }
    assert wrong == PUBLISHED_OTHERWISE


@pytest.mark.parametrize("indicator", PRINTED, ids=lambda one: one.key)
def test_an_area_s_published_figure_stands_beside_similar_areas_its_region_and_england(extract, indicator):
    found = published(indicator.slug, shipped_extract().area)
    assert found is not None
    assert [row.kind for row in found.rows] == ["area", "neighbours", "region", "country"]
    assert [row.name for row in found.rows] == ["Solihull", "similar areas", "the West Midlands", "England"]
    assert len(found.neighbours) == 10
    assert found.neighbour_set
    assert found.series[0].readings[-1].period == found.period
    assert not any(one.invented for one in found.series)


def test_an_indicator_that_nobody_publishes_has_no_published_figure(extract):
    assert published("neglect_share", shipped_extract().area) is None
    assert published("plan_rate", "E99999999") is None


def test_with_nothing_loaded_there_is_no_published_figure(db):
    assert published("plan_rate", shipped_extract().area) is None
