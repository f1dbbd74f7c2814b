"""From a figure back to what it counts: read again from PostgreSQL, by what this person may see and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from sightline.datasets.cin_census.models import Assessment, ProtectionPlan, Referral, Section47
from sightline.engine.models import Case, CaseClock
from sightline.indicators.board import indicator_named
from sightline.indicators.models import Result
from sightline.indicators.periods import period_named, year_of
from sightline.indicators.results import Period
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.platform import calendar


@dataclass(frozen=True, slots=True)
class Behind:
    """What a figure counts. `rows` are the cases or census rows among them that the person may see, none by default.

    figure: the stored figure, None where there is none or they may not see it; `said`: how many it is out of.
    """

    figure: Result | None
    rows: QuerySet[Any]

    @property
    def said(self) -> int | None:
        return int(self.figure.denominator) if self.figure and self.figure.denominator is not None else None


@dataclass(frozen=True, slots=True)
class _Cases:
    """The clock of a process by which its cases are counted, and the stage whose cases are not."""

    process: str
    clock: str
    not_at: str


CASES = {
    "contact_decisions_within_one_working_day": _Cases("contact", "decide_and_tell", "linked"),
    "enquiries_returned_on_time": _Cases("agency-enquiry", "reply_in_time", "withdrawn"),
    "strategy_discussions_within_3_working_days": _Cases("strategy-discussion", "hold_in_time", "not_held"),
}


NOT_REPLACED = ("", CaseClock.Ended.MET, CaseClock.Ended.LATE)


def _on(column: str) -> Callable[[Period], Q]:
    return lambda period: Q(**{f"{column}__range": (period.start, period.end)})


def _open_at_end(period: Period) -> Q:
    return Q(start_date__lte=period.end) & (Q(end_date__isnull=True) | Q(end_date__gt=period.end))


CENSUS_ROWS: dict[str, tuple[type[Any], Callable[[Period], Q]]] = {
    "referral_rate": (Referral, _on("referral_date")),
    "re_referrals_within_12_months": (Referral, _on("referral_date")),
    "assessments_within_45_working_days": (Assessment, _on("authorised_date")),
    "section_47_rate": (Section47, _on("start_date")),
    "conferences_within_15_working_days": (Section47, _on("conference_date")),
    "plan_rate": (ProtectionPlan, _open_at_end),
    "neglect_share": (ProtectionPlan, _open_at_end),
    "repeat_plans": (ProtectionPlan, _on("start_date")),
    "plans_of_two_years_or_more": (ProtectionPlan, _open_at_end),
}


def behind(key: str, period_key: str, who: Actor, partnership: Partnership) -> Behind:
    """What an indicator's figure of a period counts, as far as this person may see it.

    Cases of the front door for those whose work they are; rows of a census for those who look after figures. Whoever
    else may see the figure sees how many there are and none of them. Raises LookupError or ValueError.
    """
    indicator, period = indicator_named(key), period_named(period_key)
    figures = Result.visible_to(who).filter(partnership=partnership, superseded=False, by="", period=period.key)
    figure = figures.filter(indicator=indicator.key).first()
    if named := CASES.get(indicator.key):
        return Behind(figure, _cases(named, period, who, partnership))
    model, counted = CENSUS_ROWS[indicator.key]
    rows = model.visible_to(who).filter(
        counted(period),
        census_return__partnership=partnership,
        census_return__superseded=False,
        census_return__year=year_of(period.end).key,
    )
    return Behind(figure, rows)


def _cases(named: _Cases, period: Period, who: Actor, partnership: Partnership) -> QuerySet[Case]:
    due = (calendar.start_of_day(period.start), calendar.end_of_day(period.end))
    found = Case.visible_to(who).filter(
        partnership=partnership,
        process=named.process,
        clocks__key=named.clock,
        clocks__ended__in=NOT_REPLACED,
        clocks__due_at__range=due,
    )
    return found.exclude(stage=named.not_at)
