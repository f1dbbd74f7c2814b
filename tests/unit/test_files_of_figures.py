"""Files of figures of every kind: recognised by their contents; statistical neighbours checked by row and column."""

import json
from functools import partial
from pathlib import Path

import pytest

from sightline.cli.main import main
from sightline.datasets.extract import EXTRACTS, shipped_extract
from sightline.datasets.intake import Asked, check_file, dataset_titles
from tests.checking import check_text, messages

NEAR = (EXTRACTS / "neighbours_2025_05.csv").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def written(tmp_path: Path):
    """Writes text to a file and checks it."""
    return partial(check_text, tmp_path)


@pytest.mark.parametrize("shipped", shipped_extract().files, ids=lambda each: each.path.stem)
def test_every_file_that_ships_is_recognised_by_its_contents_and_has_no_error(shipped) -> None:
    checked = check_file(shipped.path)
    assert (checked.dataset, checked.errors) == (shipped.dataset, [])


def test_a_set_of_neighbours_says_from_which_month_it_holds(written) -> None:
    checked = written("\n".join(NEAR))
    assert (checked.dataset, checked.period, checked.rows) == ("neighbours_extract", "2025-05", {"neighbours": 153})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("301,2025-05,308", "301,2025-05,999", "Row 2, column “neighbour_1”: “999” is not the number of a local"),
        ("301,2025-05,308", "301,2025-05,301", "Row 2, column “neighbour_1”: “301” is the area itself"),
        ("301,2025-05,308", "301,2025-05,821", "Row 2, column “neighbour_2”: “821” is the area itself, or is its"),
        ("301,2025-05,308,close", "301,2025-05,308,near", "Row 2, column “after neighbour_1”: “near” is not a word"),
        ("\n301,", "\n302,", "Row 3, column “area_number”: Barnet is already in row 2."),
        ("\n301,2025-05", "\n301,2024-04", "The month from which the set holds is given as “2024-04, 2025-05”."),
        ("\n301,2025-05,308,close,", "\n301,2025-05,308,", "Row 2: it has 21 cells and row 1 has 22."),
        ("area_number", "area", "Row 1: the column “area_number” is missing."),
    ],
)
def test_a_wrong_neighbour_is_named_by_row_and_column(written, old: str, new: str, message: str) -> None:
    text = "\n".join(NEAR)
    assert old in text
    said = messages(written(text.replace(old, new, 1), Asked(dataset="neighbours_extract")))
    assert said[0].startswith(message)


def test_a_set_that_somebody_says_holds_from_another_month_is_refused(written) -> None:
    checked = written("\n".join(NEAR), Asked(period="2024-05"))
    assert [fault.rule for fault in checked.errors] == ["period.edition"]


def test_reading_stops_where_a_list_of_faults_would_help_nobody(written) -> None:
    rows = "E08000029,2024,many\n" * 20_100
    checked = written(f"area_code,time_period,population_estimate\n{rows}")
    assert checked.faults[-1].rule == "file.too_many_faults"
    assert 20_000 < len(checked.faults) <= 20_010


def test_an_area_that_is_not_in_england_is_named(written) -> None:
    text = "area_code,time_period,population_estimate\nE06000999,2024,100\n"
    assert messages(written(text)) == [
        "Row 2, column “area_code”: “E06000999” is not the code of an area that we know. "
        "Check it against the publisher's list."
    ]


def test_a_publication_asked_for_as_another_is_refused(written) -> None:
    checked = written("\n".join(NEAR), Asked(dataset="dfe_referrals"))
    assert [fault.severity for fault in checked.faults] == ["error"] * len(checked.faults)
    assert checked.faults


def test_check_knows_every_dataset_by_key(capsys, tmp_path: Path) -> None:
    assert {"dfe_referrals", "ons_population", "lait", "lait_dictionary", "neighbours_2025"} <= set(dataset_titles())
    path = tmp_path / "near.csv"
    path.write_text("\n".join(NEAR).replace("308", "999", 1), encoding="utf-8")
    assert main(["check", str(path), "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert (printed["dataset"], printed["year"], printed["rows"]) == (
        "neighbours_extract",
        "2025-05",
        {"neighbours": 153},
    )
