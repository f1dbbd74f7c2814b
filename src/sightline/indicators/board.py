"""The scorecard and each indicator's series, as stored. Pages read here; nothing is worked out while somebody waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sightline.indicators.declared import INDICATORS
from sightline.indicators.judging import chart_of
from sightline.indicators.parts_named import names_of_parts
from sightline.indicators.published import published
from sightline.indicators.results import MeasuredSeries, PeriodKind, ScoreRow
from sightline.indicators.sight import BY_AGENCY
from sightline.indicators.stored import Shown, stored_readings
from sightline.indicators.suppression import for_release
from sightline.indicators.targets import targets_on
from sightline.indicators.words import sentence
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.vocabulary.indicator import Indicator

__all__ = ["indicator_named", "published", "released_scorecard", "score_row", "scorecard", "series_for"]


def indicator_named(key: str) -> Indicator:
    """The indicator with this key or slug. Raises LookupError naming the indicators there are."""
    for indicator in INDICATORS:
        if key in (indicator.key, indicator.slug):
            return indicator
    raise LookupError(f"There is no measure {key!r}. Measures: {', '.join(one.key for one in INDICATORS)}.")


def scorecard(who: Actor, partnership: Partnership, kind: PeriodKind = "month") -> list[ScoreRow]:
    """Every measure of the partnership of which `who` may see a figure, in the scorecard's order.

    Whoever acts for one agency has the measures that are split by agency, with their own agency's part.
    """
    keys = [indicator.key for indicator in INDICATORS]
    whole = stored_readings(who, partnership, keys, kind=kind)
    own = {} if whole else stored_readings(who, partnership, keys, by=BY_AGENCY, kind=kind)
    return [score_row(one) for one in _every_series(partnership, own or whole, BY_AGENCY if own else "")]


def series_for(
    key: str, who: Actor, partnership: Partnership, by: str = "", kind: PeriodKind = "month"
) -> list[MeasuredSeries]:
    """The partnership's own readings of an indicator: one series for all, or one for each part of the breakdown `by`.

    Parts that `who` may not see are left out. Raises LookupError for an indicator or breakdown that there is not.
    """
    indicator = indicator_named(key)
    if by and by not in indicator.breakdowns:
        raise LookupError(f"{indicator.name} cannot be split by {by!r}.")
    return _every_series(partnership, stored_readings(who, partnership, [indicator.key], by=by, kind=kind), by)


def released_scorecard(
    partnership: Partnership, kind: PeriodKind = "month", until: date | None = None
) -> list[ScoreRow]:
    """The scorecard as it may leave the secure group, for no reader in particular: small counts are hidden.

    until: leave out what came after this day.
    """
    found = stored_readings(None, partnership, [indicator.key for indicator in INDICATORS], kind=kind)
    released = [for_release(one) for one in _every_series(partnership, found, "")]
    shown = [
        replace(one, readings=tuple(reading for reading in one.readings if not until or reading.period.end <= until))
        for one in released
    ]
    return [score_row(one) for one in shown if one.readings]


def score_row(series: MeasuredSeries) -> ScoreRow:
    """A series judged: its chart, what its newest point is, and the sentence that says so."""
    chart, latest = chart_of(series), series.latest
    told = chart is not None and latest is not None and latest.value is not None
    return ScoreRow(
        number=series.indicator.number,
        indicator=series.indicator,
        series=series,
        chart=chart,
        variation=chart.variation if chart and told else "common_cause",
        assurance=chart.assurance if chart and told else "none",
        words=sentence(series, chart),
    )


def _every_series(partnership: Partnership, found: Shown, by: str) -> list[MeasuredSeries]:
    """Series in the order of the scorecard, and of their parts' names."""
    targets = targets_on(partnership, calendar.today())
    names = names_of_parts(partnership, by)
    series = [
        MeasuredSeries(
            indicator=indicator,
            scope=(names.get(group, group) or "Not recorded") if by else str(partnership),
            invented=partnership.invented,
            readings=tuple(readings),
            target=targets.get(indicator.key),
            by=by,
            group=(names.get(group, group) or "Not recorded") if by else "",
        )
        for indicator in INDICATORS
        for (key, group), readings in found.items()
        if key == indicator.key and readings
    ]
    return sorted(series, key=lambda one: (one.indicator.number, one.group))
