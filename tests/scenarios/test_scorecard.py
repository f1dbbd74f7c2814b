"""The scorecard and a measure's page, as each role meets them over HTTP, drawn from invented figures."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from sightline.indicators.board import score_row
from sightline.indicators.results import MeasuredSeries, ScoreRow
from sightline.vocabulary.indicator import Indicator
from sightline.web.pages import indicator as measure_page
from sightline.web.pages import scorecard as scorecard_page
from tests.contacts import get, text_of
from tests.measures import FALLING, STEADY, board, month, reading, row, series
from tests.measures import indicator as invented

pytestmark = pytest.mark.django_db
MEASURE = "/scorecard/strategy-in-time/"
READERS = ("hub", "chair", "moderator", "council_partner", "police_chief", "scrutineer", "analyst", "manager")
NOT_READERS = ("worker", "officer", "lead_worker", "support", "team_manager", "police_signatory")


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[ScoreRow]:
    """The rows that both pages are given; a test may change the list."""
    rows = board()

    known = [one.indicator for one in rows]

    def named(slug: str) -> Indicator:
        found = [one for one in known if one.slug == slug]
        if not found:
            raise LookupError(slug)
        return found[0]

    def parts(key: str, who: Any, partnership: Any, by: str = "") -> Sequence[MeasuredSeries]:
        of = next(one for one in rows if one.indicator.key == key)
        if not by:
            return [of.series]
        held = {"Ardenvale Police": FALLING, "Millbrook School": (50, 60, None, 70, 80)}
        return [series(of.indicator, values, by=by, group=group) for group, values in held.items()]

    monkeypatch.setattr(scorecard_page, "rows_for", lambda who, partnership: rows)
    monkeypatch.setattr(measure_page, "scorecard", lambda who, partnership: rows)
    monkeypatch.setattr(measure_page, "indicator_named", named)
    monkeypatch.setattr(measure_page, "series_for", parts)
    monkeypatch.setattr(measure_page, "_behind_href", lambda row, actor: "")
    return rows


def rows_of(page: str) -> list[str]:
    """Names of the measures in the table, in order."""
    table = page[page.index("app-scorecard") :]
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', table)


@pytest.mark.parametrize("who", READERS)
def test_whoever_answers_for_the_partnership_reads_the_scorecard(world: Any, who: str) -> None:
    assert "3 of 9 measures have changed" in text_of(get(world, who, "/scorecard/"))


@pytest.mark.parametrize("who", NOT_READERS)
def test_others_are_told_why_not_and_whom_to_ask(world: Any, who: str) -> None:
    for address in ("/scorecard/", MEASURE, f"{MEASURE}figures.csv"):
        said = text_of(get(world, who, address, status=403))
        assert "You cannot see the partnership’s scorecard" in said
        assert "Ask the Support Hub or a Data analyst" in said or "Ask the Support Hub or a data analyst" in said


def test_nobody_signed_in_is_sent_to_sign_in(world: Any) -> None:
    assert Client().get("/scorecard/").status_code == 302
    assert Client().get(MEASURE).status_code == 302


def test_the_summary_says_what_has_changed_and_what_was_not_provided(world: Any) -> None:
    said = text_of(get(world, "hub", "/scorecard/"))
    assert "3 of 9 measures have changed: 1 getting worse, 1 improving and 1 neither better nor worse." in said
    assert "Not provided: children in temporary homes." in said
    assert "Invented. These figures come from this demonstration’s invented cases" in said


def test_what_has_changed_comes_first_with_its_words_and_counts(world: Any) -> None:
    said = text_of(get(world, "hub", "/scorecard/"))
    changed = said[said.index("What has changed (3)") : said.index("All 9 measures")]
    assert "Strategy discussions held in time 71% (54 of 76)" in changed
    assert "Getting worse: lower than usual" in changed
    assert "Re-referrals" not in changed


def test_every_state_has_its_exact_words(world: Any, shown: list[ScoreRow]) -> None:
    shown.append(row(invented("none_at_all", 21, name="None at all"), (*STEADY[:13], 0)))
    said = text_of(get(world, "hub", "/scorecard/"))
    for words in ("Not provided", "c (hidden, small number)", "Nil", "Too few cases for limits. Shown as dots."):
        assert words in said


def test_target_and_change_are_words_beside_icons_and_nothing_is_red_or_green(world: Any) -> None:
    page = get(world, "hub", "/scorecard/")
    said = text_of(page)
    for words in ("No signal", "Sometimes meets", "Will keep meeting", "Will keep missing", "No target", "Target 90%"):
        assert words in said
    icons = re.findall(r'<svg class="app-signal__icon".*?</svg>', page, re.DOTALL)
    assert icons
    assert all('aria-hidden="true"' in icon for icon in icons)
    assert not re.search(r"\b(green|amber)\b", said, re.IGNORECASE)
    assert "style=" not in page


def test_filters_stand_in_the_address_and_are_shown_as_chips(world: Any) -> None:
    page = get(world, "hub", "/scorecard/?change=only&owner=ardenvale-council")
    assert rows_of(page) == ["Referral rate", "Conferences within 15 working days"]
    assert "Owner: Ardenvale Council" in text_of(page)
    assert len(rows_of(get(world, "hub", "/scorecard/?owner=nobody"))) == 9


def test_filters_that_leave_nothing_say_so(world: Any, shown: list[ScoreRow]) -> None:
    shown[:] = [one for one in shown if not one.changed]
    assert "No measure matches these filters." in text_of(get(world, "hub", "/scorecard/?change=only"))


def test_a_scorecard_without_figures_says_what_will_appear(world: Any, shown: list[ScoreRow]) -> None:
    shown.clear()
    said = text_of(get(world, "hub", "/scorecard/"))
    assert "There are no figures yet." in said
    assert "No figures have been worked out yet." in said


def test_a_steady_scorecard_says_that_a_rise_is_not_a_signal(world: Any, shown: list[ScoreRow]) -> None:
    shown[:] = [one for one in shown if not one.changed]
    said = text_of(get(world, "hub", "/scorecard/"))
    assert "None of 6 measures has changed." in said
    assert "a rise or a fall since last time is not a signal" in said


def test_a_measure_leads_with_its_sentence_then_icons_chart_table_and_source(world: Any) -> None:
    page = get(world, "hub", MEASURE)
    places = [page.index(mark) for mark in ("figure-sentence", "app-signals", 'role="img"', "<table", "Source: ")]
    assert places == sorted(places)
    said = text_of(page)
    assert "Measure 6, higher is better" in said
    assert "Will keep missing the target unless something changes" in said
    assert "XmR, limits from all points between restarts, shift 7, trend 7" in said
    assert "revision 1, as at 30 September 2026." in said


def test_the_chart_is_named_by_its_title_and_sentence(world: Any) -> None:
    page = get(world, "hub", MEASURE)
    charts = re.findall(r'role="img" aria-labelledby="([^"]+)"', page)
    assert len(charts) == 4
    for ids in charts:
        assert all(f'id="{name}"' in page for name in ids.split())


def test_the_table_holds_every_period_newest_first_with_raw_limits_and_signals_in_words(world: Any) -> None:
    page = get(world, "hub", MEASURE)
    table = page[page.index("<table") : page.index("</table>")]
    assert table.count("<tr>") == 25
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)<', table)
    assert heads == ["Period", "Value", "Number", "Out of", "Average", "Lower limit", "Upper limit", "Signal", "Note"]
    assert re.findall(r'<th scope="row">([^<]+)</th>', table)[0] == "Sep 2026"
    assert "Getting worse: lower than usual" in table


def test_a_missing_and_a_hidden_period_are_words_in_the_table_and_gaps_in_the_chart(world: Any) -> None:
    said = text_of(get(world, "hub", "/scorecard/decided-in-a-day/"))
    assert "Not provided" in said
    assert "A gap in the line is a period with no figure." in said
    hidden = get(world, "hub", "/scorecard/exploited/")
    assert "c (hidden, small number)" in text_of(hidden)
    assert ">c</text>" in hidden


def test_few_points_have_provisional_limits_and_few_cases_have_none(world: Any) -> None:
    few = get(world, "hub", "/scorecard/long-plans/")
    assert "Limits are provisional: only 5 points." in text_of(few)
    assert "provisional</text>" in few
    dots = text_of(get(world, "hub", "/scorecard/return-interviews/"))
    assert "Too few cases for limits. Shown as dots." in dots
    assert "XmR" not in dots


def test_parts_are_small_charts_on_one_scale_each_with_its_table(world: Any) -> None:
    page = get(world, "hub", MEASURE)
    assert "Split by agency asked" in text_of(page)
    small = re.findall(r'viewBox="0 0 360 220".*?</svg>', page, re.DOTALL)
    assert len(small) == 2
    ticks = [re.findall(r'text-anchor="end">([\d.]+%)<', chart) for chart in small]
    assert ticks[0] == ticks[1]
    assert "Table of these figures (5 periods, Millbrook School)" in text_of(page)


def test_an_agency_sees_how_it_stands_and_no_measure_that_is_not_split_by_agency(
    world: Any, shown: list[ScoreRow]
) -> None:
    own = next(one for one in shown if one.indicator.slug == "strategy-in-time")
    shown[:] = [row(own.indicator, FALLING, by="agency", group="Ardenvale Police", scope="Ardenvale Police")]
    assert rows_of(get(world, "police", "/scorecard/")) == ["Strategy discussions held in time"]
    said = text_of(get(world, "police", MEASURE))
    assert "Shown to Ardenvale Police and to those who answer for the partnership." in said
    assert "Millbrook School" not in said
    refused = text_of(get(world, "police", "/scorecard/re-referrals/", status=403))
    assert "This measure is not split by agency." in refused


def test_about_says_definition_owner_source_limits_and_the_rule_for_hidden_numbers(world: Any) -> None:
    said = text_of(get(world, "hub", MEASURE))
    about = said[said.index("About this measure") :]
    for words in ("Version 1", "Ardenvale Police", "Known limits", "Hidden numbers", "Data date", "30 September 2026"):
        assert words in about


def test_a_neutral_measure_has_no_target(world: Any) -> None:
    said = text_of(get(world, "hub", "/scorecard/referral-rate/"))
    assert "neither higher nor lower is better" in said
    assert "None: neither direction is better by itself." in said


def test_a_measure_that_there_is_not_is_not_found(world: Any) -> None:
    get(world, "hub", "/scorecard/no-such-measure/", status=404)


def test_a_measure_without_a_figure_says_so_and_still_its_definition(world: Any, shown: list[ScoreRow]) -> None:
    shown[:] = [row(one.indicator, ()) if one.indicator.slug == "re-referrals" else one for one in shown]
    said = text_of(get(world, "hub", "/scorecard/re-referrals/"))
    assert "There is no figure yet for re-referrals." in said
    assert "About this measure" in said


def test_the_download_hides_small_numbers(world: Any) -> None:
    answer = get(world, "hub", "/scorecard/return-interviews/figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer)))
    assert {one["numerator"] for one in rows if one["period"] in ("2024-10", "2024-11")} == {"c"}


def test_a_percentage_out_of_fewer_than_ten_is_said_in_counts_alone(world: Any, shown: list[ScoreRow]) -> None:
    few = series(invented("few", 7, name="Few"), (80, 100))
    readings = tuple(reading(month(place), value, out_of=5) for place, value in enumerate((80, 100)))
    shown[:] = [score_row(replace(few, readings=readings))]
    said = text_of(get(world, "hub", "/scorecard/"))
    assert "5 of 5" in said[said.index("All 1 measure") :]
    assert "100%" not in said[said.index("All 1 measure") :]


def test_whoever_may_raise_a_recommendation_is_offered_it_from_the_figure(world: Any) -> None:
    for who in ("hub", "analyst", "council_partner"):
        page = get(world, who, MEASURE)
        assert "figure=strategy_in_time:2026-09:1" in page
        assert "Raise a recommendation from this" in text_of(page)
    for who in ("scrutineer", "manager"):
        assert "Raise a recommendation from this" not in get(world, who, MEASURE)


def test_of_many_parts_those_with_most_cases_are_drawn_and_the_rest_are_in_the_download(
    world: Any, shown: list[ScoreRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    of = next(one.indicator for one in shown if one.indicator.slug == "strategy-in-time")
    many = [series(of, STEADY[: 3 + place], by="agency", group=f"School {place:02d}") for place in range(13)]
    monkeypatch.setattr(measure_page, "series_for", lambda key, who, where, by="": many if by else [])
    said = text_of(get(world, "hub", MEASURE))
    assert "They are the 12 with most cases; 1 more are in the download." in said
    assert "School 00" not in said
    assert "School 12" in said


def test_published_figures_lead_those_who_may_to_their_own(world: Any) -> None:
    assert "See your partnership’s own figures" in text_of(get(world, "hub", "/figures/"))
    assert "See how your own agency stands" in text_of(get(world, "police", "/figures/"))
    assert "/scorecard/" not in get(world, "worker", "/figures/")
    assert "/scorecard/" not in Client().get("/figures/").content.decode()
