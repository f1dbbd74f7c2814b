"""`sightline check` on a children in need census: what is right passes, and each fault is named by child and place."""

import subprocess
import sys
from pathlib import Path

import pytest
from census import CHILD, HEADER, checked, written

from sightline.datasets.cin_census import rules
from sightline.datasets.cin_census.checking import check, refusals
from sightline.datasets.cin_census.rules import Finding, Rule
from sightline.datasets.faults import UnreadableFile
from sightline.vocabulary.xml_file import EVERY_YEAR

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "cin_census"
FACTORS_LIST = "Factors identified at the end of assessment"


def faults_of(path: Path, year: str = "") -> list[tuple[str, str, tuple[str, ...], str | None, int | None, str | None]]:
    found = check(path, year=year).faults
    assert all(fault.severity == "error" and fault.message for fault in found)
    return [(fault.rule, fault.table, fault.fields, fault.record, fault.row, fault.value) for fault in found]


def test_a_clean_census_is_recognised_by_its_content_and_passes(tmp_path: Path) -> None:
    status, said = checked(written(tmp_path, name="return.txt"))
    assert status == 0
    assert list(said) == ["file", "sha256", "dataset", "year", "rows", "faults"]
    assert said["dataset"] == "cin_census"
    assert said["year"] == "2025-26"
    assert len(said["sha256"]) == 64
    assert said["faults"] == []
    assert said["rows"] == {
        "Header": 1,
        "ChildIdentifiers": 1,
        "ChildCharacteristics": 1,
        "Disabilities": 2,
        "CINdetails": 1,
        "Assessments": 1,
        "AssessmentFactors": 2,
        "CINPlanDates": 1,
        "Section47": 1,
        "ChildProtectionPlans": 1,
        "Reviews": 1,
    }


def test_a_fault_is_printed_with_its_child_its_row_and_what_to_do(tmp_path: Path) -> None:
    status, said = checked(written(tmp_path, ("<CINreferralDate>2025-05-06", "<CINreferralDate>06/05/2025")))
    assert status == 1
    assert said["faults"] == [
        {
            "rule": "type.date",
            "severity": "error",
            "table": "CINdetails",
            "fields": ["CINreferralDate"],
            "record": "AV1",
            "row": 0,
            "value": "06/05/2025",
            "message": "Child AV1, CINdetails, CINreferralDate: “06/05/2025” is not written as a date in the census. "
            "Write the year first: 2025-05-06.",
        }
    ]


@pytest.mark.parametrize("text", ["true", "false", "TRUE", "FALSE", "1", "0"])
def test_true_and_false_are_taken_as_systems_write_them(tmp_path: Path, text: str) -> None:
    assert faults_of(written(tmp_path, ("<ReferralNFA>0", f"<ReferralNFA>{text}"))) == []


@pytest.mark.parametrize("number", ["A999000000001", "A99900000000B"])
def test_both_shapes_of_pupil_number_are_taken(tmp_path: Path, number: str) -> None:
    assert faults_of(written(tmp_path, ("A999000000001", number))) == []


def test_a_first_plan_has_no_earlier_ones(tmp_path: Path) -> None:
    assert faults_of(written(tmp_path, ("<NumberOfPreviousCPP>0", "<NumberOfPreviousCPP>1"))) == []
    assert faults_of(written(tmp_path)) == []


def test_no_further_action_may_stand_before_the_assessments_or_after_the_enquiries(tmp_path: Path) -> None:
    early = written(
        tmp_path,
        ("        <ReferralNFA>0</ReferralNFA>\n", ""),
        ("        <Assessments>", "        <ReferralNFA>0</ReferralNFA>\n        <Assessments>"),
    )
    assert faults_of(early) == []


