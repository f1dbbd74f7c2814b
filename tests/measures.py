"""Invented measures, their readings and scorecard rows, for tests of the pages that draw them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sightline.indicators.board import score_row
from sightline.indicators.results import MeasuredSeries, Period, Reading, ScoreRow
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Example, Indicator, Measure

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
STEADY = (86, 84, 87, 85, 88, 83, 86, 85, 84, 87, 86, 85, 84, 86, 87, 85)
FALLING = (*STEADY, 80, 79, 80, 78, 77, 79, 76, 71)
GAP = (*STEADY[:6], None, *STEADY[6:])
RISING = (*STEADY, 90, 91, 92, 93, 94, 95, 96, 97)


def indicator(key: str = "strategy_in_time", number: int = 6, **changed: Any) -> Indicator:
    """An invented measure, a percentage of which more is better unless told otherwise."""
    measure = Measure(
        source="cases",
        population=lambda tables: tables.discussions,
        numerator=lambda row: row.in_time,
        on=lambda row: row.held_on,
        by={"agency": lambda row: row.agency} if changed.get("breakdowns") else {},
        examples=(Example("none", {}, None),),
    )
    said: dict[str, Any] = {
        "name": "Strategy discussions held in time",
        "says": "{value} of strategy discussions in {area}{counts} were held in time",
        "population": "Strategy discussions needed in the period",
        "event": "The day the need was identified",
        "numerator_words": "Discussions held within the limit",
        "denominator_words": "Discussions due",
        "unit": "%",
        "per": 100,
        "better": "higher",
        "owner": "Ardenvale Police",
        "source": "The partnership's own cases",
        "quality": "Discussions recorded late count on the day they were held.",
        "measure": measure,
    }
    return Indicator(key=key, number=number, **{**said, **changed})


def month(number: int) -> Period:
    """The month that many months after October 2024."""
    year, place = 2024 + (9 + number) // 12, (9 + number) % 12
    after = date(year + (place == 11), (place + 1) % 12 + 1, 1)
    start = date(year, place + 1, 1)
    return Period(start, after - timedelta(days=1), f"{year}-{place + 1:02d}", f"{MONTHS[place]} {year}", "month")


def reading(period: Period, value: float | None, *, out_of: int = 76, state: State = State.BLANK) -> Reading:
    """A month's figure with counts; without a value, for the reason given."""
    if value is None:
        return Reading(period, None, None, None, state, 1, "the front door's own cases", period.end)
    shown, counted = Decimal(str(value)), Decimal(round(value * out_of / 100))
    given = State.GIVEN if value else State.NIL
    return Reading(period, shown, counted, Decimal(out_of), given, 1, "the front door's own cases", period.end)


def series(of: Indicator, values: Sequence[float | None], **extra: Any) -> MeasuredSeries:
    """The measure's monthly figures from October 2024."""
    readings = tuple(reading(month(place), value) for place, value in enumerate(values))
    return MeasuredSeries(of, **{"scope": "Ardenvale", "invented": True, "readings": readings, **extra})


def row(of: Indicator, values: Sequence[float | None], **extra: Any) -> ScoreRow:
    """The measure's row of the scorecard."""
    return score_row(series(of, values, **extra))


def without_latest(of: Indicator, state: State) -> ScoreRow:
    """A steady measure whose newest figure is not there, for a reason."""
    found = series(of, STEADY)
    old = found.readings[-1]
    last = replace(old, value=None, numerator=None, denominator=None, state=state)
    return score_row(replace(found, readings=(*found.readings[:-1], last)))


def board() -> list[ScoreRow]:
    """A scorecard: one measure gets worse, one improves, one changes, and others do not or cannot be charted."""
    council = {"owner": "Ardenvale Council"}
    rate = {"name": "Referral rate", "unit": " per 10,000 children", "per": 10_000, "better": "neither"}
    return [
        row(indicator("referral_rate", 1, **rate, **council), [500 + value for value in RISING]),
        row(indicator("re_referrals", 2, name="Re-referrals", better="lower", **council), STEADY, target=Decimal(85)),
        row(indicator("decided_in_a_day", 3, name="Decided in a day"), GAP, target=Decimal(70)),
        row(indicator(breakdowns={"agency": "Agency asked"}), FALLING, target=Decimal(90)),
        row(indicator("conferences_in_15", 9, name="Conferences within 15 working days", **council), RISING),
        row(indicator("long_plans", 13, name="Plans of two years or more", better="lower"), STEADY[:5]),
        row(indicator("return_interviews", 14, name="Return interviews"), (1, 2, 0, 3)),
        without_latest(indicator("exploited", 16, name="Children at risk of exploitation"), State.HIDDEN),
        without_latest(indicator("temporary_homes", 20, name="Children in temporary homes"), State.BLANK),
    ]
