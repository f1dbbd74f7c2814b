"""XmR charts by the NHS's rules: published values, vectors worked by hand, and files that are no series."""

import json
from pathlib import Path

import pytest

from sightline.cli.main import main
from sightline.indicators.series import UnreadableSeries, read_series
from sightline.indicators.spc import Chart, Improvement, Limits, limits_of, xmr

ONE_OUTLIER = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
SLOW_RISE = [20, 22, 19, 21, 23, 20, 22, 21, 19, 20, 22, 21, 24, 25, 26, 27, 28, 29, 30]

# Mean 10 and every moving range 2, so: limits 4.68 and 15.32, near limits 6.4533 and 13.5467.
EVEN = [11, 9] * 6
NEAR_HIGH = 14

# R's set.seed(123); rnorm(20), whose chart NHSRplotthedots holds as a snapshot.
NORMAL = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.70135590, -0.47279141),
]


def _after_even(*values: float, improvement: Improvement = "increase") -> Chart:
    return xmr([*EVEN, *values], fix_after=len(EVEN), improvement=improvement)


def _reasons(chart: Chart) -> list[tuple[str, ...]]:
    return [point.reasons for point in chart.points[len(EVEN) :]]


@pytest.mark.parametrize(
    ("values", "screened", "mean", "lower", "upper"),
    [
        (ONE_OUTLIER, False, 1.944, -3.063, 6.952),
        (ONE_OUTLIER, True, 1.944, -0.716, 4.604),
        (NORMAL, True, 0.14162, -3.01138, 3.29463),
        ([10, 12, 11, 13], False, 11.5, 7.0667, 15.9333),
        ([5, 5, 5, 5], False, 5, 5, 5),
        ([5, 5, 5, 5], True, 5, 5, 5),
    ],
)
def test_limits_are_the_published_ones(
    values: list[float], screened: bool, mean: float, lower: float, upper: float
) -> None:
    found = limits_of(values, screen_outliers=screened)
    assert (found.mean, found.lower, found.upper) == pytest.approx((mean, lower, upper), abs=6e-4)


def test_near_limits_are_two_thirds_of_the_way() -> None:
    found = limits_of([10, 12, 11, 13])
    assert (found.near_lower, found.near_upper) == pytest.approx((8.5444, 14.4556), abs=1e-4)


def test_outliers_are_not_screened_unless_asked() -> None:
    assert xmr(ONE_OUTLIER).points[0].upper == limits_of(ONE_OUTLIER, screen_outliers=False).upper


def test_a_single_point_has_a_mean_and_no_limits() -> None:
    only = xmr([7], improvement="increase", target=3)
    assert only.points[0][2:7] == Limits(7)
    assert (only.points[0].reasons, only.variation, only.assurance) == ((), "common_cause", "none")


def test_limits_can_be_fixed_on_the_first_points() -> None:
    chart = xmr(SLOW_RISE, fix_after=12, improvement="increase")
    first = chart.points[0]
    assert (first.mean, first.lower, first.upper, first.near_upper) == pytest.approx(
        (20.8333, 15.755, 25.912, 24.219), abs=1e-3
    )
    fired = {
        reason: [position for position, point in enumerate(chart.points, 1) if reason in point.reasons]
        for reason in ("outside", "trend", "shift")
    }
    assert fired == {"outside": [*range(15, 20)], "trend": [*range(12, 20)], "shift": [*range(11, 20)]}
    assert chart.variation == "special_cause_improvement"
    assert xmr(SLOW_RISE, fix_after=12, improvement="decrease").variation == "special_cause_concern"
    assert xmr(SLOW_RISE, fix_after=12).variation == "special_cause_neutral_high"


def test_a_point_beyond_a_limit_is_outside_and_one_on_it_is_not() -> None:
    upper = _after_even(10).points[0].upper
    assert upper is not None
    assert _reasons(_after_even(upper)) == [()]
    assert _reasons(_after_even(upper + 0.01, 3)) == [("outside",), ("outside",)]


def test_a_value_after_no_variation_at_all_is_outside() -> None:
    assert xmr([5] * 12 + [6], fix_after=12).points[-1].reasons == ("outside",)


def test_seven_points_on_one_side_are_a_shift_and_all_seven_are_marked() -> None:
    seven = [10.5, 11, 10.5, 11, 10.5, 11, 10.5]
    assert _reasons(_after_even(*seven)) == [("shift",)] * 7
    assert _reasons(_after_even(*seven[:6], 9)) == [()] * 7


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    assert _reasons(_after_even(10.5, 11, 10.5, 10, 11, 10.5, 11)) == [()] * 7


