"""Checking a file of published figures: every fault by row, in the words of whoever sent it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.cli.main import main
from sightline.datasets.cells import Figure
from sightline.datasets.checking import ReadRow, check
from sightline.datasets.extract import REFERRALS
from sightline.datasets.faults import Checked, UnreadableFile
from sightline.datasets.published import referrals
from sightline.outgoing.spreadsheet import safe_cell
from sightline.vocabulary.dataset import Column, Dataset, Kind, State, Table

GOOD = Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv"
LINES = GOOD.read_text(encoding="utf-8").splitlines()

OTHER_HEADERS = {
    "end of assessment": "category,Episodes_with_assessment_factor,Alcohol_Misuse_child,Neglect,Gangs",
    "looked after": "population_type,population_estimate,children_count,rate_per_10000",
}
AREA_COLUMNS = ",".join(LINES[0].split(",")[:10])


@pytest.fixture
def spoilt(tmp_path: Path):
    """Writes a copy of the good file with some text changed, and checks it."""

    def spoil(*changes: tuple[str, str], lines: list[str] = LINES) -> Checked:
        text = "\n".join(lines) + "\n"
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "spoilt.csv"
        path.write_text(text, encoding="utf-8")
        return check(path)

    return spoil


def messages(checked: Checked) -> list[str]:
    return [fault.message for fault in checked.faults]


def test_a_good_file_has_no_faults() -> None:
    checked = check(GOOD)
    assert (checked.dataset, checked.rows, checked.year, checked.faults) == (
        "dfe_referrals",
        {"referrals": 5},
        "2025",
        [],
    )


def test_the_shipped_extract_is_recognised_and_has_no_faults() -> None:
    checked = check(REFERRALS)
    assert (checked.dataset, checked.rows, checked.period) == ("referrals_extract", {"referrals": 221}, "2013-2025")
    assert checked.faults == []


def test_missing_is_kept_as_its_own_state_and_never_as_zero() -> None:
    rows: list[ReadRow] = []
    check(GOOD, keep=rows.append)
    figures = rows[-1].figures
    assert figures["rereferral_count"] == Figure(None, State.NOT_AVAILABLE)
    assert figures["no_further_action_count"] == Figure(None, State.NOT_APPLICABLE)
    assert figures["not_in_need_count"] == Figure(None, State.NOT_AVAILABLE)
    assert figures["rereferral_child_count"] == Figure(None, State.UNRELIABLE)
    assert figures["rereferral_child_percent"] == Figure(None, State.LOW)
    assert rows[2].figures["no_further_action_count"] == Figure(None, State.HIDDEN)


def test_an_empty_cell_is_blank_and_a_nought_is_nil(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("\n".join([*LINES[:3], LINES[3].replace("c,c,80,40", ",,0,0")]), encoding="utf-8")
    rows: list[ReadRow] = []
    assert check(path, keep=rows.append).errors == []
    assert rows[2].figures["no_further_action_count"] == Figure(None, State.BLANK)
    assert rows[2].figures["not_in_need_count"].state is State.NIL


def test_a_missing_column_is_named(spoilt) -> None:
    header, *rows = (line.split(",") for line in LINES)
    without = [",".join(cells[:13] + cells[14:]) for cells in (header, *rows)]
    assert messages(spoilt(lines=without)) == ["Row 1: the column “rereferral_percent” is missing."]


def test_a_renamed_column_is_named_with_the_name_it_should_have(spoilt) -> None:
    assert messages(spoilt(("referral_count,", "referrals_count,"))) == [
        "Row 1: the column “referral_count” is missing.",
        "Row 1: we do not know the column “referrals_count”. Should it be “referral_count”?",
    ]


def test_an_extra_column_is_refused(spoilt) -> None:
    extra = [LINES[0] + ",notes", *(line + ",ours" for line in LINES[1:])]
    assert messages(spoilt(lines=extra)) == [
        "Row 1: we do not know the column “notes”. Remove it, or check which file you chose."
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("200,50,25", "two hundred,50,25"), "Row 4, column “referral_count”: “two hundred” is not a whole number"),
        (("200,50,25", "200,5.5,25"), "Row 4, column “rereferral_count”: “5.5” is not a whole number"),
        (("200,50,25", "-200,50,25"), "Row 4, column “referral_count”: “-200” is not a whole number, 0 or more"),
        (("200,50,25", '"2,000",50,25'), "Row 4, column “referral_count”: “2,000” has a comma or a space in it"),
        (("200,50,25", "200,50,25%"), "Row 4, column “rereferral_percent”: “25%” has a percent sign"),
        (("200,50,25", "200,50,250"), "Row 4, column “rereferral_percent”: “250” is not between 0 and 100"),
        (("200,50,25", "200,50,NaN"), "Row 4, column “rereferral_percent”: “NaN” is not a number from 0 to 100"),
        (("200,50,25", "200,50,C"), "Row 4, column “rereferral_percent”: “C” is not a number from 0 to 100"),
        (("200,50,25", "٢٠٠,50,25"), "Row 4, column “referral_count”: “٢٠٠” is not a whole number"),
        (("E08000999", "E0800099"), "Row 4, column “new_la_code”: “E0800099” is not a code of the right shape"),
        (("E08000999", "W06000999"), "Row 4, column “new_la_code”: “W06000999” is not a code of the right shape"),
        (
            ("E08000999", ""),
            "Row 4, column “new_la_code”: this cell is empty, and a row for “Local authority” needs it",
        ),
        (("2024,Rep", "2023-24,Rep"), "Row 5, column “time_period”: “2023-24” is not a year"),
        (("2025,Reporting year,Local", "2025,Calendar year,Local"), "Row 4, column “time_identifier”: “Calendar year”"),
        (
            ("2025,Reporting year,Local authority", "2025,Reporting year,Ward"),
            "Row 4, column “geographic_level”: “Ward”",
        ),
        (("2024,Rep", "2025,Rep"), "Row 5, column “time_period”: Ardenvale 2025 is already in row 4. Keep one"),
        ((",Ardenvale,", f",{'A' * 101},"), "Row 4, column “la_name”: this text is longer than 100 characters"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(spoilt, change: tuple[str, str], message: str) -> None:
    said = messages(spoilt(change))
    assert len(said) == 1
    assert said[0].startswith(message)


def test_every_fault_is_listed_not_only_the_first(spoilt) -> None:
    checked = spoilt(("200,50,25", "many,50,250"), ("240,60,25", "some,60,25"), ("2023,Rep", "last year,Rep"))
    assert [(fault.row, fault.fields) for fault in checked.faults] == [
        (2, ("referral_count",)),
        (2, ("rereferral_percent",)),
        (3, ("referral_count",)),
        (4, ("time_period",)),
    ]


def test_a_percentage_that_its_counts_cannot_give_is_queried_and_stops_nothing(spoilt) -> None:
    checked = spoilt(("200,50,25", "200,50,26"))
    assert [(fault.severity, fault.rule) for fault in checked.faults] == [("query", "percent.disagrees")]
    assert checked.errors == []


def test_a_last_row_cut_short_is_named(spoilt) -> None:
    checked = spoilt(lines=[*LINES[:-1], LINES[-1][:70]])
    assert [fault.rule for fault in checked.faults] == ["structure.row_length"]
    assert checked.faults[0].message.startswith("Row 6: it has")
    assert "cut short" in checked.faults[0].message


def test_blank_lines_are_passed_over_and_rows_keep_their_spreadsheet_number(spoilt) -> None:
    checked = spoilt(("240,60,25", "some,60,25"), lines=[*LINES[:3], "", *LINES[3:], "", ",,,"])
    assert messages(checked)[0].startswith("Row 6, column “referral_count”")


@pytest.mark.parametrize("title", OTHER_HEADERS)
def test_another_publication_is_named(tmp_path: Path, title: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"{AREA_COLUMNS},{OTHER_HEADERS[title]}\n2025,Reporting year\n", encoding="utf-8")
    for asked in (None, referrals):
        checked = check(path, dataset=asked)
        assert [fault.rule for fault in checked.faults] == ["dataset.another"]
        assert title in checked.faults[0].message


def test_an_unknown_table_is_not_recognised(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,colour\nArdenvale,green\n", encoding="utf-8")
    assert [fault.rule for fault in check(path).faults] == ["dataset.unknown"]


def test_a_byte_order_mark_is_read_past(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.read_bytes())
    assert check(path).faults == []


def test_semicolons_between_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(GOOD.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert [fault.rule for fault in check(path).faults] == ["structure.separator"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf  \n", "The file is empty"),
        (b"PK\x03\x04 a workbook", "a workbook, a Word document"),
        (b"\xd0\xcf\x11\xe0 old", "an old Excel or Word document"),
        ("time_period,new_la_code".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7", "a PDF"),
        (b"<html><body>Sign in</body></html>", "a web page or XML"),
        (b"time_period,\x00", "NUL"),
        (b"time_period\n" * 9000 + b"\x00", "NUL"),
        (GOOD.read_bytes() + "Ceredigion Môn".encode("latin-1"), "not in UTF-8"),
        (GOOD.read_bytes() + b'2022,"never closed\n', "quotation mark"),
    ],
)
def test_what_is_not_a_csv_is_refused_by_name(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        check(path)


def test_column_names_without_rows_are_refused(spoilt) -> None:
    assert [fault.rule for fault in spoilt(lines=LINES[:1]).faults] == ["structure.no_rows"]


def test_check_prints_the_documented_json_and_nothing_else(capsys, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("\n".join(LINES).replace("200,50,25", "200,50,250"), encoding="utf-8")
    assert main(["check", str(path), "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["file", "sha256", "dataset", "year", "rows", "faults"]
    assert printed["faults"] == [
        {
            "rule": "range.figure",
            "severity": "error",
            "table": "referrals",
            "fields": ["rereferral_percent"],
            "record": "E08000999 2025",
            "row": 2,
            "value": "250",
            "message": "Row 4, column “rereferral_percent”: “250” is not between 0 and 100. "
            "Check the decimal point and the column.",
        }
    ]


@pytest.mark.parametrize("form", ["table", "csv"])
def test_check_prints_each_fault_for_people_and_spreadsheets(capsys, tmp_path: Path, form: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text("\n".join(LINES).replace("200,50,25", "200,=1+1,25"), encoding="utf-8")
    assert main(["check", str(path), "--format", form]) == 1
    out = capsys.readouterr().out
    assert "Row 4, column “rereferral_count”" in out
    assert ",=1+1," not in out


@pytest.mark.parametrize(("content", "status"), [(GOOD.read_bytes(), 0), (b"name\nArdenvale\n", 1), (b"PK\x03\x04", 2)])
def test_the_exit_status_says_clean_errors_or_unreadable(tmp_path: Path, content: bytes, status: int) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert main(["check", str(path)]) == status


def test_a_file_that_is_not_there_is_unreadable(capsys, tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "absent.csv"), "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert "cannot be opened" in captured.err
    assert json.loads(captured.out)["faults"][0]["rule"] == "file.unreadable"


def test_check_starts_quickly_and_without_django() -> None:
    asked = (
        "import sys, time; from sightline.cli.main import main; "
        f"main(['check', {str(GOOD)!r}]); assert 'django' not in sys.modules; "
        "spent = time.process_time(); assert spent < 0.3, spent"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-3", "@name", "\tx", " =1+1", "|cmd"])
def test_a_cell_that_would_run_as_a_formula_is_made_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_an_ordinary_cell_is_left_alone() -> None:
    assert safe_cell("Ardenvale, 12.5") == "Ardenvale, 12.5"


@pytest.mark.parametrize(
    ("declare", "words"),
    [
        (lambda: Column("kind", Kind.CODE, "Kind"), "needs a list of codes"),
        (lambda: Column("kind", Kind.CODE, "Kind", shape="[A-Z]"), "shape in words"),
        (lambda: Table("t", (Column("a", Kind.TEXT, ""), Column("a", Kind.TEXT, ""))), "declared twice"),
        (lambda: Table("t", (Column("a", Kind.PERCENT, "", share_of=("b", "c")),)), "unknown column"),
        (lambda: Dataset("d", "", "", "", "", "", ()), "at least one table"),
    ],
)
def test_a_faulty_declaration_is_refused_when_it_is_made(declare, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        declare()
