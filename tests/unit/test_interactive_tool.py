"""Checking the interactive tool's store and dictionary: what is wrong, and in how many rows."""

import gzip
import re
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from sightline.datasets.cells import Figure
from sightline.datasets.faults import Checked, UnreadableFile
from sightline.datasets.intake import check_file
from sightline.datasets.lait.store import figure_of
from sightline.datasets.lait.years import label_beside, last_year
from sightline.vocabulary.dataset import State
from tests.checking import check_text, messages

STORE_COLUMNS = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
DICTIONARY = (
    "Measure,Topic,Measure_short,Polarity,y_axis_name,dps,Year_Type,"
    "Data Owner (DO) /Supplier and Contact Details,Description,Methodology\n"
    "Re-referrals,Child Protection,ReReferral,Low,% of referrals,NA,Financial Year,The department,Says,How\n"
)


@pytest.fixture
def written(tmp_path: Path):
    """Writes text to a file and checks it."""
    return partial(check_text, tmp_path)


@pytest.fixture
def store(tmp_path: Path):
    """Writes rows to a store of the interactive tool and checks it."""
    import duckdb

    def check_rows(*rows: tuple, columns: tuple[str, ...] = STORE_COLUMNS) -> Checked:
        path = tmp_path / "store.parquet"
        connection = duckdb.connect(":memory:")
        connection.execute(f"CREATE TABLE t ({', '.join(_typed(name) for name in columns)})")
        for row in rows:
            connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(row))})", row)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return check_file(path)

    return check_rows


def _typed(name: str) -> str:
    return f'"{name}" {"DOUBLE" if name == "LA Number" else "VARCHAR"}'


def figure(
    years: str = "2025", values: str = "1.5", number: float | None = 334.0, measure: str = "Section_47"
) -> tuple:
    return (measure, "Section 47 enquiries", years, "Solihull", values, number, "West Midlands")


def test_a_store_of_the_tool_is_recognised_and_its_years_are_those_that_periods_end_in(store) -> None:
    checked = store(figure("2023/24"), figure("2024-25 (OT)"), figure("2014-16"))
    assert (checked.dataset, checked.period, checked.rows) == ("lait", "2016-2025", {"figures": 3})
    assert checked.faults == []


@pytest.mark.parametrize(
    ("row", "rule", "message"),
    [
        (figure(values="many", number=331.0), "type.number", "Column “Values”: “many” is not a number, in 1 row"),
        (figure(years="lately"), "type.year", "Column “Years”: “lately” is not a period, in 1 row."),
        (figure(number=999.0), "code.unknown", "Column “LA Number”: “999” (Solihull) is not the number of an area"),
        (figure(number=None), "code.unknown", "Column “LA Number”: “nothing” (Solihull) is not the number of an area"),
        (figure(measure="m" * 61), "type.text", "Column “Short Desc”: “mmm"),
        (figure(), "unique.area_year", "Column “LA Number”: Solihull has “Section_47” for 2025 more than once."),
        (figure("2025 (prov)", number=331.0), "unique.area_year", "Column “Years”: “Section_47” has both “2025” and"),
    ],
)
def test_a_fault_of_the_store_is_named_with_how_many_rows_have_it(store, row: tuple, rule: str, message: str) -> None:
    checked = store(figure(), row)
    assert [fault.rule for fault in checked.errors] == [rule]
    assert checked.errors[0].message.startswith(message)


def test_a_period_that_is_none_is_queried_when_it_has_no_figure(store) -> None:
    checked = store(figure(), figure("0", "-"))
    assert [(fault.rule, fault.severity) for fault in checked.faults] == [("period.none", "query")]


def test_a_store_without_a_column_or_without_rows_is_refused(store) -> None:
    assert messages(store(columns=STORE_COLUMNS[1:]))[0].startswith("The column “Short Desc” is missing.")
    assert [fault.rule for fault in store().faults] == ["structure.no_rows"]


def test_a_store_cut_short_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "store.parquet"
    path.write_bytes(b"PAR1" + b"\x00" * 200)
    with pytest.raises(UnreadableFile, match="cut short"):
        check_file(path)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("81.100000000000009", Figure(Decimal("81.100000"), State.GIVEN)),
        ("-21.74", Figure(Decimal("-21.740000"), State.GIVEN)),
        ("0", Figure(Decimal("0.000000"), State.NIL)),
        ("-", Figure(None, State.NOT_AVAILABLE)),
        ("c", Figure(None, State.HIDDEN)),
        ("k", Figure(None, State.LOW)),
        ("z", Figure(None, State.NOT_APPLICABLE)),
        ("u", Figure(None, State.UNRELIABLE)),
        (":", Figure(None, State.NOT_AVAILABLE)),
        ("1e-05", Figure(Decimal("0.000010"), State.GIVEN)),
    ],
)
def test_a_cell_of_the_store_is_a_number_or_the_reason_why_there_is_none(text: str, figure: Figure) -> None:
    assert figure_of(text) == figure


