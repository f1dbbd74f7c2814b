"""Published figures of an area of England beside other places. They are open, so nothing here asks who is reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sightline.datasets.areas import Area
from sightline.datasets.cells import Figure
from sightline.datasets.comparing import Comparators, comparators, plain_mean
from sightline.datasets.figures import CHILDREN, AreaYear, Source, area_years
from sightline.datasets.published import population
from sightline.indicators.declared import INDICATORS
from sightline.indicators.periods import year_ending
from sightline.indicators.results import Compared, MeasuredSeries, PlaceKind, Published, Reading
from sightline.platform import calendar
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Indicator, Printed

SIMILAR = "similar areas"
WITHOUT_COUNTS = (None, None)

type Counts = Mapping[tuple[str, int], tuple[Decimal | None, Decimal | None]]
"""Numerator and denominator by area code and year."""


def published(key: str, area_code: str) -> Published | None:
    """An area's published figures beside its similar areas, its region and England; None where none are held.

    Raises LookupError for an indicator that there is not.
    """
    indicator = _printed(key)
    if indicator is None or indicator.printed is None:
        return None
    try:
        beside = comparators(area_code, calendar.today())
    except KeyError:
        return None
    values = _values(indicator.printed, beside.codes)
    own = {year for code, year in values if code == beside.area.code}
    if not own:
        return None
    series = _every_series(indicator, beside, values, _counts(indicator.printed, beside.codes))
    newest = year_ending(max(own))
    rows = [
        Compared(one.scope, kind, reading)
        for kind, one in series
        for reading in one.readings
        if reading.period == newest
    ]
    near = beside.neighbours
    return Published(
        indicator=indicator,
        area_code=beside.area.code,
        period=newest,
        rows=tuple(rows),
        neighbour_set=f"{near.source}, set of {calendar.plain_date(near.valid_from)}" if near else "",
        neighbours=tuple(each.area.name for each in near.near) if near else (),
        series=tuple(one for _, one in series),
    )


def place(area: Area) -> str:
    """The area's name as it reads inside a sentence: "the West Midlands", "Solihull"."""
    takes_the = area.level == "Regional" and ("London" not in area.name) and (" and " not in area.name)
    return f"the {area.name}" if takes_the else area.name


def _printed(key: str) -> Indicator | None:
    for indicator in INDICATORS:
        if key in (indicator.key, indicator.slug):
            return indicator
    raise LookupError(f"There is no measure {key!r}. Measures: {', '.join(one.key for one in INDICATORS)}.")


def _values(printed: Printed, codes: Sequence[str]) -> dict[tuple[str, int], tuple[Figure, Source]]:
    """The figure of each area and year, from the first of the datasets that has one."""
    found: dict[tuple[str, int], tuple[Figure, Source]] = {}
    for dataset in printed.of:
        for row in area_years(dataset, codes, [printed.value]):
            held = found.get(_place(row))
            if held is None or held[0].value is None:
                found[_place(row)] = (row.figures[printed.value], row.source)
    return found


def _counts(printed: Printed, codes: Sequence[str]) -> Counts:
    if printed.counts_of is None:
        return {}
    wanted = [name for name in (printed.numerator, printed.denominator) if name]
    rows = area_years(printed.counts_of, codes, wanted)
    tops = {_place(row): _value(row, printed.numerator) for row in rows}
    if printed.children:
        living = area_years(population, codes, [CHILDREN])
        bottoms = {(row.area.code, row.year + 1): _value(row, CHILDREN) for row in living}
    else:
        bottoms = {_place(row): _value(row, printed.denominator) for row in rows}
    return {key: (top, bottoms.get(key)) for key, top in tops.items()}


def _every_series(
    indicator: Indicator,
    beside: Comparators,
    values: Mapping[tuple[str, int], tuple[Figure, Source]],
    counts: Counts,
) -> list[tuple[PlaceKind, MeasuredSeries]]:
    places: list[tuple[PlaceKind, Area | None]] = [
        ("area", beside.area),
        ("region", beside.region),
        ("country", beside.england if beside.england != beside.area else None),
    ]
    found = [(kind, _series_of(indicator, area, values, counts)) for kind, area in places if area]
    if beside.neighbours:
        found.insert(1, ("neighbours", _series_of_mean(indicator, beside.neighbours.codes, values)))
    return [(kind, one) for kind, one in found if one.readings]


def _series_of(
    indicator: Indicator, area: Area, values: Mapping[tuple[str, int], tuple[Figure, Source]], counts: Counts
) -> MeasuredSeries:
    years = sorted(year for code, year in values if code == area.code)
    readings = [
        _reading(year, *values[area.code, year], counts.get((area.code, year), WITHOUT_COUNTS)) for year in years
    ]
    return MeasuredSeries(indicator, place(area), invented=False, readings=tuple(readings))


def _series_of_mean(
    indicator: Indicator, codes: Sequence[str], values: Mapping[tuple[str, int], tuple[Figure, Source]]
) -> MeasuredSeries:
    """The plain mean of the similar areas that have a figure; it has no counts of its own."""
    readings = []
    for year in sorted({year for code, year in values if code in codes}):
        held = [values[code, year] for code in codes if (code, year) in values]
        mean = plain_mean(figure for figure, _ in held)
        state = State.NOT_AVAILABLE if mean.value is None else State.GIVEN if mean.value else State.NIL
        readings.append(_reading(year, Figure(mean.value, state), held[0][1], WITHOUT_COUNTS))
    return MeasuredSeries(indicator, SIMILAR, invented=False, readings=tuple(readings))


def _reading(year: int, figure: Figure, source: Source, counts: tuple[Decimal | None, Decimal | None]) -> Reading:
    period = year_ending(year)
    return Reading(
        period=period,
        value=figure.value,
        numerator=counts[0],
        denominator=counts[1],
        state=figure.state,
        revision=source.revision,
        source=f"{source.publisher}, {source.file_name}",
        as_at=_as_at(period.end, source),
    )


def _as_at(end: date, source: Source) -> date:
    """The last day that the figure speaks for; never later than the day that the file came."""
    return min(end, calendar.local_date(source.loaded_at))


def _place(row: AreaYear) -> tuple[str, int]:
    return row.area.code, row.year


def _value(row: AreaYear, name: str) -> Decimal | None:
    return row.figures[name].value if name in row.figures else None
