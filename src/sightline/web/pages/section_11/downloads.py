"""Asking to take a return's answers, a cycle's answers or the heat map away: what for, and in which format."""

from django.http import HttpRequest, HttpResponse

from sightline.instruments.standing import Standing
from sightline.outgoing.exports import Wanted
from sightline.web import section_11_file as file
from sightline.web.fresh_sign_in import needs_fresh_sign_in
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.exports.asking import asking
from sightline.web.pages.section_11.opening import NAV, address, cycle_page_of, return_page


@return_page
@needs_fresh_sign_in
def return_file(request: HttpRequest, opened: Opened, standing: Standing) -> HttpResponse:
    """Every version of every answer of one return: for its agency and whoever governs."""
    return _answers(request, opened, "section-11-return")


@cycle_page_of
@needs_fresh_sign_in
def cycle_file(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The same for every return of a cycle that this person sees."""
    return _answers(request, opened, "section-11-cycle")


@cycle_page_of
@needs_fresh_sign_in
def heat_map_file(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The heat map, agency by standard."""
    title = f"Heat map, {opened.case.title}"
    return _ask(request, opened, Wanted(file.HEAT_MAP, opened.case.pk, title, 0, opened.case.pk), "section-11-heat-map")


def _answers(request: HttpRequest, opened: Opened, home: str) -> HttpResponse:
    named = file.named_in(file.rows_of_answers(opened.actor, opened.case))
    title = f"Every answer, {opened.case.title or opened.case.reference}"
    return _ask(request, opened, Wanted(file.ANSWERS, opened.case.pk, title, named, opened.case.pk), home)


def _ask(request: HttpRequest, opened: Opened, wanted: Wanted, home: str) -> HttpResponse:
    return asking(request, wanted, opened.actor, nav=NAV, back=address(opened, home), back_words="Back to Section 11")
