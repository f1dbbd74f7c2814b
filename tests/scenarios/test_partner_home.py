"""The page at / for those who answer for how the partnership works: sentences and lists, no child, no chart."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from independent import purpose_said

from sightline.indicators.results import ScoreRow
from sightline.platform import calendar
from sightline.registers.priorities import Priority
from sightline.web.pages import partner_home
from tests.contacts import MONDAY, get, signed_in, text_of, told
from tests.measures import board
from tests.recommending import Recommending

pytestmark = pytest.mark.django_db
PARTNERS = ("council_partner", "police_chief", "scrutineer")


@pytest.fixture
def signals(monkeypatch: pytest.MonkeyPatch) -> list[ScoreRow]:
    rows = board()
    monkeypatch.setattr(partner_home, "scorecard", lambda who, partnership: rows)
    return rows


@pytest.fixture
def journey(world: Any, acting: Any) -> Recommending:
    return Recommending(world, acting)


def home(world: Any, who: str, at: Any = MONDAY) -> str:
    return text_of(whole(world, who, at))


def whole(world: Any, who: str, at: Any = MONDAY) -> str:
    if who == "scrutineer":
        with calendar.frozen(at):
            purpose_said(world)
    return get(world, who, "/", at)


@pytest.mark.parametrize("who", PARTNERS)
def test_partners_and_the_scrutineer_read_the_answer_in_one_sentence_first(
    world: Any, signals: list[ScoreRow], who: str
) -> None:
    page = whole(world, who)
    said = text_of(page)
    assert "3 of 9 measures have changed: 1 getting worse, 1 improving and 1 neither better nor worse." in said
    assert "No recommendation waits for evidence of impact. No action is overdue." in said
    assert 'role="img"' not in page
    assert "app-spark" not in page


def test_each_list_says_why_it_is_empty(world: Any) -> None:
    said = home(world, "council_partner")
    for words in (
        "There are no figures yet.",
        "No recommendation that was done waits for evidence that it made a difference.",
        "No agency has an overdue action on the partnership’s own matters.",
        "No priorities are in force today.",
    ):
        assert words in said


def test_measures_that_have_changed_are_named_with_their_words(world: Any, signals: list[ScoreRow]) -> None:
    said = home(world, "council_partner")
    assert "Strategy discussions held in time 71% (54 of 76) Getting worse: lower than usual" in said
    assert "Plans of two years or more" not in said


def test_a_recommendation_done_without_evidence_of_impact_is_listed_until_there_is_some(
    world: Any, journey: Recommending
) -> None:
    with calendar.frozen(MONDAY):
        case = journey.delivered()
    said = home(world, "scrutineer")
    assert "1 recommendation has been done without evidence of impact." in said
    assert f"Quorate strategy discussions · {case.reference}" in said
    assert "Ardenvale Council" in said
    with calendar.frozen(MONDAY):
        shown = journey.reviewed(None, journey.evidence())
    assert shown.reference in home(world, "scrutineer")


def test_actions_past_their_day_are_grouped_by_agency(world: Any, journey: Recommending) -> None:
    with calendar.frozen(MONDAY):
        journey.planned(None, journey.action(days=3), journey.action("ardenvale-council", days=5))
        journey.planned(None, journey.action(days=40))
    said = home(world, "council_partner", MONDAY + timedelta(days=10))
    assert "2 actions are overdue at 2 agencies." in said
    assert "Ardenvale Police (1)" in said
    assert "Late by 7 days (due 19 November 2026)" in said


def test_priorities_in_force_are_shown_with_what_will_be_different(world: Any) -> None:
    years = {"valid_from": date(2026, 4, 1), "first_year": "2026-27", "last_year": "2027-28", "state": "active"}
    measured = {"baseline": "29%", "indicator": "neglect_share"}
    said = {"title": "Neglect", "outcome": "Seen early"}
    Priority.objects.create(partnership=world.partnership, key="neglect", **said, **years, **measured)
    assert "Neglect Seen early" in home(world, "police_chief")


def test_the_hub_reads_what_is_due_with_its_limit_and_on_whom_it_waits(world: Any, journey: Recommending) -> None:
    assert "Nothing of the partnership’s is late, and nothing is due in the next 10 working days." in home(world, "hub")
    with calendar.frozen(MONDAY):
        case = journey.planned(None, journey.action(days=3))
        journey.raised()
    said = home(world, "hub")
    assert "Nothing of the partnership’s is late. 1 thing is due in the next 10 working days." in said
    assert "Action: Agree a rota" in said
    assert case.reference in said
    assert "Rae Cox, Ardenvale Police" in said
    late = home(world, "hub", MONDAY + timedelta(days=4))
    assert "1 thing of the partnership’s is late" in late
    assert "Late by 1 day" in late


def test_nothing_of_a_childs_case_is_counted(world: Any, journey: Recommending) -> None:
    told(world)
    for who in (*PARTNERS, "hub"):
        said = home(world, who, MONDAY + timedelta(days=5))
        assert "Maya" not in said
        assert "No action is overdue" in said or "Nothing of the partnership’s is late" in said


def test_others_have_neither_list(world: Any) -> None:
    for who in ("worker", "analyst", "police"):
        said = home(world, who)
        assert "Overdue by agency" not in said
        assert "What is due" not in said


def test_more_recommendations_cost_the_page_no_more_queries(world: Any, journey: Recommending) -> None:
    def queries(who: str) -> int:
        with calendar.frozen(MONDAY + timedelta(days=10)):
            client = signed_in(world, who)
            client.get("/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/")
        return len(seen)

    def one_more() -> None:
        with calendar.frozen(MONDAY):
            journey.planned(None, journey.action(days=3), journey.action("ardenvale-council", days=5))
            journey.delivered()

    one_more()
    few = [queries(who) for who in ("council_partner", "hub")]
    one_more()
    one_more()
    assert [queries(who) for who in ("council_partner", "hub")] == few
