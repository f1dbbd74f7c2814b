"""What may leave the secure group: series in which small counts, and what would give them away, are hidden.

Counts from 1 to 5 are hidden (a setting, for each publication), with the figure that comes from them; so is a
percentage out of fewer than 10. A month's count could be worked out from the year's, which is published elsewhere, and
a part's from the whole: so others are hidden with it. Charts of what leaves rest on what is shown and on nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sightline.indicators.definitions import defined
from sightline.indicators.hiding import Table, places_to_hide
from sightline.indicators.periods import year_of
from sightline.indicators.results import MeasuredSeries, Reading
from sightline.vocabulary.dataset import State

MONTHS = 12


def _small() -> range:
    return range(defined("hidden_from"), defined("hidden_to") + 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a publication hides: the counts that are small, and the smallest number that a percentage may be out of."""

    small: range = field(default_factory=_small)
    smallest_base: int = field(default_factory=lambda: defined("smallest_base"))


def for_release(series: MeasuredSeries, rule: Rule | None = None) -> MeasuredSeries:
    """The series as it may leave the secure group. Published figures of areas need none of it: they come as hidden."""
    return for_release_together([series], None, rule)[0]


def for_release_together(
    parts: Sequence[MeasuredSeries], whole: MeasuredSeries | None, rule: Rule | None = None
) -> list[MeasuredSeries]:
    """Parts of one breakdown as they may leave together, and the whole after them where it is given.

    Whoever has the parts is taken to have the whole too, wherever it was published.
    """
    rule = rule or Rule()
    together = [*parts, *([whole] if whole else [])]
    keys = sorted({reading.period for one in together for reading in one.readings})
    by_year = defaultdict(list)
    for period in keys:
        by_year[year_of(period.end).key if period.kind == "month" else period.key].append(period.key)
    hidden: dict[str, set[tuple[int, str]]] = {}
    for name in ("numerator", "denominator"):
        hidden[name] = set()
        for periods in by_year.values():
            hidden[name] |= _hidden(together, name, periods, rule, whole is not None)
    return [_released(one, place, hidden, rule) for place, one in enumerate(together)]


def _hidden(
    together: Sequence[MeasuredSeries], name: str, periods: Sequence[str], rule: Rule, with_whole: bool
) -> set[tuple[int, str]]:
    """Which counts to hide, as (series, period): months of one reporting year, whose sum is taken to be known."""
    if name == "denominator" and together[0].indicator.is_rate:
        return set()  # the children who live in an area are no secret
    measure = together[0].indicator.measure
    adds_up = measure is not None and measure.flow and len(periods) == MONTHS
    rows = []
    for one in together:
        counts = {reading.period.key: getattr(reading, name) for reading in one.readings}
        cells = [_whole_number(counts.get(period)) for period in periods]
        rows.append([*cells, sum(filter(None, cells))] if adds_up and None not in cells else [*cells, None])
    across = adds_up and all(row[-1] is not None for row in rows)
    table = Table([row if across else row[:-1] for row in rows], across=across, down=with_whole and _sums_down(rows))
    places = places_to_hide(table, rule.small)
    return {(row, periods[column]) for row, column in places if column < len(periods)}


def _sums_down(rows: Sequence[Sequence[int | None]]) -> bool:
    """Whether the last row is the sum of those above it, as the whole is of its parts."""
    *parts, whole = rows
    return bool(parts) and all(
        total == sum(cell or 0 for cell in cells)
        for *cells, total in zip(*parts, whole, strict=True)
        if total is not None
    )


def _whole_number(count: Decimal | None) -> int | None:
    return None if count is None else int(count)


def _released(
    series: MeasuredSeries, place: int, hidden: dict[str, set[tuple[int, str]]], rule: Rule
) -> MeasuredSeries:
    readings = tuple(
        _without(
            reading,
            numerator=(place, reading.period.key) in hidden["numerator"],
            denominator=(place, reading.period.key) in hidden["denominator"],
            too_few=_too_few(series, reading, rule),
        )
        for reading in series.readings
    )
    return replace(series, readings=readings)


def _too_few(series: MeasuredSeries, reading: Reading, rule: Rule) -> bool:
    """Whether a percentage is out of so few that it is not shown."""
    return not series.indicator.is_rate and reading.denominator is not None and reading.denominator < rule.smallest_base


def _without(reading: Reading, *, numerator: bool, denominator: bool, too_few: bool) -> Reading:
    """The reading without what is hidden; a figure from a hidden count is hidden with it."""
    if reading.value is None or not (numerator or denominator or too_few):
        return reading if not (numerator or denominator) else _bare(reading, numerator, denominator)
    return replace(_bare(reading, numerator, denominator), value=None, state=State.HIDDEN)


def _bare(reading: Reading, numerator: bool, denominator: bool) -> Reading:
    return replace(
        reading,
        numerator=None if numerator else reading.numerator,
        denominator=None if denominator else reading.denominator,
    )


def hides(series: Iterable[MeasuredSeries]) -> bool:
    """Whether anything of these series is hidden, so that what leaves can say so."""
    return any(reading.state is State.HIDDEN for one in series for reading in one.readings)