def test_the_mean_of_decimals_is_found_to_be_on_the_mean() -> None:
    assert xmr([0.1, 0.2, 0.3]).points[1].mean == 0.2


def test_six_steps_one_way_are_a_trend_of_seven_points() -> None:
    rising = [6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5]
    chart = _after_even(10, *rising, 11)
    assert _reasons(chart) == [(), *[("trend",)] * 7, ()]
    assert _reasons(_after_even(10, *rising[:6], 11.5, 11)) == [()] * 9


def test_a_point_in_two_trends_takes_the_way_of_the_later_one() -> None:
    peak = [7, 8, 9, 9.5, 10.5, 11, 12, 11, 10.5, 9.5, 9, 8, 7]
    types = [point.point_type for point in _after_even(*peak).points[len(EVEN) :]]
    assert types == ["special_cause_improvement"] * 6 + ["special_cause_concern"] * 7


def test_a_trend_counts_by_its_way_and_not_by_the_side_of_the_mean() -> None:
    below = [6.5, 6.7, 6.9, 7.1, 7.3, 7.5, 7.7]
    last = _after_even(*below).points[-1]
    assert last.reasons == ("trend", "shift")
    assert last.point_type == "special_cause_improvement"


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not() -> None:
    assert _reasons(_after_even(NEAR_HIGH, 11, NEAR_HIGH, 9)) == [("two_in_three",), (), ("two_in_three",), ()]


def test_two_of_three_need_one_side_of_the_mean() -> None:
    assert _reasons(_after_even(9, NEAR_HIGH, 9, NEAR_HIGH, 9)) == [()] * 5


def test_a_point_outside_is_not_also_near() -> None:
    assert _reasons(_after_even(9, 16, NEAR_HIGH, 11, 9)) == [(), ("outside",), (), (), ()]


@pytest.mark.parametrize(
    ("improvement", "high", "low"),
    [
        ("increase", "special_cause_improvement", "special_cause_concern"),
        ("decrease", "special_cause_concern", "special_cause_improvement"),
        ("neutral", "special_cause_neutral_high", "special_cause_neutral_low"),
    ],
)
def test_high_and_low_mean_what_the_direction_of_improvement_makes_them(
    improvement: Improvement, high: str, low: str
) -> None:
    assert _after_even(20, improvement=improvement).variation == high
    assert _after_even(1, improvement=improvement).variation == low


def test_a_new_segment_has_its_own_limits_and_rules_stop_at_its_edge() -> None:
    chart = xmr([1, 2, 3, 4, 5, 6, 7, 8], rebase=[4])
    assert [point.mean for point in chart.points] == [2.5] * 4 + [6.5] * 4
    assert all(point.reasons == () for point in chart.points)
    assert xmr([1, 2, 3, 4, 5, 6, 7, 8]).points[0].reasons != ()


def test_fixing_counts_from_the_start_of_each_segment() -> None:
    chart = xmr([1, 3, 9, 11, 13, 30], rebase=[3], fix_after=2)
    assert [point.mean for point in chart.points] == [2, 2, 2, 12, 12, 12]


def test_a_segment_of_fewer_than_thirteen_points_has_trial_limits() -> None:
    assert set(xmr(EVEN).trial) == {True}
    assert set(xmr([*EVEN, 11]).trial) == {False}


@pytest.mark.parametrize(
    ("improvement", "target", "assurance"),
    [
        ("increase", 16, "consistently_fail"),
        ("increase", 4, "consistently_pass"),
        ("decrease", 16, "consistently_pass"),
        ("decrease", 4, "consistently_fail"),
        ("increase", 10, "hit_or_miss"),
        ("neutral", 16, "none"),
        ("increase", None, "none"),
    ],
)
def test_assurance_compares_the_target_with_the_last_limits(
    improvement: Improvement, target: float | None, assurance: str
) -> None:
    assert xmr(EVEN, improvement=improvement, target=target).assurance == assurance


def test_a_target_on_a_limit_is_hit_or_miss() -> None:
    assert xmr(EVEN, improvement="increase", target=limits_of(EVEN).upper).assurance == "hit_or_miss"