def test_an_element_with_nothing_in_it_counts_as_left_out(tmp_path: Path) -> None:
    assert faults_of(written(tmp_path, ("<UPN>A999000000001</UPN>", "<UPN></UPN>"))) == []
    assert faults_of(written(tmp_path, ("<LAchildID>AV1</LAchildID>", "<LAchildID/>")))[0][0] == "structure.missing"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("2015-03-27", "2015-02-30", ("type.date", "ChildIdentifiers", ("PersonBirthDate",), "AV1", 0, "2015-02-30")),
        ("2015-03-27", "20150327", ("type.date", "ChildIdentifiers", ("PersonBirthDate",), "AV1", 0, "20150327")),
        ("<ReferralNFA>0", "<ReferralNFA>no", ("type.boolean", "CINdetails", ("ReferralNFA",), "AV1", 0, "no")),
        ("A999000000001", "A9990", ("type.upn", "ChildIdentifiers", ("UPN",), "AV1", 0, "A9990")),
        (
            "<NumberOfPreviousCPP>0",
            "<NumberOfPreviousCPP>-1",
            ("type.number", "ChildProtectionPlans", ("NumberOfPreviousCPP",), "AV1", 0, "-1"),
        ),
        ("<Sex>F", "<Sex>2", ("code.unknown", "ChildIdentifiers", ("Sex",), "AV1", 0, "2")),
        (">LD<", ">NONSUCH<", ("code.unknown", "Disabilities", ("Disability",), "AV1", 1, "NONSUCH")),
        (">18A<", ">18D<", ("code.unknown", "AssessmentFactors", ("AssessmentFactors",), "AV1", 1, "18D")),
        (
            "<Sex>F</Sex>",
            "<Hair>red</Hair>",
            ("structure.unknown_element", "ChildIdentifiers", ("Hair",), "AV1", 0, None),
        ),
        (
            "<UPN>",
            "<UPN>A999000000001</UPN><UPN>",
            ("structure.repeated", "ChildIdentifiers", ("UPN",), "AV1", 0, None),
        ),
        (
            "<Sex>F</Sex>",
            "<Sex>F</Sex><FormerUPN>A999000000002</FormerUPN>",
            ("structure.order", "ChildIdentifiers", ("FormerUPN",), "AV1", 0, None),
        ),
        (
            "<LAchildID>AV1</LAchildID>",
            "",
            ("structure.missing", "ChildIdentifiers", ("LAchildID",), None, 0, None),
        ),
        ("<Sex>F</Sex>", "<Sex>F<b>x</b></Sex>", ("structure.nested", "ChildIdentifiers", ("Sex",), "AV1", 0, "b")),
        ("<Sex>F</Sex>", "F<Sex>F</Sex>", ("structure.text", "ChildIdentifiers", (), "AV1", 0, "F")),
        ("<Sex>F", '<Sex lang="en">F', ("structure.attribute", "ChildIdentifiers", ("Sex",), "AV1", 0, "en")),
        (
            "<Sex>F</Sex>",
            "<GenderCurrent>2</GenderCurrent>",
            ("structure.other_year", "ChildIdentifiers", ("GenderCurrent",), "AV1", 0, None),
        ),
        ("<Year>2026", "<Year>2025", ("year.contradicts", "Header", ("Year", "ReferenceDate"), None, 0, "2025")),
        ("<Collection>CIN", "<Collection>SCH", ("dataset.another", "Header", ("Collection",), None, 0, "SCH")),
        (
            "<DateTime>2026-04-30T09:30:00",
            "<DateTime>spring",
            ("type.date", "Header", ("DateTime",), None, 0, "spring"),
        ),
        (
            "<ReferenceDate>2026-03-31</ReferenceDate>",
            "",
            ("structure.missing", "Header", ("ReferenceDate",), None, 0, None),
        ),
        (HEADER, HEADER + HEADER, ("structure.repeated", "", ("Header",), None, None, None)),
        (CHILD, "", ("structure.missing", "", ("Child",), None, None, None)),
        (CHILD, "<Child/>", ("structure.missing", "ChildIdentifiers", ("ChildIdentifiers",), None, 0, None)),
        (HEADER, "", ("structure.missing", "", ("Header",), None, None, None)),
        (f"<Children>\n    {CHILD}\n  </Children>", "", ("structure.missing", "", ("Children",), None, None, None)),
    ],
)
def test_each_fault_is_found_where_it_is_and_nothing_else_is(
    tmp_path: Path, old: str, new: str, found: tuple[object, ...]
) -> None:
    assert faults_of(written(tmp_path, (old, new))) == [found]


def test_a_code_fault_names_its_list(tmp_path: Path) -> None:
    long, short = (
        check(written(tmp_path, change)).faults[0].message for change in ((">18A<", ">3Z<"), ("<Sex>F", "<Sex>X"))
    )
    assert FACTORS_LIST in long
    assert "“Sex”. It has M, F and U." in short


def test_a_value_too_long_to_be_anything_is_cut_in_the_report(tmp_path: Path) -> None:
    (fault,) = check(written(tmp_path, ("AV1", "A" * 5000))).faults
    assert fault.rule == "type.text"
    assert fault.value is not None
    assert len(fault.value) <= 101


def test_the_year_comes_from_the_reference_date_and_other_years_are_refused_by_name(tmp_path: Path) -> None:
    old = written(tmp_path, ("2026-03-31", "2022-03-31"), ("<Year>2026", "<Year>2022"))
    status, said = checked(old)
    assert status == 1
    assert said["year"] == "2021-22"
    (fault,) = said["faults"]
    assert fault["rule"] == "year.not_read"
    assert "2021-22" in fault["message"]
    assert "2023-24, 2024-25, 2025-26 and 2026-27" in fault["message"]


