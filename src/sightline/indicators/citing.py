"""Stored figures for evidence and documents to cite: always one that was worked out, by its reference."""

from __future__ import annotations

from collections import Counter

from sightline.indicators.declared import INDICATORS
from sightline.indicators.models import Result
from sightline.indicators.stored import reading_of
from sightline.indicators.words import counts_words, reading_words
from sightline.parts.figures import CitedFigure
from sightline.people.models import Partnership
from sightline.vocabulary.indicator import Indicator

NEWEST = 13
"""How many periods of each measure are offered: the newest month and the same month a year before among them."""


def figures_to_cite(partnership: Partnership) -> list[CitedFigure]:
    """The newest figures of the whole partnership with a value, by measure, the newest first. One query."""
    rows = Result.visible_to(None, working_out=partnership).filter(superseded=False, by="", value__isnull=False)
    by_key = {indicator.key: indicator for indicator in INDICATORS}
    taken: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows.order_by("-period_end", "kind"):
        taken[row.indicator, row.kind] += 1
        if row.indicator in by_key and taken[row.indicator, row.kind] <= NEWEST:
            found.append(_cited(by_key[row.indicator], row))
    return sorted(found, key=lambda figure: by_key[figure.indicator].number)


def _cited(indicator: Indicator, row: Result) -> CitedFigure:
    reading = reading_of(row)
    return CitedFigure(
        reference=str(row),
        indicator=indicator.key,
        name=indicator.name,
        period=reading.period.label,
        period_end=reading.period.end,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        words=f"{reading_words(reading, indicator.unit)}{counts_words(indicator, reading)}",
        source=reading.source,
        revision=reading.revision,
        as_at=reading.as_at,
    )
