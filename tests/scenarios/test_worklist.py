"""What must I do next, and what of mine is late?"""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.people.models import RoleHeld
from sightline.people.roles_held import cover
from sightline.platform import calendar
from sightline.web.work import due_now, work_of
from tests.contacts import MONDAY, bound, get, rated, signed_in, take, text_of, told

pytestmark = pytest.mark.django_db
DECIDED = {"decision": "assessment", "rationale": "Explained differently each time", "lived_experience": "Afraid"}


def work(world: Any, who: str, at: Any = MONDAY, query: str = "") -> str:
    return text_of(get(world, who, f"/work/{query}", at))


def group(said: str, title: str) -> str:
    """The words under one heading, up to the next group."""
    found = re.search(rf"{title} \(\d+\)(.*?)(?:(?:Late|Due today|Coming up|Waiting for others) \(|Done today|$)", said)
    return found[1] if found else ""


def test_late_and_due_today_are_told_apart_and_counted_in_one_sentence(world: Any) -> None:
    rated(world, told(world, "Maya", MONDAY - timedelta(days=5)), "amber", MONDAY - timedelta(days=5))
    rated(world, told(world, "Leo", MONDAY - timedelta(days=3)), "green", MONDAY - timedelta(days=3))
    said = work(world, "worker")
    assert "You have 1 thing late and 1 due today." in said
    assert "Maya D" in group(said, "Late")
    assert "Leo D" in group(said, "Due today")


def test_nothing_to_do_says_so_and_when_work_appears(world: Any) -> None:
    said = work(world, "worker")
    assert "Nothing is late. Nothing is due today." in said
    assert "Work appears here when someone allocates it to you or invites you to a meeting." in said


def test_the_task_is_the_steps_own_label_and_moves_the_case_on(world: Any) -> None:
    case = rated(world, told(world), "amber")
    assert "Ask agencies" in work(world, "worker")
    take(world, case, "worker", "ask_agencies", agencies=[{"agency": world.agency("ardenvale-police").pk}])
    assert "Decide what happens next" in work(world, "worker")


def test_a_managers_endorsement_is_theirs_unless_they_proposed_it(world: Any) -> None:
    case = rated(world, told(world), "amber")
    take(world, case, "manager", "propose", **DECIDED)
    assert "Endorse this decision" in work(world, "second_manager")
    assert "Endorse this decision" not in work(world, "manager").split("Waiting for others")[0]


def test_what_waits_for_an_agency_is_under_waiting_for_others(world: Any) -> None:
    case = rated(world, told(world), "amber")
    take(world, case, "worker", "ask_agencies", agencies=[{"agency": world.agency("ardenvale-police").pk}])
    assert "Ardenvale Police" in group(work(world, "worker"), "Waiting for others")


def test_an_agency_answers_what_it_was_asked_and_no_other_agencys(world: Any) -> None:
    case = rated(world, told(world), "amber")
    take(world, case, "worker", "ask_agencies", agencies=[{"agency": world.agency("ardenvale-police").pk}])
    assert "Send what we hold" in work(world, "police")
    assert "Send what we hold" not in work(world, "health")
    assert "Show:" not in work(world, "police")


def test_mine_leaves_out_what_a_colleague_has_and_team_shows_whose_it_is(world: Any) -> None:
    rated(world, told(world), "amber")
    mine, team = work(world, "second_worker"), work(world, "second_worker", query="?whose=team")
    assert "Your team has 1 other thing to do" in mine
    assert "Maya D" not in mine
    assert "Kay Obi" in team


def test_what_was_done_today_is_listed(world: Any) -> None:
    rated(world, told(world), "amber")
    assert "Done today: 1 Done today What was done About When Set the priority" in work(
        world, "worker", MONDAY + timedelta(hours=1)
    )


def test_a_deputy_reads_for_whom_and_until_when(world: Any) -> None:
    role = RoleHeld.objects.get(worker=world.second_manager.worker, role="front-door-manager")
    cover(role, world.lead_worker.worker, date(2026, 11, 1), date(2026, 11, 28))
    assert "You are covering for Tom Reid until 27 November 2026." in work(world, "lead_worker")


def test_the_number_beside_work_is_what_the_page_calls_late_or_due_today(world: Any) -> None:
    rated(world, told(world, "Maya", MONDAY - timedelta(days=5)), "amber", MONDAY - timedelta(days=5))
    rated(world, told(world, "Leo"), "green")
    case = rated(world, told(world, "Abe"), "red")
    take(world, case, "worker", "propose", **DECIDED)
    for who in ("worker", "second_worker", "manager", "police", "school", "support"):
        actor = getattr(world, who)
        with calendar.frozen(MONDAY + timedelta(hours=2)), bound(actor):
            page = work_of(actor)
            assert due_now(actor) == len(page.late) + len(page.today), who
    assert 'class="app-count">1<' in get(world, "second_manager", "/work/", MONDAY + timedelta(days=2))


def test_a_long_group_shows_its_first_and_all_of_it_on_a_page_of_its_own(world: Any) -> None:
    for number in range(27):
        rated(world, told(world, f"Child{number}", MONDAY - timedelta(days=7)), "green", MONDAY - timedelta(days=7))
    page = get(world, "worker", "/work/", MONDAY)
    assert "Show all 27" in text_of(page)
    second = get(world, "worker", "/work/?group=late&page=2", MONDAY)
    assert "<title>Late (page 2 of 2), Sightline</title>" in second
    assert second.count('<th scope="row">') == 2


def test_more_work_costs_no_more_queries(world: Any) -> None:
    def queries() -> int:
        with calendar.frozen(MONDAY):
            client = signed_in(world, "worker")
            client.get("/work/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/work/")
        return len(seen)

    police = [{"agency": world.agency("ardenvale-police").pk}]
    take(world, rated(world, told(world), "amber"), "worker", "ask_agencies", agencies=police)
    few = queries()
    for _ in range(4):
        take(world, rated(world, told(world), "amber"), "worker", "ask_agencies", agencies=police)
    assert queries() == few


def test_no_name_is_in_the_title(world: Any) -> None:
    rated(world, told(world), "amber")
    assert "<title>Your work, Sightline</title>" in get(world, "worker", "/work/")
