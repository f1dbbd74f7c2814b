"""One measure of the partnership: is it a real change, and compared with what?"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.datasets.extract import shipped_extract
from sightline.indicators.behind import behind
from sightline.indicators.board import indicator_named, published, scorecard, series_for
from sightline.indicators.results import MeasuredSeries, ScoreRow
from sightline.people.actor import Actor
from sightline.processes.improvement.chain import Followed, recommendations_citing
from sightline.vocabulary import roles
from sightline.vocabulary.indicator import Indicator
from sightline.web.case_links import case_href, first_address
from sightline.web.components import words
from sightline.web.components.compared import compared_table, similar_words
from sightline.web.components.figure_drawing import (
    came_from,
    drawn_chart,
    table_of,
)
from sightline.web.components.shell import shell
from sightline.web.components.signal_words import target_signal, variation_signal
from sightline.web.components.small_charts import small_charts
from sightline.web.errors import NotForYou
from sightline.web.figure_file import csv_answer, released, rows_of
from sightline.web.pages.scorecard import NAV, reader_of, reads_all

LABELLED_BY = "chart-title figure-sentence"
RAISERS = (roles.SUPPORT_HUB, roles.DATA_ANALYST, roles.SAFEGUARDING_PARTNER)
BETTER_WORDS = {
    "higher": "higher is better",
    "lower": "lower is better",
    "neither": "neither higher nor lower is better by itself",
}
INVENTED = (
    "This figure comes from this demonstration’s invented cases and a made-up census. It says nothing of a real place."
)


@login_required
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """The measure's sentence, chart, table, parts, comparison and definition."""
    actor, here = reader_of(request, own_agency=True)
    indicator = _indicator(slug)
    row = next((one for one in scorecard(actor, here) if one.indicator.key == indicator.key), None)
    splits = _splits(indicator, actor) if reads_all(actor) else []
    if row is None and not reads_all(actor):
        raise NotForYou(
            "see this measure",
            "You see how your own agency stands. This measure is not split by agency.",
            _whom_to_ask(),
        )
    context = {
        **shell(request, indicator.name, nav=NAV, back=reverse("scorecard"), back_words="Back to the scorecard"),
        "caption": f"Measure {indicator.number}, {BETTER_WORDS[indicator.better]}",
        "indicator": indicator,
        "splits": splits,
        "compared": _compared(indicator, invented=here.invented),
        "followed": [_followed_row(one) for one in recommendations_citing(indicator.key, actor)],
        **(_own(row, actor) if row and row.series.readings else _without(indicator)),
    }
    return render(request, "pages/indicator.jinja", context)


def _indicator(slug: str) -> Indicator:
    try:
        return indicator_named(slug)
    except LookupError as unknown:
        raise Http404 from unknown


def _whom_to_ask() -> str:
    return f"Ask {roles.SUPPORT_HUB.holder} or {roles.DATA_ANALYST.holder} what you need to know."


def _own(row: ScoreRow, actor: Actor) -> dict[str, Any]:
    """What the page says of the partnership's own figure."""
    series, indicator = row.series, row.indicator
    return {
        "sentence": row.words,
        "invented": INVENTED if series.invented else "",
        "whose": f"Shown to {series.group} and to those who answer for the partnership." if series.group else "",
        "signals": _signals(row),
        "raise_href": _raise_href(row, actor),
        "behind_href": _behind_href(row, actor),
        "drawn": drawn_chart(series, row.chart, LABELLED_BY),
        "table": table_of(series, row.chart),
        "source_line": source_line(series),
        "csv_href": reverse("measure_csv", args=[indicator.slug]),
        "about": _about(indicator, series),
    }


def _without(indicator: Indicator) -> dict[str, Any]:
    return {
        "sentence": f"There is no figure yet for {indicator.name[:1].lower()}{indicator.name[1:]}. "
        "It appears here as soon as what it is worked out from has been loaded.",
        "about": _about(indicator, None),
    }


def _signals(row: ScoreRow) -> list[dict[str, Any]]:
    latest = row.series.latest
    if row.chart is None or latest is None or latest.value is None:
        return [target_signal(row.assurance)]
    return [variation_signal(row.chart.points[-1], row.indicator.better), target_signal(row.assurance)]