def test_a_year_given_overrides_what_the_file_says(tmp_path: Path) -> None:
    old = written(tmp_path, ("2026-03-31", "2022-03-31"), ("<Year>2026", "<Year>2022"))
    status, said = checked(old, "--year", "2024-25")
    assert (status, said["year"], said["faults"]) == (0, "2024-25", [])


def test_a_year_given_lets_a_file_without_its_header_be_read(tmp_path: Path) -> None:
    headless = written(tmp_path, (HEADER, ""))
    assert faults_of(headless, "2025-26") == [("structure.missing", "", ("Header",), None, None, None)]
    assert check(headless, year="2025-26").rows["CINdetails"] == 1


def test_a_year_given_that_we_cannot_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="2023-24, 2024-25, 2025-26, 2026-27"):
        check(written(tmp_path), year="2019-20")


@pytest.mark.parametrize(
    ("year", "sex", "clean"),
    [
        ("2023-24", "<GenderCurrent>2</GenderCurrent>", True),
        ("2023-24", "<Sex>F</Sex>", False),
        ("2024-25", "<GenderCurrent>2</GenderCurrent>", False),
        ("2024-25", "<Sex>F</Sex>", True),
        ("2026-27", "<Sex>F</Sex>", True),
    ],
)
def test_sex_took_the_place_of_gender_in_2024(tmp_path: Path, year: str, sex: str, clean: bool) -> None:
    assert (faults_of(written(tmp_path, ("<Sex>F</Sex>", sex)), year) == []) is clean


@pytest.mark.parametrize(("year", "clean"), [("2025-26", False), ("2026-27", True)])
def test_work_before_proceedings_came_in_2026(tmp_path: Path, year: str, clean: bool) -> None:
    added = (
        "</CINdetails>",
        "<PreProceedingsandFGDM><PPStartDate>2026-06-01</PPStartDate><ReviewMeetingsCount>0</ReviewMeetingsCount>"
        "<PPOutcome>A</PPOutcome></PreProceedingsandFGDM></CINdetails>",
    )
    assert (faults_of(written(tmp_path, added), year) == []) is clean


def test_faults_are_listed_up_to_a_point_and_then_the_reading_stops(tmp_path: Path) -> None:
    many = "".join(f"<Odd{number}/>" for number in range(25_000))
    found = check(written(tmp_path, ("<Sex>F</Sex>", many))).faults
    assert len(found) == 20_001
    assert found[0].record == "AV1"
    assert found[-1].rule == "file.too_many_faults"


@pytest.fixture
def invented_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that every child breaks, and one of the whole file."""

    class Judge:
        children = 0

        def child(self, rows):  # type: ignore[no-untyped-def]
            self.children += 1
            yield Finding(rows["CINdetails"][0], ("CINreferralDate",), "2025-05-06", "the day was a Tuesday.")

        def end(self):  # type: ignore[no-untyped-def]
            yield Finding(None, (), None, f"it has {self.children} children.")

    monkeypatch.setattr(rules, "RULES", {})
    monkeypatch.setattr("sightline.datasets.cin_census.checking.RULES", rules.RULES)
    rules.register(Rule("9999", "error", EVERY_YEAR, "invented", lambda year: Judge()))


@pytest.mark.usefixtures("invented_rule")
def test_a_business_rule_is_asked_of_each_child_and_never_refuses_the_file(tmp_path: Path) -> None:
    found = check(written(tmp_path))
    assert [(fault.rule, fault.record, fault.table, fault.row) for fault in found.faults] == [
        ("9999", "AV1", "CINdetails", 0),
        ("9999", None, "", None),
    ]
    assert found.errors
    assert refusals(found) == []


def test_checking_a_census_leaves_django_and_the_database_alone(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from sightline.cli.main import main\n"
        "main(['check', sys.argv[1]])\n"
        "print(*sorted({'django', 'psycopg', 'pydantic', 'pandas', 'lxml'} & set(sys.modules)), file=sys.stderr)\n"
    )
    typed = [sys.executable, "-c", script, str(written(tmp_path))]
    done = subprocess.run(typed, capture_output=True, text=True, check=True)
    assert done.stderr == "census.xml: 0 errors.\n\n"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published synthetic samples are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("fake_CIN_data.xml", "2023-24", []),
        ("liia_cin-2022.xml", "2023-24", []),
        ("fake_CIN_data.xml", "", ["year.not_read"]),
        (
            "CIN_Census_2024.xml",
            "",
            ["year.contradicts", "structure.text", "structure.other_year", "code.unknown", "structure.other_year"],
        ),
        ("CIN_Census_2026.xml", "2026-27", ["structure.text", "code.unknown", "code.unknown"]),
    ],
)
def test_the_published_synthetic_samples_are_read(name: str, year: str, expected: list[str]) -> None:
    assert [fault.rule for fault in check(SAMPLES / name, year=year).faults] == expected
