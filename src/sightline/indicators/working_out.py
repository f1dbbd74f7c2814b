"""Works a declared measure out over the tables of the copy, for every period asked for at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sightline.datasets.published import population
from sightline.indicators.copy_tables import COPY_TABLES
from sightline.indicators.counted_days import calendar_rows
from sightline.indicators.engine_room import TABLES, Room
from sightline.indicators.periods import MONTHS_OF, middle_of
from sightline.indicators.results import Period
from sightline.vocabulary.dataset import Dataset, State
from sightline.vocabulary.indicator import ONCE, Indicator, Measure, Printed

ONE_DECIMAL = Decimal("0.1")
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Worked:
    """One period's result for all (`group` is "") or for one part. `value` is None where there is no figure."""

    period: Period
    group: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None

    @property
    def state(self) -> State:
        """Why there is, or is not, a figure: nothing to count is not the same as not knowing."""
        if self.value is not None:
            return State.GIVEN if self.value else State.NIL
        return State.NOT_APPLICABLE if self.numerator == 0 and self.denominator == 0 else State.NOT_AVAILABLE


def put_calendar(into: Room, periods: Sequence[Period]) -> None:
    """Put the working days and the periods that are asked for into the room."""
    into.put("working_days", calendar_rows())
    into.put("periods", [(period.key, period.start, period.end, middle_of(period)) for period in periods])


def work_out(indicator: Indicator, within: Room, periods: Sequence[Period], by: str = "") -> list[Worked]:
    """Every period's result, in order; split by a breakdown, a result for each part and period that has rows.

    The room must hold the periods (`put_calendar`). Raises LookupError for a breakdown that the measure does not have.
    """
    if indicator.measure is None:
        return []
    answer = within.ask(_question(indicator.measure, by))
    found = {(key, part): (_number(top), _number(bottom)) for key, part, top, bottom in answer}
    parts = sorted({part for _, part in found}) if by else [""]
    nothing = (Decimal(0), None if indicator.measure.is_rate else Decimal(0))
    return [
        _worked(indicator, period, part, *found.get((period.key, part), nothing))
        for period in periods
        for part in parts
    ]


def _question(measure: Measure, by: str) -> Any:
    """Period, part, numerator and denominator: one row for each period, or for each period and part that has rows."""
    import ibis

    if by and by not in measure.by:
        raise LookupError(f"It cannot be split by {by!r}, only by: {', '.join(measure.by) or 'nothing'}.")
    periods = TABLES.periods
    rows = _in_periods(measure, measure.population(TABLES), periods)
    part = measure.by[by](rows).fill_null("") if by else ibis.literal("")
    counted = rows.select(
        rows.period_key,
        part=part,
        top=_counted(measure.numerator(rows)),
        bottom=_counted(ONCE if measure.denominator is None else measure.denominator(rows)),
    )
    unknown = counted.top.isnull() | counted.bottom.isnull()
    totals = counted.group_by("period_key", "part").agg(
        top=counted.top.sum(), bottom=counted.bottom.sum(), unknown=unknown.sum()
    )
    known = totals.unknown == 0
    totals = totals.select("period_key", "part", "bottom", top=known.ifelse(totals.top, totals.top.nullif(totals.top)))
    return _for_each_child(totals, periods) if measure.is_rate else totals.select("period_key", "part", "top", "bottom")


def _in_periods(measure: Measure, rows: Any, periods: Any) -> Any:
    """Each row beside every period that it counts in: of a census, only the periods of the census's own year."""
    if measure.on is not None:
        rows = rows.mutate(counts_on=measure.on(rows))
        when = [rows.counts_on >= periods.period_start, rows.counts_on <= periods.period_end]
    else:
        since, until = measure.lasts
        rows = rows.mutate(counts_from=since(rows), counts_until=until(rows))
        open_still = rows.counts_until.isnull() | (rows.counts_until > periods.period_end)
        when = [rows.counts_from <= periods.period_end, open_still]
    if measure.source == "census":
        when.append(rows.census_year == periods.middle)
    return rows.join(periods, when)


