"""The line chart: what is drawn, what is left as a gap, and that its words do not collide."""

import re
from decimal import Decimal

import pytest

from sightline.web.components.line_chart import COMPACT, WIDE, Frame, Line, axis_note, line_chart

YEARS = list(range(2013, 2026))


def line(name: str, *values: str | None) -> Line:
    filled = [Decimal(value) if value else None for value in values]
    return Line(name, filled + [filled[-1]] * (len(YEARS) - len(filled)), "20%")


def drawn(*lines: Line, frame: Frame = WIDE) -> str:
    return str(line_chart(lines, YEARS, unit="%", labelled_by="title sentence", frame=frame))


def test_a_missing_year_breaks_the_line() -> None:
    whole = drawn(line("Ardenvale", "20", "21", "22"))
    broken = drawn(line("Ardenvale", "20", None, "22"))
    assert (whole.count('stroke-width="3"'), whole.count("<circle")) == (1, 13)
    assert (broken.count('stroke-width="3"'), broken.count("<circle")) == (1, 12)


def test_a_line_with_no_figures_at_all_is_left_out() -> None:
    nothing = Line("Ardenvale", [None] * len(YEARS), "Not available")
    assert "Ardenvale" not in drawn(nothing)


def test_this_area_is_blue_and_the_places_beside_it_are_grey_with_different_dashes() -> None:
    chart = drawn(line("Ardenvale", "20"), line("England", "22"), line("The Vale", "25"))
    assert chart.count('stroke="#12436D" stroke-width="3"') == 1
    assert len(set(re.findall(r'stroke="#505a5f" stroke-width="2" stroke-dasharray="([^"]+)"', chart))) == 2


def test_the_chart_is_an_image_named_by_its_title_and_sentence_without_inline_style() -> None:
    chart = drawn(line("Ardenvale", "20"))
    assert 'role="img" aria-labelledby="title sentence"' in chart
    assert "style=" not in chart
    assert "<title" not in chart


@pytest.mark.parametrize("frame", [WIDE, COMPACT], ids=["wide", "compact"])
def test_labels_at_the_ends_of_close_lines_do_not_overlap(frame: Frame) -> None:
    chart = drawn(line("Ardenvale", "20"), line("England", "20.1"), line("West Midlands", "20.2"), frame=frame)
    tops = sorted(float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)" font-size="\d+" font-weight', chart))
    assert all(later - earlier >= 18 for earlier, later in zip(tops, tops[1:], strict=False))
    assert 0 < tops[0] < tops[-1] <= frame.bottom


@pytest.mark.parametrize(("frame", "most"), [(WIDE, 8), (COMPACT, 4)], ids=["wide", "compact"])
def test_the_last_year_is_always_named_and_the_years_are_few(frame: Frame, most: int) -> None:
    named = re.findall(r'text-anchor="middle">(\d+)<', drawn(line("Ardenvale", "20"), frame=frame))
    assert named[-1] == "2025"
    assert len(named) <= most


@pytest.mark.parametrize("values", [("20", "21"), ("0", "100"), ("0.1", "0.4"), ("3", "812345"), ("7", "7")])
def test_there_are_at_most_six_gridlines_and_every_value_lies_between_them(values: tuple[str, str]) -> None:
    chart = drawn(line("Ardenvale", *values))
    assert 2 <= chart.count('stroke="#b1b4b6"') <= 6
    heights = [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', chart)]
    assert all(WIDE.top <= height <= WIDE.bottom for height in heights)


def test_an_axis_that_does_not_start_at_nothing_says_so() -> None:
    assert axis_note([line("Ardenvale", "20", "26")], "%").startswith("The axis starts at ")
    assert axis_note([line("Ardenvale", "0", "26")], "%") == ""


def test_a_name_is_shown_as_text_whatever_is_in_it() -> None:
    assert "<script>" not in drawn(line("<script>", "20"))
