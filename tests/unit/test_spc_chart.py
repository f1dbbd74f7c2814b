"""The process control chart, its icons and its spark-line: what is drawn, broken, cut off and named."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from sightline.indicators.spc import xmr
from sightline.web.components.chart_marks import Frame
from sightline.web.components.signal_icons import assurance_icon, variation_icon
from sightline.web.components.sparkline import sparkline
from sightline.web.components.spc_chart import (
    COLOURS,
    COMPACT,
    SMALL,
    WIDE,
    Drawing,
    Spot,
    spc_axis,
    spc_axis_note,
    spc_chart,
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEADY = [86, 84, 87, 85, 88, 83, 86, 85, 84, 87, 86, 85, 84, 86]
VALUES, LIMIT, MEAN, TARGET = (
    'stroke="#505a5f" stroke-width="2"',
    'dasharray="6 4"',
    "#0b0c0c",
    'dasharray="10 3 2 3"',
)


def drawing(values: Sequence[float | None], *, rebase: Sequence[int] = (), **extra: object) -> Drawing:
    """A chart of monthly percentages; None is a month without a figure."""
    held = [(place, value) for place, value in enumerate(values) if value is not None]
    places = [place for place, _ in held]
    chart = xmr([value for _, value in held], rebase=[places.index(place) for place in rebase])
    known = dict(zip(places, zip(chart.points, chart.trial, strict=True), strict=True))
    spots = []
    for place, value in enumerate(values):
        period = f"{MONTHS[place % 12]} {2025 + place // 12}"
        if place in known:
            point, trial = known[place]
            spots.append(Spot(period, value, point.mean, point.lower, point.upper, trial))
        else:
            spots.append(Spot(period, None, mark="c"))
    return Drawing(spots, "%", restarts=rebase, ceiling=100, **extra)


def drawn(chart: Drawing, frame: Frame = WIDE) -> str:
    return str(spc_chart(chart, labelled_by="title sentence", frame=frame))


def heights(svg: str) -> list[float]:
    return [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)" r="4.5"', svg)]


def test_the_values_the_average_and_two_dashed_limits_are_drawn() -> None:
    chart = drawn(drawing(STEADY))
    assert (chart.count(VALUES), chart.count(LIMIT), chart.count('stroke="#0b0c0c" stroke-width="1.5"')) == (1, 2, 1)
    assert "Upper limit 91" in chart
    assert "Average 85.4%" in chart


@pytest.mark.parametrize("frame", [WIDE, COMPACT], ids=["wide", "compact"])
def test_a_period_without_a_figure_breaks_the_line_and_a_hidden_one_says_c(frame: Frame) -> None:
    chart = drawn(drawing([*STEADY[:6], None, *STEADY[6:]]), frame)
    assert (chart.count(VALUES), chart.count(">c</text>")) == (2, 1)


def test_limits_restart_at_a_letter_and_the_line_is_broken_there() -> None:
    chart = drawn(drawing([*STEADY, *(value - 20 for value in STEADY)], rebase=(14,)))
    assert (chart.count(VALUES), chart.count(LIMIT)) == (2, 4)
    assert 'text-anchor="middle">A</text>' in chart
    assert chart.count('dasharray="1 4"') == 1


def test_fewer_than_thirteen_points_have_dotted_limits_called_provisional() -> None:
    few, many = drawn(drawing(STEADY[:12])), drawn(drawing(STEADY[:13]))
    assert ("provisional" in few, few.count('dasharray="2 4"')) == (True, 2)
    assert ("provisional" in many, many.count('dasharray="2 4"')) == (False, 0)


def test_limits_are_drawn_within_nothing_and_everything_but_the_figures_keep_theirs() -> None:
    wild = drawing([2, 98, 5, 90, 3, 97, 4, 95])
    assert wild.spots[0].lower is not None
    assert wild.spots[0].lower < 0
    chart = drawn(wild)
    assert "Upper limit 100%" in chart
    assert "Lower limit 0%" in chart
    assert spc_axis([wild]).high <= 100


def test_a_target_is_drawn_and_named_and_without_one_there_is_no_line() -> None:
    assert TARGET in drawn(drawing(STEADY, target=90.0))
    assert "Target 90%" in drawn(drawing(STEADY, target=90.0))
    assert TARGET not in drawn(drawing(STEADY))


def test_too_few_cases_are_dots_without_any_line_limit_or_target() -> None:
    chart = drawn(replace(drawing(STEADY, target=90.0), dots=True))
    assert len(heights(chart)) == len(STEADY)
    assert not any(mark in chart for mark in (VALUES, LIMIT, TARGET, "Average", "limit"))


@pytest.mark.parametrize(("kind", "shape"), [
    ("common", "<circle"), ("improving", "<rect x"), ("concern", "<polygon"), ("high", "<polygon"), ("low", "<polygon"),
])  # fmt: skip
def test_each_kind_of_point_has_a_shape_and_a_colour_of_its_own(kind: str, shape: str) -> None:
    steady = drawing(STEADY)
    signal = replace(steady, spots=[*steady.spots[:-1], replace(steady.spots[-1], kind=kind)])
    assert re.search(rf'{shape}[^>]*fill="{COLOURS[kind]}"', drawn(signal))


def test_up_and_down_triangles_differ_as_shapes() -> None:
    up, down = (str(variation_icon(kind, letter)) for kind, letter in (("high", "H"), ("low", "L")))
    assert re.findall(r'points="([^"]+)"', up) != re.findall(r'points="([^"]+)"', down)


@pytest.mark.parametrize("values", [[20, 21], [0, 100], [0.1, 0.4], [7, 7, 7], [93, 99, 100], [5]])
@pytest.mark.parametrize("frame", [WIDE, COMPACT, SMALL], ids=["wide", "compact", "small"])
def test_every_value_lies_in_the_plot_between_at_most_six_gridlines(values: list[float], frame: Frame) -> None:
    chart = drawn(drawing(values), frame)
    assert 2 <= chart.count('stroke="#b1b4b6"') <= 6
    assert all(frame.top - 0.5 <= height <= frame.bottom for height in heights(chart))


@pytest.mark.parametrize("frame", [WIDE, COMPACT], ids=["wide", "compact"])
def test_names_of_close_lines_do_not_overlap(frame: Frame) -> None:
    chart = drawn(drawing([85.0, 85.1] * 8, target=85.2), frame)
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="\d+" font-weight', chart)
    for side in {x for x, _ in found}:
        tops = sorted(float(y) for x, y in found if x == side)
        assert all(later - earlier >= 18 for earlier, later in zip(tops, tops[1:], strict=False))


@pytest.mark.parametrize(("frame", "most"), [(WIDE, 8), (COMPACT, 4)], ids=["wide", "compact"])
def test_the_last_period_is_always_named_and_the_names_are_few(frame: Frame, most: int) -> None:
    chart = drawn(drawing(STEADY * 3), frame)
    named = [name for name in re.findall(r'text-anchor="middle">([^<]+)<', chart) if name[:3] in MONTHS]
    assert named[-1] == "Jun 2028"
    assert len(named) <= most


def test_the_chart_is_an_image_named_by_its_title_and_sentence_without_inline_style() -> None:
    chart = drawn(drawing(STEADY))
    assert 'role="img" aria-labelledby="title sentence"' in chart
    assert "style=" not in chart
    assert "<title" not in chart


def test_an_axis_that_does_not_start_at_nothing_says_so() -> None:
    assert spc_axis_note(drawing(STEADY)) == "The axis starts at 75%."
    assert spc_axis_note(drawing([0, 30, 10])) == ""


def test_small_charts_share_one_axis() -> None:
    low, high = drawing([10, 12, 11]), drawing([80, 82, 81])
    shared = spc_axis([low, high])
    assert shared.low <= 10
    assert shared.high >= 82
    first = str(spc_chart(low, labelled_by="a", frame=SMALL, axis=shared))
    second = str(spc_chart(high, labelled_by="b", frame=SMALL, axis=shared))
    ticks = re.compile(r'text-anchor="end">([\d.]+%)<')
    assert ticks.findall(first) == ticks.findall(second)


def test_an_assurance_icon_has_its_letter_and_no_target_has_no_icon() -> None:
    letters = {name: re.findall(r">([PF?])</text>", str(assurance_icon(name))) for name in
               ("consistently_pass", "consistently_fail", "hit_or_miss")}  # fmt: skip
    assert letters == {"consistently_pass": ["P"], "consistently_fail": ["F"], "hit_or_miss": ["?"]}
    assert assurance_icon("none") == ""


def test_icons_and_spark_lines_are_hidden_from_screen_readers_because_words_stand_beside_them() -> None:
    for picture in (variation_icon("common"), assurance_icon("hit_or_miss"), sparkline([1, 2, None, 3])):
        assert 'aria-hidden="true"' in picture
        assert "style=" not in picture


def test_a_spark_line_is_broken_at_a_gap_marks_its_last_point_and_needs_two_values() -> None:
    assert str(sparkline([1, 2, None, 3, 4])).count("<path") == 2
    assert f'fill="{COLOURS["concern"]}"' in sparkline([1, 2, 3], "concern")
    assert sparkline([3, None]) == ""
    assert "<circle" in sparkline([4, 4, 4])


def test_a_period_is_shown_as_text_whatever_is_in_it() -> None:
    chart = Drawing([Spot("<script>", 1.0, 1.0), Spot("Feb", 2.0, 1.0)])
    assert "<script>" not in drawn(chart)
