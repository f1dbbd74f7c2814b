"""From a loaded census and the front door's cases to the scorecard, a measure's page and a recommendation."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.datasets.intake import Asked, Origin, load_file
from sightline.demonstration.census import invent_census
from sightline.engine.perform import open_case
from sightline.indicators.models import ChildPopulation
from sightline.indicators.refreshing import refresh
from sightline.platform import calendar
from tests.contacts import MONDAY, get, rated, signed_in, take, text_of, told

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=20)
ENQUIRIES = "/scorecard/enquiries-returned-on-time/"


@pytest.fixture
def census(world: Any, acting: Any, tmp_path: Path) -> None:
    """A small invented census, loaded by the analyst, with the figures worked out from it."""
    path = tmp_path / "census.xml"
    invent_census(path, "2025-26", children=120, seed=7)
    held = {"children": 48_000, "source": "Invented"}
    ChildPopulation.objects.create(partnership=world.partnership, middle_of=2025, **held)
    with calendar.frozen(LATER), acting(world.analyst):
        load_file(path, Origin("ardenvale-council", "a test", world.analyst), Asked(year="2025-26"))
        refresh(world.partnership, "a census was loaded")


@pytest.fixture
def enquiries(world: Any, acting: Any) -> None:
    """Enquiries to the police and to a school that are never answered, and the figures of two whole months."""
    asked = [{"agency": world.agency(key).pk} for key in ("ardenvale-police", "tollgate-school")]
    for days_ago in (60, 40, 38, 5):
        at = MONDAY - timedelta(days=days_ago)
        case = rated(world, told(world, "Maya", at), "amber", at)
        take(world, case, "worker", "ask_agencies", at, agencies=asked)
    with calendar.frozen(LATER), acting(world.analyst):
        refresh(world.partnership, "a night went by")


def page(world: Any, who: str, address: str, status: int = 200) -> str:
    return get(world, who, address, LATER, status)


@pytest.mark.usefixtures("census")
def test_a_loaded_census_is_on_the_scorecard_with_its_source(world: Any) -> None:
    said = text_of(page(world, "hub", "/scorecard/"))
    assert "Children on a child protection plan for each 10,000" in said
    assert "All 9 measures" in said
    assert "Invented." in said
    measure = text_of(page(world, "hub", "/scorecard/plan-rate/"))
    assert "Children in need census 2025-26, revision 1" in measure
    assert "Limits are provisional: only 12 points." in measure


@pytest.mark.usefixtures("census")
def test_a_recommendation_is_raised_from_the_figure_on_the_page(world: Any) -> None:
    measure = page(world, "hub", "/scorecard/plan-rate/")
    (href,) = re.findall(r'href="(/recommendations/new/\?figure=[^"]+)"', measure)
    assert "figure=plan_rate:2026-03:1" in href
    with calendar.frozen(LATER):
        answer = signed_in(world, "hub").get(unescape(href), follow=True)
    assert answer.status_code == 200
    assert "Children on a child protection plan for each 10,000, March 2026" in unescape(answer.content.decode())


@pytest.mark.usefixtures("census")
def test_the_measure_names_the_recommendations_that_rest_on_it(world: Any, acting: Any) -> None:
    answers = {
        "figure_cited": [{"figure": "plan_rate:2026-03:1"}],
        "title": "Fewer children on plans for long",
        "exact_words": "Find out why the rate fell",
        "addressees": [{"to": "agency", "agency": world.agency("ardenvale-council")}],
    }
    with calendar.frozen(LATER), acting(world.hub):
        case = open_case("recommendation", by=world.hub, partnership=world.partnership, answers=answers).case
    said = text_of(page(world, "scrutineer", "/scorecard/plan-rate/"))
    rest = said[said.index("Recommendations that rest on this measure") :]
    assert f"Fewer children on plans for long · {case.reference}" in rest
    assert "Received" in rest
    assert "rest on this measure" not in text_of(page(world, "scrutineer", "/scorecard/section-47-rate/"))


@pytest.mark.usefixtures("census")
def test_the_front_door_s_managers_read_only_what_its_own_cases_say(world: Any) -> None:
    assert "Plans" not in text_of(page(world, "manager", "/scorecard/")).split("Help")[0]
    said = text_of(page(world, "manager", "/scorecard/plan-rate/"))
    assert "There is no figure" in said


@pytest.mark.usefixtures("enquiries")
def test_each_agency_reads_how_it_stands_and_never_how_another_does(world: Any) -> None:
    police = text_of(page(world, "police", "/scorecard/"))
    assert "Agency enquiries returned on time" in police
    assert "Contacts decided" not in police
    measure = text_of(page(world, "police", ENQUIRIES))
    assert "Ardenvale Police" in measure
    assert "Tollgate" not in measure
    assert "Shown to Ardenvale Police and to those who answer for the partnership." in measure
    assert "Tollgate" not in page(world, "police", f"{ENQUIRIES}figures.csv")
    page(world, "police", "/scorecard/contact-decisions-within-one-working-day/", status=403)


@pytest.mark.usefixtures("enquiries")
def test_the_hub_reads_every_agency_side_by_side(world: Any) -> None:
    said = text_of(page(world, "hub", ENQUIRIES))
    assert "Ardenvale Police" in said
    assert "Tollgate Academy" in said
    assert "All of these charts have the same scale." in said


@pytest.mark.usefixtures("census", "enquiries")
def test_no_small_count_is_in_a_download(world: Any) -> None:
    counts: list[str] = []
    for slug in ("conferences-within-15-working-days", "repeat-plans", "enquiries-returned-on-time"):
        rows = list(csv.DictReader(io.StringIO(page(world, "hub", f"/scorecard/{slug}/figures.csv"))))
        assert rows
        counts += [row["numerator"] for row in rows]
    assert not set(counts) & {"1", "2", "3", "4", "5"}
    assert "c" in counts


@pytest.mark.usefixtures("census", "enquiries")
def test_the_cases_behind_a_figure_are_shown_to_those_whose_work_they_are(world: Any) -> None:
    manager = page(world, "manager", ENQUIRIES)
    (href,) = re.findall(r'href="(/scorecard/[^"]+/behind/)"', manager)
    shown = page(world, "manager", href)
    said = text_of(shown)
    assert "What is behind November 2026" in said
    assert "This figure is 0 of 2. You may see 2 cases of what it counts" in said
    assert shown.count('href="/cases/') == 2
    title = re.findall(r"<title>([^<]+)</title>", shown)
    assert title == ["What is behind November 2026, Sightline"]


@pytest.mark.usefixtures("census", "enquiries")
def test_rows_of_a_census_are_the_analysts_and_the_hub_sees_how_many(world: Any) -> None:
    address = "/scorecard/plan-rate/2026-03/behind/"
    assert f'href="{address}"' in page(world, "analyst", "/scorecard/plan-rate/")
    assert "Child’s number in the census" in text_of(page(world, "analyst", address))
    assert "behind/" not in page(world, "hub", "/scorecard/plan-rate/")
    said = text_of(page(world, "hub", address))
    assert "Your role sees how many there are, and none of them." in said
    page(world, "police", address, status=403)
    page(world, "hub", "/scorecard/plan-rate/2026-13/behind/", status=404)
    page(world, "hub", "/scorecard/no-such-measure/2026-03/behind/", status=404)


@pytest.mark.usefixtures("census", "enquiries")
def test_the_scorecard_asks_few_queries(world: Any) -> None:
    with calendar.frozen(LATER):
        client = signed_in(world, "hub")
        client.get("/scorecard/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/scorecard/")
    assert len(seen) < 25
