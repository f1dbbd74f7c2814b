"""Works a partnership's figures out and keeps them, so that pages only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from sightline.indicators.analytics_copy import CensusHeld, analytics_copy, censuses_held
from sightline.indicators.declared import INDICATORS
from sightline.indicators.engine_room import TABLES, Room
from sightline.indicators.models import Result, Run
from sightline.indicators.periods import months_between, year_of, years_between
from sightline.indicators.results import Period
from sightline.indicators.working_out import Worked, put_calendar, work_out
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Indicator

CASE_TABLES = ("contacts", "enquiries", "strategy_discussions")
CASES = "Cases of the front door, as recorded"
ONE_DAY = timedelta(days=1)
FOUND = ("value", "numerator", "denominator", "state", "source", "definition")
"""What makes a figure a new revision when it differs."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The periods asked of one kind of source, and what speaks for each year: its words, and the last day it knows."""

    periods: Sequence[Period]
    sources: dict[str, tuple[str, date]]

    def source_of(self, period: Period) -> tuple[str, date] | None:
        return self.sources.get(year_of(period.end).key)


@transaction.atomic
def refresh(partnership: Partnership, reason: str, only: str = "") -> Run:
    """Work every figure out again and keep those that changed, with a row for the run and one in the audit.

    reason: why now, in a few words, such as "a census was loaded". only: "census" or "cases", to leave the others as
    they are.
    """
    censuses = censuses_held(partnership)
    with analytics_copy(partnership) as copy:
        covered = {"census": census_covers(censuses), "cases": cases_cover(copy)}
        asked = {source: cover for source, cover in covered.items() if only in ("", source)}
        figures = [figure for indicator in INDICATORS for figure in _figures(indicator, copy, asked)]
        run = Run(
            partnership=partnership,
            at=calendar.now(),
            reason=reason,
            versions={indicator.key: indicator.version for indicator in INDICATORS},
            row_counts=copy.counts,
            sources={census.year: census.revision for census in censuses},
        )
    run.save()
    run.changed = _keep(run, figures)
    run.save(update_fields=["changed"])
    return run


def census_covers(censuses: Sequence[CensusHeld]) -> Covered:
    """Every month and year from the first census held to the last; a year between that was not sent has no source."""
    if not censuses:
        return Covered((), {})
    first, last = year_of(censuses[0].reference_date).start, censuses[-1].reference_date
    sources = {
        census.year: (f"Children in need census {census.year}, revision {census.revision}", census.reference_date)
        for census in censuses
    }
    return Covered([*months_between(first, last), *years_between(first, last)], sources)


def cases_cover(copy: Room) -> Covered:
    """Every whole month and year since the first limit of a case ran out, up to yesterday."""
    yesterday = calendar.today() - ONE_DAY
    firsts = [
        copy.ask(getattr(TABLES, name).agg(first=getattr(TABLES, name).due_on.min()))[0][0] for name in CASE_TABLES
    ]
    if not any(firsts):
        return Covered((), {})
    first = min(day for day in firsts if day)
    years = {year_of(first).key, *(year.key for year in years_between(first, yesterday)), year_of(yesterday).key}
    months = months_between(first, yesterday)
    years |= {year_of(month.end).key for month in months}
    return Covered([*months, *years_between(first, yesterday)], {year: (CASES, yesterday) for year in years})


def _figures(indicator: Indicator, copy: Room, covered: dict[str, Covered]) -> Iterator[Result]:
    """Every figure of an indicator, for all and for each part, as rows that are not saved yet."""
    measure = indicator.measure
    cover = covered.get(measure.source) if measure else None
    if measure is None or cover is None or not cover.periods:
        return
    put_calendar(copy, cover.periods)
    for by in ("", *measure.by):
        for worked in work_out(indicator, copy, cover.periods, by):
            if not by or worked.denominator:
                yield _row(indicator, measure.source, worked, by, cover.source_of(worked.period))


def _row(indicator: Indicator, comes_from: str, worked: Worked, by: str, source: tuple[str, date] | None) -> Result:
    period = worked.period
    words, as_at = source or ("Not provided", period.end)
    found: dict[str, Any] = {"state": State.BLANK.value}
    if source:
        found = {
            "value": worked.value,
            "numerator": worked.numerator,
            "denominator": worked.denominator,
            "state": worked.state.value,
        }
    return Result(
        indicator=indicator.key,
        definition=indicator.version,
        comes_from=comes_from,
        by=by,
        group=worked.group,
        kind=period.kind,
        period=period.key,
        period_start=period.start,
        period_end=period.end,
        source=words,
        as_at=as_at,
        **found,
    )


def _keep(run: Run, figures: Sequence[Result]) -> int:
    """Save the figures that are new or differ from what is held, and say which those supersede."""
    current = {
        _place(held): held for held in Result.visible_to(None, working_out=run.partnership).filter(superseded=False)
    }
    changed = []
    for figure in figures:
        held = current.get(_place(figure))
        if held is not None and all(getattr(held, name) == getattr(figure, name) for name in FOUND):
            continue
        figure.run, figure.partnership, figure.invented = run, run.partnership, run.partnership.invented
        figure.revision = held.revision + 1 if held else 1
        changed.append(figure)
    replaced = [current[_place(figure)].pk for figure in changed if _place(figure) in current]
    Result.visible_to(None, working_out=run.partnership).filter(pk__in=replaced).update(superseded=True)
    run.results.bulk_create(changed)
    return len(changed)


def _place(figure: Result) -> tuple[str, ...]:
    return (figure.indicator, figure.by, figure.group, figure.kind, figure.period)
