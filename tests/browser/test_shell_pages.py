"""The shell, sign-in, forms and fault pages in a real browser: axe, two widths, no JavaScript, paper."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import clear_url_caches, path, set_urlconf
from playwright.sync_api import Page, expect

from sightline.platform import calendar
from sightline.web import urls
from sightline.web.components.clock_words import clock_words
from sightline.web.components.filters import Filter, Filters, page_of, pager
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.rows import rows_changed, rows_of
from sightline.web.components.shell import shell
from sightline.web.templating import engine
from tests.browser.seen import axe, looked_at, shot
from tests.browser.town import enter, press
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


PAGES = Path(__file__).parent / "pages"


class Concern(forms.Form):
    what = forms.CharField(label="What has happened?", widget=forms.Textarea, help_text="In your own words.")
    born = forms.DateField(label="Date of birth")
    seen_at = forms.DateTimeField(label="When was the child last seen?", required=False)
    safe = forms.BooleanField(label="Is the child safe now?", required=False)
    priority = forms.ChoiceField(label="Priority", choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")])
    why = forms.CharField(label="Why is it red?", required=False)
    harms = forms.MultipleChoiceField(
        label="Kinds of harm", choices=[("a", "Neglect"), ("b", "Physical")], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    school = forms.ChoiceField(label="School", choices=[(str(n), f"School {n}") for n in range(12)], required=False)
    reveals = {"priority": {"red": ["why"]}}


class Child(forms.Form):
    name = forms.CharField(label="Name")


def form_page(request: HttpRequest) -> HttpResponse:
    data, added = rows_changed(request.POST) if request.method == "POST" else (None, False)
    form = govuk_widgets(Concern(data))
    children = rows_of(Child, "children", data=data)
    form.quiet = children.quiet = added  # type: ignore[attr-defined]
    context = {
        **shell(request, "Tell the front door about a child", back="/", forms=(form, children)),
        **{"form": form, "children": children},
    }
    return HttpResponse(_drawn("form", request, context))


def case_page(request: HttpRequest) -> HttpResponse:
    filters = Filters(
        QueryDict("rag=red&sort=due"),
        (
            Filter("rag", "Priority", (("red", "Red"), ("amber", "Amber")), several=True),
            Filter("owner", "Owner", (("me", "Me"), ("none", "Nobody yet"))),
        ),
    )
    now = calendar.now()
    running = {
        "name": "Hold the meeting", "limit": "3 working days", "clock_class": "local", "by_the_minute": True,
        "source": "Ardenvale procedures 2026", "started_at": now - timedelta(days=2), "stopped_at": None,
    }  # fmt: skip
    clocks = [
        clock_words(SimpleNamespace(**running, due_at=now + timedelta(hours=hours)), now) for hours in (-3, 2, 200)
    ]
    items = [
        {
            "title": "Priority raised to Red",
            "at": now,
            "by": "Kay Obi, social worker",
            "text": "A bruise.",
            "details": "-",
        }
    ]
    context = {
        **shell(request, "Strategy discussion", reference="C-7F3K2P", back="/", nav="figures"),
        **{"filters": filters, "clocks": clocks, "items": items, "rows": ["red", "amber", "green", "blue"]},
        "pages": pager(page_of(list(range(200)), 3), filters),
    }
    return HttpResponse(_drawn("case", request, context))


def public_page(request: HttpRequest) -> HttpResponse:
    context = {**shell(request, "Tell us you are worried about a child"), "callout_first": True}
    return render(request, "layouts/public.jinja", context)


def lost(request: HttpRequest) -> HttpResponse:
    raise OperationalError("planted")


def _drawn(name: str, request: HttpRequest, context: dict[str, Any]) -> str:
    from sightline.web.components.shell import site

    return (
        engine()
        .from_string((PAGES / f"{name}.jinja").read_text())
        .render({**context, **site(request), "request": request})
    )


handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    path("test/form", form_page),
    path("test/case", case_page),
    path("test/public", public_page),
    path("test/lost", lost),
]


@pytest.fixture(scope="module", autouse=True)
def signing_in(world: World) -> None:
    """The page to sign in with offers an account, as the demonstration's does."""
    accounts = [["Front-door social worker", "worker", "sets priorities, proposes decisions"]]
    world.partnership.published_texts = {"sign_ins": {"password": PASSWORD, "accounts": accounts}}
    world.partnership.save()


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> Iterator[None]:
    """The pages of this file are at addresses of the site."""
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    set_urlconf(None)
    yield
    clear_url_caches()


ADDRESSES = {
    "sign-in": "/sign-in",
    "not-found": "/nowhere",
    "service-down": "/test/lost",
    "public": "/test/public",
    "form": "/test/form",
    "case": "/test/case",
    "account": "/your-account/",
}


def test_pages_have_nothing_for_axe_and_do_not_scroll_sideways(at: Callable[..., Page]) -> None:
    for name, address in ADDRESSES.items():
        looked_at(at("" if name in ("sign-in", "public") else "worker", address), name)


def test_a_form_with_mistakes_moves_to_them_and_keeps_what_was_typed(at: Callable[..., Page]) -> None:
    page = at("worker", "/test/form")
    page.get_by_label("Month").first.fill("Smarch")
    page.get_by_label("What has happened?").fill("He was hungry")
    press(page, "Send to the front door")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Month").first.input_value() == "Smarch"
    looked_at(page, "form-mistakes")


def test_without_javascript_rows_are_added_and_forms_sent(at: Callable[..., Page]) -> None:
    page = at("worker", "/test/form", 320, scripts=False)
    page.get_by_label("Name").fill("Maya")
    press(page, "Add another child")
    assert page.get_by_label("Name").count() == 2
    assert page.get_by_label("Name").first.input_value() == "Maya"
    assert page.get_by_text("There is a problem").count() == 0
    shot(page, "form-no-script")
    press(page, "Send to the front door")
    assert page.get_by_text("There is a problem").count() == 1


def test_signing_in_with_a_keyboard_alone(at: Callable[..., Page]) -> None:
    page = at("", "/sign-in")
    page.get_by_label("User name").focus()
    page.keyboard.type("worker")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    enter(page)
    assert page.locator(".govuk-error-summary").is_visible()
    shot(page, "sign-in-wrong")
    assert axe(page) == []
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    enter(page)
    assert page.locator(".app-header__sign-out").is_visible()


def test_paper_has_who_printed_it_and_no_navigation(at: Callable[..., Page]) -> None:
    page = at("worker", "/test/case")
    page.emulate_media(media="print")
    assert page.get_by_text("Printed by Kay Obi").is_visible()
    assert page.get_by_text("Destroy when finished with").is_visible()
    assert not page.locator(".app-header__account").is_visible()
    assert not page.locator(".app-filter").is_visible()
    shot(page, "case-print")


def test_somebody_is_asked_before_they_are_signed_out(at: Callable[..., Page]) -> None:
    page = at("worker")
    page.clock.install()
    at("worker", "/test/form")
    page.clock.run_for(14 * 60 * 1000)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.run_for(70 * 1000)
    expect(page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    assert axe(page) == []
    shot(page, "time-out")
    with page.expect_response("**/still-here") as answer:
        page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 204
    expect(page.get_by_role("dialog")).to_be_hidden()
