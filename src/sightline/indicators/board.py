"""The scorecard and each indicator's series, as stored. Pages read here; nothing is worked out while somebody waits."""

from __future__ import annotations

from sightline.indicators.declared import INDICATORS
from sightline.indicators.results import MeasuredSeries, Published, ScoreRow
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.vocabulary.indicator import Indicator


def indicator_named(key: str) -> Indicator:
    """The indicator with this key or slug. Raises LookupError naming the indicators there are."""
    for indicator in INDICATORS:
        if key in (indicator.key, indicator.slug):
            return indicator
    raise LookupError(f"There is no measure {key!r}. Measures: {', '.join(one.key for one in INDICATORS)}.")


def scorecard(who: Actor, partnership: Partnership) -> list[ScoreRow]:
    """Every measure of the partnership with its newest figure that `who` may see, in the scorecard's order."""
    return []


def series_for(key: str, who: Actor, partnership: Partnership, by: str = "") -> list[MeasuredSeries]:
    """The partnership's own readings of an indicator: one series for all, or one for each part of the breakdown `by`.

    Parts that `who` may not see are left out. Raises LookupError for an indicator or breakdown that there is not.
    """
    return []


def published(key: str, area_code: str) -> Published | None:
    """An area's published figures beside other places; None where nothing is held. Open to everybody."""
    return None
