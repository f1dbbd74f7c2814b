"""Published figures: one area's real series beside its region and England. Open to everybody."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.datasets.extract import shipped_extract
from sightline.datasets.figures import areas_held
from sightline.datasets.published import Area
from sightline.datasets.spreadsheet import safe_cell
from sightline.indicators.referrals import INDICATORS
from sightline.indicators.run import Series, published_series
from sightline.indicators.words import count_words, place, point_in, sentence, value_words
from sightline.vocabulary.indicator import Indicator
from sightline.web.components.line_chart import COMPACT, WIDE, Line, axis_note, line_chart
from sightline.web.components.shell import shell

NAV = "figures"
CHART_LABELLED_BY = "chart-title figure-sentence"
CSV_COLUMNS = (
    *("area_code", "area_name", "area_level", "year", "value", "state", "numerator", "denominator"),
    *("worked_out_from_counts", "publisher", "revision", "sha256"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is about: its indicator, its area with the places beside it, and the areas to choose from."""

    indicator: Indicator
    area: Area
    series: list[Series]
    areas: list[Area]

    @property
    def own(self) -> Series:
        return self.series[0]

    @property
    def years(self) -> list[int]:
        """Every year from the first to the last, so that a year that nobody gave is a gap."""
        given = [point.year for series in self.series for point in series.points]
        return list(range(min(given), max(given) + 1))


def figures(request: HttpRequest) -> HttpResponse:
    """The list of measures with published figures."""
    items = [
        {"href": reverse("figure", args=[indicator.slug]), "name": indicator.name, "source": indicator.source}
        for indicator in INDICATORS
    ]
    return render(request, "pages/figures.jinja", {**shell(request, "Published figures", nav=NAV), "items": items})


def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure for one area: sentence, chart, tables, source."""
    indicator = _indicator(slug)
    shown = _shown(indicator, request.GET.get("area", ""))
    around = shell(
        request, indicator.name, nav=NAV, back=reverse("published-figures"), back_words="Back to published figures"
    )
    if shown is None:
        return render(request, "pages/figure_empty.jinja", {**around, "indicator": indicator})
    return render(request, "pages/figure.jinja", {**around, **_page(shown)})


def figure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The page's figures as a file, with the state of each and where it came from."""
    indicator = _indicator(slug)
    shown = _shown(indicator, request.GET.get("area", ""))
    if shown is None:
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{indicator.slug}-{shown.area.code}.csv"'
    writer = csv.writer(answer)
    writer.writerow(CSV_COLUMNS)
    for series in shown.series:
        writer.writerows(_csv_rows(series))
    return answer


def _csv_rows(series: Series) -> list[list[str]]:
    area = series.area
    return [
        [
            safe_cell("" if cell is None else str(cell))
            for cell in (
                *(area.code, area.name, area.level, point.year, _plain(point.value), point.state.value),
                *(_plain(point.numerator), _plain(point.denominator), _plain(point.worked_out)),
                *(point.source.publisher, point.source.revision, point.source.sha256),
            )
        ]
        for point in series.points
    ]


def _plain(number: Any) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _indicator(slug: str) -> Indicator:
    for indicator in INDICATORS:
        if indicator.slug == slug:
            return indicator
    raise Http404


def _shown(indicator: Indicator, code: str) -> Shown | None:
    """None when nothing is loaded. Raises Http404 for an area that nothing is held for."""
    areas = areas_held(indicator.of)
    if not areas:
        return None
    wanted = code or shipped_extract().area
    area = next((area for area in areas if area.code == wanted), None)
    if area is None and code:
        raise Http404
    area = area or areas[0]
    beside = [other.code for other in areas if other.level == "National" and other.code != area.code]
    if area.region_code and area.region_code != area.code:
        beside.append(area.region_code)
    return Shown(indicator, area, published_series(indicator, [area.code, *beside]), areas)


def _page(shown: Shown) -> dict[str, Any]:
    lines, years = _lines(shown), shown.years
    unit = shown.indicator.unit
    latest = shown.own.latest
    return {
        "indicator": shown.indicator,
        "area": shown.area,
        "sentence": sentence(shown.indicator, shown.own, shown.series[1:]),
        "chart": line_chart(lines, years, unit=unit, labelled_by=CHART_LABELLED_BY, frame=WIDE),
        "compact_chart": line_chart(lines, years, unit=unit, labelled_by=CHART_LABELLED_BY, frame=COMPACT),
        "chart_title": _chart_title(shown),
        "chart_notes": " ".join(note for note in (axis_note(lines, unit), _gap_note(lines)) if note),
        "latest_table": _latest_table(shown),
        "years_table": _years_table(shown),
        "source": latest.source,
        "last_year": years[-1],
        "about": _about(shown),
        "area_items": [
            {"value": area.code, "text": area.name, "selected": area.code == shown.area.code} for area in shown.areas
        ],
        "csv_url": f"{reverse('figure_csv', args=[shown.indicator.slug])}?area={shown.area.code}",
    }