def _followed_row(one: Followed) -> dict[str, str]:
    """A recommendation that began with this measure, or whose evidence cites it."""
    return {
        "what": f"{one.case.title} · {one.case.reference}",
        "href": case_href(one.case.pk),
        "source": one.source_words,
        "status": str(one.status),
    }


def _raise_href(row: ScoreRow, actor: Actor) -> str:
    """Where a recommendation begins from this figure; empty for whom it is not."""
    latest, new = row.series.latest, first_address("recommendation-new")
    if not new or latest is None or latest.value is None or not any(actor.holds(role.key) for role in RAISERS):
        return ""
    return f"{new}?figure={row.indicator.key}:{latest.period.key}:{latest.revision}"


def _behind_href(row: ScoreRow, actor: Actor) -> str:
    """Where the newest figure's cases are; empty for whoever may see none of them."""
    latest, partnership = row.series.latest, actor.partnership
    if latest is None or partnership is None or not reads_all(actor):
        return ""
    rows = behind(row.indicator.key, latest.period.key, actor, partnership).rows
    return reverse("behind-figure", args=[row.indicator.slug, latest.period.key]) if rows.exists() else ""


def source_line(series: MeasuredSeries) -> str:
    """ "Source: …, as at 30 September 2026, revision 1."."""
    latest = series.latest
    if latest is None:
        return ""
    return f"Source: {came_from(latest)}, as at {words.plain_date(latest.as_at)}."


def _series(indicator: Indicator, actor: Actor, by: str) -> list[MeasuredSeries]:
    assert actor.partnership is not None  # noqa: S101 - reader_of
    return series_for(indicator.key, actor, actor.partnership, by=by)


def _splits(indicator: Indicator, actor: Actor) -> list[dict[str, Any]]:
    found = [small_charts(key, named, _series(indicator, actor, key)) for key, named in indicator.breakdowns.items()]
    return [split for split in found if split]


def _compared(indicator: Indicator, *, invented: bool) -> dict[str, Any] | None:
    """Where real places stood in the newest published year; None where nobody publishes this measure."""
    found = published(indicator.key, shipped_extract().area) if indicator.printed else None
    if found is None:
        return None
    stands_in = f"This partnership is invented, so {found.rows[0].name} stands in for it. " if invented else ""
    return {
        "says": (
            f"{stands_in}Real places in {found.period.label}, as published. They are never mixed with the "
            "partnership’s own figures on the chart above, which are counted by other rules and at another time."
        ),
        **compared_table(found),
        "source": f"{source_line(found.series[0])} {similar_words(found)}",
        "href": reverse("figure", args=[indicator.slug]),
    }


def _about(indicator: Indicator, series: MeasuredSeries | None) -> list[dict[str, Any]]:
    latest = series.latest if series else None
    pairs: Sequence[tuple[str, str]] = (
        ("What it counts", indicator.numerator_words),
        ("Out of", indicator.denominator_words),
        ("Who and what is in it", indicator.population),
        ("What places it in a period", indicator.event),
        ("Which way is better", BETTER_WORDS[indicator.better].capitalize()),
        ("Target", _target_words(indicator, series)),
        ("Definition", f"Version {indicator.version}"),
        ("Owner", indicator.owner),
        ("Source", indicator.source),
        ("Known limits", indicator.quality),
        ("Hidden numbers", indicator.suppression),
        ("Data date", words.plain_date(latest.as_at) if latest else ""),
        ("Where every number here comes from", came_from(latest) if latest else ""),
    )
    return [{"key": {"text": key}, "value": {"text": text}} for key, text in pairs if text]


def _target_words(indicator: Indicator, series: MeasuredSeries | None) -> str:
    if indicator.better == "neither":
        return "None: neither direction is better by itself."
    if series is None or series.target is None:
        return "None has been decided. The partnership keeps those that it decides in its register of targets."
    return f"{series.target.normalize():f}{indicator.unit}. {indicator.target_source}"


@login_required
def measure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The measure's figures and their parts as a file. Small numbers are hidden: a file leaves the secure group."""
    actor, _ = reader_of(request, own_agency=True)
    indicator = _indicator(slug)
    whole, *splits = (_series(indicator, actor, key) for key in ("", *indicator.breakdowns))
    return csv_answer(indicator.slug, [row for series in released(whole, splits) for row in rows_of(series)])


urlpatterns = [
    path("scorecard/<slug:slug>/", measure, name="measure"),
    path("scorecard/<slug:slug>/figures.csv", measure_csv, name="measure_csv"),
]