@pytest.mark.parametrize(
    ("values", "more", "says"),
    [
        ([], {}, "at least one point"),
        ([1, 2], {"periods": ["a"]}, "2 values but 1 periods"),
        ([1, 2], {"rebase": [2]}, "position from 0 to 1"),
        ([1, 2], {"fix_after": 1}, "at least 2 points"),
    ],
)
def test_what_is_no_series_is_refused(values: list[float], more: dict[str, list[int]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        xmr(values, **more)  # type: ignore[arg-type]


def _faults(text: str | bytes) -> list[str]:
    with pytest.raises(UnreadableSeries) as refused:
        read_series(text.encode() if isinstance(text, str) else text)
    return refused.value.faults


def test_a_series_is_read_with_its_segments() -> None:
    series = read_series(b"\xef\xbb\xbfPeriod,note,Value,rebase\r\n2024-01,x,1.5,\r\n2024-02,,-2e1,1\r\n\r\n")
    assert (series.periods, series.values, series.rebase) == (["2024-01", "2024-02"], [1.5, -20.0], [1])


def test_every_fault_of_a_file_is_named_by_its_row() -> None:
    text = "period,value,rebase\n2024-01,12%\n2024-01,3\n,4\n2024-02,\n2024-04,5,yes\n2024-03,6\n2024-05,1,200,3\n"
    assert _faults(text) == [
        "Row 2: the value “12%” is not a number. Type digits only, for example 12.5.",
        "Row 3: the period “2024-01” is already in row 2. Give each period once.",
        "Row 4: there is no period. Give each row its own.",
        "Row 5: there is no value. Leave the whole row out if the figure is not known.",
        "Row 6: rebase is “yes”. Put 1 where a new segment begins, and nothing elsewhere.",
        "Row 7: 2024-03 comes after 2024-04 in the file. Put the rows in date order.",
        "Row 8: there are 4 cells under 3 columns. Put a number like 1,200 as 1200.",
        "Row 8: rebase is “200”. Put 1 where a new segment begins, and nothing elsewhere.",
    ]


@pytest.mark.parametrize("value", ["nan", "inf", "1_000", "twelve", "1e999"])
def test_a_value_has_to_be_a_finite_number(value: str) -> None:
    assert _faults(f"period,value\n2024,{value}\n") == [
        f"Row 2: the value “{value}” is not a number. Type digits only, for example 12.5."
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("period;value\n2024;1\n", "separated by semicolons"),
        ("period\tvalue\n2024\t1\n", "separated by tabs"),
        ("month,figure\n2024,1\n", "no column called period"),
        ("period,value,value\n2024,1,2\n", "two columns called value"),
        ("period,value\n", "no figures under the column names"),
        ("", "The file is empty"),
        (b"PK\x03\x04", "a workbook, not a CSV file"),
        ("period,value\n2024,1\n".encode("utf-16"), "not UTF-8 text"),
        (b"period,value\n2024,\xa31\n", "Row 2: this is not UTF-8 text"),
        (b"period,value\n2024,1\0\n", "not a text file"),
        ('period,value\n2024,"' + "1" * 200_000, "this is not CSV"),
    ],
)
def test_a_file_that_is_no_series_is_refused_with_what_to_do(text: str | bytes, says: str) -> None:
    assert says in "\n".join(_faults(text))


@pytest.fixture
def series_file(tmp_path: Path) -> str:
    path = tmp_path / "series.csv"
    path.write_text("period,value\n" + "".join(f"p{n},{value}\n" for n, value in enumerate(SLOW_RISE)))
    return str(path)


def test_the_command_prints_the_documented_json(series_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--improvement", "increase", "--fix-after", "12", "--target", "30", "--format", "json"]
    assert main(["spc", series_file, *words]) == 0
    said = capsys.readouterr()
    chart = json.loads(said.out)
    assert list(chart) == ["points", "variation", "assurance"]
    keys = "period value mean lower upper near_lower near_upper outside reasons point_type"
    assert list(chart["points"][0]) == keys.split()
    assert chart["points"][-1]["reasons"] == ["outside", "trend", "shift"]
    assert (chart["variation"], chart["assurance"]) == ("special_cause_improvement", "consistently_fail")
    assert said.err == ""


def test_the_command_prints_a_table_and_puts_remarks_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "short.csv").write_text("period,value\n2024,1\n2025,2\n")
    assert main(["spc", str(tmp_path / "short.csv"), "--target", "3"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].split() == ["period", "value", "mean", "lower", "upper", "reasons", "point", "type"]
    assert lines[-2:] == ["variation  common cause", "assurance  none"]
    assert "The target was not judged" in said.err
    assert "trial limits" in said.err


def test_the_command_refuses_a_bad_file_with_nothing_on_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.csv").write_text("period,value\n2024,many\n2024,2\n")
    assert main(["spc", str(tmp_path / "bad.csv")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 2
    assert main(["spc", str(tmp_path / "none.csv")]) == 2
    assert "cannot be read: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"), [(["--fix-after", "1"], "Type 2 or more"), (["--target", "nan"], "“nan” is not a figure")]
)
def test_the_command_refuses_what_it_cannot_use(
    words: list[str], says: str, series_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["spc", series_file, *words])
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err
