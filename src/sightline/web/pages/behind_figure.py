"""The cases behind a figure: only those that this person may see, and how many there are."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.engine.models import Case
from sightline.indicators.behind import behind
from sightline.indicators.board import indicator_named
from sightline.indicators.models import Result
from sightline.indicators.periods import period_named
from sightline.vocabulary.process import PROCESSES
from sightline.web.case_links import about, case_href
from sightline.web.components.filters import Filters, page_of, page_words, pager
from sightline.web.components.shell import shell
from sightline.web.components.words import plural, short_date
from sightline.web.pages.scorecard import NAV, reader_of

CASE_COLUMNS = ("Case", "About", "Stage", "Opened")


@login_required
def behind_figure(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """One page of what a period's figure counts. No name stands in its title or its address."""
    actor, here = reader_of(request)
    try:
        indicator, when = indicator_named(slug), period_named(period)
        found = behind(indicator.key, when.key, actor, here)
    except (LookupError, ValueError) as unknown:
        raise Http404 from unknown
    page = page_of(_in_order(found.rows), request.GET.get("page"))
    of_cases = found.rows.model is Case
    columns, rows = _case_table(list(page)) if of_cases else _census_table(list(page))
    context = {
        **shell(
            *(request, f"What is behind {when.label}"),
            nav=NAV,
            back=reverse("measure", args=[indicator.slug]),
            back_words="Back to the measure",
        ),
        "measure": indicator.name,
        "summary": _summary(found.figure, indicator.is_rate, page.paginator.count, "case" if of_cases else "row"),
        "columns": columns,
        "rows": rows,
        "page_words": page_words(page),
        "pager": pager(page, Filters(request.GET, ())),
    }
    return render(request, "pages/behind_figure.jinja", context)


def _in_order(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Cases with the people that name them; census rows with the child that each is about."""
    if rows.model is Case:
        return rows.prefetch_related("subjects").order_by("opened_at", "reference")
    return rows.select_related("child").order_by("child__la_child_id", "pk")


def _summary(figure: Result | None, is_rate: bool, seen: int, called: str) -> str:
    if figure is None or figure.numerator is None or figure.denominator is None:
        counted = "There is no figure of this period that you see."
    elif is_rate:
        counted = f"This figure counts {figure.numerator:,.0f}, among {figure.denominator:,.0f} children."
    else:
        counted = f"This figure is {figure.numerator:,.0f} of {figure.denominator:,.0f}."
    if seen:
        return f"{counted} You may see {plural(seen, called)} of what it counts, as it stands today."
    return f"{counted} Your role sees how many there are, and none of them."


def _case_table(cases: list[Case]) -> tuple[tuple[str, ...], list[list[Any]]]:
    rows = [
        [
            {"text": case.reference, "href": case_href(case.pk)},
            about(case),
            PROCESSES[case.process].stages[case.stage].label,
            short_date(case.opened_at),
        ]
        for case in cases
    ]
    return CASE_COLUMNS, rows


def _census_table(found: list[Any]) -> tuple[tuple[str, ...], list[list[Any]]]:
    """The council's own number of the child, and the dates that the census gives."""
    if not found:
        return ("Child",), []
    dated = [field for field in found[0]._meta.get_fields() if isinstance(field, models.DateField)]
    heads = ("Child’s number in the census", *(str(field.verbose_name).capitalize() for field in dated))
    return heads, [[row.child.la_child_id, *(_day(getattr(row, field.name)) for field in dated)] for row in found]


def _day(day: date | None) -> str:
    return short_date(day) if day else "–"


urlpatterns = [path("scorecard/<slug:slug>/<str:period>/behind/", behind_figure, name="behind-figure")]
