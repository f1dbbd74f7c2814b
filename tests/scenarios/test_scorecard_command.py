"""`sightline scorecard`: a partnership's figures as they may leave, in words, JSON and a page of its own."""

from __future__ import annotations

import json

import pytest

from sightline.cli.main import main
from sightline.datasets.extract import load_shipped_extract
from sightline.datasets.intake import Asked, Origin, load_file
from sightline.demonstration.census import invent_census
from sightline.indicators.models import ChildPopulation
from sightline.indicators.refreshing import refresh
from sightline.people.models import Partnership
from sightline.platform.audit.models import AuditRow


@pytest.fixture
def figures(world, tmp_path, monkeypatch):
    """A small census's figures, on this test's own database."""
    path = tmp_path / "census.xml"
    invent_census(path, "2025-26", children=300)
    load_file(path, Origin("ardenvale-council", "a test", world.analyst), Asked(year="2025-26"))
    ChildPopulation(partnership=world.partnership, middle_of=2025, children=4_800, source="Invented").save()
    refresh(world.partnership, "a census was loaded")
    monkeypatch.setattr("sightline.cli.database.database_ready", _ready)
    return world


def _ready(**options):
    from contextlib import nullcontext

    return nullcontext()


def test_the_scorecard_is_a_table_in_words_and_says_that_it_is_invented(figures, capsys):
    assert main(["scorecard"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Scorecard of Ardenvale Safeguarding Children Partnership\nInvented: a demonstration.")
    (assessments,) = [line for line in said.splitlines() if "Assessments finished within 45 working days" in line]
    assert assessments.split()[:2] == ["5", "Assessments"]
    assert "March 2026" in assessments
    assert "c: hidden, because it is a small number or would give one away." in said


def test_nothing_small_leaves_in_json_and_every_reading_says_where_it_comes_from(figures, capsys):
    assert main(["scorecard", "--format", "json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert (held["partnership"], held["invented"], len(held["measures"])) == ("ardenvale", True, 9)
    readings = [(one, reading) for one in held["measures"] for reading in one["readings"]]
    assert len(readings) == 9 * 12
    assert not [reading for _, reading in readings if reading["numerator"] in range(1, 6)]
    assert any(reading["state"] == "hidden" and reading["value"] is None for _, reading in readings)
    assert {reading["source"] for _, reading in readings} == {"Children in need census 2025-26, revision 1"}
    plans = next(one for one in held["measures"] if one["measure"] == "plan_rate")
    assert plans["words"].startswith("In March 2026 it was ")


def test_a_year_is_asked_for_by_its_name_and_a_month_ends_the_series(figures, capsys):
    assert main(["scorecard", "--format", "json", "--period", "2025-26"]) == 0
    years = json.loads(capsys.readouterr().out)["measures"]
    assert {reading["period"] for one in years for reading in one["readings"]} == {"2025-26"}
    assert main(["scorecard", "--format", "json", "--period", "2025-09"]) == 0
    months = json.loads(capsys.readouterr().out)["measures"]
    assert {one["readings"][-1]["period"] for one in months} == {"2025-09"}


def test_the_page_is_a_file_of_its_own_that_loads_nothing(figures, capsys):
    assert main(["scorecard", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith('<!doctype html><html lang="en-GB">')
    assert "<caption>Newest figure of each measure</caption>" in page
    assert not any(mark in page for mark in ("src=", "href=", "<script"))


def test_figures_are_worked_out_again_when_asked(figures, capsys):
    assert main(["scorecard", "--refresh"]) == 0
    assert "Worked out again. Figures that are new or have changed: 0." in capsys.readouterr().err
    assert AuditRow.objects.filter(action="work out figures").count() == 2
    assert AuditRow.objects.filter(action="read", subject="scorecard").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--partnership", "nowhere"], "There is no partnership “nowhere”. Partnerships: ardenvale, thornmere."),
        ([], "Say which partnership, with --partnership. Partnerships: ardenvale, thornmere."),
        (["--partnership", "ardenvale", "--period", "soon"], "“soon” is not a period."),
    ],
)
def test_a_partnership_or_period_that_there_is_not_is_refused_in_words(figures, capsys, typed, said):
    Partnership.objects.create(key="thornmere", name="Thornmere Partnership", invented=True)
    assert main(["scorecard", *typed]) == 2
    assert said in capsys.readouterr().err


def test_a_partnership_without_figures_says_what_to_do(world, monkeypatch, capsys):
    monkeypatch.setattr("sightline.cli.database.database_ready", _ready)
    assert main(["scorecard"]) == 0
    assert "Load a census, or ask again with --refresh." in capsys.readouterr().err


def test_a_real_partnership_takes_its_children_from_the_published_population(world, monkeypatch, capsys):
    monkeypatch.setattr("sightline.cli.database.database_ready", _ready)
    load_shipped_extract()
    real = Partnership.objects.create(key="somewhere", name="Somewhere Partnership")
    assert main(["scorecard", "--partnership", "somewhere", "--children-of", "E08000029"]) == 0
    assert "The published children of E08000029 are taken for" in capsys.readouterr().err
    held = ChildPopulation.objects.filter(partnership=real)
    assert held.count() > 10
    assert all("Office for National Statistics, Solihull" in row.source for row in held)
    assert AuditRow.objects.filter(action="take population").count() == 1


@pytest.mark.parametrize(
    ("key", "area", "said"),
    [
        ("ardenvale", "E08000029", "is invented, so no real area's children can be its own"),
        ("somewhere", "E99999999", "No population is held for “E99999999”."),
    ],
)
def test_children_of_no_area_or_for_an_invented_partnership_are_refused(world, monkeypatch, capsys, key, area, said):
    monkeypatch.setattr("sightline.cli.database.database_ready", _ready)
    load_shipped_extract()
    Partnership.objects.create(key="somewhere", name="Somewhere Partnership")
    assert main(["scorecard", "--partnership", key, "--children-of", area]) == 2
    assert said in capsys.readouterr().err
    assert not ChildPopulation.objects.exists()
