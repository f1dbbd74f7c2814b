"""Stored figures for evidence and documents to cite: always one that was worked out, by its reference.

What is cited travels with minutes, returns and statements, so small counts are hidden here already.
"""

from __future__ import annotations

from collections import defaultdict

from sightline.indicators.declared import INDICATORS
from sightline.indicators.models import Result
from sightline.indicators.results import MeasuredSeries, Reading
from sightline.indicators.stored import reading_of
from sightline.indicators.suppression import for_release
from sightline.indicators.words import counts_words, reading_words
from sightline.parts.figures import CitedFigure
from sightline.people.models import Partnership
from sightline.vocabulary.indicator import Indicator

NEWEST = 13
"""How many periods of each measure are offered: the newest month and the same month a year before among them."""


def figures_to_cite(partnership: Partnership) -> list[CitedFigure]:
    """The newest figures of the whole partnership, by measure, the newest first. One query.

    One that is hidden for its small count is there, without value or counts; one that is not known is left out.
    """
    rows = Result.visible_to(None, working_out=partnership).filter(superseded=False, by="", value__isnull=False)
    held: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for row in rows.order_by("period_start"):
        held[row.indicator, row.kind].append(reading_of(row))
    found = []
    for indicator in INDICATORS:
        released = [
            reading
            for (key, _), readings in held.items()
            if key == indicator.key
            for reading in for_release(_series(indicator, partnership, readings)).readings[-NEWEST:]
        ]
        found += [_cited(indicator, one) for one in sorted(released, key=_newest_first)]
    return found


def _newest_first(reading: Reading) -> tuple[int, int]:
    """Periods that end together: the shorter one first."""
    return -reading.period.end.toordinal(), -reading.period.start.toordinal()


def _series(indicator: Indicator, partnership: Partnership, readings: list[Reading]) -> MeasuredSeries:
    return MeasuredSeries(indicator, str(partnership), partnership.invented, tuple(readings))


def _cited(indicator: Indicator, reading: Reading) -> CitedFigure:
    counts = counts_words(indicator, reading) if reading.value is not None else ""
    return CitedFigure(
        reference=f"{indicator.key}:{reading.period.key}:{reading.revision}",
        indicator=indicator.key,
        name=indicator.name,
        period=reading.period.label,
        period_end=reading.period.end,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        words=f"{reading_words(reading, indicator.unit)}{counts}",
        source=reading.source,
        revision=reading.revision,
        as_at=reading.as_at,
    )