def _lines(shown: Shown) -> list[Line]:
    lines = []
    for series in shown.series:
        points = [point_in(series, year) for year in shown.years]
        last = points[-1]
        ending = value_words(shown.indicator, last) if last else "Not in the file"
        lines.append(Line(series.area.name, [point.value if point else None for point in points], ending))
    return lines


def _chart_title(shown: Shown) -> str:
    beside = " and ".join(place(series.area) for series in shown.series[1:])
    first, last = shown.years[0], shown.years[-1]
    return f"{shown.area.name}{f' beside {beside}' if beside else ''}, years ending 31 March {first} to {last}"


def _gap_note(lines: Sequence[Line]) -> str:
    gaps = any(value is None for line in lines for value in line.values)
    return "A gap in a line is a year with no figure. The table says why." if gaps else ""


def _latest_table(shown: Shown) -> dict[str, Any]:
    year = shown.years[-1]
    rows = []
    for series in shown.series:
        point = point_in(series, year)
        if point:
            value = value_words(shown.indicator, point)
            rows.append([series.area.name, value, count_words(point.numerator), count_words(point.denominator)])
    return _table(
        f"{shown.indicator.name}, {shown.indicator.period.format(when=year)}",
        ("Place", "Figure", "Number", "Out of"),
        rows,
    )


def _years_table(shown: Shown) -> dict[str, Any]:
    rows = []
    for year in reversed(shown.years):
        own = point_in(shown.own, year)
        cells = [_value_cell(shown.indicator, series, year) for series in shown.series]
        counts = [count_words(own.numerator), count_words(own.denominator)] if own else ["Not in the file"] * 2
        rows.append([str(year), cells[0], *counts, *cells[1:]])
    heads = ("Year ending 31 March", shown.area.name, "Number", "Out of", *(s.area.name for s in shown.series[1:]))
    return _table(f"{shown.indicator.name}, {shown.area.name}, newest year first", heads, rows)


def _value_cell(indicator: Indicator, series: Series, year: int) -> str:
    point = point_in(series, year)
    return value_words(indicator, point) if point else "Not in the file"


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """A GOV.UK table: the first cell of each row is its header, the others are figures."""
    return {
        "caption": caption,
        "captionClasses": "govuk-table__caption--m",
        "firstCellIsHeader": True,
        "head": [{"text": head, "format": "numeric" if place_ else ""} for place_, head in enumerate(heads)],
        "rows": [
            [{"text": cell, "format": "numeric" if place_ else ""} for place_, cell in enumerate(row)] for row in rows
        ],
    }


def _about(shown: Shown) -> list[dict[str, Any]]:
    indicator, source = shown.indicator, shown.own.latest.source
    columns = {column.name: column.description for table in indicator.of.tables for column in table.columns}
    return [
        {"key": {"text": key}, "value": {"text": text}}
        for key, text in (
            ("Counts", columns[indicator.numerator.of.name]),
            ("Out of", columns[indicator.denominator.of.name]),
            ("Which way is better", indicator.better.capitalize()),
            ("Owner", indicator.owner),
            ("Source", indicator.source),
            ("Known limits", indicator.quality),
            ("Hidden numbers", indicator.suppression.why),
            ("Checked against the counts", _agreement(shown)),
            ("File", f"{source.file_name}, years {source.period}, revision {source.revision}"),
            ("File hash (SHA-256)", source.sha256),
        )
    ]


def _agreement(shown: Shown) -> str:
    compared = [point.agrees for series in shown.series for point in series.points if point.agrees is not None]
    return (
        f"We worked each percentage out again from its counts. {sum(compared)} of {len(compared)} "
        "agree with the published one within rounding."
    )


urlpatterns = [
    path("figures/", figures, name="published-figures"),
    path("figures/<slug:slug>/", figure, name="figure"),
    path("figures/<slug:slug>/figures.csv", figure_csv, name="figure_csv"),
]
