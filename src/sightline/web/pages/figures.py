"""Published figures: one area's real series beside England, its region and areas like it. Open to everybody.

Never mixed with the partnership's own figures, which may be invented and are counted by other rules.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.datasets.areas import LOCAL
from sightline.datasets.extract import shipped_extract
from sightline.indicators.declared import INDICATORS
from sightline.indicators.judging import chart_of
from sightline.web.components.compared import compared_table, every_year, published_sentence, scope_words, similar_words
from sightline.web.components.figure_drawing import drawn_chart, period_tick, table_of
from sightline.web.components.line_chart import COMPACT, WIDE, Line, axis_note, line_chart
from sightline.web.components.shell import actor_of, shell
from sightline.web.components.signal_words import variation_signal
from sightline.web.components.words import plain_date
from sightline.web.figure_file import csv_answer, rows_of
from sightline.web.pages.scorecard import own_figures_words
from sightline.web.published_figures import Shown, agreement_words, printed_indicator, rank_words, shown_for

NAV = "figures"
LABELLED_BY = "chart-title figure-sentence"
BESIDE_LABELLED_BY = "beside-title figure-sentence"


def figures(request: HttpRequest) -> HttpResponse:
    """The list of measures with published figures."""
    items = [
        {
            "href": reverse("figure", args=[indicator.slug]),
            "name": indicator.name,
            "source": indicator.printed.of[0].publisher,
        }
        for indicator in INDICATORS
        if indicator.printed
    ]
    unpublished = [
        one.name for one in INDICATORS if one.printed is None and one.measure and one.measure.source == "census"
    ]
    context = {
        **shell(request, "Published figures", nav=NAV),
        "items": items,
        "unpublished": unpublished,
        "own": own_figures_words(actor_of(request)),
    }
    return render(request, "pages/figures.jinja", context)


def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure for one area: sentence, comparison, charts, tables, source."""
    indicator = printed_indicator(slug)
    shown = shown_for(indicator, request.GET.get("area", ""))
    around = shell(
        request, indicator.name, nav=NAV, back=reverse("published-figures"), back_words="Back to published figures"
    )
    if shown is None:
        return render(request, "pages/figure_empty.jinja", {**around, "indicator": indicator})
    return render(request, "pages/figure.jinja", {**around, **_page(shown)})


def _page(shown: Shown) -> dict[str, Any]:
    indicator, own = shown.indicator, shown.own
    chart = chart_of(own)
    latest = shown.found.rows[0].reading
    return {
        "indicator": indicator,
        "area": shown.found.rows[0].name,
        "sentence": published_sentence(shown.found),
        "compared": compared_table(shown.found),
        "similar": " ".join(filter(None, (rank_words(shown.found), similar_words(shown.found)))),
        "drawn": drawn_chart(own, chart, LABELLED_BY, annual=True),
        "found": variation_signal(chart.points[-1], indicator.better) if chart and latest.value is not None else None,
        "table": table_of(own, chart, annual=True),
        "beside": _beside(shown),
        "years": every_year(shown.found),
        "source_line": (
            f"Source: {latest.source}, {period_tick(latest.period)}, as at {plain_date(latest.as_at)}, "
            f"revision {latest.revision}."
        ),
        "licence": shipped_extract().attribution,
        "about": _about(shown),
        "area_items": [
            {"value": area.code, "text": area.name, "selected": area.code == shown.found.area_code}
            for area in sorted(shown.areas, key=lambda area: (area.level == LOCAL, area.name))
        ],
        "csv_url": f"{reverse('figure_csv', args=[indicator.slug])}?area={shown.found.area_code}",
    }


def _beside(shown: Shown) -> dict[str, Any]:
    """A line chart of the area beside the other places, which an SPC chart never has."""
    keys = {reading.period.key: reading.period for one in shown.found.series for reading in one.readings}
    periods = [keys[key] for key in sorted(keys)]
    unit = shown.indicator.unit if len(shown.indicator.unit) == 1 else ""
    lines = []
    for series in shown.found.series:
        values = {reading.period.key: reading.value for reading in series.readings}
        drawn = [values.get(period.key) for period in periods]
        ending = f"{drawn[-1].normalize():f}{unit}" if drawn[-1] is not None else "not given"
        lines.append(Line(scope_words(series), drawn, ending))
    years = [period.end.year for period in periods]
    draw = {"unit": unit, "labelled_by": BESIDE_LABELLED_BY}
    gaps = any(value is None for line in lines for value in line.values)
    return {
        "title": f"Beside other places, years ending 31 March {years[0]} to {years[-1]}",
        "wide": line_chart(lines, years, frame=WIDE, **draw),
        "compact": line_chart(lines, years, frame=COMPACT, **draw),
        "notes": [
            axis_note(lines, unit),
            "A gap in a line is a year with no figure. The table says why." if gaps else "",
        ],
    }


def _about(shown: Shown) -> list[dict[str, Any]]:
    indicator, latest = shown.indicator, shown.found.rows[0].reading
    printed = indicator.printed
    pairs = (
        ("What it counts", indicator.numerator_words),
        ("Out of", indicator.denominator_words),
        ("Which way is better", indicator.better.capitalize()),
        ("Definition", f"Version {indicator.version}"),
        ("Owner", indicator.owner),
        ("Source", f"{latest.source}{f', {printed.table}' if printed and printed.table else ''}"),
        ("Known limits", indicator.quality),
        ("Hidden numbers", "The publisher hides small numbers before it publishes (shown as c)."),
        ("Checked against the counts", agreement_words(shown.found)),
        ("Data date", plain_date(latest.as_at)),
        ("Revision", f"{latest.revision}"),
        ("Note", shown.own.note),
    )
    return [{"key": {"text": key}, "value": {"text": text}} for key, text in pairs if text]


def figure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The page's figures as a file. Published figures are open: nothing in them is hidden again."""
    indicator = printed_indicator(slug)
    shown = shown_for(indicator, request.GET.get("area", ""))
    if shown is None:
        raise Http404
    rows = [row for series in shown.found.series for row in rows_of(series)]
    return csv_answer(f"{indicator.slug}-{shown.found.area_code}", rows)


urlpatterns = [
    path("figures/", figures, name="published-figures"),
    path("figures/<slug:slug>/", figure, name="figure"),
    path("figures/<slug:slug>/figures.csv", figure_csv, name="figure_csv"),
]