@pytest.mark.parametrize("text", ["many", "", " 1", "1,000", "nan", "inf", "1e99", "1" * 40, "٣", "1.5%"])
def test_a_cell_that_is_no_number_and_no_mark_is_refused(text: str) -> None:
    if text:
        with pytest.raises(ValueError, match=re.escape(text)):
            figure_of(text)
    else:
        assert figure_of(text).state is State.BLANK


def test_a_store_that_keeps_its_columns_as_other_types_is_read_all_the_same(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "store.parquet"
    connection = duckdb.connect(":memory:")
    connection.execute(
        'CREATE TABLE t AS SELECT \'RTA\' AS "Short Desc", \'x\' AS "Data item", 2025 AS "Years", '
        '\'Solihull\' AS "LA and Regions", 1.5 AS "Values", \'334\' AS "LA Number", \'x\' AS "Region"'
    )
    connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    assert check_file(path).faults == []
    connection.execute("UPDATE t SET \"LA Number\" = 'Solihull'")
    connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    assert [fault.rule for fault in check_file(path).faults] == ["code.unknown"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [(f'{DICTIONARY}"never closed{"x" * 140_000}', "file.broken_row"), (f"{DICTIONARY}a\0b\n", "file.not_text")],
)
def test_a_dictionary_that_is_no_csv_is_unreadable(written, text: str, rule: str) -> None:
    with pytest.raises(UnreadableFile) as unreadable:
        written(text)
    assert unreadable.value.rule == rule


def test_a_packed_file_with_broken_insides_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(DICTIONARY.encode() * 2000 + bytes(range(1, 255)) * 200))
    packed[len(packed) // 2] ^= 0xFF
    path = tmp_path / "dictionary.csv.gz"
    path.write_bytes(bytes(packed))
    with pytest.raises(UnreadableFile):
        check_file(path)


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2025", 2025),
        ("2025 (prov)", 2025),
        ("2023/24", 2024),
        ("2023-24", 2024),
        ("2013/14-15/16", 2016),
        ("2014-16", 2016),
        ("2021 (Final)", 2021),
        ("0", None),
        ("lately", None),
        ("", None),
    ],
)
def test_a_period_is_placed_in_the_year_that_it_ends_in(label: str, year: int | None) -> None:
    assert last_year(label) == year


def test_only_a_period_that_is_no_plain_year_keeps_its_words() -> None:
    assert (label_beside("2025", 2025), label_beside("2014-16", 2016)) == ("", "2014-16")


def test_the_dictionary_is_read_packed_or_not(tmp_path: Path, written) -> None:
    assert (written(DICTIONARY).dataset, written(DICTIONARY).rows) == ("lait_dictionary", {"measures": 1})
    path = tmp_path / "dictionary.csv.gz"
    path.write_bytes(gzip.compress(DICTIONARY.encode()))
    assert check_file(path).errors == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",Low,", ",Lowish,", "Row 2, column “Polarity”: “Lowish” is not a polarity."),
        (",ReReferral,", ",,", "Row 2, column “Measure_short”: this cell is empty."),
        (",NA,Fin", ",some,Fin", "Row 2, column “dps”: “some” is not a number of decimal places"),
        ("Polarity", "Direction", "Row 1: the column “Polarity” is missing."),
    ],
)
def test_a_fault_of_the_dictionary_is_named_by_row_and_column(written, old: str, new: str, message: str) -> None:
    assert messages(written(DICTIONARY.replace(old, new, 1)))[0].startswith(message)


def test_a_dictionary_that_says_two_things_of_one_measure_is_refused(written) -> None:
    again = DICTIONARY.splitlines()[1].replace(",Low,", ",High,")
    assert [fault.rule for fault in written(f"{DICTIONARY}{again}\n").faults] == ["unique.measure"]


def test_what_unpacks_to_more_than_any_dictionary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(DICTIONARY.encode() + b"\n" * 50_000_001))
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        check_file(path)


def test_another_packed_file_and_a_packed_file_cut_short_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv.gz"
    path.write_bytes(gzip.compress(b"name\nArdenvale\n"))
    with pytest.raises(UnreadableFile, match="a compressed file"):
        check_file(path)
    path.write_bytes(gzip.compress(DICTIONARY.encode() * 3000)[:-20])
    with pytest.raises(UnreadableFile, match="cannot be unpacked"):
        check_file(path)
