"""Which measure, of which English area, a published figures page is about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404

from sightline.datasets.areas import NATIONAL, REGIONAL, Area, areas_by_code
from sightline.datasets.comparing import comparators
from sightline.datasets.extract import shipped_extract
from sightline.datasets.figures import area_years, areas_held
from sightline.datasets.rounding import percent_agrees
from sightline.indicators.board import indicator_named, published
from sightline.indicators.results import MeasuredSeries, Published
from sightline.platform import calendar
from sightline.vocabulary.indicator import Indicator, Printed


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is about: its indicator, what is published of its area, and the areas to choose from."""

    indicator: Indicator
    found: Published
    areas: list[Area]

    @property
    def own(self) -> MeasuredSeries:
        return self.found.series[0]


def printed_indicator(slug: str) -> Indicator:
    """The indicator of an address. Raises Http404 for one that nobody publishes."""
    try:
        indicator = indicator_named(slug)
    except LookupError as unknown:
        raise Http404 from unknown
    if indicator.printed is None:
        raise Http404
    return indicator


def shown_for(indicator: Indicator, code: str) -> Shown | None:
    """None when nothing is loaded. Raises Http404 for an area that nothing is held for."""
    assert indicator.printed is not None  # noqa: S101 - printed_indicator
    held = {area.code: area for of in indicator.printed.of for area in areas_held(of, indicator.printed.value)}
    areas = sorted(held.values(), key=lambda area: area.name)
    if not areas:
        return None
    wanted = code or shipped_extract().area
    area = next((area for area in areas if area.code == wanted), None)
    if area is None and code:
        raise Http404
    found = published(indicator.key, (area or areas[0]).code)
    return Shown(indicator, found, areas) if found else None


def rank_words(found: Published) -> str:
    """Where the area stands among its similar areas in the newest year; empty where there are none to rank."""
    near = comparators(found.area_code, calendar.today()).neighbours
    own = found.rows[0].reading.value
    if near is None or own is None or found.indicator.printed is None:
        return ""
    values = _values_of(found.indicator.printed, near.codes, found.period.end.year)
    if not values:
        return ""
    higher = sum(value > own for value in values)
    equal = f", with {sum(value == own for value in values)} the same" if own in values else ""
    place = f"the {_nth(higher + 1)}highest{equal}"
    return f"{found.rows[0].name} has {place} of {len(values) + 1} areas: itself and those like it with a figure."


def agreement_words(found: Published) -> str:
    """How many of the published percentages agree with their own published counts; empty where there are none."""
    levels = {"area": areas_by_code()[found.area_code].level, "region": REGIONAL, "country": NATIONAL}
    kinds = {row.name: row.kind for row in found.rows}
    compared = []
    for series in found.series:
        level = levels.get(kinds.get(series.scope, ""))
        for reading in series.with_value:
            top, bottom, value = reading.numerator, reading.denominator, reading.value
            if level and value is not None and top is not None and bottom:
                compared.append(percent_agrees(top, bottom, value, level))
    if not compared or found.indicator.unit != "%":
        return ""
    return (
        f"We worked each percentage out again from its counts. {sum(compared)} of {len(compared)} "
        "agree with the published one within rounding."
    )


def _values_of(printed: Printed, codes: list[str], year: int) -> list[Decimal]:
    found: dict[str, Decimal] = {}
    for dataset in printed.of:
        for row in area_years(dataset, codes, [printed.value]):
            value = row.figures[printed.value].value
            if row.year == year and value is not None:
                found.setdefault(row.area.code, value)
    return list(found.values())


def _nth(place: int) -> str:
    """Before "highest": nothing for the first, then "2nd ", "3rd "."""
    if place == 1:
        return ""
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending} "
