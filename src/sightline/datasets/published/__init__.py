"""Which published files of figures do we take, and what is in them?"""

from __future__ import annotations

from types import MappingProxyType

from sightline.datasets.areas import Area as Area
from sightline.datasets.published.children_in_need import (
    children_in_need,
    children_in_need_extract,
    plan_durations,
    plan_durations_extract,
    referrals,
    referrals_extract,
    repeat_plans,
    repeat_plans_extract,
)
from sightline.datasets.published.interactive_tool import interactive_tool, interactive_tool_extract, plan_rates
from sightline.datasets.published.population import population, population_extract

RELEASES = (referrals, children_in_need, repeat_plans, plan_durations, population, interactive_tool)
"""Whole publications, as their publishers send them."""

EXTRACTS = (
    referrals_extract,
    children_in_need_extract,
    repeat_plans_extract,
    plan_durations_extract,
    population_extract,
    interactive_tool_extract,
    plan_rates,
)
"""Figures in our own layout, which ship with Sightline."""

DATASETS = MappingProxyType({dataset.key: dataset for dataset in (*RELEASES, *EXTRACTS)})
