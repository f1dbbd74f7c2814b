"""Scorecard, measures, published figures and partners' homes in a real browser: axe, two widths, paper."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.datasets.extract import load_shipped_extract
from sightline.datasets.intake import Asked, Origin, load_file
from sightline.demonstration.census import invent_census
from sightline.indicators.models import ChildPopulation
from sightline.indicators.refreshing import refresh
from sightline.platform import calendar
from sightline.web.pages import indicator as measure_page
from sightline.web.pages import partner_home
from sightline.web.pages import scorecard as scorecard_page
from tests.browser.seen import looked_at, shot
from tests.browser.town import press
from tests.contacts import bound
from tests.measures import FALLING, STEADY, board, series
from tests.recommending import Recommending
from tests.world import World, make_world

pytestmark = pytest.mark.browser

SIGNALS = (
    ("hub", "/scorecard/", "scorecard"),
    ("hub", "/scorecard/?change=only", "scorecard-filtered"),
    ("hub", "/scorecard/strategy-in-time/", "measure-worse"),
    ("hub", "/scorecard/referral-rate/", "measure-neutral"),
    ("hub", "/scorecard/decided-in-a-day/", "measure-gap"),
    ("hub", "/scorecard/long-plans/", "measure-provisional"),
    ("hub", "/scorecard/return-interviews/", "measure-dots"),
    ("hub", "/scorecard/exploited/", "measure-hidden"),
    ("hub", "/", "home-hub"),
    ("council_partner", "/", "home-partner"),
)
STORED = (
    ("analyst", "/scorecard/", "scorecard-stored"),
    ("analyst", "/scorecard/plan-rate/", "measure-stored"),
    ("analyst", "/scorecard/plan-rate/2026-03/behind/", "behind"),
    ("hub", "/scorecard/plan-rate/2026-03/behind/", "behind-unseen"),
    ("worker", "/scorecard/", "scorecard-refused"),
    ("", "/figures/", "published"),
    ("", "/figures/re-referrals-within-12-months/", "published-measure"),
    ("", "/figures/plans-of-two-years-or-more/", "published-hidden"),
    ("", "/figures/referral-rate/?area=E10000016", "published-rate"),
)
EMPTY = (
    ("hub", "/scorecard/", "scorecard-empty"),
    ("hub", "/scorecard/plan-rate/", "measure-empty"),
    ("council_partner", "/", "home-partner-empty"),
    ("", "/figures/plan-rate/", "published-empty"),
)


@pytest.fixture
def site(running_site: str) -> str:
    return running_site


@pytest.fixture
def world(site: str) -> World:
    with transaction.atomic():
        return make_world()


@pytest.fixture
def signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures with every kind of finding, whatever is stored."""
    rows = board()
    named = {row.indicator.slug: row.indicator for row in rows}

    def parts(key: str, who: Any, partnership: Any, by: str = "") -> Any:
        of = next(one for one in named.values() if one.key == key)
        held = {"Ardenvale Police": FALLING, "Millbrook School": STEADY, "Tollgate Academy": (50, 60, None, 70, 80)}
        return [series(of, values, by=by, group=group) for group, values in held.items()]

    monkeypatch.setattr(scorecard_page, "rows_for", lambda who, partnership: rows)
    monkeypatch.setattr(partner_home, "scorecard", lambda who, partnership: rows)
    monkeypatch.setattr(measure_page, "scorecard", lambda who, partnership: rows)
    monkeypatch.setattr(measure_page, "indicator_named", named.__getitem__)
    monkeypatch.setattr(measure_page, "series_for", parts)
    monkeypatch.setattr(measure_page, "_behind_href", lambda row, actor: "")


@pytest.fixture
def matters(world: World) -> None:
    """Recommendations: one with an action overdue, one done without impact."""
    journey = Recommending(world, bound)
    with transaction.atomic(), calendar.frozen(calendar.now() - timedelta(days=30)):
        journey.planned(None, journey.action(days=3), journey.action("ardenvale-council", days=35))
    with transaction.atomic():
        journey.delivered()


@pytest.fixture
def stored(world: World, tmp_path: Path) -> None:
    """A loaded census that is invented, figures worked out from it, and the published figures that are shipped."""
    with transaction.atomic(), bound(world.analyst):
        load_shipped_extract()
        for year in ("2024-25", "2025-26"):
            held = {"children": 48_000, "source": "Invented"}
            ChildPopulation.objects.create(partnership=world.partnership, middle_of=int(year[:4]), **held)
            path = tmp_path / f"{year}.xml"
            invent_census(path, year, children=300, seed=7)
            load_file(path, Origin("ardenvale-council", "a test", world.analyst), Asked(year=year))
        refresh(world.partnership, "a census was loaded")


@pytest.mark.usefixtures("matters", "signals")
def test_every_finding_is_free_of_faults_at_every_width(at: Callable[..., Page]) -> None:
    for who, address, name in SIGNALS:
        looked_at(at(who, address), name)


@pytest.mark.usefixtures("stored")
def test_stored_and_published_figures_are_free_of_faults_at_every_width(at: Callable[..., Page]) -> None:
    for who, address, name in STORED:
        looked_at(at(who, address), name)


@pytest.mark.usefixtures("world")
def test_pages_with_nothing_to_show_are_free_of_faults(at: Callable[..., Page]) -> None:
    for who, address, name in EMPTY:
        looked_at(at(who, address), name)


@pytest.mark.usefixtures("world", "signals")
def test_on_paper_the_table_is_open_and_one_chart_is_drawn(at: Callable[..., Page]) -> None:
    page = at("hub", "/scorecard/strategy-in-time/")
    page.emulate_media(media="print")
    shot(page, "measure-paper")
    assert page.locator(".app-chart--wide").is_visible()
    assert not page.locator(".app-chart--compact").is_visible()
    assert page.get_by_role("cell", name="Getting worse: lower than usual").first.is_visible()


@pytest.mark.usefixtures("world", "signals")
def test_filters_work_without_a_script_and_words_stand_beside_every_icon(at: Callable[..., Page]) -> None:
    page = at("hub", "/scorecard/", scripts=False)
    page.get_by_label("Only changed").check()
    press(page, "Apply")
    assert "change=only" in page.url
    assert page.locator(".app-scorecard tbody tr").count() == 3
    for found in page.locator(".app-signal").all():
        assert found.inner_text().strip()