def _for_each_child(totals: Any, periods: Any) -> Any:
    """Every period's count beside the children who lived there; a period in which nothing happened has none."""
    children = TABLES.children
    asked = periods.left_join(children, periods.middle == children.mid_year).select("period_key", "children")
    counts = totals.select(counted_in="period_key", part="part", top="top")
    rows = asked.left_join(counts, asked.period_key == counts.counted_in)
    happened = rows.counted_in.notnull()
    return rows.select(
        "period_key",
        part=rows.part.fill_null(""),
        top=happened.ifelse(rows.top, 0),
        bottom=rows.children,
    )


def _counted(cell: Any) -> Any:
    import ibis

    if isinstance(cell, int) or cell is ONCE:
        return ibis.literal(1 if cell is ONCE else cell, "int64")
    return cell.cast("int64")


def _worked(indicator: Indicator, period: Period, part: str, top: Decimal | None, bottom: Decimal | None) -> Worked:
    measure = indicator.measure
    times = indicator.per
    if measure is not None and measure.is_rate and measure.flow:
        times *= MONTHS_IN_YEAR // MONTHS_OF[period.kind]
    return Worked(period, part, divided(top, bottom, times), top, bottom)


def divided(top: Decimal | None, bottom: Decimal | None, times: int) -> Decimal | None:
    """So many times one over the other, to one decimal, halves up; None where either is missing or nothing is below."""
    if top is None or not bottom:
        return None
    return (times * top / bottom).quantize(ONE_DECIMAL, ROUND_HALF_UP)


def _number(cell: Any) -> Decimal | None:
    return None if cell is None else Decimal(cell)


@dataclass(frozen=True, slots=True)
class Checked:
    """A published figure beside the one worked out from its published counts."""

    area: str
    area_level: str
    year: int
    printed: Decimal
    numerator: Decimal
    denominator: Decimal
    value: Decimal


def check_printed(indicator: Indicator, within: Room) -> list[Checked]:
    """Every published figure of which the counts are published too, beside what they give by the same arithmetic."""
    printed = indicator.printed
    if printed is None or printed.counts_of is None:
        return []
    found = []
    for area, level, year, value, top, bottom in within.ask(_printed_question(printed, printed.counts_of)):
        given = divided(Decimal(top), Decimal(bottom), indicator.per)
        if given is not None:
            found.append(Checked(area, level, year, Decimal(value), Decimal(top), Decimal(bottom), given))
    return found


def _printed_question(printed: Printed, dataset: Dataset) -> Any:
    figures = TABLES.published_figures
    value = _figure(figures, [dataset.figures_key for dataset in printed.of], printed.value, "printed")
    counts_of = dataset.figures_key
    top = _figure(figures, [counts_of], printed.numerator, "top")
    if printed.children:
        bottom = _figure(figures, [population.figures_key], population.tables[0].figures[0].name, "bottom")
        bottom = bottom.mutate(year=bottom.year + 1)
    else:
        bottom = _figure(figures, [counts_of], printed.denominator, "bottom")
    rows = value.inner_join(top, ["area", "year"]).inner_join(bottom, ["area", "year"])
    return rows.select("area", "area_level", "year", "printed", "top", "bottom")


def _figure(figures: Any, datasets: Iterable[str], measure: str, name: str) -> Any:
    """One value for each area and year, under a name of its own."""
    rows = figures.filter(figures.dataset.isin(list(datasets)), figures.measure == measure, figures.value.notnull())
    totals = rows.group_by("area", "year").agg(**{name: rows.value.max(), f"{name}_level": rows.area_level.max()})
    return totals.rename(area_level="printed_level") if name == "printed" else totals.drop(f"{name}_level")


def as_copy_row(table: str, row: Any) -> tuple[Any, ...]:
    """A row given by column name, in the order of the table's columns; a column left out is empty."""
    return tuple(row.get(name) for name in COPY_TABLES[table].columns)
