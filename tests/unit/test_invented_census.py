"""The invented census: every planted fault is found and no other, its figures are plausible, its seed decides it."""

import json
from collections import Counter, defaultdict
from dataclasses import astuple
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from census import command

from sightline.datasets.cin_census.checking import check
from sightline.datasets.cin_census.layout import YEARS
from sightline.datasets.cin_census.row import Row
from sightline.demonstration.census import invent_census
from sightline.demonstration.census_faults import KINDS
from sightline.platform.calendar import working_days_between


@pytest.mark.parametrize("year", YEARS)
def test_a_clean_census_of_every_year_has_no_fault(tmp_path: Path, year: str) -> None:
    path = tmp_path / "census.xml"
    invented = invent_census(path, year, children=300)
    found = check(path)
    assert (found.year, found.faults, invented.planted) == (year, [], [])
    assert {table: count for table, count in found.rows.items() if count} == invented.rows
    assert found.rows["ChildIdentifiers"] == 300


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("planted", [1, len(KINDS), 80])
def test_what_was_planted_is_exactly_what_is_found(tmp_path: Path, year: str, planted: int) -> None:
    path = tmp_path / "census.xml"
    invented = invent_census(path, year, children=300, seed=planted, plant_faults=planted)
    found = [
        (fault.rule, fault.table, fault.fields, fault.record, fault.row, fault.value) for fault in check(path).faults
    ]
    assert len(invented.planted) == planted
    assert Counter(found) == Counter(astuple(each) for each in invented.planted)


def test_many_faults_are_of_every_kind(tmp_path: Path) -> None:
    invented = invent_census(tmp_path / "census.xml", "2025-26", children=300, plant_faults=80)
    rules = {planted.rule for planted in invented.planted}
    assert rules == {
        *("type.date", "type.boolean", "type.number", "type.upn", "code.unknown", "year.contradicts"),
        *("structure.unknown_element", "structure.other_year", "structure.repeated", "structure.order"),
        *("structure.missing", "structure.text", "structure.nested", "structure.attribute"),
    }


@pytest.mark.parametrize("children", [0, 1, 2, 7])
def test_however_few_children_are_asked_for_that_many_are_made(tmp_path: Path, children: int) -> None:
    invented = invent_census(tmp_path / "census.xml", "2025-26", children=children)
    assert invented.rows.get("ChildIdentifiers", 0) == children


def test_the_seed_decides_the_file(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    for path, seed in ((first, 1), (again, 1), (other, 2)):
        invent_census(path, "2025-26", children=50, seed=seed)
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()


def test_more_faults_than_children_are_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "census.xml")
    done = command("invent-census", "--year", "2025-26", "--children", "3", "--plant", "4", "--out", path)
    assert done.returncode == 2
    assert "4 do not fit in 3 children" in done.stderr


@pytest.mark.parametrize(("out", "why"), [("", "Is a directory"), ("none/census.xml", "No such file or directory")])
def test_a_place_that_cannot_be_written_to_is_said_with_what_to_do(tmp_path: Path, out: str, why: str) -> None:
    place = tmp_path / out
    done = command("invent-census", "--year", "2025-26", "--children", "3", "--out", str(place))
    assert done.returncode == 2
    assert done.stderr == (
        f"sightline invent-census: {place} cannot be written to: {why}. Choose another with --out.\n"
    )


@pytest.mark.parametrize("seed", ["x", "-1", "1.5"])
def test_a_seed_that_is_no_whole_number_is_refused_in_words(tmp_path: Path, seed: str) -> None:
    done = command("invent-census", "--year", "2025-26", "--seed", seed, "--out", str(tmp_path / "census.xml"))
    assert done.returncode == 2
    assert f"“{seed}” is not a whole number, 0 or more" in done.stderr


def test_the_command_writes_the_file_and_prints_what_it_planted(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    done = command("invent-census", "--year", "2024-25", "--children", "40", "--plant", "5", "--out", str(path))
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    said = json.loads(command("check", str(path), "--format", "json").stdout)["faults"]
    assert [{key: fault[key] for key in printed[0]} for fault in said] == printed


@pytest.fixture(scope="module")
def full_year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    path = tmp_path_factory.mktemp("full") / "census.xml"
    invent_census(path, "2025-26")
    rows: dict[str, list[Row]] = defaultdict(list)
    check(path, keep=lambda row: rows[row.table].append(row))
    return rows


def _share(happened: list[bool]) -> float:
    return sum(happened) / len(happened)


def _days(row: Row, first: str, last: str) -> int:
    start, end = row.values[first], row.values[last]
    assert isinstance(start, date)
    assert isinstance(end, date)
    return working_days_between(start, end)


def test_about_a_quarter_of_referrals_come_within_a_year_of_another(full_year: dict[str, list[Row]]) -> None:
    by_child: dict[Row | None, list[date]] = defaultdict(list)
    for row in full_year["CINdetails"]:
        by_child[row.parent].append(row.values["CINreferralDate"])  # type: ignore[arg-type]
    began = date(2025, 4, 1)
    in_year = sum(day >= began for days in by_child.values() for day in days)
    again = sum(
        later >= began and (later - earlier).days <= 365
        for days in by_child.values()
        for earlier, later in pairwise(sorted(days))
    )
    assert 0.24 <= again / in_year <= 0.28


def test_assessments_slow_down_in_the_summer_and_stay_so(full_year: dict[str, list[Row]]) -> None:
    by_month: dict[str, list[bool]] = defaultdict(list)
    for row in full_year["Assessments"]:
        if row.values.get("AssessmentAuthorisationDate"):
            month = str(row.values["AssessmentAuthorisationDate"])[:7]
            by_month[month].append(_days(row, "AssessmentActualStartDate", "AssessmentAuthorisationDate") <= 45)
    shares = [_share(by_month[month]) for month in sorted(by_month)]
    overall = _share([each for month in by_month.values() for each in month])
    assert len(shares) == 12
    assert 0.80 <= overall <= 0.85
    assert all(share > overall for share in shares[:4])
    assert all(share < overall for share in shares[-7:])


def test_conferences_and_plans_are_as_common_as_in_life(full_year: dict[str, list[Row]]) -> None:
    held = [row for row in full_year["Section47"] if row.values.get("DateOfInitialCPC")]
    in_time = [_days(row, "S47ActualStartDate", "DateOfInitialCPC") <= 15 for row in held]
    started = [row for row in full_year["ChildProtectionPlans"] if str(row.values["CPPstartDate"]) >= "2025-04-01"]
    again = [row.values["NumberOfPreviousCPP"] != 0 for row in started]
    assert 0.84 <= _share(in_time) <= 0.90
    assert 0.17 <= _share(again) <= 0.23


def test_nothing_happens_after_an_episode_has_ended_or_before_it_began(full_year: dict[str, list[Row]]) -> None:
    apart = {"InitialCPCtarget", "AssessmentInternalReviewDate"}
    for table in ("Assessments", "Section47", "ChildProtectionPlans", "CINPlanDates"):
        for row in full_year[table]:
            assert row.parent is not None
            days = [value for name, value in row.values.items() if isinstance(value, date) and name not in apart]
            assert min(days) >= row.parent.values["CINreferralDate"]  # type: ignore[operator]
            ended = row.parent.values.get("CINclosureDate")
            assert ended is None or max(days) <= ended  # type: ignore[operator]
