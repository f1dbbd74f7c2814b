"""Files of figures of every kind, loaded by the command: all of one, or nothing."""

import hashlib
from pathlib import Path

import pytest

from sightline.cli.load import _load
from sightline.cli.main import _parser
from sightline.datasets.extract import EXTRACTS, shipped_extract
from sightline.datasets.figures import area_years
from sightline.datasets.models import MeasureNote, Neighbour, NeighbourSet, PublishedFigure, PublishedFile, Revision
from sightline.platform.audit.models import AuditRow
from sightline.vocabulary.dataset import State

pytestmark = pytest.mark.django_db
NEAR = EXTRACTS / "neighbours_2025_05.csv"
DICTIONARY = (
    "Measure,Topic,Measure_short,Polarity,y_axis_name,dps,Year_Type,"
    "Data Owner (DO) /Supplier and Contact Details,Description,Methodology\n"
    "Re-referrals,Child Protection,ReReferral,Low,% of referrals,1,Financial Year,The department,Says,How\n"
)


def load(path: Path, *more: str) -> int:
    typed = ["load", str(path), "--from", "Ardenvale Council", *more]
    return _load(_parser(typed)[0].parse_args(typed))


def nothing_saved() -> bool:
    return not any(model.objects.exists() for model in (PublishedFile, Revision, PublishedFigure, NeighbourSet))


@pytest.fixture
def store(tmp_path: Path):
    """Writes a store of the interactive tool with one row of these values."""
    import duckdb

    def write(*values: str | None, years: str | None = "2014-16") -> Path:
        connection = duckdb.connect(":memory:")
        connection.execute(
            'CREATE TABLE t ("Short Desc" VARCHAR, "Data item" VARCHAR, "Years" VARCHAR, "LA and Regions" VARCHAR, '
            '"Values" VARCHAR, "LA Number" DOUBLE, "Region" VARCHAR)'
        )
        for number, value in enumerate(values, start=330):
            row = ("RTA", "Children hurt on roads", years, "A place", value, float(number), "West Midlands")
            connection.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        path = tmp_path / "store.parquet"
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return path

    return write


@pytest.mark.parametrize("shipped", shipped_extract().files, ids=lambda each: each.path.stem)
def test_every_file_that_ships_can_be_loaded_by_the_command(shipped, capsys) -> None:
    assert load(shipped.path) == 0
    held = Revision.objects.get()
    assert "is now revision 1 of" in capsys.readouterr().err
    assert held.sha256 == hashlib.sha256(shipped.path.read_bytes()).hexdigest()
    assert (held.sender, held.loaded_by) == ("Ardenvale Council", "the command line")
    assert AuditRow.objects.get(action="load a file").detail["dataset"] == shipped.dataset


def test_a_set_with_one_wrong_neighbour_is_refused_whole(tmp_path: Path, capsys) -> None:
    path = tmp_path / "near.csv"
    path.write_text(NEAR.read_text(encoding="utf-8").replace("301,2025-05,308", "301,2025-05,999"), encoding="utf-8")
    assert load(path) == 1
    assert "Nothing has been saved" in capsys.readouterr().err
    assert nothing_saved()


def test_a_set_sent_again_replaces_its_edition_and_dates_stay_right(tmp_path: Path) -> None:
    load(EXTRACTS / "neighbours_2021_04.csv")
    load(NEAR)
    path = tmp_path / "near.csv"
    path.write_text(NEAR.read_text(encoding="utf-8").replace("very close", "close", 1), encoding="utf-8")
    load(path)
    sets = NeighbourSet.objects.filter(revision__superseded=False).order_by("valid_from")
    assert [(each.edition, each.valid_to and each.valid_to.isoformat()) for each in sets] == [
        ("2021-04", "2025-04-30"),
        ("2025-05", None),
    ]
    assert sets[1].revision.number == 2
    assert Neighbour.objects.filter(set=sets[1]).count() == 1530


def test_a_store_is_loaded_with_its_publishers_words_for_a_period(store) -> None:
    path = store("12.129999999999999", "-", "0")
    assert load(path) == 0
    birmingham, coventry, dudley = area_years("lait", ["E08000025", "E08000026", "E08000027"], ["RTA"])
    assert (birmingham.year, birmingham.labels, str(birmingham.figures["RTA"].value)) == (
        2016,
        {"RTA": "2014-16"},
        "12.130000",
    )
    assert [row.figures["RTA"].state for row in (coventry, dudley)] == [State.NOT_AVAILABLE, State.NIL]


def test_an_empty_cell_of_a_store_is_blank_and_a_row_without_a_year_is_left_out(store) -> None:
    assert load(store("12.5", None)) == 0
    assert PublishedFigure.objects.get(area_code="E08000026").state == State.BLANK
    assert load(store(None, years=None), "--as", "lait") == 0
    assert [query["rule"] for query in Revision.objects.order_by("loaded_at").last().queries] == ["period.none"]


def test_a_store_with_a_word_among_its_numbers_is_refused_whole(store) -> None:
    assert load(store("12.5", "many")) == 1
    assert nothing_saved()


def test_a_period_that_the_store_contradicts_is_refused(store) -> None:
    path = store("12.5", years="2025")
    assert load(path, "--period", "2024") == 1
    assert nothing_saved()
    assert load(path, "--period", "2025") == 0


def test_a_store_that_is_none_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "store.parquet"
    path.write_bytes(b"PAR1 and no more")
    assert load(path) == 2
    assert nothing_saved()


def test_a_dictionary_is_kept_by_revision(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.csv"
    path.write_text(DICTIONARY, encoding="utf-8")
    assert load(path) == 0
    path.write_text(DICTIONARY.replace(",Low,", ",-,"), encoding="utf-8")
    assert load(path) == 0
    current = MeasureNote.objects.get(revision__superseded=False)
    assert (current.polarity, current.decimals, current.revision.number) == ("-", 1, 2)
    assert MeasureNote.objects.count() == 2
