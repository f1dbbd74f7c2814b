"""Children aged 0 to 17 in each area, at the middle of each year."""

from __future__ import annotations

from dataclasses import replace

from sightline.datasets.published.layouts import YEAR, count, extract_of, release_file
from sightline.vocabulary.dataset import Column, Kind

population = release_file(
    "ons_population",
    "Population estimates of children aged 0 to 17",
    "population",
    (count("population_estimate", "Children aged 0 to 17 on 30 June"),),
    category=Column(
        "age_group", Kind.CODE, "Ages that are counted", required=True, codes=("Children aged 0 to 17 years",)
    ),
    year=replace(YEAR, description="Year of the estimate, which is for 30 June"),
    publisher="Office for National Statistics",
    due="When the office publishes, each summer",
)

population_extract = extract_of(
    population, "population_extract", "Population of children, compact extract", "population_estimate"
)
